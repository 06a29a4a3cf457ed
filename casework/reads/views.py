"""The page “Who looked” of a case."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.reads.forms import FindReads
from casework.reads.readers import PAGE, may_see_readers, people_who_read, readers_of
from casework.requests import SignedIn


class Readers(View):
    """Who opened the case and its parts, when, how often, from which seat."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """404 for a case that is not hers to see, 403 for those who only take part in it."""
        case = visible_case(request.standing, code)
        if not may_see_readers(request.standing, case):
            raise PermissionDenied("readers")
        form = FindReads(people_who_read(case), request.GET, auto_id="filter-%s")
        page = _page(request.GET.get("page", ""))
        rows, total = readers_of(case, form.wanted(), page)
        context = {
            "case": case,
            "tabs": tabs_of(case, "reads:case"),
            "form": form,
            "rows": rows,
            "total": total,
            "previous_url": _address(request, page - 1) if page > 1 else "",
            "next_url": _address(request, page + 1) if page * PAGE < total else "",
        }
        return render(request, "casework/reads/readers.html", context)


def _page(typed: str) -> int:
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


def _address(request: SignedIn, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"
