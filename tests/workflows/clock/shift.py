"""Tasks whose moments lie anywhere: the clock of the database cannot be moved, so the moments are."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from django.utils import timezone

from casework import signals
from casework.acts import perform
from workflows.acts import TaskAct
from workflows.clock.models import Alarm
from workflows.engine.models import Task


@dataclass(frozen=True)
class Shift(TaskAct):
    """Gives a task other values, with an event as the database demands."""

    verb: ClassVar[str] = "task.shifted"

    values: dict[str, Any] = field(default_factory=dict)

    def authorise(self, unit) -> None:
        """Anybody in a test."""

    def change(self, unit) -> None:
        unit.change(self._task(unit), **self.values)


@dataclass(frozen=True)
class AddRows(Shift):
    """Adds rows to the case of a task, as they could only have been made long ago."""

    verb: ClassVar[str] = "task.rows_added"

    rows: tuple[Any, ...] = ()

    def change(self, unit) -> None:
        self._task(unit)
        for row in self.rows:
            unit.add(row)


def add_rows(world, task, *rows):
    perform(AddRows(task.pk, rows=rows), by=world.lan)


def shift(world, task, **values):
    """The task with these values."""
    perform(Shift(task.pk, values), by=world.lan)
    return Task.objects.get(pk=task.pk)


def moments(half, warn, due):
    """The three moments, in hours from now."""
    hours = {"half_at": half, "warn_at": warn, "due_at": due}
    return {name: timezone.now() + timedelta(hours=value) for name, value in hours.items()}


HALF_PASSED = (-1, 30, 60)
WARN_PASSED = (-2, -1, 60)
ALL_PASSED = (-3, -2, -1)
NOTHING_PASSED = (30, 60, 90)


def alarm_of(task):
    """(level, moment) of the alarm of a task, or None."""
    return Alarm.objects.filter(task=task).values_list("level", "at").first()


class Heard:
    """A receiver that keeps what the clock tells."""

    def __init__(self):
        self.told = []
        signals.clock_told.connect(self, weak=False)

    def __call__(self, sender, *, told, **_kwargs):
        self.told += told

    def words(self):
        """What was told, without order: kind, whom, and of whom in an organisation."""
        notices = [one.notice for one in self.told]
        return sorted((n.kind, n.user_id or 0, n.organisation_id or 0, n.audience) for n in notices)

    def kinds(self):
        return [one.notice.kind for one in self.told]
