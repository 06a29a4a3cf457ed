"""Which flow a new case follows, and every flow that a stored row may name."""

from casework.cases.stages import Kind
from workflows.engine.flow import CaseFlow
from workflows.engine.nodes import Task
from workflows.flows.consolidation_v1 import ConsolidationV1
from workflows.flows.conversion_v1 import ConversionV1
from workflows.flows.credit_v1 import CreditV1
from workflows.flows.errand_v1 import ErrandV1
from workflows.flows.founding_v1 import FoundingV1

# A new version takes its predecessor's place here; running cases stay on the version they began with.
CURRENT: dict[str, type[CaseFlow]] = {
    Kind.FOUNDING: FoundingV1,
    Kind.CONSOLIDATION: ConsolidationV1,
    Kind.CONVERSION: ConversionV1,
}
ALL: tuple[type[CaseFlow], ...] = (FoundingV1, ConsolidationV1, ConversionV1, CreditV1, ErrandV1)


def human_nodes() -> list[Task]:
    """Every human node of every flow."""
    return [node for flow in ALL for node in flow.nodes_in_order() if isinstance(node, Task)]


def node_titles() -> dict[str, str]:
    """Title of every human node, by its name, in the order of the flows."""
    return {node.name: str(node.task_title) for node in human_nodes()}
