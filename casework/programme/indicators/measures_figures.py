"""What is counted from dated facts of the register, from the ledger of support and from trade events."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django.db.models.functions import Coalesce
from django.urls import reverse

from casework.cooperatives.models import Cooperative, Fact, StatePeriod
from casework.linkage.fairs.models import Fair, FairPart
from casework.programme.indicators.rows import Row, Scope
from casework.programme.indicators.scope import covered_cooperatives, covered_organisations, standing_rows
from casework.programme.support.models import Support

# The register itself was told before everything that is counted from it.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def entry_row(entry: Cooperative, key: str, amount: int, on: date, told_at: Any, **more: Any) -> Row:
    """A row about an entry of the register."""
    return Row(
        key=key,
        amount=amount,
        on=on,
        told_at=told_at,
        label=entry.name,
        url=reverse("cooperatives:entry", args=[entry.pk]),
        commune_id=entry.commune_id,
        commune=entry.commune.name if entry.commune else "",
        legal_form=entry.legal_form,
        **more,
    )


def _first_day_of(partial: str) -> date:
    """A partial day as the first day that it may mean: 2024 is 1 January 2024."""
    year, month, day = (*partial.split("-"), "1", "1")[:3]
    return date(int(year), int(month), int(day))


def figures(indicator: str) -> Callable[[Scope], list[Row]]:
    """The newest figure of each cooperative whose day lies in the period; one of a whole year counts by that year."""

    def rows(scope: Scope) -> list[Row]:
        newest: dict[int, Fact] = {}
        for fact in _facts(scope, indicator, scope.last_day, scope.first_day):
            newest.setdefault(fact.cooperative_id, fact)
        return [_figure_row(fact) for fact in sorted(newest.values(), key=lambda fact: fact.cooperative_id)]

    return rows


def growth(indicator: str) -> Callable[[Scope], list[Row]]:
    """By how much the newest figure of the period is above the newest before it; falls and first figures count 0."""

    def rows(scope: Scope) -> list[Row]:
        before: dict[int, Fact] = {}
        for fact in _facts(scope, indicator, scope.first_day):
            if _first_day_of(fact.as_of) < scope.first_day:
                before.setdefault(fact.cooperative_id, fact)
        return [
            replace(row, amount=max(0, row.amount - before[_pk(row)].value))
            for row in figures(indicator)(scope)
            if _pk(row) in before
        ]

    return rows


def _pk(row: Row) -> int:
    return int(row.key.partition(":")[2])


def _facts(scope: Scope, indicator: str, last: date, first: date | None = None) -> Any:
    """Facts from the newest down. A partial day lies in a period when the first day that it may mean does."""
    found = Fact.objects.filter(
        standing_rows(scope),
        indicator=indicator,
        cooperative__in=covered_cooperatives(scope.organisation),
        as_of__lte=last.isoformat(),
    ).select_related("cooperative__commune")
    if first:
        # As text "2024" stands before "2024-11-21": a year alone belongs to the period that holds its first day.
        found = found.filter(as_of__gte=str(first.year))
        return [f for f in found.order_by("-as_of", "-pk") if first <= _first_day_of(f.as_of)]
    return found.order_by("-as_of", "-pk")


def _figure_row(fact: Fact) -> Row:
    key = f"cooperative:{fact.cooperative_id}"
    return entry_row(fact.cooperative, key, fact.value, _first_day_of(fact.as_of), fact.recorded_at)


def cooperatives(*forms: str) -> Callable[[Scope], list[Row]]:
    """Entries of the register of these forms that are at work on the last day."""

    def rows(scope: Scope) -> list[Row]:
        ended = StatePeriod.objects.filter(state=StatePeriod.State.DISSOLVED, until="", withdrawn_at=None)
        found = covered_cooperatives(scope.organisation).filter(legal_form__in=forms)
        found = found.exclude(pk__in=ended.values("cooperative"))
        return [
            entry_row(entry, f"cooperative:{entry.pk}", 1, scope.last_day, _NEVER)
            for entry in found.select_related("commune").order_by("pk")
        ]

    return rows


def supports(of: str = "", **only: Any) -> Callable[[Scope], list[Row]]:
    """Rows of the ledger given in the period: their number, or their value (`amount`)."""

    def rows(scope: Scope) -> list[Row]:
        found = Support.objects.filter(
            standing_rows(scope),
            organisation__in=covered_organisations(scope.organisation),
            given_on__range=(scope.first_day, scope.last_day),
            **only,
        ).select_related("cooperative__commune", "organisation", "programme")
        return [_support_row(one, (getattr(one, of) or 0) if of else 1) for one in found.order_by("pk")]

    return rows


def _support_row(one: Support, amount: int) -> Row:
    more = {
        "programmes": (one.programme.code,) if one.programme else (),
        "organisation_id": one.organisation_id,
        "organisation": one.organisation.name,
    }
    return entry_row(one.cooperative, f"support:{one.pk}", amount, one.given_on, one.recorded_at, **more)


def supported(scope: Scope) -> list[Row]:
    """Cooperatives that were given something in the period; each once, a merged entry as the one it became."""
    first: dict[int, Row] = {}
    rows = supports()(scope)
    given = Support.objects.filter(pk__in=[_pk(row) for row in rows])
    entries = dict(given.values_list("pk", Coalesce("cooperative__merged_into_id", "cooperative_id")))
    for row in rows:
        first.setdefault(entries[_pk(row)], row)
    return [replace(row, key=f"cooperative:{pk}") for pk, row in first.items()]


def fairs(scope: Scope) -> list[Row]:
    """Trade events that ended in the period."""
    found = Fair.objects.filter(
        standing_rows(scope),
        organisation__in=covered_organisations(scope.organisation),
        last_day__range=(scope.first_day, scope.last_day),
    ).select_related("organisation", "programme")
    return [
        Row(
            key=f"fair:{one.pk}",
            amount=1,
            on=one.last_day,
            told_at=one.recorded_at,
            label=one.title,
            url="",
            programmes=(one.programme.code,) if one.programme else (),
            organisation_id=one.organisation_id,
            organisation=one.organisation.name,
        )
        for one in found.order_by("pk")
    ]


def fair_parts(scope: Scope) -> list[Row]:
    """Cooperatives at trade events of the period; one that was at two counts twice."""
    held = Fair.objects.filter(
        standing_rows(scope),
        organisation__in=covered_organisations(scope.organisation),
        last_day__range=(scope.first_day, scope.last_day),
    )
    found = FairPart.objects.filter(standing_rows(scope), fair__in=held.values("pk")).select_related(
        "cooperative__commune", "fair__organisation"
    )
    return [
        entry_row(
            one.cooperative, f"fair-part:{one.pk}", 1, one.fair.last_day, one.recorded_at,
            organisation_id=one.fair.organisation_id, organisation=one.fair.organisation.name,
        )
        for one in found.order_by("pk")
    ]  # fmt: skip
