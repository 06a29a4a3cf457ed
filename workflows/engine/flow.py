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
        """Nodes as they are written in the class, then those of its shared halves; viewflow's list is alphabetical."""
        shared = [name for base in cls.__mro__[1:] for name, node in vars(base).items() if isinstance(node, Node)]
        own = [name for name, node in vars(cls).items() if isinstance(node, Node) and name not in shared]
        return [getattr(cls, name) for name in dict.fromkeys([*own, *shared])]
