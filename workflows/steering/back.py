"""The way back from a correction: beside the token, straight to the task that asked for it."""

from django.utils import timezone
from viewflow.workflow.status import STATUS

from casework.acts import Notice, Unit
from workflows.clock.deadline import count_again
from workflows.ending import end_holds
from workflows.engine.models import Task
from workflows.holds.models import Hold


def finish_correction(unit: Unit, correction: Task, outcome: str) -> None:
    """Mark a correction as done, without moving a token, and let the task go on that waits for it."""
    now = timezone.now()
    unit.change(correction, status=STATUS.DONE, outcome=outcome, started=correction.created, finished=now)
    asked: Task = Task.objects.select_related("process", "limit").get(pk=correction.back_to_id)
    asked.case = asked.process.case = unit.case
    unit.facts["back_to"] = {"task": asked.pk, "node": asked.node}
    go_on(unit, asked)
    whose = {"user_id": asked.owner_id} if asked.owner_id else {"organisation_id": asked.organisation_id}
    unit.tell(Notice("task.corrected", task_id=asked.pk, **whose))


def go_on(unit: Unit, task: Task, answer: str = "") -> None:
    """The clock of a task that waited for a correction runs again; its day moves by the time it waited."""
    end_holds(unit, Hold.objects.filter(task=task, waits_for=Hold.Waits.CORRECTION), answer)
    if task.step and task.step.begins:
        # The day from which it counts may be what was corrected.
        unit.change(task, term_begins=task.step.begins(unit.case))
    unit.change(task, held=False)
    count_again(unit, task)
