"""The demo's lenders: a case that asks two of them at once."""

from typing import Any

from django.utils import timezone

from casework.acts import perform
from casework.linkage.credit.forms import lenders_for
from casework.linkage.models import CreditApplication
from workflows.credit_room.asking import WAITING_NODE, AskAnotherLender
from workflows.engine.models import OPEN_STATUSES, Task


def ask_two_lenders(users: dict[str, Any]) -> None:
    """The first case that waits for a lender asks another one too; its own advisor does it. Nothing without one."""
    waiting = Task.objects.filter(node=WAITING_NODE, status__in=OPEN_STATUSES).select_related("case").order_by("pk")
    for row in waiting:
        first = CreditApplication.latest_of(row.case)
        others = [one for one in lenders_for(row.case) if first and one.pk != first.lender_id]
        advisor = first.recorded_by if first else None
        if first and others and advisor:
            perform(AskAnotherLender(row.case_id, _like(first, others[0])), by=advisor)
            return


def _like(first: CreditApplication, lender: Any) -> dict[str, Any]:
    """The rest of the money, asked of another lender."""
    return {
        "lender": lender,
        "purpose": "Mua bao bì và thuê kho lạnh.",
        "amount": (first.amount or 0) // 2 or 50_000_000,
        "term_months": first.term_months,
        "own_capital": first.own_capital,
        "workers": first.workers,
        "consent_given": True,
        "consent_on": timezone.localdate(),
    }
