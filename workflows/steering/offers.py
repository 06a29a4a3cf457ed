"""What this room offers on the page of a task and on the file of a case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases.stages import Status
from casework.organisations.standing import Standing
from workflows.casefile import more as of_case
from workflows.desk import more as of_task
from workflows.desk.queries import is_mine
from workflows.holds.models import Hold
from workflows.links import Link
from workflows.steering.closing import CLOSE
from workflows.steering.corrections import correctable_steps
from workflows.steering.moving import STEER


def for_task(task: Any, standing: Standing) -> list[Link]:
    """For its owner: send work back, or call it back. At most one query."""
    if not is_mine(task, standing) or task.case.status != Status.OPEN:
        return []
    if task.held:
        waits = Hold.objects.filter(task=task, ended_at=None, waits_for=Hold.Waits.CORRECTION).exists()
        return [Link(_("Call the correction back"), reverse("taskreturn:call_back", args=[task.pk]))] if waits else []
    if not correctable_steps(task):
        return []
    return [Link(_("Send back for correction"), reverse("taskreturn:return", args=[task.pk]))]


def for_case(case: Any, standing: Standing) -> list[Link]:
    """For those who may: close, reopen, go to another step. No query."""
    parties = (case.lead_organisation_id, case.reviewing_organisation_id, case.supervising_organisation_id)
    return [
        Link(str(label), reverse(name, args=[case.code]))
        for right, name, label, statuses in _OF_CASE
        if case.status in statuses and any(standing.seat_for(right, party) for party in parties)
    ]


def register() -> None:
    """Offer it; called once at start-up."""
    of_task.OFFERS.append(for_task)
    of_case.OFFERS.append(for_case)


_OF_CASE = (
    (STEER, "steering:jump", gettext_lazy("Go to another step"), {Status.OPEN}),
    (CLOSE, "steering:close", gettext_lazy("Close the case"), {Status.OPEN, Status.ON_HOLD}),
    (STEER, "steering:reopen", gettext_lazy("Reopen the case"), {Status.CLOSED}),
)
