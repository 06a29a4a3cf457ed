"""Who of those that see a case reads one thing in it: the one filter behind notes and documents."""

from typing import TYPE_CHECKING

from django.db.models import Q

from casework.sharing.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from casework.organisations.standing import Standing


class CircleQuerySet(VisibleQuerySet):
    """Rows of cases with an `organisation` and a `visibility`: for one organisation, or for all who see the case."""

    def visible_to(self, standing: "Standing"):
        """What was put in for all who work on a case that she may open, or for one of her organisations."""
        circle = ~Q(visibility="own") | Q(organisation_id__in=standing.reach_ids)
        return super().visible_to(standing).filter(circle)
