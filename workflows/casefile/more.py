"""What can be done with a whole case besides its tasks; each room offers its own."""

from collections.abc import Callable
from typing import Any

from casework.organisations.standing import Standing
from workflows.links import Link

# Each gets the case as the page shows it and the standing of the person.
OFFERS: list[Callable[[Any, Standing], list[Link]]] = []


def links_for(case: Any, standing: Standing) -> list[Link]:
    """Everything that a person may do with a case now. The acts ask again."""
    return [link for offer in OFFERS for link in offer(case, standing)]
