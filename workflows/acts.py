"""What is done to tasks: take, give back, hand over, finish. All through `casework.acts.perform`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.workflow.status import PROCESS, STATUS

from casework.acts import Act, ActionNotPossible, Notice, Unit
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.documents.checklist import demand
from casework.organisations.models import User
from casework.organisations.standing import standing_of
from workflows.engine.models import HUMAN, Process, Task, TaskAssignment
from workflows.errands.models import Errand


@dataclass(frozen=True)
class _TaskAct(Act):
    """An act on one task: locks the case, then reads the task as it is now."""

    task_id: int

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked_by_task(self.task_id))

    def authorise(self, unit: Unit) -> None:
        task = self._task(unit)
        unit.authorise(task.permission, task.organisation_id)

    def repeats(self, event: AuditEvent) -> bool:
        return event.facts.get("task") == self.task_id

    def _task(self, unit: Unit) -> Task:
        """The task, sharing the locked case. Read once per act."""
        if unit.task is None:
            unit.task = Task.objects.select_related("process").get(pk=self.task_id, flow_task_type=HUMAN)
            unit.task.case = unit.task.process.case = unit.case
            unit.facts.update({"task": unit.task.pk, "node": unit.task.node})
        return unit.task


def _say_if_over(task: Task) -> None:
    """A finished, cancelled or held task is told as what it is."""
    if not task.is_open:
        raise ActionNotPossible(_("This task is already finished. Nothing was changed."))
    if task.held or task.case.status != Status.OPEN:
        raise ActionNotPossible(_("This case is on hold or closed, so its tasks wait."))


def _say_if_held_up(case: Case) -> None:
    """A task outside the steps may hold up the next stage until it is done or withdrawn."""
    open_errands = Errand.objects.filter(case=case, blocks_stage=True, ended_at=None).order_by("pk")
    titles = list(open_errands.values_list("title", flat=True))
    if titles:
        raise ActionNotPossible(
            _("Before the next stage this must be done: %(errands)s.") % {"errands": "; ".join(titles)}
        )


def begin_assignment(unit: Unit, task: Task, user: User, reason: str = "", before: User | None = None) -> None:
    """Make a person the owner of a task. Part of an act."""
    now = timezone.now()
    unit.change(task, owner_id=user.pk, status=STATUS.ASSIGNED, claimed_at=now)
    unit.add(
        TaskAssignment(
            case=unit.case,
            task=task,
            user=user,
            assigned_by=unit.by,
            previous_user=before,
            reason=reason,
            assigned_at=now,
        )
    )


def _end_assignment(unit: Unit, task: Task, how: str, reason: str = "") -> None:
    assignment = TaskAssignment.objects.filter(task=task, ended_at=None).first()
    if assignment:
        unit.change(assignment, ended_at=timezone.now(), ended_how=how, reason=reason or assignment.reason)


@dataclass(frozen=True)
class ClaimTask(_TaskAct):
    """Take a waiting task. Of two people at once, exactly one gets it."""

    verb: ClassVar[str] = "task.claimed"

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        _say_if_over(task)
        if task.owner_id == unit.by.pk:
            raise ActionNotPossible(_("You have already taken this task."))
        if task.status != STATUS.NEW:
            raise ActionNotPossible(_("%(name)s took this task just before you.") % {"name": task.owner})
        begin_assignment(unit, task, unit.by)
        return {"task": task.pk}


@dataclass(frozen=True)
class ReleaseTask(_TaskAct):
    """Give a task back to the queue of its organisation."""

    verb: ClassVar[str] = "task.released"

    reason: str = ""

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        _say_if_over(task)
        if task.owner_id != unit.by.pk:
            raise ActionNotPossible(_("You can only give back a task that is yours."))
        unit.reason = self.reason
        _end_assignment(unit, task, TaskAssignment.End.RELEASED, self.reason)
        unit.change(task, owner_id=None, status=STATUS.NEW, claimed_at=None)
        unit.tell(Notice("task.waiting", organisation_id=task.organisation_id, task_id=task.pk))
        return {"task": task.pk}


@dataclass(frozen=True)
class ReassignTask(_TaskAct):
    """A supervisor hands a task to another person who has the right to do it."""

    verb: ClassVar[str] = "task.reassigned"

    to: User = field(default=None)  # type: ignore[assignment]
    reason: str = ""

    def authorise(self, unit: Unit) -> None:
        unit.authorise("reassign_task", self._task(unit).organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        _say_if_over(task)
        if not can_do(self.to, task):
            raise ActionNotPossible(
                _("%(name)s has no right to do this task in %(organisation)s.")
                % {"name": self.to, "organisation": task.organisation},
                "to",
            )
        if task.owner_id == self.to.pk:
            raise ActionNotPossible(_("%(name)s has this task already.") % {"name": self.to}, "to")
        unit.reason = self.reason
        before = task.owner
        _end_assignment(unit, task, TaskAssignment.End.REASSIGNED)
        begin_assignment(unit, task, self.to, self.reason, before)
        unit.tell(Notice("task.assigned", user_id=self.to.pk, task_id=task.pk))
        return {"task": task.pk}


@dataclass(frozen=True)
class CompleteTask(_TaskAct):
    """Finish a task: the step of casework is carried out, then the token moves on."""

    verb: ClassVar[str] = "task.completed"

    data: dict[str, Any] = field(default_factory=dict)

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        _say_if_over(task)
        if task.owner_id != unit.by.pk:
            raise PermissionDenied("owner")
        if task.step is None:
            raise ActionNotPossible(_("This step no longer exists. Tell the programme office."))
        stage = unit.case.stage
        task.outcome = task.step.run(unit, **self.data)
        demand(unit.case, task.step.name, timezone.localdate())
        if unit.case.stage != stage:
            _say_if_held_up(unit.case)
        unit.facts.update({"outcome": task.outcome, "round": task.round})
        _end_assignment(unit, task, TaskAssignment.End.DONE)
        _move_on(task)
        tell_of_tasks(unit, since=task.finished)
        return {"task": task.pk, "outcome": task.outcome}


def end_open_tasks(unit: Unit, case: Case, **which: Any) -> int:
    """End every open task and process of a case cleanly, or those that `which` names. Part of an act.

    Gateways that wait for them end too. Returns how many human tasks were ended.
    """
    rows = Task.objects.filter(case=case, **which).exclude(status__in=[STATUS.DONE, STATUS.CANCELED])
    ended = 0
    for task in rows.select_related("process").order_by("pk"):
        ended += task.flow_task_type == HUMAN
        _end_assignment(unit, task, TaskAssignment.End.CANCELLED)
        unit.change(task, status=STATUS.CANCELED, finished=timezone.now())
    running = Process.objects.filter(case=case, finished=None)
    if "process" in which:
        running = running.filter(pk=which["process"].pk)
    for process in running:
        unit.change(process, status=PROCESS.CANCELED, finished=timezone.now())
    return ended


def _move_on(task: Task) -> None:
    """Finish the row and let viewflow carry the token to the next nodes."""
    activation = task.flow_task.activation_class(task)
    activation.start(request=None)
    activation.execute()


def tell_of_tasks(unit: Unit, since: datetime) -> None:
    """Note in the event, and tell, which tasks of the case began to wait at this moment. One query.

    By time and not by id: the other branch of a split is older than what this act set going.
    """
    waiting = Task.objects.human().filter(case=unit.case, created__gte=since, status=STATUS.NEW)
    for task in waiting.order_by("pk"):
        unit.facts.setdefault("next", []).append({"task": task.pk, "node": task.node})
        unit.tell(Notice("task.waiting", organisation_id=task.organisation_id, task_id=task.pk))


def can_do(user: User, task: Task) -> bool:
    """Whether a person sits in the organisation of a task today and has the right that it asks for."""
    rights = standing_of(user).task_rights().get(task.organisation_id, frozenset())
    return task.permission in rights
