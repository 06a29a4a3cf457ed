"""Which documents somebody may open."""

from typing import TYPE_CHECKING

from django.db.models import Q

from casework.sharing.circles import CircleQuerySet
from casework.sharing.models import CaseAccess
from casework.sharing.querysets import live_access

if TYPE_CHECKING:
    from casework.organisations.standing import Standing


class DocumentQuerySet(CircleQuerySet):
    """Documents; those of a case page, and those that a lender sees without it."""

    def open_to(self, standing: "Standing"):
        """What she sees on the pages of her cases, and what was shown to the lender where hers was asked for credit."""
        asked = live_access([CaseAccess.Kind.SHARE]).filter(organisation_id__in=standing.reach_ids)
        shown = Q(case_id__in=asked.values("case_id"), visibility="lender", withdrawn_at=None)
        return self.filter(Q(pk__in=self.visible_to(standing).values("pk")) | shown).seen()
