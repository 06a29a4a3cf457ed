"""What this room offers on the file of a case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.organisations.standing import Standing
from casework.programme.assigned.acts import may_set
from workflows.casefile.more import OFFERS
from workflows.links import Link


def programmes(case: Any, standing: Standing) -> list[Link]:
    """For those who may: say under which programmes the case counts. No query."""
    if not may_set(standing, case):
        return []
    return [Link(_("Set its programmes"), reverse("programmes:set", args=[case.code]))]


def register() -> None:
    """Offer it; called once at start-up."""
    OFFERS.append(programmes)
