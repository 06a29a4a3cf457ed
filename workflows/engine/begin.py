"""A token is set down at a step, off the usual way: after a jump, or when a closed case goes on."""

from typing import Any

from viewflow.workflow.status import PROCESS

from casework.acts import Unit
from workflows.engine.models import Process, Task
from workflows.engine.nodes import Join, Split
from workflows.engine.nodes import Task as HumanNode


def landing_nodes(flow: Any) -> list[Any]:
    """Where a token may be set down: every step outside branches, and the split in place of those within them."""
    nodes = [node for node in flow.nodes_in_order() if not hasattr(node, "replaced_by")]
    within = {node.name for split in nodes if isinstance(split, Split) for node in within_split(split)}
    return [node for node in nodes if isinstance(node, HumanNode | Split) and node.name not in within]


def within_split(split: Split) -> list[HumanNode]:
    """The steps between a split and its join, in the order in which they are reached."""
    found: list[HumanNode] = []
    ahead = [edge.dst for edge in split._outgoing()]
    while ahead:
        node = ahead.pop(0)
        if isinstance(node, HumanNode) and node not in found:
            found.append(node)
            ahead += [edge.dst for edge in node._outgoing() if not isinstance(edge.dst, Join)]
    return found


def steps_at(node: Any) -> list[HumanNode]:
    """The steps that open when a token is set down at a node: itself, or the first step of each branch."""
    return [edge.dst for edge in node._outgoing()] if isinstance(node, Split) else [node]


def begin_at(unit: Unit, process: Process, node: Any) -> None:
    """Set a token down at a node of a process without any other token. A split opens all its branches. Part of an act.

    A process that was over runs again.
    """
    if process.finished or process.status != PROCESS.NEW:
        unit.change(process, status=PROCESS.NEW, finished=None)
    origin = Task.objects.filter(process=process, node="start").earliest("pk")
    origin.process = process
    before = origin.flow_task.activation_class(origin)
    here = node._create(before, origin.token)
    if isinstance(node, Split):
        here.every_branch = True
    here._activate_next({here})
