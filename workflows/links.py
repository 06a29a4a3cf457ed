"""What a person may do next, as links of a page. Rooms offer them; pages show them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """One thing that can be done from a page."""

    label: str
    url: str
