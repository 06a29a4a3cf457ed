"""Who may hand over somebody else's task: those over its organisation, and the programme office of its case."""

from typing import Any

from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from casework.sharing.querysets import working_organisations

REASSIGN = "reassign_task"
_OFFICE = Organisation.Kind.PROGRAMME_OFFICE


def organisations_over(task: Any) -> set[int]:
    """The organisation of a task and the programme offices that work on its case. Two queries."""
    working = working_organisations(task.case_id)
    offices = Organisation.objects.filter(pk__in=working, kind=_OFFICE).values_list("pk", flat=True)
    return {task.organisation_id, *offices}


def may_hand_over(task: Any, standing: Standing) -> bool:
    """Whether a person may move a task. No query, but for people of a programme office. The act asks again."""
    if standing.seat_for(REASSIGN, task.organisation_id):
        return True
    office = any(s.organisation_kind == _OFFICE and REASSIGN in s.permissions for s in standing.every_seat)
    return office and any(standing.seat_for(REASSIGN, one) for one in organisations_over(task))
