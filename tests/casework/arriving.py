"""Forms of steps in tests: a case brought to a step by acts, and its form with plausible answers, some replaced."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.cases.models import Case
from workflows.demo.answers import answer_for
from workflows.demo.play import BEFORE, posted
from workflows.engine.models import Task


def day(days_ago: int) -> str:
    """A day before today as people type it."""
    return (timezone.localdate() - timedelta(days=days_ago)).strftime("%d/%m/%Y")


# Early enough for every later day of the answers.
EARLIER: dict[str, dict[str, Any]] = {"hold_founding_conference": {"held_on": day(60)}}


def arrive(world: Any, case: Case, node: str, **answers: dict[str, Any]) -> Task:
    """Finish tasks until one of the step is open."""
    for _attempt in range(30):
        tasks = {task.node: task for task in Task.objects.open().filter(case=case).order_by("pk")}
        if node in tasks:
            prepare(tasks[node])
            return tasks[node]
        first = next(iter(tasks.values()))
        world.finish(first, **{**EARLIER.get(first.node, {}), **answers.get(first.node, {})})
    raise AssertionError(node)


def prepare(task: Task) -> None:
    """What must be in the case before the form of the step can be filled."""
    if task.node in BEFORE:
        BEFORE[task.node](task.case, task.case.opened_by)


def form_of(task: Task, **fields: Any) -> Any:
    """The form of a task with plausible answers, some of them replaced."""
    fields = {**answer_for(task), **EARLIER.get(task.node, {}), **fields}
    return task.step.form_class(task.case, task.case.opened_by, data=posted(fields))


def blank_form(task: Task) -> Any:
    """The form of a task as it opens."""
    return task.step.form_class(task.case, task.case.opened_by)


def assert_refused(task: Task, field: str, part: str = "", **fields: Any) -> None:
    """The form has a sentence at this field and at no other."""
    form = form_of(task, **fields)

    assert list(form.errors) == [field], form.errors
    assert part in str(form.errors[field][0]), form.errors[field][0]
    assert not form.errors[field][0].startswith("This field")
