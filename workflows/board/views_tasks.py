"""Pages about tasks: workload, what is late and will be, and the map of a flow."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from casework.requests import SignedIn
from workflows.board import breach, workload
from workflows.board.asked import AskedForm, page_number
from workflows.board.map import flow_map, kinds
from workflows.casefile import listing
from workflows.desk.bulk import actions_for
from workflows.desk.filters import SEEN, Filters
from workflows.desk.paging import NEAREST, cursors, page_of
from workflows.desk.queries import seen_tasks


class Seated(View):
    """A page for everybody who has a seat; what she sees on it is another question."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 without a seat."""
        if not request.standing.every_seat:  # type: ignore[attr-defined]
            raise PermissionDenied("seat")
        return super().dispatch(request, *args, **kwargs)


def with_page(params: QueryDict, page: int) -> str:
    """The address of another page of the same list."""
    query = params.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"


def pages(request: HttpRequest, page: int, total: int, size: int) -> dict[str, str]:
    """The addresses of the neighbours of a page."""
    return {
        "previous_url": with_page(request.GET, page - 1) if page > 1 else "",
        "next_url": with_page(request.GET, page + 1) if page * size < total else "",
    }


def by_of(params: QueryDict) -> str:
    """By what the workload is told apart: organisations, unless officers are asked for."""
    return "officer" if params.get("by") == "officer" else "organisation"


class Workload(Seated):
    """Numbers of open tasks for each organisation or each officer."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Seven statements, however many organisations there are."""
        form = AskedForm(request.GET, workload.organisations_of(request.standing))
        by, page = by_of(request.GET), page_number(request.GET.get("page", ""))
        found, total, count = workload.lines(workload.filters_in(form), request.standing, timezone.now(), by, page)
        context = {
            "form": form,
            "by": by,
            "hidden": [("by", by)],
            "active": form.chips(request.path),
            "clear_url": f"{request.path}?by={by}",
            "lines": found,
            "total": total,
            "count": count,
            "others_url": f"?{form.query(by='organisation' if by == 'officer' else 'officer')}",
            **pages(request, page, count, workload.PAGE),
        }
        return render(request, "workflows/board/workload.html", context)


class CasesOwned(Seated):
    """The cases in which somebody has a task: what a number of the workload counts."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Seven statements, for one case and for fifty."""
        cases = workload.cases_owned(Filters.of(request.GET), request.standing, timezone.now())
        cursor = cursors(request.GET)
        page = page_of(listing.with_words(cases), listing.NEWEST, cursor["after"], cursor["before"])
        query = Filters.of(request.GET).query
        context = {
            "total": cases.count(),
            "rows": listing.rows_of(page.rows, request.user),
            "next_url": f"?{query(after=page.next)}" if page.next else "",
            "previous_url": f"?{query(before=page.previous)}" if page.previous else "",
        }
        return render(request, "workflows/board/cases.html", context)


class Late(Seated):
    """What is late, what will be, and what nobody has begun; with ticks and links to act."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Nine statements, for one task and for fifty."""
        now, standing = timezone.now(), request.standing
        form = AskedForm(request.GET, workload.organisations_of(standing))
        which = which_of(request.GET)
        base = workload.filters_in(form)
        filters = breach.which_filters(which, base)
        cursor = cursors(request.GET)
        tasks = breach.with_words(filters.apply(seen_tasks(standing), now))
        page = page_of(tasks, NEAREST, cursor["after"], cursor["before"], size=breach.PAGE)
        counts = breach.counts(base, standing, now)
        here = form.query(which=which)
        context = {
            "form": form,
            "hidden": [("which", which)],
            "active": form.chips(request.path),
            "clear_url": f"{request.path}?which={which}",
            "which": which,
            "lists": [
                {"label": label, "url": f"?{form.query(which=name)}", "count": counts[name], "current": name == which}
                for name, label in breach.WHICH.items()
            ],
            "count": counts[which],
            "rows": breach.rows_of(page.rows, standing, now),
            "actions": actions_for(standing, SEEN) if page.rows else [],
            "query": filters.query(),
            "desk_url": filters.url(),
            "stuck_url": breach.stuck_url(standing),
            "next_url": f"?{here}&after={page.next}".replace("+", "%2B") if page.next else "",
            "previous_url": f"?{here}&before={page.previous}".replace("+", "%2B") if page.previous else "",
        }
        return render(request, "workflows/board/late.html", context)


def which_of(params: QueryDict) -> str:
    """Which list is asked for; what is late unless it is another."""
    wanted = params.get("which", "")
    return wanted if wanted in breach.WHICH else breach.LATE


class Map(Seated):
    """The map of a flow with the numbers of today."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Six statements, however many tasks there are."""
        wanted = request.GET.get("flow", "")
        offered = kinds()
        kind = wanted if wanted in dict(offered) else offered[0][0]
        form = AskedForm(request.GET, workload.organisations_of(request.standing))
        del form.fields["kind"]
        filters = Filters(organisation=form.chosen.get("organisation", ""))
        context = {
            "form": form,
            "hidden": [("flow", kind)],
            "active": form.chips(request.path),
            "clear_url": f"{request.path}?flow={kind}",
            "flows": [
                {"label": label, "url": f"?{form.query(flow=name)}", "count": None, "current": name == kind}
                for name, label in offered
            ],
            "map": flow_map(kind, filters, request.standing, timezone.now()),
        }
        return render(request, "workflows/board/map.html", context)
