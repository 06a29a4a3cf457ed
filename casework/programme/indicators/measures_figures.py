"""What is counted from dated facts of the register, from the ledger of support and from trade events."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, DateField, DateTimeField, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, Length, Right
from django.urls import reverse

from casework.cooperatives.models import Fact, StatePeriod
from casework.linkage.fairs.models import Fair, FairPart
from casework.programme.indicators.rows import Scope
from casework.programme.indicators.scope import covered_cooperatives, covered_organisations, standing_rows
from casework.programme.indicators.sources import Source, Told, amount_of, each_once, key_of, known, text
from casework.programme.support.models import Support

Sources = Callable[[Scope], Source]
# The register itself was told before everything that is counted from it.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def entry_page(row: dict[str, Any]) -> str:
    """The page of the cooperative of a row."""
    return reverse("cooperatives:entry", args=[row["target"]])


def of_entry(path: str) -> dict[str, Any]:
    """What an entry of the register tells; `path` leads to it: `cooperative__`, or nothing."""
    return {
        "label": F(f"{path}name"),
        "commune_id": F(f"{path}commune_id"),
        "commune": known(f"{path}commune__name"),
        "legal_form": F(f"{path}legal_form"),
        "target": F(f"{path}pk"),
        "address": entry_page,
    }


def of_organisation(path: str = "") -> dict[str, Any]:
    """Who did what a row tells."""
    return {"organisation_id": F(f"{path}organisation_id"), "organisation": F(f"{path}organisation__name")}


def programmes(path: str = "programme__code") -> Told:
    """The programme of a row as the list of its programmes."""
    one = Func(F(path), template="ARRAY[%(expressions)s]", output_field=ArrayField(CharField()))
    return Case(
        When(**{f"{path.rpartition('__')[0]}__isnull": False}, then=one),
        default=Value([], output_field=ArrayField(CharField())),
    )


def first_day_of(path: str) -> Told:
    """A partial day as the first day that it may mean, as text: 2024 is 2024-01-01."""
    return Concat(F(path), Right(text("-01-01"), 10 - Length(path)))


def _facts(scope: Scope, indicator: str) -> Any:
    return Fact.objects.alias(first_day=first_day_of("as_of")).filter(
        standing_rows(scope), indicator=indicator, cooperative__in=covered_cooperatives(scope.organisation)
    )


def _newest(scope: Scope, indicator: str) -> Any:
    """The newest fact of each cooperative that belongs to the period; a partial day does when its first day does."""
    found = _facts(scope, indicator).filter(first_day__range=(scope.first_day.isoformat(), scope.last_day.isoformat()))
    newest = found.order_by("cooperative_id", "-as_of", "-pk").distinct("cooperative_id")
    return Fact.objects.filter(pk__in=newest.values("pk"))


def _figures(found: Any, amount: Told) -> Source:
    return Source(
        found,
        key=key_of("cooperative", "cooperative_id"),
        amount=amount,
        on=Cast(first_day_of("as_of"), DateField()),
        told_at=F("recorded_at"),
        **of_entry("cooperative__"),
    )


def figures(indicator: str) -> Sources:
    """The newest figure of each cooperative whose day lies in the period; one of a whole year counts by that year."""
    return lambda scope: _figures(_newest(scope, indicator), amount_of("value"))


def with_figure(indicator: str) -> Sources:
    """The same cooperatives, each counted as one: what an average is divided by."""
    return lambda scope: _figures(_newest(scope, indicator), amount_of(""))


def growth(indicator: str) -> Sources:
    """By how much the newest figure of the period is above the newest before it; falls and first figures count 0."""

    def source(scope: Scope) -> Source:
        earlier = _facts(scope, indicator).filter(
            first_day__lt=scope.first_day.isoformat(), cooperative_id=OuterRef("cooperative_id")
        )
        before = Subquery(earlier.order_by("-as_of", "-pk").values("value")[:1])
        found = _newest(scope, indicator).annotate(before=before).filter(before__isnull=False)
        return _figures(found, Greatest(F("value") - F("before"), Value(0)))

    return source


def cooperatives(*forms: str) -> Sources:
    """Entries of the register of these forms that are at work on the last day."""

    def source(scope: Scope) -> Source:
        ended = StatePeriod.objects.filter(
            Q(since="") | Q(since__lte=scope.last_day.isoformat()),
            state=StatePeriod.State.DISSOLVED,
            until="",
            withdrawn_at=None,
        )
        found = covered_cooperatives(scope.organisation).filter(legal_form__in=forms)
        return Source(
            found.exclude(pk__in=ended.values("cooperative")),
            key=key_of("cooperative"),
            amount=amount_of(""),
            on=_day(scope.last_day),
            told_at=Value(_NEVER, output_field=DateTimeField()),
            **of_entry(""),
        )

    return source


def _day(day: date) -> Told:
    return Value(day, output_field=DateField())


def _given(scope: Scope) -> Any:
    return Support.objects.filter(
        standing_rows(scope),
        organisation__in=covered_organisations(scope.organisation),
        given_on__range=(scope.first_day, scope.last_day),
    )


def _support(found: Any, key: Told, amount: Told) -> Source:
    return Source(
        found,
        key=key,
        amount=amount,
        on=F("given_on"),
        told_at=F("recorded_at"),
        programmes=programmes(),
        **of_entry("cooperative__"),
        **of_organisation(),
    )


def support_value(scope: Scope) -> Source:
    """The value of everything that was given in the period; what was given in kind without a value adds nothing."""
    return _support(_given(scope), key_of("support"), amount_of("amount"))


def supported(scope: Scope) -> Source:
    """Cooperatives that were given something in the period; each once, a merged entry as the one it became."""
    entry = Coalesce(F("cooperative__merged_into_id"), F("cooperative_id"))
    return _support(each_once(_given(scope), entry), key_of("cooperative", entry), amount_of(""))


def _held(scope: Scope) -> Any:
    return Fair.objects.filter(
        standing_rows(scope),
        organisation__in=covered_organisations(scope.organisation),
        last_day__range=(scope.first_day, scope.last_day),
    )


def _fair_page(row: dict[str, Any]) -> str:
    return reverse("fairs:fair", args=[row["target"]])


def fairs(scope: Scope) -> Source:
    """Trade events that ended in the period."""
    return Source(
        _held(scope),
        key=key_of("fair"),
        amount=amount_of(""),
        on=F("last_day"),
        told_at=F("recorded_at"),
        label=F("title"),
        address=_fair_page,
        programmes=programmes(),
        **of_organisation(),
    )


def fair_parts(scope: Scope) -> Source:
    """Cooperatives at trade events of the period; one that was at two counts twice."""
    found = FairPart.objects.filter(standing_rows(scope), fair__in=_held(scope))
    return Source(
        found,
        key=key_of("fair-part"),
        amount=amount_of(""),
        on=F("fair__last_day"),
        told_at=F("recorded_at"),
        programmes=programmes("fair__programme__code"),
        **of_entry("cooperative__"),
        **of_organisation("fair__"),
    )
