"""Among which organisations, communes and kinds of case a person can choose: those of the cases that she sees."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet, Sum

from casework.organisations.standing import Standing
from workflows.summary.models import CaseSum
from workflows.summary.sums import audiences_of, seen_besides

_NAMES = {
    "organisation": Max("lead_organisation__name"),
    "organisation_key": Max("lead_organisation__name_key"),
    "commune": Max("area__name"),
    "commune_key": Max("area__name_key"),
}


@dataclass(frozen=True)
class Places:
    """Organisations, communes and kinds among which a person can choose: those of the cases that she sees."""

    organisations: list[tuple[str, str]]
    communes: list[tuple[str, str]]
    kinds: set[str]

    @classmethod
    def of(cls, groups: Iterable[tuple]) -> "Places":
        """From (organisation, commune, kind, name, key, name, key), in the order of the Vietnamese alphabet."""
        organisations, communes, kinds = {}, {}, set()
        for lead, place, kind, *names in groups:
            kinds.add(kind)
            organisations[str(lead)], communes[str(place)] = (names[1], names[0]), (names[3], names[2])
        return cls(_in_order(organisations), _in_order(communes), kinds)


def named_groups(cases: QuerySet) -> QuerySet:
    """The groups of cases that `Places` is made of. Names and their keys are made for each group, not for each case."""
    groups = cases.order_by().values_list("lead_organisation_id", "area_id", "kind")
    return groups.annotate(**_NAMES)


def places_of(cases: QuerySet) -> Places:
    """Read the choices of the filters from the cases themselves. One query."""
    return Places.of(named_groups(cases))


def places_seen(standing: Standing) -> Places:
    """The same as of all cases that a person sees, from the kept sums. One query."""
    groups = CaseSum.objects.filter(what=CaseSum.What.ALL, audience_id__in=audiences_of(standing))
    kept = groups.values_list("lead_organisation_id", "area_id", "word").annotate(**_NAMES)
    return Places.of(kept.alias(n_all=Sum("n")).filter(n_all__gt=0).union(named_groups(seen_besides(standing))))


def _in_order(names: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    return [(pk, name) for pk, (_key, name) in sorted(names.items(), key=lambda item: item[1][0])]
