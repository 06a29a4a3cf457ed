"""The applications of a lender, as its desk and its file show them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.urls import reverse

from casework.facts import dong
from casework.linkage.models import CreditApplication
from casework.organisations.standing import Standing
from casework.sharing.models import CaseAccess
from casework.sharing.querysets import live_access
from workflows.credit_room.forms import OPEN, TO_PAY, WAITING
from workflows.credit_room.tasks import PAY
from workflows.engine.models import Task


@dataclass(frozen=True)
class Row:
    """One application in words."""

    url: str
    subject: str
    place: str
    asked: str
    asked_on: str
    decision: str
    granted: str
    paid: str
    waits: bool
    to_pay: bool


@dataclass(frozen=True)
class Number:
    """How many applications wait for something, and the list of just these."""

    label: str
    count: int
    url: str


def shared_applications(standing: Standing, lenders: list[int]) -> QuerySet[CreditApplication]:
    """Applications to these lenders that are shared with them at this moment."""
    share = live_access([CaseAccess.Kind.SHARE]).filter(case_id=OuterRef("case_id"), organisation_id=OuterRef("lender"))
    found = CreditApplication.objects.filter(Exists(share), lender__in=lenders)
    return found.select_related("case__area", "lender", "product").beyond_sight("shared with her lender now")


def found(applications: QuerySet[CreditApplication], state: str) -> QuerySet[CreditApplication]:
    """Those in a state, newest first."""
    applications = applications.annotate(to_pay=Exists(_payments()))
    if state == TO_PAY:
        applications = applications.filter(to_pay=True)
    elif state:
        applications = applications.filter(decision="" if state == WAITING else state)
    return applications.annotate(paid=Sum("disbursements__amount")).order_by("-recorded_at", "-pk")


def _payments() -> QuerySet[Task]:
    """The open task in which the money of an application is paid out."""
    return Task.objects.open().filter(process__application=OuterRef("pk"), node=PAY)


def numbers(applications: QuerySet[CreditApplication]) -> list[Number]:
    """What waits for the lender, by what it waits for. Two queries."""
    desk = reverse("credit:desk")
    return [
        Number(str(label), found(applications, state).count(), f"{desk}?state={state}") for state, label in OPEN.items()
    ]


def row(application: CreditApplication) -> Row:
    """One row. No query for what `found` read."""
    return Row(
        url=reverse("credit:room", args=[application.pk]),
        subject=application.case.working_name,
        place=str(application.case.area),
        asked=dong(application.amount) if application.amount else "",
        asked_on=f"{application.recorded_at:%d/%m/%Y}",
        decision=application.get_decision_display() if application.decision else "",
        granted=dong(application.granted_amount) if application.granted_amount else "",
        paid=dong(application.paid) if application.paid else "",  # type: ignore[attr-defined]
        waits=not application.decision,
        to_pay=application.to_pay,  # type: ignore[attr-defined]
    )
