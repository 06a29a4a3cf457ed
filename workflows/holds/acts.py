"""Holding a whole case and letting it go on."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Notice, Unit
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.sharing.querysets import working_organisations
from workflows.clock.deadline import count_again
from workflows.engine.models import Task
from workflows.holds.days import days_held
from workflows.holds.models import Hold


def say_if_past(expected_on: date | None) -> None:
    """A hold is expected to end on a later day, or nobody knows when."""
    if expected_on and expected_on <= timezone.localdate():
        raise ActionNotPossible(_("Choose a later day than today, or leave it empty when nobody knows."), "expected_on")


def say_if_no_reason(reason: str, field: str = "reason") -> None:
    """Whoever moves a deadline says why."""
    if not reason.strip():
        raise ActionNotPossible(_("Write the reason."), field)


def owner_or_organisation(task: Task) -> dict[str, Any]:
    """Whom to tell of a task: whoever has it, or its organisation."""
    return {"user_id": task.owner_id} if task.owner_id else {"organisation_id": task.organisation_id}


@dataclass(frozen=True)
class _CaseAct(Act):
    """An act on a whole case by whoever may hold one of the organisations that work on it."""

    case_id: int

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any("hold_case", working_organisations(unit.case.pk))


@dataclass(frozen=True)
class HoldCase(_CaseAct):
    """Nothing more is done for a while: every clock of the case stops."""

    verb: ClassVar[str] = "case.held"

    reason: str = ""
    expected_on: date | None = None

    def change(self, unit: Unit) -> dict[str, Any]:
        case = unit.case
        if case.status != Status.OPEN:
            raise ActionNotPossible(_("This case is on hold or closed already."))
        say_if_no_reason(self.reason)
        say_if_past(self.expected_on)
        unit.reason = self.reason
        with unit.changing(case):
            case.hold()
        hold = unit.add(
            Hold(
                case=case,
                waits_for=Hold.Waits.PAUSE,
                reason=self.reason,
                expected_on=self.expected_on,
                began_by=unit.by,
            )
        )
        for task in Task.objects.open().filter(case=case).order_by("pk"):
            unit.change(task, held=True)
            if task.owner_id:
                unit.tell(Notice("case.held", user_id=task.owner_id, task_id=task.pk))
        unit.facts["expected_on"] = self.expected_on
        return {"hold": hold.pk}


@dataclass(frozen=True)
class ResumeCase(_CaseAct):
    """The case goes on: every open deadline moves by the working days that it stood still."""

    verb: ClassVar[str] = "case.resumed"

    answer: str = ""

    def change(self, unit: Unit) -> dict[str, Any]:
        case = unit.case
        if case.status != Status.ON_HOLD:
            raise ActionNotPossible(_("This case is not on hold."))
        unit.reason = self.answer
        hold = Hold.objects.get(case=case, task=None, ended_at=None)
        end_hold(unit, hold, self.answer)
        with unit.changing(case):
            case.resume()
        waiting = set(Hold.objects.filter(case=case, ended_at=None).values_list("task_id", flat=True))
        days, working_days = days_held([hold], case.area_id)
        for task in Task.objects.open().filter(case=case).select_related("limit", "process").order_by("pk"):
            task.case = task.process.case = case
            _go_on(unit, task, days, hold, held=task.pk in waiting)
        unit.facts.update({"days": days, "working_days": working_days})
        return {"hold": hold.pk, "days": days}


def _go_on(unit: Unit, task: Task, days: int, hold: Hold, *, held: bool) -> None:
    """Let one task of a resumed case go on; one that was to open later opens later by the days held."""
    began, later = timezone.localdate(hold.began_at), timedelta(days=days)
    if task.opens_on and task.opens_on > began:
        ahead = {"opens_on": task.opens_on, "term_begins": task.term_begins}
        unit.change(task, **{name: day + later for name, day in ahead.items() if day and day > began})
    unit.change(task, held=held)
    count_again(unit, task)
    if not held:
        unit.tell(Notice("task.resumed", task_id=task.pk, **owner_or_organisation(task)))


def end_hold(unit: Unit, hold: Hold, answer: str) -> None:
    """End an open hold now."""
    unit.change(hold, ended_at=max(timezone.now(), hold.began_at), ended_by_id=unit.by.pk, answer=answer)
