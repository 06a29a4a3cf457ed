"""What this room offers on the file of a case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.organisations.standing import Standing
from casework.status_lookup.acts import may_give
from workflows.casefile.more import OFFERS
from workflows.links import Link


def for_case(case: Any, standing: Standing) -> list[Link]:
    """For advisors of the leading organisation: give the founder a code. No query."""
    if not may_give(standing, case):
        return []
    return [Link(_("Give the founder a look-up code"), reverse("statuscode:give", args=[case.code]))]


def register() -> None:
    """Offer it; called once at start-up."""
    OFFERS.append(for_case)
