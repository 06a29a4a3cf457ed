"""Four eyes: nobody approves her own work, nor the work of somebody she stands in for (`Step.not_by`).

Who did a step is read from the events: they alone know for whom a substitute finished it.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from casework.audit.models import AuditEvent
from casework.organisations.models import User
from workflows.engine.models import Task

_DONE = "task.completed"


def with_eyes(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks that bring along who finished which step of their case, so that `eyes_of` needs no query."""
    done = AuditEvent.objects.filter(case_id=OuterRef("case_id"), verb=_DONE).order_by()
    told = JSONObject(node="facts__node", actor="actor_id", behalf="on_behalf_of_id")
    return tasks.annotate(done_steps=ArraySubquery(done.values(told=told)))


def eyes_of(task: Task) -> set[int]:
    """Ids of the people who may not do a task because they did what it checks. No query when nothing is checked."""
    look([task])
    return task.eyes  # type: ignore[attr-defined]


def look(tasks: Iterable[Task]) -> None:
    """Note at each of many tasks who may not do it, for `eyes_of`. One query, and none when no task checks another."""
    unseen = [task for task in tasks if not hasattr(task, "eyes")]
    for task in [task for task in unseen if hasattr(task, "done_steps")]:
        checked = _checked_by(task)
        doers = [step for step in task.done_steps if step["node"] in checked]
        task.eyes = {step[who] for step in doers for who in ("actor", "behalf") if step[who]}  # type: ignore[attr-defined]
        unseen.remove(task)
    checking = [task for task in unseen if _checked_by(task)]
    done = _done_in({task.case_id for task in checking}) if checking else []
    for task in unseen:
        checked = _checked_by(task)
        task.eyes = {  # type: ignore[attr-defined]
            person
            for case, node, *people in done
            if case == task.case_id and node in checked
            for person in people
            if person
        }


def _checked_by(task: Task) -> tuple[str, ...]:
    return getattr(task.step, "not_by", ())


def _done_in(cases: set[int]) -> list[tuple[Any, ...]]:
    """Each finished step of some cases: case, step, who did it, for whom."""
    rows = AuditEvent.objects.filter(case_id__in=cases, verb=_DONE)
    return list(rows.values_list("case_id", "facts__node", "actor_id", "on_behalf_of_id"))


def say_if_own_work(task: Task, *people: User | None, field: str | None = None) -> None:
    """Raise ActionNotPossible when one of these people did what the task checks."""
    checked = eyes_of(task)
    for person in people:
        if person and person.pk in checked:
            raise ActionNotPossible(
                _("%(name)s did a part of what is checked here. Somebody else must do this task.") % {"name": person},
                field,
            )


def say_if_own_work_of(unit: Unit, task: Task) -> None:
    """The same for whoever acts, and for the person she stands in for."""
    say_if_own_work(task, unit.by, unit.on_behalf_of)
