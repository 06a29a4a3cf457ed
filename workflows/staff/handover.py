"""Handing over what somebody has: each task is its own act in its own transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, perform
from casework.organisations.models import Organisation, User
from casework.organisations.standing import Standing
from casework.vietnamese import VnKey
from workflows.acts import PutBack, ReassignTask
from workflows.desk.bulk_forms import able_people
from workflows.desk.queries import title_of
from workflows.engine.models import Task
from workflows.staff.held import open_tasks_of
from workflows.staff.over import REASSIGN
from workflows.staff.reach import reach_with


@dataclass(frozen=True)
class Held:
    """What somebody has in one organisation, and who could take some of it over."""

    organisation: Organisation
    tasks: list[Task]
    people: QuerySet[User]


@dataclass(frozen=True)
class Refused:
    """A task that was not handed over, and why."""

    task: Task
    sentence: str


def movable(person: User, standing: Standing) -> QuerySet[Task]:
    """Open tasks of a person that the standing may move: those of the organisations over which it says so."""
    tasks = open_tasks_of(person).filter(organisation_id__in=reach_with(standing, REASSIGN)).seen()
    return tasks.select_related("case", "organisation").order_by("organisation_id", "due_at", "pk")


def held_by(person: User, standing: Standing) -> list[Held]:
    """Her movable tasks by organisation. One query for the tasks, two for each organisation."""
    by_organisation: dict[Organisation, list[Task]] = {}
    for task in movable(person, standing):
        by_organisation.setdefault(cast("Organisation", task.organisation), []).append(task)
    return [Held(place, tasks, _takers(tasks, person)) for place, tasks in by_organisation.items()]


def _takers(tasks: Iterable[Task], person: User) -> QuerySet[User]:
    able = [one.user_id for one in able_people(tasks)]
    found = User.objects.filter(pk__in=able, is_active=True).exclude(pk=person.pk)
    return found.order_by(VnKey("given_name"), VnKey("full_name"), "pk")


def hand_over(tasks: Iterable[Task], to: User | None, reason: str, by: User, request_id: UUID | None) -> list[Refused]:
    """Give each task to a person, or back to the queue when nobody is named. Returns what was refused, with reasons."""
    refused = []
    for task in tasks:
        act: Act = ReassignTask(task.pk, to=to, reason=reason) if to else PutBack(task.pk, reason)
        try:
            perform(act, by=by, request_id=uuid5(request_id, str(task.pk)) if request_id else None)
        except ActionNotPossible as refusal:
            refused.append(Refused(task, str(refusal)))
        except PermissionDenied:
            refused.append(Refused(task, _("You may not move this task.")))
    return refused


def named(task: Task) -> str:
    """A task as the page names it: step and case."""
    return f"{title_of(task)}, {task.case.working_name} ({task.case.code})"
