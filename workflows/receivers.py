"""What casework tells and workflows answer, inside the same transaction."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import signals
from casework.acts import ActionNotPossible, Unit
from casework.cases.models import Case
from casework.linkage.models import CreditApplication
from casework.organisations.models import Membership
from casework.sharing.models import CaseAccess
from workflows.acts import tell_of_tasks, withdraw_task
from workflows.credit_room.tasks import PAY, task_of
from workflows.ending import withdraw
from workflows.engine.models import TaskAssignment
from workflows.flows.catalogue import CURRENT
from workflows.staff.held import tasks_held_by


def connect() -> None:
    """Listen to casework."""
    signals.case_opened.connect(start_flow, dispatch_uid="workflows.start_flow")
    signals.share_ended.connect(end_lenders_work, dispatch_uid="workflows.end_lenders_work")
    signals.credit_paid.connect(end_payment_task, dispatch_uid="workflows.end_payment_task")
    signals.membership_ends.connect(say_if_tasks_remain, dispatch_uid="workflows.say_if_tasks_remain")


def start_flow(sender: type[Case], *, unit: Unit, case: Case, **_kwargs: Any) -> None:
    """A case was opened: start the current flow of its kind, and tell whose turn it is."""
    flow = CURRENT.get(case.kind)
    if flow is None:
        return
    flow.start.run(case=case)
    tell_of_tasks(unit, since=case.opened_at)


def end_lenders_work(sender: type[CaseAccess], *, unit: Unit, access: CaseAccess, **_kwargs: Any) -> None:
    """A share ended: what the lender had not decided is withdrawn, and the case goes on without it."""
    asked = CreditApplication.objects.filter(case=unit.case, lender_id=access.organisation_id)
    for application in asked.filter(request=CreditApplication.Request.REQUESTED).order_by("pk"):
        if not application.decision:
            withdraw(unit, application)
        task = task_of(application)
        if task:
            withdraw_task(unit, task, application.recorded_by_id, outcome="withdrawn")


def end_payment_task(
    sender: type[CreditApplication], *, unit: Unit, application: CreditApplication, **_kwargs: Any
) -> None:
    """A lender paid out in its room: the task that waits for the first disbursement is done."""
    task = task_of(application, PAY)
    if task:
        withdraw_task(unit, task, unit.by.pk, outcome="paid", how=TaskAssignment.End.DONE)


def say_if_tasks_remain(sender: type[Membership], *, unit: Unit, membership: Membership, **_kwargs: Any) -> None:
    """A role is about to end: refused while the person has open tasks that only this role lets her do.

    Raises ActionNotPossible, which names how many and where they are handed over.
    """
    n = tasks_held_by(membership).count()
    if n:
        raise ActionNotPossible(
            ngettext(
                "%(name)s still has %(n)d open task in %(organisation)s. Hand it over first: page “%(page)s”.",
                "%(name)s still has %(n)d open tasks in %(organisation)s. Hand them over first: page “%(page)s”.",
                n,
            )
            % {"name": membership.user, "n": n, "organisation": membership.organisation, "page": _("Hand over tasks")}
        )
