"""After a change of the calendar or of a limit: the deadlines that it moves are counted anew, one act for each case."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from casework.acts import Act, ActionNotPossible, Busy, Notice, Unit, perform
from casework.audit.models import Channel
from casework.background.policy import policy
from casework.cases.models import Case
from casework.organisations.models import User
from workflows.clock.affected import Scope, moves
from workflows.clock.deadline import count_again
from workflows.clock.limits import limit_for
from workflows.engine.models import Task


class NothingMoved(ActionNotPossible):
    """Another recount, or a person, was faster."""


@dataclass(frozen=True)
class RecountDeadlines(Act):
    """The installation counts the deadlines of a case anew. `change` is the id of the change that caused it.

    `cause` is "calendar" or "limits"; `changed_by` who made the change.
    """

    verb: ClassVar[str] = "deadlines.recounted"

    case_id: int
    change_id: str
    cause: str
    changed_by: int
    scope: Scope

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        """Nobody's own act: it follows from a change for which the right was asked."""
        if not unit.by.is_superuser:
            raise PermissionDenied("keep_clock")

    def change(self, unit: Unit) -> dict[str, Any]:
        unit.facts.update({"change": self.change_id, "cause": self.cause, "changed_by": self.changed_by})
        for row in self.scope.tasks().filter(case=unit.case).order_by("pk"):
            row.case = unit.case
            self._recount(unit, row)
        if not unit.changes:
            raise NothingMoved(_("No deadline of this case moves."))
        return {"moved": len(unit.facts.get("moved", []))}

    def _recount(self, unit: Unit, row: Task) -> None:
        if self.scope.node:
            begins = row.term_begins or timezone.localdate(row.created)
            limit = limit_for(row.node, begins, row.case.kind, row.organisation_id)
            if limit.pk != row.limit_id:
                unit.change(row, limit_id=limit.pk, watched=limit.watched)
        moved = count_again(unit, row)
        if moved:
            whom = {"user_id": row.owner_id} if row.owner_id else {"organisation_id": row.organisation_id}
            facts = {"from": moved[0].isoformat(), "to": moved[1].isoformat(), "cause": self.cause}
            unit.tell(Notice("deadline.moved", task_id=row.pk, facts=facts, **whom))


@task
@policy(attempts=8, soft=540, hard=600)
def recount_after(change: dict[str, Any]) -> dict[str, int]:
    """Count anew what a change moves. Done twice it moves nothing twice; cut short it goes on where it was.

    `change`: id, cause, by (the number of the person), scope. Returns counts. Raises Busy when a case was taken
    all the time, so that the worker comes back to it.
    """
    scope, system = Scope.from_wire(change["scope"]), User.objects.system()
    done, busy = {"cases": 0, "moved": 0}, 0
    for case_id in dict.fromkeys(move.task.case_id for move in moves(scope)):
        act = RecountDeadlines(case_id, change["id"], change["cause"], change["by"], scope)
        try:
            moved = perform(act, by=system, channel=Channel.WORKER).result["moved"]
        except NothingMoved:
            continue
        except Busy:
            busy += 1
        else:
            done = {"cases": done["cases"] + 1, "moved": done["moved"] + moved}
    if busy:
        raise Busy(_("Cases are being worked on; their deadlines are counted a little later."))
    return done
