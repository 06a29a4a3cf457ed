"""From rows to numbers: a value, its parts, and how far an organisation is with its plan."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.cases.stages import LegalForm
from casework.organisations.models import Organisation
from casework.programme.collected.values import collected_for
from casework.programme.indicators.measures import MEASURES
from casework.programme.indicators.models import Dimension, Indicator, ReportingPeriod, Target
from casework.programme.indicators.rows import Row, Scope
from casework.programme.trainings.models import Sex

HUNDREDTH = Decimal("0.01")
TOO_EARLY = Decimal("0.1")  # of a period: before it a pace says nothing


@dataclass(frozen=True)
class Counted:
    """A number and the rows that it is made of; `value` is None where it cannot be counted, `why_none` says why."""

    indicator: Indicator
    numerator: list[Row]
    denominator: list[Row] | None
    value: Decimal | None
    why_none: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a number that was split."""

    label: str
    value: Decimal


@dataclass(frozen=True)
class Line:
    """An indicator of a plan: the target, what was reached, in percent, expected by today, and what it may come to."""

    indicator: Indicator
    target: Decimal | None
    counted: Counted
    collected: list[tuple[str, Decimal, str]]
    percent: Decimal | None
    expected: Decimal | None
    forecast: Decimal | None


def count(indicator: Indicator, scope: Scope) -> Counted:
    """Count an indicator in a scope. Never raises: what cannot be divided has no value and a reason."""
    above = MEASURES[indicator.numerator].rows(scope)
    below = MEASURES[indicator.denominator].rows(scope) if indicator.denominator else None
    if below is None:
        return Counted(indicator, above, None, Decimal(total(above)))
    if not total(below):
        title = MEASURES[indicator.denominator].title
        return Counted(indicator, above, below, None, _("Nothing to divide by: no “%(what)s”.") % {"what": title})
    return Counted(indicator, above, below, _share(indicator, total(above), total(below)))


def total(rows: list[Row]) -> int:
    """What the rows add up to."""
    return sum(row.amount for row in rows)


def _share(indicator: Indicator, above: int, below: int) -> Decimal:
    """A percentage, or an average."""
    times = 100 if indicator.unit == Indicator.Unit.PERCENT else 1
    return rounded(Decimal(above) * times / below)


def rounded(value: Decimal) -> Decimal:
    """To hundredths, halves up, as people round."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def split(counted: Counted, dimension: str) -> list[Part]:
    """The numerator by one dimension, the largest part first; the parts of rows with one value each sum to the whole.

    By programme a row counts under each programme that it belongs to.
    """
    sums: dict[str, int] = {}
    for row in counted.numerator:
        for label in _LABELS[dimension](row) or [_("Not known")]:
            sums[label] = sums.get(label, 0) + row.amount
    return [Part(label, Decimal(n)) for label, n in sorted(sums.items(), key=lambda item: (-item[1], item[0]))]


def _minority(row: Row) -> list[str]:
    return [] if row.minority is None else [_("Ethnic minority") if row.minority else _("Kinh")]


def _word(value: str, words: dict[str, Any]) -> list[str]:
    return [str(words.get(value, value))] if value else []


_LABELS: dict[str, Callable[[Row], list[str]]] = {
    Dimension.COMMUNE: lambda row: [row.commune] if row.commune else [],
    Dimension.SEX: lambda row: _word(row.sex, dict(Sex.choices)),
    Dimension.MINORITY: _minority,
    Dimension.LEGAL_FORM: lambda row: _word(row.legal_form, dict(LegalForm.choices)),
    Dimension.PROGRAMME: lambda row: list(row.programmes),
    Dimension.ORGANISATION: lambda row: [row.organisation] if row.organisation else [],
}


def indicators_of(period: ReportingPeriod) -> list[Indicator]:
    """The indicators in force on the last day of a period, in the order of the report."""
    ended = Q(valid_until=None) | Q(valid_until__gte=period.last_day)
    return list(Indicator.objects.filter(ended, valid_from__lte=period.last_day).order_by("number", "code"))


def progress(
    organisation: Organisation, period: ReportingPeriod, on: date, known_until: datetime | None = None
) -> list[Line]:
    """Every indicator of a period for an organisation, with its target and how far it is on a day."""
    found = Target.objects.filter(organisation=organisation, period=period, withdrawn_at=None)
    targets = dict(found.values_list("indicator_id", "value"))
    scope = Scope(organisation, period.first_day, period.last_day, known_until)
    others = collected_for(organisation, period)
    passed = share_passed(period, on)
    return [
        line(count(indicator, scope), targets.get(indicator.pk), others.get(indicator.code, []), passed)
        for indicator in indicators_of(period)
    ]


def line(counted: Counted, target: Decimal | None, collected: list[Any], passed: Decimal) -> Line:
    """One line of a plan; `passed` is the share of the period that is over (0 to 1)."""
    grows = MEASURES[counted.indicator.numerator].grows and counted.denominator is None
    value = counted.value
    percent = rounded(value * 100 / target) if value is not None and target else None
    return Line(
        indicator=counted.indicator,
        target=target,
        counted=counted,
        collected=collected,
        percent=percent,
        expected=rounded(target * passed) if target is not None and grows else target,
        forecast=rounded(value / passed) if grows and value is not None and passed >= TOO_EARLY else None,
    )


def share_passed(period: ReportingPeriod, on: date) -> Decimal:
    """How much of a period is over at the end of a day, in calendar days: 0 before it, 1 after it."""
    whole = (period.last_day - period.first_day).days + 1
    gone = min(max((on - period.first_day).days + 1, 0), whole)
    return Decimal(gone) / whole
