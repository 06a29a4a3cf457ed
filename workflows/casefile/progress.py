"""How far one case has come in its flow: each node done, now, next or skipped, and the ways taken."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from viewflow.workflow.status import STATUS

from workflows.casefile.graph import END, TASK, Graph
from workflows.engine.models import Task

DONE, NOW, NEXT, SKIPPED = "done", "now", "next", "skipped"
_OVER = frozenset({STATUS.CANCELED, STATUS.REVIVED})


@dataclass(frozen=True)
class Progress:
    """The state of each node by name, the newest row of each node, and the ways that tokens took."""

    states: dict[str, str]
    newest: dict[str, Task]
    taken: frozenset[tuple[str, str]]


def progress_of(graph: Graph, rows: Iterable[Task]) -> Progress:
    """Read the progress from the task rows of one process, oldest first. No query."""

    def place(row: Task) -> str:
        return graph.replaced.get(row.node, row.node)

    alive = [row for row in rows if row.status not in _OVER]
    by_id = {row.pk: row for row in alive}
    taken = {(place(by_id[p]), place(row)) for row in alive for p in row.previous_ids if p in by_id}
    newest = {place(row): row for row in alive}
    waiting = {place(row) for row in alive if row.status not in (STATUS.DONE, *_OVER)}
    ahead = graph.ahead_of({name for name in waiting if _is_task(graph, name)})
    states = {name: _state(graph, name, newest.get(name), name in waiting, name in ahead) for name in graph.nodes}
    return Progress(states, newest, frozenset(taken))


def _is_task(graph: Graph, name: str) -> bool:
    return name in graph.nodes and graph.nodes[name].kind == TASK


def _state(graph: Graph, name: str, row: Task | None, waiting: bool, ahead: bool) -> str:
    if waiting and _is_task(graph, name):
        return NEXT if opens_later(row) else NOW
    # What was done before a return and lies ahead again has to be done again.
    if ahead or waiting:
        return NEXT
    return DONE if row is not None else SKIPPED


def opens_later(row: Task | None) -> bool:
    """Whether an open task begins on a day to come, such as a follow-up in six months."""
    return bool(row and row.is_open and row.opens_on and row.opens_on > timezone.localdate())


def ended_at(graph: Graph, progress: Progress) -> str:
    """The title of the end that the case has reached, or an empty text."""
    reached = (n for n in graph.nodes.values() if n.kind == END and progress.states[n.name] == DONE)
    return next((node.title for node in reached), "")
