"""The one place where reading is noted: after a page was made, before it leaves."""

from collections.abc import Callable, Mapping
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from casework.reads.noting import NotARead, Read, Search, note_read, note_search


@cache
def routes() -> Mapping[str, Read | Search | NotARead]:
    """What each address shows, by its name (`settings.READ_ROUTES`)."""
    table: Mapping[str, Read | Search | NotARead] = import_string(settings.READ_ROUTES)
    return table


class NoteReads:
    """Notes every page of a case that was shown. If it cannot be noted, it is not shown.

    Stands after the middleware that puts `request.standing` on the request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if request.method == "GET" and 200 <= response.status_code < 300 and match and request.user.is_authenticated:
            declared = routes().get(match.view_name)
            if isinstance(declared, Read):
                note_read(request, declared, match.kwargs)  # type: ignore[arg-type]
            elif isinstance(declared, Search):
                note_search(request, declared)  # type: ignore[arg-type]
        return response
