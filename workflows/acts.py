"""What is done to tasks: take, give back, hand over, finish. All through `casework.acts.perform`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS

from casework.acts import Act, ActionNotPossible, Notice, Unit
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.documents.checklist import demand
from casework.organisations.models import User
from casework.organisations.standing import Standing, standing_of
from workflows.ending import end_all_work, end_assignment, end_holds, named
from workflows.engine.models import Task, TaskAssignment
from workflows.engine.opening import NOTHING, made_by, open_task
from workflows.errands.models import Errand
from workflows.flows.catalogue import human_nodes
from workflows.four_eyes import say_if_own_work, say_if_own_work_of
from workflows.holds.models import Hold
from workflows.holds.words import held_words, open_hold_of
from workflows.staff.over import REASSIGN, organisations_over
from workflows.steering.back import finish_correction
from workflows.steering.gone import why_gone

_ASSIGNMENT = made_by(TaskAssignment)


@cache
def _made_by_steps() -> str:
    steps = {node.name: node.step.record for node in human_nodes()}
    return made_by(Task, **{name: record for name, record in steps.items() if record})


@dataclass(frozen=True)
class TaskAct(Act):
    """An act on one task: locks the case, then reads the task as it is now."""

    task_id: int

    def lock(self, unit: Unit) -> None:
        open_task(unit, self.task_id, self.makes())

    @classmethod
    def makes(cls) -> str:
        """In which tables the act makes a row (see `made_by`)."""
        return NOTHING

    def authorise(self, unit: Unit) -> None:
        task = self._task(unit)
        # Somebody's own task is done for her by the substitute, even by one who has the right herself.
        seat = unit.standing.seat_instead_of(task.owner_id, task.permission, task.organisation_id)  # type: ignore[union-attr]
        if seat:
            unit.take(seat)
        else:
            unit.authorise(task.permission, task.organisation_id)

    def repeats(self, event: AuditEvent) -> bool:
        return event.facts.get("task") == self.task_id

    def _task(self, unit: Unit) -> Task:
        """The task, sharing the locked case. Raises Task.DoesNotExist for a gateway."""
        if unit.task is None:
            raise Task.DoesNotExist(f"task {self.task_id}")
        unit.facts.update({"task": unit.task.pk, "node": unit.task.node})
        return unit.task  # type: ignore[no-any-return]


def is_of(unit: Unit, task: Task) -> bool:
    """Whether a task belongs to whoever acts, or to the absent person for whom she acts."""
    return task.owner_id in {person.pk for person in (unit.by, unit.on_behalf_of) if person}


def say_if_ended(task: Task) -> None:
    """A finished or cancelled task, or one of a closed case, is told as what it is."""
    if task.status == STATUS.CANCELED:
        raise ActionNotPossible(why_gone(task))
    if not task.is_open:
        raise ActionNotPossible(_("This task is already finished. Nothing was changed."))
    if task.case.status == Status.CLOSED:
        raise ActionNotPossible(_("This case is on hold or closed, so its tasks wait."))


def say_if_over(task: Task) -> None:
    """A finished, cancelled or held task is told as what it is."""
    say_if_ended(task)
    if task.held or task.case.status != Status.OPEN:
        hold = open_hold_of(task)
        wait = _("This case is on hold or closed, so its tasks wait.")
        raise ActionNotPossible(held_words(hold) if hold else wait)


def _say_if_held_up(case: Case) -> None:
    """A task outside the steps may hold up the next stage until it is done or withdrawn."""
    if not getattr(case, "hindered", True):
        return
    open_errands = Errand.objects.filter(case=case, blocks_stage=True, ended_at=None).order_by("pk")
    titles = list(open_errands.values_list("title", flat=True))
    if titles:
        raise ActionNotPossible(
            _("Before the next stage this must be done: %(errands)s.") % {"errands": "; ".join(titles)}
        )


def begin_assignment(unit: Unit, task: Task, user: User, reason: str = "", before: User | None = None) -> None:
    """Make a person the owner of a task. Part of an act."""
    now = timezone.now()
    task.__dict__.pop("open_assignment", None)
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


@dataclass(frozen=True)
class ClaimTask(TaskAct):
    """Take a waiting task. Of two people at once, exactly one gets it."""

    verb: ClassVar[str] = "task.claimed"

    @classmethod
    def makes(cls) -> str:
        """Who has it now."""
        return _ASSIGNMENT

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        say_if_over(task)
        if task.owner_id and is_of(unit, task):
            raise ActionNotPossible(_("You have already taken this task."))
        if task.status != STATUS.NEW:
            raise ActionNotPossible(_("%(name)s took this task just before you.") % {"name": task.owner})
        say_if_own_work_of(unit, task)
        # Taken in the seat of an absent person it is hers: it stays where it can be done when she is back.
        begin_assignment(unit, task, unit.on_behalf_of or unit.by)
        return {"task": task.pk}


@dataclass(frozen=True)
class ReleaseTask(TaskAct):
    """Give a task back to the queue of its organisation."""

    verb: ClassVar[str] = "task.released"

    reason: str = ""

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        say_if_over(task)
        if not is_of(unit, task):
            raise ActionNotPossible(_("You can only give back a task that is yours."))
        unit.reason = self.reason
        end_assignment(unit, task, TaskAssignment.End.RELEASED, self.reason)
        unit.change(task, owner_id=None, status=STATUS.NEW, claimed_at=None)
        unit.tell(Notice("task.waiting", organisation_id=task.organisation_id, task_id=task.pk))
        return {"task": task.pk}


@dataclass(frozen=True)
class ReassignTask(TaskAct):
    """A supervisor hands a task to another person who has the right to do it."""

    verb: ClassVar[str] = "task.reassigned"

    to: User = field(default=None)  # type: ignore[assignment]
    reason: str = ""

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(REASSIGN, organisations_over(self._task(unit)))

    @classmethod
    def makes(cls) -> str:
        """Who has it now."""
        return _ASSIGNMENT

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        # A held task too: whoever leaves has to hand over what waits.
        say_if_ended(task)
        if not self.reason.strip():
            raise ActionNotPossible(_("Write why the task is handed over."), "reason")
        if not can_do(self.to, task):
            raise ActionNotPossible(
                _("%(name)s has no right to do this task in %(organisation)s.")
                % {"name": self.to, "organisation": task.organisation},
                "to",
            )
        say_if_own_work(task, self.to, field="to")
        if task.owner_id == self.to.pk:
            raise ActionNotPossible(_("%(name)s has this task already.") % {"name": self.to}, "to")
        unit.reason = self.reason
        before = task.owner
        end_assignment(unit, task, TaskAssignment.End.REASSIGNED)
        begin_assignment(unit, task, self.to, self.reason, before)
        unit.tell(Notice("task.assigned", user_id=self.to.pk, task_id=task.pk))
        _tell_former(unit, task, before.pk if before else None)
        return {"task": task.pk}


@dataclass(frozen=True)
class PutBack(TaskAct):
    """A supervisor gives somebody's task back to the queue of its organisation."""

    verb: ClassVar[str] = "task.put_back"

    reason: str = ""

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(REASSIGN, organisations_over(self._task(unit)))

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        say_if_ended(task)
        if task.owner_id is None:
            raise ActionNotPossible(_("Nobody has this task. It waits in the queue already."))
        if not self.reason.strip():
            raise ActionNotPossible(_("Write the reason."), "reason")
        unit.reason, former = self.reason, task.owner_id
        end_assignment(unit, task, TaskAssignment.End.RELEASED, self.reason)
        unit.change(task, owner_id=None, status=STATUS.NEW, claimed_at=None)
        _tell_former(unit, task, former)
        unit.tell(Notice("task.waiting", organisation_id=task.organisation_id, task_id=task.pk))
        return {"task": task.pk}


def _tell_former(unit: Unit, task: Task, former: int | None) -> None:
    """Tell whoever had the task that she has it no more, who did it and to whom it went. Not herself."""
    if former and former != unit.by.pk:
        facts = {"by": unit.by.pk, "to": task.owner_id, "from": former}
        unit.tell(Notice("task.taken_away", user_id=former, task_id=task.pk, facts=facts))


@dataclass(frozen=True)
class CompleteTask(TaskAct):
    """Finish a task: the step of casework is carried out, then the token moves on."""

    verb: ClassVar[str] = "task.completed"

    data: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def makes(cls) -> str:
        """The next task, and the record of the step."""
        return _made_by_steps()

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        say_if_over(task)
        if not is_of(unit, task):
            raise PermissionDenied("owner")
        if task.step is None:
            raise ActionNotPossible(_("This step no longer exists. Tell the programme office."))
        say_if_own_work_of(unit, task)
        stage = unit.case.stage
        outcome = task.step.run(unit, **self.data)
        demand(unit.case, task.step.name, timezone.localdate())
        if unit.case.stage != stage:
            _say_if_held_up(unit.case)
        unit.facts.update({"outcome": outcome, "round": task.round})
        end_assignment(unit, task, TaskAssignment.End.DONE)
        if task.back_to_id:
            finish_correction(unit, task, outcome)
        else:
            _move_on(unit, task, outcome)
        if unit.case.status == Status.CLOSED:
            # The step ended the case: what else was open in it ends with it.
            unit.facts["ended"] = named(end_all_work(unit, unit.case))
        return {"task": task.pk, "outcome": outcome}


def _move_on(unit: Unit, task: Task, outcome: str) -> None:
    """Finish the row, let viewflow carry the token to the next nodes, and tell whose turn it is."""
    task.outcome = outcome
    activation = task.flow_task.activation_class(task)
    activation.start(request=None)
    activation.execute()
    tell_of_tasks(unit, since=task.finished)


def withdraw_task(unit: Unit, task: Task, owner_id: int, outcome: str, how: str = TaskAssignment.End.CANCELLED) -> None:
    """Let a case go on from a task that nobody may or need finish any more. Part of an act; the case is locked.

    `owner_id` stands as who had it where nobody had taken it: whoever asked for the work.
    """
    task.case = task.process.case = unit.case
    end_assignment(unit, task, how, unit.reason)
    end_holds(unit, Hold.objects.filter(task=task), unit.reason)
    owned = {} if task.owner_id else {"owner_id": owner_id, "claimed_at": timezone.now()}
    unit.change(task, status=STATUS.ASSIGNED, held=False, **owned)
    _move_on(unit, task, outcome)
    if unit.case.status == Status.ON_HOLD:
        for new in Task.objects.open().filter(case=unit.case, held=False).order_by("pk"):
            unit.change(new, held=True)


def tell_of_tasks(unit: Unit, since: datetime) -> None:
    """Note in the event, and tell, which tasks of the case began to wait at this moment.

    One query, none in an act that opened a task: it has seen them being made.

    By time and not by id: the other branch of a split is older than what this act set going.
    """
    for task in _begun(unit.case, since):
        unit.facts.setdefault("next", []).append({"task": task.pk, "node": task.node})
        unit.tell(Notice("task.waiting", organisation_id=task.organisation_id, task_id=task.pk))


def _begun(case: Case, since: datetime) -> Iterable[Task]:
    born: list[Task] | None = getattr(case, "born", None)
    if born is None:
        return Task.objects.human().filter(case=case, created__gte=since, status=STATUS.NEW).order_by("pk")
    return [task for task in born if task.created >= since and task.status == STATUS.NEW]


def can_do(user: User, task: Task) -> bool:
    """Whether a person sits in the organisation of a task today and has, herself, the right that it asks for."""
    own = standing_of(user).seats
    rights = Standing(user, own).task_rights().get(task.organisation_id, frozenset())
    return task.permission in rights
