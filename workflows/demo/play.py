"""Finishing a task as its page would: through the form, then through the act."""

from typing import Any
from uuid import uuid4

from django.http import QueryDict

from casework.acts import Receipt, perform
from casework.audit.models import Channel
from casework.organisations.models import User
from workflows.acts import CompleteTask
from workflows.demo.members import give_capital
from workflows.engine.models import Task


class AnswerRefused(ValueError):
    """The form did not take the answers."""


def posted(fields: dict[str, Any]) -> QueryDict:
    """Fields as a browser would post them; a list posts a name several times."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, [str(item) for item in value] if isinstance(value, list) else [str(value)])
    return data


# What must be in the case before the form of a step can be filled.
BEFORE = {"hold_founding_conference": give_capital}


def make_ready(task: Task, by: User) -> None:
    """Put into the case what the form of a task asks to be there first: members with capital before the conference."""
    prepare = BEFORE.get(task.node)
    if prepare:
        prepare(task.case, by)


def finish(task_id: int, by: User, fields: dict[str, Any], channel: str = Channel.COMMAND) -> Receipt:
    """Finish a task that `by` has taken. Raises AnswerRefused with the form's errors."""
    task = Task.objects.select_related("case").get(pk=task_id)
    make_ready(task, by)
    form = task.form(by, data=posted(fields))
    if not form.is_valid():
        rows = {name: table.errors for name, table in form.rows.items()}
        raise AnswerRefused(f"{task.node}: {form.errors.as_json()} {rows}")
    return perform(CompleteTask(task_id, form.cleaned_data), by=by, channel=channel, request_id=uuid4())
