"""The page of an organisation's plan in words: each indicator with its target, what was reached and is expected."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import get_language

from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from casework.programme.indicators.counting import Counted, Line, progress, splits
from casework.programme.indicators.models import Block, Dimension, Indicator, ReportingPeriod, Target
from casework.programme.kept import reporting_ids
from casework.programme.reports.numbers import NONE, with_unit, written
from casework.vietnamese import VnKey

FULL = 100  # the length of a bar


@dataclass(frozen=True)
class Shown:
    """One indicator in words. `bar` is how much of the target is reached, 0 to 100; None without a target."""

    code: str
    name: str
    value: str
    why_none: str
    target: str
    percent: str
    expected: str
    forecast: str
    bar: int | None
    behind: bool
    below: str
    collected: list[tuple[str, str, str]]
    url: str
    set_url: str


def plan_of(organisation: Organisation, period: ReportingPeriod, on: date) -> list[tuple[str, list[Shown]]]:
    """The plan by task block."""
    below = _handed_down(organisation, period)
    lines = progress(organisation, period, min(on, period.last_day))
    return [
        (
            str(block.label),
            [_shown(line, organisation, period, below) for line in lines if line.indicator.block == block],
        )
        for block in Block
        if any(line.indicator.block == block for line in lines)
    ]


def _handed_down(organisation: Organisation, period: ReportingPeriod) -> dict[int, Any]:
    """What the organisations directly below are to reach together, by indicator. One query."""
    found = Target.objects.filter(organisation__parent=organisation, period=period, withdrawn_at=None)
    return dict(found.exclude(indicator__unit=Indicator.Unit.PERCENT).values_list("indicator").annotate(Sum("value")))


def _shown(line: Line, organisation: Organisation, period: ReportingPeriod, below: dict[int, Any]) -> Shown:
    indicator, value = line.indicator, line.counted.value
    arguments = [period.kind, period.year, organisation.code, indicator.code]
    return Shown(
        code=indicator.code,
        name=name_of(indicator),
        value=_told(value, indicator),
        why_none=line.counted.why_none,
        target=_told(line.target, indicator),
        percent=NONE if line.percent is None else f"{written(line.percent)} %",
        expected=_told(line.expected, indicator),
        forecast=_told(line.forecast, indicator),
        bar=None if line.percent is None else min(int(line.percent), FULL),
        behind=value is not None and line.expected is not None and value < line.expected,
        below=_told(below[indicator.pk], indicator) if indicator.pk in below else "",
        collected=[(body, _told(number, indicator), note) for body, number, note in line.collected],
        url=reverse("targets:number", args=arguments),
        set_url=reverse("targets:set", args=arguments),
    )


def name_of(indicator: Indicator) -> str:
    """Its name in the language of the page."""
    return indicator.name_en if get_language() == "en" else indicator.name_vi


def _told(value: Any, indicator: Indicator) -> str:
    return with_unit(None if value is None else str(value), indicator.unit)


def told(value: Any, indicator: Indicator) -> str:
    """A number with its unit; a dash for none."""
    return _told(value, indicator)


def splits_of(counted: Counted) -> list[tuple[str, list[tuple[str, str]]]]:
    """The parts of a number in words, by each dimension of its indicator."""
    indicator = counted.indicator
    found = splits(counted, indicator.dimensions)
    return [
        (str(Dimension(name).label), [(part.label, _told(part.value, indicator)) for part in found[name]])
        for name in indicator.dimensions
    ]


def organisations_for(standing: Standing) -> Any:
    """The organisations whose plans a person may see: those that her seats reach, without lenders and inspectors."""
    kinds = [Organisation.Kind.LENDER, Organisation.Kind.INSPECTORATE]
    found = Organisation.objects.live().filter(pk__in=reporting_ids(standing)).exclude(kind__in=kinds)
    return found.select_related("area").order_by("level", VnKey("name"), "pk")


def periods() -> Any:
    """The periods, newest first."""
    return ReportingPeriod.objects.order_by("-last_day", "kind")


def history_of(organisation: Organisation, period: ReportingPeriod, indicator: Indicator) -> Any:
    """Every target that there was, the one that counts first. One query."""
    found = Target.objects.filter(organisation=organisation, period=period, indicator=indicator)
    return found.select_related("recorded_by").order_by("-recorded_at", "-pk")
