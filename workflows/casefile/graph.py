"""A flow as a plain graph: its nodes, the edges between them, and which edges lead back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from casework.cases.stages import Stage
from workflows.engine.flow import CaseFlow
from workflows.engine.nodes import End, Join, Start, Task, Wait

TASK, GATEWAY, START, END = "task", "gateway", "start", "end"


@dataclass(frozen=True)
class Node:
    """One node: its stored name, what people call it, and the stage in whose lane it stands."""

    name: str
    kind: str
    title: str
    stage: str
    # Of a node that waits for runs of another flow: the tasks of those runs.
    waits_for: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Way:
    """All edges from one node to another, with their outcomes. `back` leads to something done before."""

    source: str
    target: str
    outcomes: tuple[str, ...]
    back: bool


@dataclass(frozen=True)
class Graph:
    """Nodes in reading order (along the flow) and the ways between them."""

    nodes: dict[str, Node]
    ways: tuple[Way, ...]
    # Nodes to which nothing leads any more: by their names, what took their place.
    replaced: dict[str, str] = field(default_factory=dict)

    def ahead_of(self, names: set[str]) -> set[str]:
        """Every node that can be reached from these without going back; the nodes themselves left out."""
        reached: set[str] = set()
        frontier = set(names)
        while frontier:
            frontier = {w.target for w in self.ways if not w.back and w.source in frontier} - reached
            reached |= frontier
        return reached - names


def graph_of(flow: type[CaseFlow], language: str) -> Graph:
    """The graph of a flow, its words in a language. Made once per flow and language."""
    return _graph_of(flow, language)  # type: ignore[arg-type] # a class has the hash of any object


@cache
def _graph_of(flow: type[CaseFlow], language: str) -> Graph:
    edges: dict[tuple[str, str], list[str]] = {}
    for node in flow.instance.nodes():
        for edge in node._outgoing():
            edges.setdefault((edge.src.name, edge.dst.name), []).append(str(edge.label or ""))
    following: dict[str, list[str]] = {}
    for source, target in edges:
        following.setdefault(source, []).append(target)
    order, back = _walk(following, [n.name for n in flow.instance.nodes() if isinstance(n, Start)])
    stages = _stages(flow, order, [pair for pair in edges if pair not in back])
    nodes = {name: _node(flow, name, stages[name]) for name in order}
    ways = tuple(
        Way(source, target, tuple(o for o in outcomes if o), (source, target) in back)
        for (source, target), outcomes in edges.items()
        if source in nodes
    )
    return Graph(nodes, ways, {n.name: n.replaced_by for n in flow.instance.nodes() if hasattr(n, "replaced_by")})


def _node(flow: type[CaseFlow], name: str, stage: str) -> Node:
    node = flow.instance.node(name)
    kinds = ((Task, TASK), (Wait, TASK), (Start, START), (End, END))
    kind = next((kind for type_, kind in kinds if isinstance(node, type_)), GATEWAY)
    runs = node.runs.instance.nodes() if isinstance(node, Wait) else ()
    inside = tuple(Node(n.name, TASK, str(n.task_title), stage) for n in runs if isinstance(n, Task))
    return Node(name, kind, str(node.task_title or ""), stage, inside)


def _walk(following: dict[str, list[str]], starts: list[str]) -> tuple[list[str], set[tuple[str, str]]]:
    """Depth first: the nodes in topological order, and the edges that close a loop."""
    finished: list[str] = []
    back: set[tuple[str, str]] = set()
    entered: set[str] = set()
    for start in starts:
        path: list[tuple[str, Iterator[str]]] = [(start, iter(following.get(start, [])[::-1]))]
        entered.add(start)
        while path:
            name, rest = path[-1]
            target = next(rest, None)
            if target is None:
                finished.append(path.pop()[0])
            elif target in [on_path for on_path, _rest in path]:
                back.add((name, target))
            elif target not in entered:
                entered.add(target)
                path.append((target, iter(following.get(target, [])[::-1])))
    return finished[::-1], back


def _stages(flow: type[CaseFlow], order: list[str], forward: list[tuple[str, str]]) -> dict[str, str]:
    """The lane of each node: its own stage for a task; starts go with what follows, ends with what led there."""
    stages = {n: str(flow.instance.node(n).step.stage) for n in order if isinstance(flow.instance.node(n), Task)}
    led_to_by: dict[str, list[str]] = {}
    leads_to: dict[str, list[str]] = {}
    for source, target in forward:
        led_to_by.setdefault(target, []).append(source)
        leads_to.setdefault(source, []).append(target)
    for name in order:
        if name not in stages and isinstance(flow.instance.node(name), Join | End):
            known = [stages[s] for s in led_to_by.get(name, []) if s in stages]
            stages[name] = known[-1] if known else str(Stage.LEAD)
    for name in reversed(order):
        if name not in stages:
            known = [stages[t] for t in leads_to.get(name, []) if t in stages]
            stages[name] = known[0] if known else str(Stage.LEAD)
    return stages
