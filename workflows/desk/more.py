"""What can be done with a task besides finishing it; each room offers its own."""

from collections.abc import Callable
from typing import Any

from casework.organisations.standing import Standing
from workflows.links import Link

# Each gets the task as the page shows it and the standing of the person; none of them asks the database twice.
OFFERS: list[Callable[[Any, Standing], list[Link]]] = []


def links_for(task: Any, standing: Standing) -> list[Link]:
    """Everything that a person may do with a task now. The acts ask again."""
    return [link for offer in OFFERS for link in offer(task, standing)] if task.is_open else []
