"""What every flow of ours has in common."""

from viewflow.workflow.base import Flow, Node

from workflows.engine.lock import case_lock
from workflows.engine.models import Process, Task


class CaseFlow(Flow):
    """A flow for one case. A class per version; its nodes' names are stored in rows and never renamed."""

    process_class = Process
    task_class = Task
    lock_impl = staticmethod(case_lock)

    @classmethod
    def nodes_in_order(cls) -> list[Node]:
        """Nodes as they are written in the class; viewflow's own list is alphabetical."""
        return [node for node in vars(cls).values() if isinstance(node, Node)]
