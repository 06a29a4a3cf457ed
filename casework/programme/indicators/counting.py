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
from casework.programme.indicators.rows import Scope
from casework.programme.indicators.sources import Source, Together
from casework.programme.trainings.models import Sex

HUNDREDTH = Decimal("0.01")
TOO_EARLY = Decimal("0.1")  # of a period: before it a pace says nothing


@dataclass(frozen=True)
class Counted:
    """A number: what its rows add up to, and out of what.

    `value` is None where it cannot be counted; `why_none` says why.
    """

    indicator: Indicator
    above: Source | Together
    below: Source | Together | None
    part: int
    whole: int | None
    value: Decimal | None
    why_none: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a number that was split; None where there is nothing to divide by."""

    label: str
    value: Decimal | None


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
    """Count an indicator in a scope. Never raises: what cannot be divided has no value and a reason. Two queries."""
    above = MEASURES[indicator.numerator].source(scope)
    part = above.total()
    if not indicator.denominator:
        return Counted(indicator, above, None, part, None, Decimal(part))
    measure = MEASURES[indicator.denominator]
    below = measure.source(scope)
    whole = below.total()
    value = _share(indicator, part, whole)
    why_none = "" if whole else _("Nothing to divide by: no “%(what)s”.") % {"what": measure.title}
    return Counted(indicator, above, below, part, whole, value, why_none)


def _share(indicator: Indicator, above: int, below: int) -> Decimal | None:
    """A percentage, or an average; None where there is nothing to divide by."""
    times = 100 if indicator.unit == Indicator.Unit.PERCENT else 1
    return rounded(Decimal(above) * times / below) if below else None


def rounded(value: Decimal) -> Decimal:
    """To hundredths, halves up, as people round."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def split(counted: Counted, dimension: str) -> list[Part]:
    """A number by one dimension, the largest part first. See `splits`."""
    return splits(counted, [dimension])[dimension]


def splits(counted: Counted, dimensions: list[str]) -> dict[str, list[Part]]:
    """A number by each of these dimensions, the largest part first. One query, for shares two.

    The parts of a sum make the whole; a share has its own in each part. By programme a row counts under each that
    it belongs to.
    """
    above = _sums(counted.above, dimensions)
    below = _sums(counted.below, dimensions) if counted.below is not None else None
    return {name: _parts(counted.indicator, above[name], below[name] if below else None) for name in dimensions}


def _sums(source: Source | Together, dimensions: list[str]) -> dict[str, dict[str, int]]:
    """What the rows add up to under each label of each dimension."""
    found: dict[str, dict[str, int]] = {name: {} for name in dimensions}
    for values, amount in source.sums(*(_COLUMNS[name] for name in dimensions)) if dimensions else []:
        for name, value in zip(dimensions, values, strict=True):
            for label in _LABELS[name](value) or [_("Not known")]:
                found[name][label] = found[name].get(label, 0) + amount
    return found


def _parts(indicator: Indicator, above: dict[str, int], below: dict[str, int] | None) -> list[Part]:
    if below is None:
        parts = [Part(label, Decimal(n)) for label, n in above.items()]
    else:
        parts = [Part(label, _share(indicator, above.get(label, 0), whole)) for label, whole in below.items()]
    return sorted(parts, key=lambda part: (-(part.value or 0), part.label))


def _minority(value: bool | None) -> list[str]:
    return [] if value is None else [_("Ethnic minority") if value else _("Kinh")]


def _word(words: Any) -> Callable[[str], list[str]]:
    return lambda value: [str(dict(words).get(value, value))] if value else []


def _name(value: str) -> list[str]:
    return [value] if value else []


# The part of a row by which a number is split, and the labels that its value stands under.
_COLUMNS: dict[str, str] = {
    Dimension.COMMUNE: "commune",
    Dimension.SEX: "sex",
    Dimension.MINORITY: "minority",
    Dimension.LEGAL_FORM: "legal_form",
    Dimension.PROGRAMME: "programmes",
    Dimension.ORGANISATION: "organisation",
}
_LABELS: dict[str, Callable[[Any], list[str]]] = {
    Dimension.COMMUNE: _name,
    Dimension.SEX: _word(Sex.choices),
    Dimension.MINORITY: _minority,
    Dimension.LEGAL_FORM: _word(LegalForm.choices),
    Dimension.PROGRAMME: list,
    Dimension.ORGANISATION: _name,
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
    grows = MEASURES[counted.indicator.numerator].grows and counted.below is None
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
