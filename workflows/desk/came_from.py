"""The list from which a page was opened travels along in its address, as the filters of that list."""

from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

from workflows.desk.filters import Filters

FROM = "from"
_LONGEST = 4000  # characters; more than any filters of ours


def list_behind(request: HttpRequest) -> Filters | None:
    """The filters of that list, read as any address is; None when the page was opened from elsewhere."""
    query = request.POST.get(FROM) or request.GET.get(FROM) or ""
    return Filters.of(QueryDict(query[:_LONGEST])) if query else None


def with_list(url: str, query: str) -> str:
    """An address that remembers a list; `query` is what stands behind the question mark of the list's address."""
    return f"{url}?{urlencode({FROM: query})}" if query else url
