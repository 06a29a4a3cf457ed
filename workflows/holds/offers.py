"""What this room offers on the page of a task and on the file of a case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.cases.stages import Status
from casework.organisations.standing import Standing
from workflows.casefile import more as of_case
from workflows.desk import more as of_task
from workflows.links import Link


def for_task(task: Any, standing: Standing) -> list[Link]:
    """Wait for an answer, extend, say how much it presses. No query."""
    still = task.held or task.case.status != Status.OPEN
    offered = {
        "wait": (_("Wait for an answer"), not still and may_wait(task, standing)),
        "extend": (_("Extend the deadline"), not still and not task.watched and may(task, standing, "extend_deadline")),
        "priority": (_("Set how much it presses"), may(task, standing, "prioritise_task")),
    }
    return [
        Link(label, reverse(f"taskclock:{name}", args=[task.pk]))
        for name, (label, allowed) in offered.items()
        if allowed
    ]


def for_case(case: Any, standing: Standing) -> list[Link]:
    """Put it on hold, or let it go on. No query."""
    offered = {
        Status.OPEN: (_("Put the case on hold"), "holds:hold"),
        Status.ON_HOLD: (_("Let the case go on"), "holds:resume"),
    }
    parties = (case.lead_organisation_id, case.reviewing_organisation_id, case.supervising_organisation_id)
    if case.status not in offered or not any(standing.seat_for("hold_case", party) for party in parties):
        return []
    label, name = offered[Status(case.status)]
    return [Link(label, reverse(name, args=[case.code]))]


def may(task: Any, standing: Standing, right: str) -> bool:
    """Whether a person has a right on the organisation of a task or on the one that supervises its case."""
    parties = (task.organisation_id, task.case.supervising_organisation_id)
    return any(standing.seat_for(right, party) for party in parties)


def may_wait(task: Any, standing: Standing) -> bool:
    """Whether a person may let a task wait for an answer: its owner, or who may hold a case."""
    return standing.stands_for(task.owner_id) or bool(standing.seat_for("hold_case", task.organisation_id))


def may_answer(task: Any, standing: Standing) -> bool:
    """Whether a person may say that the answer has come: who may do the task, or who may hold a case."""
    return any(standing.seat_for(right, task.organisation_id) for right in (task.permission, "hold_case"))


def register() -> None:
    """Offer it on the pages."""
    of_task.OFFERS.append(for_task)
    of_case.OFFERS.append(for_case)
