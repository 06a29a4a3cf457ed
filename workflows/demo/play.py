"""Finishing a task as its page would: through the form, then through the act."""

from typing import Any
from uuid import uuid4

from django.http import QueryDict

from casework.acts import Receipt, perform
from casework.audit.models import Channel
from casework.organisations.models import User
from workflows.acts import CompleteTask
from workflows.engine.models import Task


class AnswerRefused(ValueError):
    """The form did not take the answers."""


def posted(fields: dict[str, Any]) -> QueryDict:
    """Fields as a browser would post them; a list posts a name several times."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, [str(item) for item in value] if isinstance(value, list) else [str(value)])
    return data


def finish(task_id: int, by: User, fields: dict[str, Any], channel: str = Channel.COMMAND) -> Receipt:
    """Finish a task that `by` has taken. Raises AnswerRefused with the form's errors."""
    task = Task.objects.select_related("case").get(pk=task_id)
    form = task.step.form_class(task.case, by, data=posted(fields))
    if not form.is_valid():
        rows = form.rows.errors if form.rows is not None else ""
        raise AnswerRefused(f"{task.node}: {form.errors.as_json()} {rows}")
    return perform(CompleteTask(task_id, form.cleaned_data), by=by, channel=channel, request_id=uuid4())
