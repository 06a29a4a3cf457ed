"""Returning work to a named earlier step, beside the token, and calling it back (docs/decisions/0008)."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Notice, Unit
from casework.organisations.models import User
from workflows.acts import TaskAct, begin_assignment, can_do, is_of, say_if_over
from workflows.ending import end_open_tasks, named
from workflows.engine.models import Task
from workflows.engine.nodes import Task as HumanNode
from workflows.holds.models import Hold
from workflows.steering.back import go_on
from workflows.steering.closing import tell_owners
from workflows.steering.marks import marks_of


def correctable_steps(task: Task) -> list[HumanNode]:
    """The earlier steps of the flow of a task that were finished and may be corrected. One query."""
    nodes = task.process.flow_class.nodes_in_order()
    names = [node.name for node in nodes]
    if task.node not in names:
        return []
    earlier = [n for n in nodes[: names.index(task.node)] if isinstance(n, HumanNode) and n.step.correctable]
    done = set(_finished(task).values_list("node", flat=True))
    return [node for node in earlier if node.name in done]


def _finished(task: Task) -> Any:
    return Task.objects.human().filter(process=task.process, status="DONE")


@dataclass(frozen=True)
class ReturnToStep(TaskAct):
    """Send the work of an earlier step back for correction; the task waits, and goes on afterwards."""

    verb: ClassVar[str] = "task.returned"

    node: str = ""
    reason: str = ""
    marks: list[str] = field(default_factory=list)

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        say_if_over(task)
        self._say_if_not_hers(unit, task)
        node = self._node(task)
        unit.reason = self.reason
        correction = _correction(task, node, self.reason, self._marks(unit, node))
        unit.change(task, held=True)
        unit.add(
            Hold(
                case=unit.case,
                task=task,
                waits_for=Hold.Waits.CORRECTION,
                reason=self.reason,
                began_by=unit.by,
            )
        )
        # As viewflow's own rows: the event names it, its columns are not told one by one.
        correction.save()
        unit.facts.update({"place": node.name, "correction": correction.pk, "marks": correction.marks})
        _give(unit, correction, self.reason)
        return {"task": task.pk, "correction": correction.pk}

    def _say_if_not_hers(self, unit: Unit, task: Task) -> None:
        if not is_of(unit, task):
            raise PermissionDenied("owner")

    def _node(self, task: Task) -> HumanNode:
        if not self.reason.strip():
            raise ActionNotPossible(_("Write what is to be corrected."), "reason")
        node = next((one for one in correctable_steps(task) if one.name == self.node), None)
        if node is None:
            raise ActionNotPossible(_("The work cannot be returned to this step. Choose one from the list."), "node")
        return node

    def _marks(self, unit: Unit, node: HumanNode) -> list[str]:
        known = marks_of(node.step, unit.case, unit.by)
        return [name for name in known if name in self.marks]


def _correction(task: Task, node: HumanNode, reason: str, marks: list[str]) -> Task:
    """The row of the earlier step beside the token of the task, not saved."""
    row = Task(
        process=task.process,
        case=task.case,
        flow_task=node,
        flow_task_type=node.task_type,
        node=node.name,
        token=task.token,
        previous_ids=[task.pk],
        back_to=task,
        correction=reason,
        marks=marks,
    )
    node.fill(row)
    # It is corrected now, even when the step itself opens later.
    row.opens_on = timezone.localdate()
    return row


def _give(unit: Unit, correction: Task, reason: str) -> None:
    """To whoever did the step last, if she still may; else to her organisation."""
    last = _finished(correction).filter(node=correction.node).select_related("owner").order_by("-finished", "-pk")
    before: User | None = next((row.owner for row in last if row.owner), None)
    if before and can_do(before, correction):
        begin_assignment(unit, correction, before, reason[:300])
        unit.tell(Notice("task.returned", user_id=before.pk, task_id=correction.pk))
    else:
        unit.tell(Notice("task.returned", organisation_id=correction.organisation_id, task_id=correction.pk))


@dataclass(frozen=True)
class CallBack(TaskAct):
    """Whoever asked for a correction goes on without it; the correction is cancelled."""

    verb: ClassVar[str] = "task.called_back"

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        if not is_of(unit, task):
            raise PermissionDenied("owner")
        corrections = open_corrections(task)
        if not task.is_open or not corrections:
            raise ActionNotPossible(_("This task does not wait for a correction any more."))
        ended = end_open_tasks(unit, unit.case, pk__in=[one.pk for one in corrections])
        unit.facts["cancelled"] = named(ended)
        go_on(unit, task)
        tell_owners(unit, "task.ended", ended)
        return {"task": task.pk}


def open_corrections(task: Task) -> list[Task]:
    """The open corrections that a task waits for, and those that they wait for in turn. One query a level."""
    found: list[Task] = []
    level = [task.pk]
    while level:
        rows = list(Task.objects.open().filter(back_to__in=level))
        found += rows
        level = [row.pk for row in rows]
    return found
