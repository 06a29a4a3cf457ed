"""The board: where every case stands, and for a lender where its applications stand."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.cases.stages import Stage
from casework.linkage.models import CreditApplication
from casework.requests import SignedIn
from workflows.board import counts, credit
from workflows.board.asked import page_number
from workflows.board.filters import BoardFilter
from workflows.board.numbers import Numbers
from workflows.board.views_tasks import Seated, pages
from workflows.casefile.measures import MEASURES, TITLES

PAGE = 20  # organisations
DECIDED = 50
TABLE = "table"


class Home(Seated):
    """Stages and organisations with the numbers of their running cases."""

    def get(self, request: SignedIn) -> HttpResponse:
        """At most twelve statements, however many cases and organisations there are."""
        now, context = timezone.now(), {}
        if credit.lenders_of(request.standing):
            context = {
                "waiting": credit.waiting(request.standing, now),
                "decisions": credit.decisions(request.standing),
            }
        if not credit.is_only_lender(request.standing):
            context |= self._cases(request, now)
        return render(request, "workflows/board/home.html", context)

    def _cases(self, request: SignedIn, now: Any) -> dict[str, Any]:
        numbers = Numbers(request.standing, request.GET, now)
        form, stages = numbers.form, numbers.stages()
        measure, view = asked(request.GET, "measure", MEASURES), asked(request.GET, "view", ["", TABLE])
        page, kept = page_number(request.GET.get("page", "")), {"measure": measure, "view": view}
        organisations = numbers.organisations()
        shown = list(organisations[PAGE * (page - 1) : PAGE * page])
        lines = numbers.lines(shown)
        return {
            "form": form,
            "hidden": [*form.hidden, *((name, value) for name, value in kept.items() if value)],
            "active": form.chips(request.path),
            "cards": counts.stage_cards(stages, form),
            "all": counts.all_stages(stages, form, _("All stages")),
            "view": view,
            "views": _views(form, measure, view),
            "stages": [stage.label for stage in Stage],
            "lines": [counts.line(organisation, lines, measure, form) for organisation in shown],
            "totals": counts.totals(stages, measure, form, _("All")),
            "measure": TITLES[measure],
            "measures": _measures(form, measure, view),
            "closed": counts.closed_cells(numbers.closed(), form),
            "closed_all": form.closed_url(),
            "closed_days": form.closed_days,
            **pages(request, page, organisations.count(), PAGE),
        }


def asked(params: QueryDict, name: str, known: Any) -> str:
    """What the address asks for, or the first that is known."""
    wanted = params.get(name, "")
    return wanted if wanted in known else next(iter(known))


def _measures(form: BoardFilter, measure: str, view: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": f"?{form.query(measure=name, view=view)}", "current": name == measure}
        for name, label in TITLES.items()
    ]


def _views(form: BoardFilter, measure: str, view: str) -> list[dict[str, Any]]:
    offered = {"": _("Cards"), TABLE: _("Table")}
    return [
        {"label": label, "url": f"?{form.query(measure=measure, view=name)}", "current": name == view}
        for name, label in offered.items()
    ]


class Decided(Seated):
    """The applications that a lender decided: what a number of its board counts."""

    def get(self, request: SignedIn) -> HttpResponse:
        """403 for whoever sits in no lender."""
        if not credit.lenders_of(request.standing):
            raise PermissionDenied("lender")
        decision = asked(request.GET, "decision", ["", *CreditApplication.Decision.values])
        page, found = page_number(request.GET.get("page", "")), credit.decided(request.standing, decision)
        total = found.count()
        rows = found.select_related("case", "decided_by").order_by("-decided_at", "-pk")
        context = {
            "total": total,
            "rows": rows[DECIDED * (page - 1) : DECIDED * page],
            **pages(request, page, total, DECIDED),
        }
        return render(request, "workflows/board/decided.html", context)
