"""Setting a case down at a step, off its usual way: a jump of an open case, and reopening a closed one."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Notice, Unit
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.sharing.querysets import working_organisations
from workflows.acts import tell_of_tasks
from workflows.ending import end_open_tasks, end_undecided, named
from workflows.engine.begin import begin_at
from workflows.engine.models import Process
from workflows.steering.closing import tell_owners
from workflows.steering.landing import Landing, landing, main_process

STEER = "steer_case"


@dataclass(frozen=True)
class _Steer(Act):
    """An act that sets the token of a case down at a place."""

    case_id: int
    node: str
    reason: str

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(STEER, working_organisations(unit.case.pk))

    def _begin(self, unit: Unit) -> tuple[Process, Landing]:
        """The run and the place, or a sentence why not."""
        if not self.reason.strip():
            raise ActionNotPossible(_("Write the reason."), "reason")
        unit.reason = self.reason
        try:
            process = main_process(unit.case)
        except Process.DoesNotExist:
            raise ActionNotPossible(_("This case follows no flow, so there is no step to go to.")) from None
        process.case = unit.case
        return process, landing(unit.case, process, self.node)

    def _set_down(self, unit: Unit, process: Process, place: Landing) -> dict[str, Any]:
        now = timezone.now()
        unit.facts.update({"place": place.name, "stage": unit.case.stage})
        with unit.changing(unit.case):
            unit.case.steer_to(place.stage)
        begin_at(unit, process, place.node)
        tell_of_tasks(unit, since=now)
        return {"case": unit.case.pk, "node": place.name}


@dataclass(frozen=True)
class JumpTo(_Steer):
    """Cancel what is open in the flow of a case and go on at another step, back or forward."""

    verb: ClassVar[str] = "case.jumped"

    def change(self, unit: Unit) -> dict[str, Any]:
        case = unit.case
        if case.status == Status.CLOSED:
            raise ActionNotPossible(_("This case is closed. Reopen it instead."))
        if case.status != Status.OPEN:
            raise ActionNotPossible(_("This case is on hold. Let it go on first."))
        process, place = self._begin(unit)
        ended = [*end_open_tasks(unit, case, process=process), *end_undecided(unit, case)]
        unit.facts["cancelled"] = named(ended)
        tell_owners(unit, "task.ended", ended)
        return self._set_down(unit, process, place)


@dataclass(frozen=True)
class ReopenCase(_Steer):
    """A closed case goes on at a step. Why it had been closed stays in the history."""

    verb: ClassVar[str] = "case.reopened"

    def change(self, unit: Unit) -> dict[str, Any]:
        case = unit.case
        if case.status != Status.CLOSED:
            raise ActionNotPossible(_("This case is not closed."))
        process, place = self._begin(unit)
        unit.facts.update({"outcome": case.outcome, "closed": case.closing_reason})
        with unit.changing(case):
            case.duplicate_of = None
            case.reopen()
        unit.tell(Notice("case.reopened", organisation_id=case.lead_organisation_id))
        return self._set_down(unit, process, place)
