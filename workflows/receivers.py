"""What casework tells and workflows answer, inside the same transaction."""

from typing import Any

from casework import signals
from casework.acts import Unit
from casework.cases.models import Case
from workflows.acts import tell_of_tasks
from workflows.flows.catalogue import CURRENT


def connect() -> None:
    """Listen to casework."""
    signals.case_opened.connect(start_flow, dispatch_uid="workflows.start_flow")


def start_flow(sender: type[Case], *, unit: Unit, case: Case, **_kwargs: Any) -> None:
    """A case was opened: start the current flow of its kind, and tell whose turn it is."""
    flow = CURRENT.get(case.kind)
    if flow is None:
        return
    flow.start.run(case=case)
    tell_of_tasks(unit, since=case.opened_at)
