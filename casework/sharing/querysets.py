"""Seeing: the one filter behind every list, count, search and page about cases."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.sharing.scope import ScopedQuerySet

if TYPE_CHECKING:
    from casework.organisations.standing import Standing


def _access() -> Any:
    """CaseAccess, which is itself a model that hangs on a case and so comes after this file."""
    return apps.get_model("casework", "CaseAccess")


def live_access(kinds: Iterable[str]) -> Any:
    """Access rows of these kinds that hold at this moment."""
    now = timezone.now()
    return _access().objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=now), kind__in=kinds, revoked_at=None, valid_from__lte=now
    )


def working_organisations(case_id: int) -> set[int]:
    """The organisations that lead or work on a case now."""
    kinds = _access().Kind
    rows = live_access([kinds.OWN, kinds.PARTNER]).filter(case_id=case_id)
    return set(rows.values_list("organisation_id", flat=True))


def seen_cases(standing: "Standing") -> models.QuerySet:
    """Ids of the cases whose page a person may open now, as a subquery."""
    return live_access(_access().OPENS_CASE).filter(organisation_id__among=standing.reach_ids).values("case_id").seen()


class VisibleQuerySet(ScopedQuerySet):
    """A queryset of cases, or of rows with a `case`, that knows what a person may see."""

    case_field = "case_id"

    def visible_to(self, standing: "Standing"):
        """Only what this person may see."""
        # EXISTS and not IN: for whoever sees the whole country the ids of all cases would not fit into a hash.
        opened = seen_cases(standing).filter(case_id=models.OuterRef(self.case_field))
        return self.filter(models.Exists(opened)).seen()
