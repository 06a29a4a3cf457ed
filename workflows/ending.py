"""Ending work before it is finished: tasks with their holds, runs of flows, all that is open in a case."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone
from viewflow.workflow.status import PROCESS, STATUS

from casework.acts import Unit
from casework.cases.models import Case
from casework.linkage.models import CreditApplication
from workflows.engine.models import HUMAN, Process, Task, TaskAssignment
from workflows.errands.models import Errand
from workflows.holds.models import Hold

_UNREAD = object()
_ENDED = (STATUS.DONE, STATUS.CANCELED)


def end_assignment(unit: Unit, task: Task, how: str, reason: str = "") -> None:
    """Note that whoever has a task has it no longer. Part of an act."""
    # Read with the task when the act was opened; good for once.
    known = task.__dict__.pop("open_assignment", _UNREAD)
    assignment = TaskAssignment.objects.filter(task=task, ended_at=None).first() if known is _UNREAD else known
    if assignment:
        unit.change(assignment, ended_at=timezone.now(), ended_how=how, reason=reason or assignment.reason)


def end_open_tasks(unit: Unit, case: Case, **which: object) -> list[Task]:
    """End every open task of a case cleanly, or those that `which` names. Part of an act.

    Gateways that wait for them end too. Returns the human tasks that were ended.
    """
    rows = Task.objects.filter(case=case, **which).exclude(status__in=_ENDED)
    ended = list(rows.select_related("process", "owner").order_by("pk"))
    for task in ended:
        end_assignment(unit, task, TaskAssignment.End.CANCELLED)
        unit.change(task, status=STATUS.CANCELED, finished=timezone.now())
    end_holds(unit, Hold.objects.filter(task__in=ended))
    return [task for task in ended if task.flow_task_type == HUMAN]


def end_runs(unit: Unit, case: Case, **which: object) -> None:
    """End the runs of flows of a case that are not over, or those that `which` names. Part of an act."""
    for process in Process.objects.filter(case=case, finished=None, **which).order_by("pk"):
        unit.change(process, status=PROCESS.CANCELED, finished=timezone.now())


def end_holds(unit: Unit, holds: models.QuerySet[Hold], answer: str = "") -> None:
    """End those of some holds that are open. Part of an act."""
    for hold in holds.filter(ended_at=None).order_by("pk"):
        # Of two moments in one transaction the later one is not always greater.
        unit.change(hold, ended_at=max(timezone.now(), hold.began_at), ended_by_id=unit.by.pk, answer=answer)


def undecided(case: Case) -> models.QuerySet[CreditApplication]:
    """The applications of a case that no lender has answered."""
    requested = CreditApplication.Request.REQUESTED
    return CreditApplication.objects.filter(case=case, request=requested, decision="").order_by("pk")  # type: ignore[no-any-return]


def withdraw(unit: Unit, application: CreditApplication) -> None:
    """Nobody waits for the answer to an application any more. Part of an act."""
    withdrawn = CreditApplication.Decision.WITHDRAWN
    unit.change(application, decision=withdrawn, decided_by_id=unit.by.pk, decided_at=timezone.now())


def end_undecided(unit: Unit, case: Case) -> list[Task]:
    """End what waits for an answer of a lender: tasks, runs, applications; a granted credit goes on.

    Part of an act. Returns the human tasks that were ended.
    """
    waiting: list[Task] = []
    for application in undecided(case):
        waiting += end_open_tasks(unit, case, process__application=application)
        end_runs(unit, case, application=application)
        withdraw(unit, application)
    return waiting


def end_all_work(unit: Unit, case: Case) -> list[Task]:
    """End whatever is open in a case: tasks, runs, holds, tasks outside the steps. Returns its human tasks.

    `unit.reason` becomes the result of the tasks outside the steps.
    """
    ended = end_open_tasks(unit, case)
    end_runs(unit, case)
    for application in undecided(case):
        withdraw(unit, application)
    end_holds(unit, Hold.objects.filter(case=case))
    for errand in Errand.objects.filter(case=case, ended_at=None).order_by("pk"):
        unit.change(errand, ended_at=timezone.now(), result=unit.reason)
    return ended


def named(tasks: Iterable[Task]) -> list[dict[str, Any]]:
    """Tasks as an event names them."""
    return [{"task": task.pk, "node": task.node} for task in tasks]
