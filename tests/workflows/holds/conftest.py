"""What the tests of this room share."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from casework.acts import perform
from workflows.engine.models import Task
from workflows.holds.acts import HoldCase, ResumeCase


class Clocked:
    """A case on days of our choice. The clock of the database is real; the days of holds are Python's."""

    def __init__(self, world, clock):
        self.world, self.clock = world, clock

    def on(self, day, month, year=2026):
        """Go to the morning of a day."""
        self.clock.move_to(timezone.make_aware(datetime.combine(date(year, month, day), time(9))))
        return self

    def task_at(self, node):
        """A new case at a step: its open task."""
        return self.world.advance(self.world.open_case(), node)

    def hold(self, task):
        perform(HoldCase(task.case_id, "Chờ sau Tết"), by=self.world.lan)

    def resume(self, task):
        return perform(ResumeCase(task.case_id, "Đã họp lại"), by=self.world.lan)

    @staticmethod
    def due(task):
        """The day on which the task is due now."""
        return timezone.localdate(Task.objects.get(pk=task.pk).due_at)


@pytest.fixture
def clocked(world, time_machine):
    return Clocked(world, time_machine)


@pytest.fixture
def task(world):
    """The first task of a new case: lan has it."""
    task = world.task(world.open_case())
    world.claim(task, world.lan)
    return Task.objects.get(pk=task.pk)
