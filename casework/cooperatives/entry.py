"""The page of one entry in words: what it is, what it was, its figures, its cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cooperatives.models import (
    Alias,
    Cooperative,
    Fact,
    FormPeriod,
    SeatPeriod,
    StatePeriod,
    Succession,
)
from casework.facts import Section, dong, grouped, section
from casework.organisations.standing import Standing

_FROM_ROSTER = (
    "members",
    "women",
    "ethnic_minority",
    "women_jobs",
    "capital",
    "loan",
    "lender",
    "grant",
    "income_from",
    "income_to",
    "ocop_stars",
)


@dataclass(frozen=True)
class Line:
    """One dated note: what, from when until when, by which source. `model` and `pk` name it for withdrawing."""

    what: str
    kind: str
    since: str
    until: str
    source: str
    model: str
    pk: int
    withdrawn: bool
    url: int = 0


@dataclass(frozen=True)
class Figure:
    """The newest figure of an indicator, and what was said before."""

    label: str
    value: str
    as_of: str
    source: str
    earlier: list[Line]
    line: Line


def partial_day(text: str) -> str:
    """A partial day as people write it: 2017, 03/2022, 05/03/2022."""
    return "/".join(reversed(text.split("-")))


def _lines(rows: Iterable[Any]) -> list[Line]:
    return [_line(row) for row in rows]


def _line(row: Any) -> Line:
    kind = row.get_kind_display() if hasattr(row, "kind") else getattr(row, "reason", "")
    if isinstance(row, FormPeriod):
        kind = row.registration_code
    return Line(
        what=str(row),
        kind=str(kind),
        since=partial_day(row.since),
        until=partial_day(row.until),
        source=row.source,
        model=row._meta.model_name,
        pk=row.pk,
        withdrawn=row.withdrawn_at is not None,
    )


def forms_of(cooperative: Cooperative) -> list[Line]:
    """Legal forms over time, oldest first. One query."""
    return _lines(FormPeriod.objects.filter(cooperative=cooperative).order_by("since", "pk"))


def names_of(cooperative: Cooperative) -> list[Line]:
    """Other names. One query."""
    return _lines(Alias.objects.filter(cooperative=cooperative).order_by("pk"))


def seats_of(cooperative: Cooperative) -> list[Line]:
    """Addresses over time. One query."""
    return _lines(SeatPeriod.objects.filter(cooperative=cooperative).order_by("since", "pk"))


def states_of(cooperative: Cooperative) -> list[Line]:
    """Working, suspended, dissolved. One query."""
    return _lines(StatePeriod.objects.filter(cooperative=cooperative).order_by("since", "pk"))


def state_now(states: list[Line]) -> str:
    """The state that holds now, "" where nobody wrote one down."""
    return next((line.what for line in reversed(states) if not line.until and not line.withdrawn), "")


def relations_of(cooperative: Cooperative) -> list[Line]:
    """Where it came from and what came out of it. One query."""
    rows = Succession.objects.filter(Q(earlier=cooperative) | Q(later=cooperative)).select_related("earlier", "later")
    return [_relation(row, cooperative) for row in rows.order_by("pk")]


def _relation(row: Succession, cooperative: Cooperative) -> Line:
    origin = row.later_id == cooperative.pk
    other = row.earlier if origin else row.later
    pattern = _("came out of %(name)s") if origin else _("became %(name)s")
    return Line(
        what=pattern % {"name": other.name},
        kind=str(row.get_kind_display()),
        since=partial_day(row.on),
        until="",
        source=row.source,
        model="succession" if origin else "",
        pk=row.pk,
        withdrawn=row.withdrawn_at is not None,
        url=other.pk,
    )


def figures_of(cooperative: Cooperative) -> list[Figure]:
    """Each indicator with its newest figure first, in the order of the indicators. One query."""
    facts = Fact.objects.filter(cooperative=cooperative, withdrawn_at=None).order_by("-as_of", "-pk")
    by_indicator: dict[str, list[Fact]] = {}
    for fact in facts:
        by_indicator.setdefault(fact.indicator, []).append(fact)
    return [_figure(by_indicator[name]) for name in Fact.Indicator.values if name in by_indicator]


def _figure(facts: list[Fact]) -> Figure:
    newest, *earlier = [_figure_line(fact) for fact in facts]
    return Figure(str(facts[0].get_indicator_display()), newest.what, newest.since, newest.source, earlier, newest)


def _figure_line(fact: Fact) -> Line:
    value = dong(fact.value) if fact.indicator in Fact.MONEY else grouped(fact.value)
    return Line(value, "", partial_day(fact.as_of), "", fact.source, "fact", fact.pk, withdrawn=False)


def roster_section(cooperative: Cooperative) -> Section | None:
    """The figures as a roster brought them, with its name; None when it brought none."""
    told = section(_("From the roster"), cooperative, _FROM_ROSTER, note=cooperative.source)
    return told if told.facts else None


def cases_of(cooperative: Cooperative, standing: Standing) -> list[Case]:
    """The cases about it that the person may open. One query."""
    return list(Case.objects.visible_to(standing).filter(cooperative=cooperative).order_by("-opened_at", "-pk"))
