"""Waiting for an answer from outside, extending a deadline, setting how much a task presses."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Notice, Unit
from casework.cases.stages import Status
from workflows.acts import TaskAct, say_if_over
from workflows.clock.calendar import ONE_DAY, calendar_between
from workflows.clock.deadline import count_again
from workflows.clock.words import day_words
from workflows.engine.models import Priority, Task
from workflows.holds.acts import end_hold, owner_or_organisation, say_if_no_reason, say_if_past
from workflows.holds.days import days_held
from workflows.holds.models import Extension, Hold
from workflows.holds.words import ANSWERS

# An extension of more than a year is no extension but another plan.
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class WaitForAnswer(TaskAct):
    """The task can go no further before somebody outside answers: its clock stops until then."""

    verb: ClassVar[str] = "task.waits"

    waits_for: str = ""
    reason: str = ""
    expected_on: date | None = None

    def authorise(self, unit: Unit) -> None:
        task = self._task(unit)
        if unit.standing and unit.standing.stands_for(task.owner_id):
            super().authorise(unit)
        else:
            unit.authorise("hold_case", task.organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        say_if_over(task)
        if self.waits_for not in ANSWERS:
            raise ActionNotPossible(_("Choose for whose answer you wait."), "waits_for")
        say_if_no_reason(self.reason)
        say_if_past(self.expected_on)
        unit.reason = self.reason
        hold = unit.add(
            Hold(
                case=unit.case,
                task=task,
                waits_for=self.waits_for,
                reason=self.reason,
                expected_on=self.expected_on,
                began_by=unit.by,
            )
        )
        unit.change(task, held=True)
        unit.facts.update({"waits_for": self.waits_for, "expected_on": self.expected_on})
        return {"task": task.pk, "hold": hold.pk}


@dataclass(frozen=True)
class AnswerCame(TaskAct):
    """The answer from outside is there: the clock runs again, and the deadline moves by the time it stood still."""

    verb: ClassVar[str] = "task.answered"

    answer: str = ""

    def authorise(self, unit: Unit) -> None:
        try:
            super().authorise(unit)
        except PermissionDenied:
            unit.authorise("hold_case", self._task(unit).organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        hold = Hold.objects.filter(task=task, ended_at=None, waits_for__in=ANSWERS).first()
        if hold is None:
            raise ActionNotPossible(_("This task waits for no answer."))
        unit.reason = self.answer
        end_hold(unit, hold, self.answer)
        unit.change(task, held=unit.case.status == Status.ON_HOLD)
        count_again(unit, task)
        unit.facts["days"], unit.facts["working_days"] = days_held([hold], unit.case.area_id)
        return {"task": task.pk, "hold": hold.pk}


@dataclass(frozen=True)
class ExtendTask(TaskAct):
    """A supervisor gives a task more time. The day it had before stays readable, and so does the first one."""

    verb: ClassVar[str] = "deadline.extended"

    until: date | None = None
    reason: str = ""

    def authorise(self, unit: Unit) -> None:
        task = self._task(unit)
        unit.authorise_any("extend_deadline", {task.organisation_id, unit.case.supervising_organisation_id})

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        say_if_over(task)
        until = self._checked(task)
        say_if_no_reason(self.reason)
        unit.reason = self.reason
        before = timezone.localdate(task.due_at)
        unit.add(
            Extension(case=unit.case, task=task, before=before, until=until, reason=self.reason, extended_by=unit.by)
        )
        count_again(unit, task)
        unit.facts.update({"before": before, "until": until})
        days = {"from": before.isoformat(), "to": until.isoformat()}
        unit.tell(Notice("deadline.extended", task_id=task.pk, facts=days, **owner_or_organisation(task)))
        return {"task": task.pk, "until": until}

    def _checked(self, task: Task) -> date:
        """The new day, when it can be one."""
        today, until = timezone.localdate(), self.until
        if task.watched:
            raise ActionNotPossible(_("This term is kept by somebody else, so it cannot be extended here."))
        if until is None:
            raise ActionNotPossible(_("Choose the new day."), "until")
        if until <= today:
            raise ActionNotPossible(_("This day has passed. Choose a later day than today."), "until")
        if until <= timezone.localdate(task.due_at):
            due = day_words(timezone.localdate(task.due_at))
            raise ActionNotPossible(_("It is due on %(day)s already. Choose a later day.") % {"day": due}, "until")
        if until > today + LONGEST:
            raise ActionNotPossible(_("Choose a day within a year."), "until")
        return _worked(until, task.case.area_id)


def _worked(day: date, area: int) -> date:
    """The day itself, when it is worked. Raises ActionNotPossible naming the next one that is."""
    calendar = calendar_between(day, day + timedelta(days=30), area)
    following = day
    while not calendar.is_working_day(following):
        following += ONE_DAY
    if following != day:
        words = {"day": day_words(day), "next": day_words(following)}
        raise ActionNotPossible(_("%(day)s is a day off. The next working day is %(next)s.") % words, "until")
    return day


@dataclass(frozen=True)
class SetPriority(TaskAct):
    """A supervisor says how much a task presses, besides its day."""

    verb: ClassVar[str] = "task.prioritised"

    priority: int = Priority.NORMAL
    reason: str = ""

    def authorise(self, unit: Unit) -> None:
        task = self._task(unit)
        unit.authorise_any("prioritise_task", {task.organisation_id, unit.case.supervising_organisation_id})

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        if not task.is_open:
            raise ActionNotPossible(_("This task is already finished. Nothing was changed."))
        if self.priority not in Priority.values:
            raise ActionNotPossible(_("Choose how much it presses."), "priority")
        say_if_no_reason(self.reason)
        if task.priority == self.priority:
            raise ActionNotPossible(_("It has this priority already."), "priority")
        unit.reason = self.reason
        unit.change(task, priority=self.priority)
        unit.facts["priority"] = self.priority
        return {"task": task.pk}
