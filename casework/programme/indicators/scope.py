"""What an organisation's numbers cover: its own work and that of the organisations below it, nothing twice.

An Alliance or a programme office leads no case: it covers those that it works on. A cooperative is covered by its
place, since its figures belong to nobody's case.
"""

from typing import Any

from django.db.models import Q

from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.organisations.models import Organisation
from casework.programme.indicators.rows import Scope
from casework.sharing.models import CaseAccess

_PARTNERS = (Organisation.Kind.ALLIANCE, Organisation.Kind.PROGRAMME_OFFICE)


def covered_organisations(organisation: Organisation) -> Any:
    """Ids of the organisation and all below it, as a subquery."""
    return Organisation.objects.below(organisation).values("pk")


def covered_cases(organisation: Organisation) -> Any:
    """The cases whose results count for an organisation."""
    if organisation.kind in _PARTNERS:
        kinds = [CaseAccess.Kind.OWN, CaseAccess.Kind.PARTNER]
        shared = CaseAccess.objects.filter(
            organisation__in=covered_organisations(organisation), kind__in=kinds, revoked_at=None
        )
        return Case.objects.filter(pk__in=shared.values("case"))
    return Case.objects.filter(lead_organisation__in=covered_organisations(organisation))


def covered_cooperatives(organisation: Organisation) -> Any:
    """The entries of the register whose figures count: those of its commune or province; merged ones count once."""
    entries = Cooperative.objects.filter(merged_into=None)
    area = organisation.area
    if area is None or organisation.level == Organisation.Level.NATIONAL:
        return entries
    return (
        entries.filter(Q(province=area) | Q(commune__parent=area))
        if area.parent_id is None
        else entries.filter(commune=area)
    )


def told(scope: Scope, field: str = "recorded_at") -> Q:
    """Rows that had been told by the moment of the scope."""
    return Q(**{f"{field}__lte": scope.known_until}) if scope.known_until else Q()


def standing_rows(scope: Scope) -> Q:
    """Rows that had been told and were not withdrawn by then."""
    held = Q(withdrawn_at=None)
    if scope.known_until:
        held |= Q(withdrawn_at__gt=scope.known_until)
    return told(scope) & held
