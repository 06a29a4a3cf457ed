"""What a person does about work in the background: run a dead letter again."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from casework.acts import Act, ActionNotPossible, Unit
from casework.audit.models import AuditEvent

RIGHT = "run_background"
CHAIN = "background"


@dataclass(frozen=True)
class RunAgain(Act):
    """A task that was given up is tried again, as if for the first time."""

    verb: ClassVar[str] = "background.run_again"

    task_id: UUID

    def lock(self, unit: Unit) -> None:
        unit.chain = CHAIN
        unit.task = DBTaskResult.objects.select_for_update().get(pk=self.task_id)

    def authorise(self, unit: Unit) -> None:
        unit.authorise_somewhere(RIGHT)

    def repeats(self, event: AuditEvent) -> bool:
        return event.facts.get("task") == str(self.task_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        row = unit.task
        if row.status != TaskResultStatus.FAILED:
            raise ActionNotPossible(_("This work is not waiting for anybody: it was run again already."))
        unit.facts |= {"task": str(row.pk), "path": row.task_path}
        # Not through the unit: what a task is given and what went wrong stay out of the history.
        row.status, row.worker_ids, row.run_after = TaskResultStatus.READY, [], get_date_max()
        row.finished_at, row.exception_class_path, row.traceback = None, "", ""
        row.save()
        return {"task": str(row.pk)}
