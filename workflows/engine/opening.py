"""An act on a task is opened: case locked, and all that it decides on read behind the lock. One statement."""

import json
from functools import cache
from typing import Any

from django.db import connection, models

from casework import rows
from casework.acts import Unit
from casework.cases.models import Case
from casework.organisations.standing import seats_asked, standing_from
from workflows.clock.known import Mark
from workflows.engine.models import HUMAN, Process, Task, TaskAssignment

_ROWS: dict[str, type[models.Model]] = {
    "the_case": Case,
    "the_task": Task,
    "the_process": Process,
    "the_assignment": TaskAssignment,
}
_MORE = "answered, seats, done_steps, rounds, hindered, clock_mark, province, made"


def made_by(*models_: type[models.Model], **by_step: type[models.Model]) -> str:
    """The tables in which an act makes one row each: at any step, and at some steps besides."""
    tables = {"": [model._meta.db_table for model in models_]}
    return json.dumps(tables | {step: [model._meta.db_table] for step, model in by_step.items()})


NOTHING = made_by()


@cache
def _sql() -> str:
    parts = [rows.columns(model, name) for name, model in _ROWS.items()]
    call = "act_open(%(task)s, %(user)s, %(request)s, %(day)s, %(down)s, %(never)s, %(makes)s)"
    return f"SELECT {', '.join(parts)}, {_MORE} FROM {call}"  # noqa: S608 (names of our own columns)


def open_task(unit: Unit, task_id: int, makes: str = NOTHING) -> None:
    """Lock the case of a task for an act, and read what the act decides on behind the lock.

    `makes`: in which tables the act will make a row, as `made_by` says; their ids are taken now.
    Raises Case.DoesNotExist for a task that is not there.
    """
    asked: dict[str, Any] = {"task": task_id, "request": unit.request_id, **seats_asked(unit.by)}
    asked["makes"] = makes
    with connection.cursor() as cursor:
        cursor.execute(_sql(), asked)
        found = cursor.fetchone()
    if found is None:
        raise Case.DoesNotExist(f"task {task_id}")
    pieces = rows.cut(found, [rows.width(model) for model in _ROWS.values()])
    case, task, process, assignment, more = pieces
    unit.answered, seats, done, rounds, hindered, mark, province, made = more
    unit.late.ids.update(made or {})
    unit.standing = standing_from(unit.by, seats or [])
    unit.about_case(rows.instance_of(Case, case))
    unit.case.clock_mark = Mark(mark, province or unit.case.area_id)
    # What was read with the case; an act that opens no task has none of it and asks for itself.
    unit.case.hindered, unit.case.born, unit.case.late = hindered, [], unit.late
    row = rows.instance_of(Task, task)
    row.process, row.case = rows.instance_of(Process, process), unit.case
    row.process.case = unit.case
    row.process.rounds = rounds  # type: ignore[attr-defined]
    row.done_steps = done or []  # type: ignore[attr-defined]
    row.open_assignment = rows.instance_of(TaskAssignment, assignment) if assignment[0] else None  # type: ignore[attr-defined]
    if row.flow_task_type == HUMAN:
        unit.task = row
