"""Which entries of the register a person sees, and how they are found."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from casework.organisations.models import Organisation
from casework.vietnamese import VnFold, fold

if TYPE_CHECKING:
    from casework.organisations.standing import Standing


def provinces_of(standing: "Standing") -> models.QuerySet:
    """Ids of the provinces in which a person works, as a subquery. A lender sees only what is shared with it."""
    ids = {pk for seat in standing.seats if seat.organisation_kind != Organisation.Kind.LENDER for pk in seat.reach}
    organisations = Organisation.objects.filter(pk__in=ids, area__isnull=False)
    return organisations.values_list(Coalesce("area__parent_id", "area_id"), flat=True)


class CooperativeQuerySet(models.QuerySet):
    """The register as a person sees it."""

    def visible_to(self, standing: "Standing"):
        """The entries of the provinces in which she works, and those whose place is not known yet."""
        working = [s for s in standing.seats if s.organisation_kind != Organisation.Kind.LENDER]
        if not working:
            return self.none()
        return self.filter(Q(province_id__in=provinces_of(standing)) | Q(province=None))

    def current(self):
        """Without the entries that turned out to be others."""
        return self.filter(merged_into=None)

    def named(self, text: str):
        """Entries whose name, other name, registration code or products contain the text, marks and case apart."""
        part = fold(text)
        other_names: Any = self.model.alias_set.rel.related_model  # type: ignore[attr-defined]
        aliases = other_names.objects.alias(folded=VnFold("name")).filter(
            cooperative=OuterRef("pk"), folded__contains=part, withdrawn_at=None
        )
        return self.alias(folded_name=VnFold("name"), folded_products=VnFold("products")).filter(
            Q(folded_name__contains=part)
            | Q(folded_products__contains=part)
            | Q(registration_code=text.strip())
            | Exists(aliases)
        )
