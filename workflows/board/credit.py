"""The board of a lender: its own applications and nothing else; its numbers open its tasks, never a case."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.linkage.models import CreditApplication
from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from workflows.board.counts import Cell
from workflows.credit_room.tasks import DECIDE, PAY
from workflows.desk.filters import HELD, SEEN, SOON, Filters, due_q, state_q
from workflows.desk.queries import seen_tasks

_WAITING, _TO_PAY = Filters(tab=SEEN, node=DECIDE), Filters(tab=SEEN, node=PAY)
_TITLES = {
    "open": _("Waiting for a decision"),
    "held": _("On hold"),
    "soon": _("Due soon"),
    "late": _("Late"),
    "pay": _("Waiting to be paid out"),
}
_PARTS = {
    "open": _WAITING,
    "held": replace(_WAITING, state=HELD),
    "soon": replace(_WAITING, due=SOON),
    "late": replace(_WAITING, due="late"),
}


def lenders_of(standing: Standing) -> list[int]:
    """The lenders in which the person sits or acts."""
    lender = Organisation.Kind.LENDER
    return sorted({s.organisation_id for s in standing.every_seat if s.organisation_kind == lender})


def is_only_lender(standing: Standing) -> bool:
    """Whether every seat is in a lender: then no case may be seen."""
    return all(s.organisation_kind == Organisation.Kind.LENDER for s in standing.every_seat)


def waiting(standing: Standing, now: datetime) -> list[Cell]:
    """Applications that wait for the lender, as its tasks: for its answer, and for its money. Two queries."""
    counts: dict[str, Any] = {
        "n_open": Count("pk"),
        "n_held": Count("pk", filter=state_q(HELD, now)),
        "n_soon": Count("pk", filter=due_q(SOON, now)),
        "n_late": Count("pk", filter=due_q("late", now)),
    }
    found = _WAITING.apply(seen_tasks(standing), now).order_by().aggregate(**counts)
    found["n_pay"] = _TO_PAY.apply(seen_tasks(standing), now).count()
    parts = {**_PARTS, "pay": _TO_PAY}
    return [Cell(name, str(_TITLES[name]), found[f"n_{name}"], part.url()) for name, part in parts.items()]


def decided(standing: Standing, decision: str = "") -> QuerySet[CreditApplication]:
    """Applications that the person's lenders decided, in one way if it is named."""
    found = CreditApplication.objects.filter(lender__in=lenders_of(standing)).exclude(decision="")
    found = found.beyond_sight("decided by her own lenders")
    return found.filter(decision=decision) if decision else found


def decisions(standing: Standing) -> list[Cell]:
    """How many were decided in which way. One query."""
    found = dict(decided(standing).order_by().values_list("decision").annotate(n=Count("pk")))
    url = reverse("board:decided")
    return [
        Cell(name, str(label), found.get(name, 0), f"{url}?decision={name}")
        for name, label in CreditApplication.Decision.choices
    ]
