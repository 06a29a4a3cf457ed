"""The pages of one case, as tabs on each of them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.cases.models import Case


@dataclass(frozen=True)
class Tab:
    """One page of a case."""

    label: str
    url: str
    current: bool


def tabs_of(case: Case, current: str) -> list[Tab]:
    """The tabs of a case page; `current` is the address name of the page that is shown."""
    pages = [
        ("cases:file", _("Overview")),
        ("people:members", _("People and capital")),
        ("plans:plan", _("Plan and charter")),
        ("market:case", _("Market")),
        ("sharing:case", _("Sharing")),
        ("rules:panel", _("The law")),
        ("documents:list", _("Papers")),
        ("notes:list", _("Notes")),
        ("cases:history", _("History")),
    ]
    return [Tab(label, reverse(name, args=[case.code]), name == current) for name, label in pages]
