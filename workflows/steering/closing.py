"""Closing a case for a coded reason: whatever is open in it ends, and its people are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Notice, Unit
from casework.cases.models import Case
from casework.cases.stages import Outcome, Status
from casework.sharing.querysets import working_organisations
from workflows.ending import end_all_work, named
from workflows.engine.models import Task
from workflows.steering.models import ClosingReason
from workflows.steering.reference import reasons_on

CLOSE = "close_case"


@dataclass(frozen=True)
class CloseCase(Act):
    """End a case for good reason; what is open in it ends too and stays readable."""

    verb: ClassVar[str] = "case.closed"

    case_id: int
    reason_code: str
    text: str = ""
    # Only for a duplicate: the case that goes on.
    duplicate_of: Case | None = None

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(CLOSE, working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        case, reason = unit.case, self._reason()
        if case.status == Status.CLOSED:
            raise ActionNotPossible(_("This case is closed already."))
        other = self._other(case, reason)
        unit.reason = f"{reason.name}: {self.text}" if self.text else reason.name
        ended = end_all_work(unit, case)
        with unit.changing(case):
            case.duplicate_of = other
            case.close(reason.outcome, unit.reason)
        unit.facts.update({"outcome": reason.outcome, "reason_code": reason.code, "ended": named(ended)})
        tell_owners(unit, "case.closed", ended)
        return {"case": case.pk, "ended": len(ended)}

    def _reason(self) -> ClosingReason:
        reason = reasons_on(timezone.localdate()).filter(code=self.reason_code).order_by("-valid_from").first()
        if reason is None:
            raise ActionNotPossible(_("Choose a reason from the list."), "reason_code")
        return reason

    def _other(self, case: Case, reason: ClosingReason) -> Case | None:
        if reason.outcome != Outcome.DUPLICATE:
            return None
        if self.duplicate_of is None or self.duplicate_of.pk == case.pk:
            raise ActionNotPossible(_("Name the other case by its code."), "duplicate_of")
        return self.duplicate_of


def tell_owners(unit: Unit, kind: str, tasks: Iterable[Task]) -> None:
    """Tell each owner of some tasks once; her first task stands for all. Part of an act."""
    first: dict[int, Task] = {}
    for task in tasks:
        if task.owner_id and task.owner_id != unit.by.pk:
            first.setdefault(task.owner_id, task)
    for owner, task in first.items():
        unit.tell(Notice(kind, user_id=owner, task_id=task.pk, facts={"node": task.node}))
