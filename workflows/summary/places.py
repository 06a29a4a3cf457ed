"""Among which organisations, communes and kinds of case a person can choose: those of the cases that she sees."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Max, Q, QuerySet, Sum
from django.http import QueryDict

from casework.cases.stages import Kind
from casework.organisations.standing import Standing
from workflows.summary.models import CaseSum
from workflows.summary.sums import audiences_of, seen_besides

_NAMES = {
    "organisation": Max("lead_organisation__name"),
    "organisation_key": Max("lead_organisation__name_key"),
    "commune": Max("area__name"),
    "commune_key": Max("area__name_key"),
}
MOST_OFFERED = 250
_LARGEST = 2**63 - 1


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


def places_seen(standing: Standing, asked: QueryDict) -> Places:
    """The same as of all cases that a person sees, from the kept sums. At most one query.

    Whoever reads for more than MOST_OFFERED organisations is offered only those in which she is already, by a link of
    the board: a select of thousands would be most of the page and cost more than its numbers.
    """
    groups = CaseSum.objects.filter(what=CaseSum.What.ALL, audience_id__in=audiences_of(standing))
    kept = groups.values_list("lead_organisation_id", "area_id", "word").annotate(**_NAMES)
    besides = named_groups(seen_besides(standing))
    many = len(standing.reach_ids) > MOST_OFFERED
    if many:
        leads, areas = _ids(asked, "organisation"), _ids(asked, "commune")
        if not leads + areas:
            return Places([], [], set(Kind.values))
        here = Q(lead_organisation_id__in=leads) | Q(area_id__in=areas)
        kept, besides = kept.filter(here), besides.filter(here)
    found = Places.of(kept.alias(n_all=Sum("n")).filter(n_all__gt=0).union(besides))
    return replace(found, kinds=set(Kind.values)) if many else found


def _ids(asked: QueryDict, name: str) -> list[int]:
    """The number that an address names, if it is one."""
    text = asked.get(name, "")
    return [int(text)] if text.isascii() and text.isdigit() and int(text) <= _LARGEST else []


def _in_order(names: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    return [(pk, name) for pk, (_key, name) in sorted(names.items(), key=lambda item: item[1][0])]
