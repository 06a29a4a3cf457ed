"""What this room offers on the file of a case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cases.stages import Stage
from casework.cooperatives.models import Cooperative
from casework.organisations.standing import Standing
from casework.strengthening.reviewed import asks_for_support
from workflows.casefile.more import OFFERS
from workflows.links import Link


def strengthening(case: Any, standing: Standing) -> list[Link]:
    """Once the cooperative asked for it when visited: strengthen it. One query, none before the first visit."""
    if case.stage != Stage.LINKED or not case.cooperative_id or not standing.organisations_with("open_case"):
        return []
    begun = Case.objects.open().filter(cooperative=case.cooperative_id, kind="consolidation").exclude(pk=case.pk)
    asking = Cooperative.objects.filter(asks_for_support(), pk=case.cooperative_id).exclude(
        pk__in=begun.values("cooperative")
    )
    if not asking.exists():
        return []
    return [Link(_("Strengthen this cooperative"), reverse("strengthening:open", args=[case.cooperative_id]))]


def register() -> None:
    """Offer it; called once at start-up."""
    OFFERS.append(strengthening)
