"""A figure of a cooperative over time: what each source said, and the lines of a small drawing of it."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.translation import gettext as _

from casework.cooperatives.entry import partial_day
from casework.cooperatives.models import Fact
from casework.drawing import nice_step
from casework.facts import dong, grouped

WIDTH, HEIGHT = 640, 200
LEFT, RIGHT, TOP, BOTTOM = 76, 12, 12, 28
MOST = 24  # points of one figure; the page of the entry has them all
_YEARS = 8  # names of years that fit under the drawing
MAIN = (
    Fact.Indicator.MEMBERS,
    Fact.Indicator.WOMEN_MEMBERS,
    Fact.Indicator.WORKERS,
    Fact.Indicator.WOMEN_WORKERS,
    Fact.Indicator.REVENUE,
    Fact.Indicator.INCOME,
    Fact.Indicator.LOAN,
)


@dataclass(frozen=True)
class Told:
    """One line of the table: what one source said of one day. Of several of one day the last one written counts."""

    value: str
    as_of: str
    source: str
    counts: bool


@dataclass(frozen=True)
class Dot:
    """A point of the drawing. A year or a month is a line as long as it is, with its dot in the middle."""

    x: float
    y: float
    start: float
    end: float
    counts: bool
    text: str

    @property
    def is_long(self) -> bool:
        """Whether its day is known to the month or the year only."""
        return self.end - self.start > 2


@dataclass(frozen=True)
class Tick:
    """A line of a scale and its name."""

    at: float
    text: str


@dataclass(frozen=True)
class Drawing:
    """Everything that the template draws."""

    dots: list[Dot]
    line: str
    across: list[Tick]
    up: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM
    years_at: int = HEIGHT - 8


@dataclass(frozen=True)
class Trend:
    """One figure over time: its table, newest first, and its drawing where it has two days at least."""

    name: str
    label: str
    rows: list[Told]
    drawing: Drawing | None
    more: int = 0


def span_of(as_of: str) -> tuple[date, date]:
    """The first and the last day that a partial day may mean: 2024, 2024-06 or 2024-06-30. Raises ValueError."""
    year, month, day = (int(part) for part in [*as_of.split("-"), "0", "0"][:3])
    if day:
        return date(year, month, day), date(year, month, day)
    last_month = month or 12
    return date(year, month or 1, 1), date(year, last_month, monthrange(year, last_month)[1])


def trends_of(facts: Sequence[Fact]) -> list[Trend]:
    """The main figures that somebody told, in their order. `facts`: none withdrawn, newest first."""
    found = [(name, [fact for fact in facts if fact.indicator == name]) for name in MAIN]
    return [_trend(name, told) for name, told in found if told]


def _trend(name: str, facts: list[Fact]) -> Trend:
    shown = facts[:MOST]
    counting = counting_ids(shown)
    rows = [Told(_value(fact), partial_day(fact.as_of), fact.source, fact.pk in counting) for fact in shown]
    label = str(Fact.Indicator(name).label)
    return Trend(name, label, rows, drawing_of(shown, counting), len(facts) - len(shown))


def counting_ids(facts: Iterable[Fact]) -> set[int]:
    """Of each day the figure that was written down last."""
    last: dict[str, int] = {}
    for fact in facts:
        last[fact.as_of] = max(fact.pk, last.get(fact.as_of, 0))
    return set(last.values())


def drawing_of(facts: Sequence[Fact], counting: set[int]) -> Drawing | None:
    """The drawing; None where fewer than two days are told of, or a day is no day."""
    try:
        spans = {fact.pk: span_of(fact.as_of) for fact in facts}
    except ValueError:
        return None
    if len({fact.as_of for fact in facts}) < 2:
        return None
    first, last = min(start for start, _end in spans.values()), max(end for _start, end in spans.values())
    money = facts[0].indicator in Fact.MONEY
    step = _step(max(fact.value for fact in facts), money)
    steps = max(1, ceil(max(fact.value for fact in facts) / step))
    across = (WIDTH - LEFT - RIGHT) / max(1, (last - first).days)
    up = (HEIGHT - TOP - BOTTOM) / (steps * step)

    def dot(fact: Fact) -> Dot:
        start, end = (LEFT + (day - first).days * across for day in spans[fact.pk])
        text = f"{partial_day(fact.as_of)}: {_value(fact)}"
        return Dot((start + end) / 2, HEIGHT - BOTTOM - fact.value * up, start, end, fact.pk in counting, text)

    dots = sorted((dot(fact) for fact in facts), key=lambda one: one.x)
    line = " ".join(f"{one.x:.1f},{one.y:.1f}" for one in dots if one.counts)
    ticks = [Tick(HEIGHT - BOTTOM - n * step * up, short(int(n * step), money)) for n in range(steps + 1)]
    return Drawing(dots, line, _years(first, last, across), ticks)


def _step(largest: int, money: bool) -> int:
    """The distance of the lines: people are whole."""
    step = nice_step(largest)
    return max(1, ceil(step)) if not money else max(1, int(step))


def _years(first: date, last: date, across: float) -> list[Tick]:
    """A line at the beginning of each year that fits; of a single year at its first day told."""
    years = [year for year in range(first.year, last.year + 1) if first <= date(year, 1, 1) <= last]
    if not years:
        return [Tick(LEFT, str(first.year))]
    shown = years[:: ceil(len(years) / _YEARS)]
    return [Tick(LEFT + (date(year, 1, 1) - first).days * across, str(year)) for year in shown]


def _value(fact: Fact) -> str:
    return dong(fact.value) if fact.indicator in Fact.MONEY else grouped(fact.value)


def short(value: int, money: bool) -> str:
    """A number for the scale: 1.200; of money 350 triệu, 1,5 tỷ."""
    for unit, pattern in ((10**9, _("%s bn")), (10**6, _("%s m"))):
        if money and value >= unit:
            return pattern % f"{value / unit:g}".replace(".", ",")
    return grouped(value)
