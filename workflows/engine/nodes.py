"""The nodes our flows are drawn with. Tokens move as viewflow moves them; rows are written as we need them."""

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import now
from viewflow import this
from viewflow.workflow import nodes
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge
from viewflow.workflow.exceptions import FlowRuntimeError
from viewflow.workflow.nodes.end import EndActivation
from viewflow.workflow.nodes.handle import HandleActivation
from viewflow.workflow.nodes.if_gate import IfActivation
from viewflow.workflow.nodes.join import JoinActivation
from viewflow.workflow.nodes.split import SplitActivation
from viewflow.workflow.nodes.start import StartHandleActivation
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.status import STATUS

from casework.steps import Step
from workflows.clock.deadline import give_deadline
from workflows.clock.known import known
from workflows.clock.limits import limit_for, opening_day
from workflows.engine.models import HUMAN
from workflows.engine.models import Task as TaskRow


def _new_row(flow_task: Any, before: Activation, token: Any) -> TaskRow:
    """The row of a node that a token has reached, not saved."""
    return TaskRow(
        process=before.process,
        case=before.process.case,
        flow_task=flow_task,
        flow_task_type=flow_task.task_type,
        node=flow_task.name,
        token=token,
        previous_ids=[before.task.pk],
    )


def _round_of(row: TaskRow) -> int:
    rounds = getattr(row.process, "rounds", None)
    if rounds is None:
        return 1 + TaskRow.objects.filter(process_id=row.process_id, node=row.node).count()
    return 1 + rounds.get(row.node, 0)  # type: ignore[no-any-return]


def _save(row: TaskRow) -> None:
    """Insert the row of a node that a token has reached."""
    row.save(force_insert=True)
    rounds = getattr(row.process, "rounds", None)
    if rounds is not None:
        rounds[row.node] = rounds.get(row.node, 0) + 1
    if row.flow_task_type == HUMAN and hasattr(row.case, "born"):
        row.case.born.append(row)


class _OwnRow:
    """An activation whose row has our columns and no many-to-many."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None) -> Any:
        row = _new_row(flow_task, prev_activation, token)
        _save(row)
        return cls(row)  # type: ignore[call-arg]


class TaskActivation(ViewActivation):
    """A human task: born with its organisation, right and due date; left along the edge of its outcome."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None) -> Any:
        row = _new_row(flow_task, prev_activation, token)
        flow_task.fill(row)
        _save(row)
        return cls(row)

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        """Follow the edge of the outcome."""
        yield self.flow_task.next_after(self.task.outcome)._create(self, self.task.token)


class Task(nodes.View):
    """A human task that asks for one step of casework.

    `.On(outcome, node)` draws an edge for one outcome, `.Next(node)` for all others. `opens_after` counts
    months from the day on which the case came into its stage; 0 opens the task at once.
    """

    activation_class = TaskActivation

    def __init__(self, step: Step, opens_after: int = 0):
        super().__init__(view=None)
        self.step, self.opens_after = step, opens_after
        self.task_title = step.title
        self.task_description = step.instruction
        self._by_outcome: dict[str, Any] = {}

    def On(self, outcome: str, node: Any) -> "Task":
        """The way on after one outcome."""
        if outcome not in self.step.outcomes:
            raise FlowRuntimeError(f"{self.step.name} has no outcome {outcome}")
        self._by_outcome[outcome] = node
        return self

    def next_after(self, outcome: str) -> Any:
        """The node that an outcome leads to."""
        node = self._by_outcome.get(outcome, self._next)
        if node is None:
            raise FlowRuntimeError(f"{self.name} has no way on after {outcome!r}")
        return node

    def fill(self, row: TaskRow) -> None:
        """Whose work it is, by what right, and until when."""
        case, step = row.case, self.step
        row.organisation_id, row.role, row.permission = self.organisation_of(row), step.role, step.permission
        row.stage = step.stage
        row.opens_on = opening_day(case.stage_since, self.opens_after)
        begins = step.begins(case) if step.begins else row.opens_on
        # Only an act that opened a task behind its lock has read the clock's mark there.
        stands = known(getattr(case, "clock_mark", None))
        limit = limit_for(self.name, begins, case.kind, row.organisation_id, stands)
        give_deadline(row, begins, limit, step.promised(case) if step.promised else None, stands)
        row.round = self.round_of(row)

    def organisation_of(self, row: TaskRow) -> int | None:
        """Whose work it is, by id."""
        return self.step.organisation(row.case)

    def round_of(self, row: TaskRow) -> int:
        """Which time it is done, from 1. One query."""
        return _round_of(row)

    def about(self, row: TaskRow) -> Any:
        """The one row of the case that the task is about; None: the case itself."""
        return None

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self._by_outcome = {outcome: this.resolve(instance, node) for outcome, node in self._by_outcome.items()}

    def _outgoing(self) -> Iterator[Edge]:
        for outcome, node in self._by_outcome.items():
            yield Edge(src=self, dst=node, edge_class="cond_true", label=str(self.step.outcomes[outcome]))
        if self._next:
            yield Edge(src=self, dst=self._next, edge_class="next")


class StartActivation(StartHandleActivation):
    """The start of a process: its row knows the case."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None) -> Any:
        flow_class = flow_task.flow_class
        process = flow_class.process_class(flow_class=flow_class)
        return cls(TaskRow(process=process, flow_task=flow_task, node=flow_task.name, started=now()))


class Start(nodes.StartHandle):
    """Started by an act, for one case: `Flow.start.run(case=case)`."""

    activation_class = StartActivation

    def __init__(self) -> None:
        super().__init__(func=self._begin)

    @staticmethod
    def _begin(activation: Any, *, case: Any) -> Any:
        activation.process.case = activation.task.case = case
        return activation.process


class OwnSplitActivation(_OwnRow, SplitActivation):
    """A split with a row of ours."""

    # After a jump all branches are opened, whatever their conditions say.
    every_branch = False

    @Activation.status.super()
    def activate(self) -> None:
        """Choose the branches that open."""
        if self.every_branch:
            self.next_tasks = [(node, None) for node, _condition, _data in self.flow_task._branches]
        else:
            super().activate.original()


class Split(nodes.Split):
    """Several branches at once; `.Next(node, case=condition)` may leave one out."""

    activation_class = OwnSplitActivation


class OwnJoinActivation(JoinActivation):
    """A join that finds the branches it waits for by their ids."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None) -> Any:
        waiting = TaskRow.objects.filter(
            process=prev_activation.process, node=flow_task.name, status__in=[STATUS.NEW, STATUS.STARTED]
        ).first()
        if waiting is None:
            base = token.get_base_split_token() if token.is_split_token() else token
            row = _new_row(flow_task, prev_activation, base)
            _save(row)
        else:
            row = waiting
            row.process, row.case = prev_activation.process, prev_activation.process.case
            row.previous_ids = [*row.previous_ids, prev_activation.task.pk]
            row.save()
        return cls(row)

    def _join_token_prefixes(self) -> set[str]:
        arrived = TaskRow.objects.filter(pk__in=self.task.previous_ids).exclude(
            status__in=[STATUS.CANCELED, STATUS.REVIVED]
        )
        return {row.token.get_common_split_prefix(self.task.token, row.pk) for row in arrived}


class Join(nodes.Join):
    """Waits for all branches of its split."""

    activation_class = OwnJoinActivation


class WaitActivation(_OwnRow, HandleActivation):
    """A token that waits for runs of other flows. They begin when it arrives; `go_on` lets it move."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None) -> Any:
        row = _new_row(flow_task, prev_activation, token)
        row.round = _round_of(row)
        _save(row)
        return cls(row)

    @Activation.status.super()
    def activate(self) -> None:
        """Begin what is waited for."""
        self.flow_task.begin(self)

    def go_on(self) -> None:
        """Move on: what was waited for is over."""
        self.run(None)
        self.execute()


class Wait(nodes.Handle):
    """Waits for other runs. A subclass says in `begin` which ones, and they call `go_on` when they are over.

    `runs` is the flow that they follow.
    """

    runs: Any

    activation_class = WaitActivation

    def begin(self, activation: WaitActivation) -> None:
        """Begin what is waited for."""
        raise NotImplementedError


class OwnIfActivation(_OwnRow, IfActivation):
    """A choice with a row of ours."""


class If(nodes.If):
    """One way or the other."""

    activation_class = OwnIfActivation


class OwnEndActivation(_OwnRow, EndActivation):
    """An end with a row of ours."""


class End(nodes.End):
    """Nothing more to do on this way. `title` says how it ended."""

    activation_class = OwnEndActivation

    def __init__(self, title: Any = ""):
        super().__init__()
        self.task_title = title
