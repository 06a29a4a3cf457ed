"""What casework tells and workflows answer, inside the same transaction."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import signals
from casework.acts import ActionNotPossible, Unit
from casework.cases.models import Case
from casework.organisations.models import Membership
from workflows.acts import tell_of_tasks
from workflows.flows.catalogue import CURRENT
from workflows.staff.held import tasks_held_by


def connect() -> None:
    """Listen to casework."""
    signals.case_opened.connect(start_flow, dispatch_uid="workflows.start_flow")
    signals.membership_ends.connect(say_if_tasks_remain, dispatch_uid="workflows.say_if_tasks_remain")


def start_flow(sender: type[Case], *, unit: Unit, case: Case, **_kwargs: Any) -> None:
    """A case was opened: start the current flow of its kind, and tell whose turn it is."""
    flow = CURRENT.get(case.kind)
    if flow is None:
        return
    flow.start.run(case=case)
    tell_of_tasks(unit, since=case.opened_at)


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
