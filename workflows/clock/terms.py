"""Terms: when one ends, and why on that day.

Civil Code 91/2015/QH13, Articles 147–148: the first day is not counted; a term that would end on a day off ends
at the close of the next working day. A term in months ends on the day of the same number, or the last of the month.
Days on which the clock stood still (`HeldSpan`) are not counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from casework.months import add_months
from workflows.clock.calendar import FULL, NONE, ONE_DAY, Calendar
from workflows.clock.models import Unit


@dataclass(frozen=True)
class HeldSpan:
    """Days on which the clock stood still: from `first`, up to but without `until`, the day it went on."""

    first: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.until


@dataclass(frozen=True)
class Term:
    """A counted term. `end` is its last day; `rolled_from` the day off on which it would have ended."""

    start: date
    length: int
    unit: str
    end: date
    holds: tuple[HeldSpan, ...] = ()
    rolled_from: date | None = None
    missing_year: int | None = None


def due(start: date, n: int, unit: str, calendar: Calendar, holds: Sequence[HeldSpan] = ()) -> Term:
    """The term of `n` units (of `Unit`) that begins on `start`, without the days held.

    `missing_year` is set when it runs into a year that nobody has entered: its end is then not to be relied on.
    Raises ValueError for n < 0 or an unknown unit.
    """
    if n < 0:
        raise ValueError("a term is not negative")
    spans = _in_order(holds)
    # Without a single unit there is nothing to count, and the term ends on the first day that is worked.
    counted = _last_counted[Unit(unit)](start, n, calendar, spans) if n else start
    end = _rolled(counted, calendar, spans)
    return Term(
        start,
        n,
        unit,
        end,
        tuple(span for span in spans if _between(span, start, end)),
        counted if counted != end else None,
        calendar.missing_year(start, end),
    )


def moved(day: date, since: date, calendar: Calendar, holds: Sequence[HeldSpan]) -> date:
    """A day that was set on `since`, moved by the working days held from then on, up to the day itself."""
    for span in _in_order(holds):
        if since <= span.first <= day:
            lost = sum(calendar.halves(held) for held in _days(span))
            day = _count(day, lost, calendar, ()) if lost else day
    return day


def part_of(term: Term, fraction: float, calendar: Calendar) -> date:
    """The day in the course of which a share of the term (0 < fraction < 1) is used up; its last day at the latest."""
    spans = _in_order(term.holds)
    if term.unit == Unit.WORKING_DAY:
        used = FULL * (floor(fraction * term.length) + 1)
        return min(_count(term.start, used, calendar, spans), term.end)
    running = (term.end - term.start).days - sum(_between(span, term.start, term.end) for span in spans)
    used = floor(fraction * max(running, 0)) + 1
    return min(_later(term.start, term.start + used * ONE_DAY, spans), term.end)


def working_day_before(day: date, calendar: Calendar) -> date:
    """The last working day before a day."""
    day -= ONE_DAY
    while calendar.halves(day) == NONE:
        day -= ONE_DAY
    return day


def _working_days(start: date, n: int, calendar: Calendar, spans: Sequence[HeldSpan]) -> date:
    return _count(start, FULL * n, calendar, spans)


def _calendar_days(start: date, n: int, calendar: Calendar, spans: Sequence[HeldSpan]) -> date:
    return _later(start, start + n * ONE_DAY, spans)


def _months(start: date, n: int, calendar: Calendar, spans: Sequence[HeldSpan]) -> date:
    return _later(start, add_months(start, n), spans)


_last_counted: dict[Unit, Callable[[date, int, Calendar, Sequence[HeldSpan]], date]] = {
    Unit.WORKING_DAY: _working_days,
    Unit.CALENDAR_DAY: _calendar_days,
    Unit.MONTH: _months,
}


def _count(start: date, halves: int, calendar: Calendar, spans: Sequence[HeldSpan]) -> date:
    """The day on which so many halves of working days are used up after `start`."""
    day, left = start, halves
    while left > 0:
        day += ONE_DAY
        if not any(day in span for span in spans):
            left -= calendar.halves(day)
    return day


def _later(start: date, end: date, spans: Sequence[HeldSpan]) -> date:
    """An end in days, moved by each day held between the start and it."""
    for span in spans:
        first = max(span.first, start + ONE_DAY)
        if first <= end and span.until > first:
            end += span.until - first
    return end


def _rolled(day: date, calendar: Calendar, spans: Sequence[HeldSpan]) -> date:
    while calendar.halves(day) == NONE or any(day in span for span in spans):
        day += ONE_DAY
    return day


def _between(span: HeldSpan, start: date, end: date) -> int:
    """How many of the days after `start`, up to `end`, are held."""
    return max((min(span.until, end + ONE_DAY) - max(span.first, start + ONE_DAY)).days, 0)


def _days(span: HeldSpan) -> list[date]:
    return [span.first + ONE_DAY * number for number in range((span.until - span.first).days)]


def _in_order(holds: Sequence[HeldSpan]) -> list[HeldSpan]:
    """The spans by day, those that touch or overlap as one, so that no day is counted twice."""
    merged: list[HeldSpan] = []
    for span in sorted((span for span in holds if span.first < span.until), key=lambda span: span.first):
        if merged and span.first <= merged[-1].until:
            merged[-1] = HeldSpan(merged[-1].first, max(merged[-1].until, span.until))
        else:
            merged.append(span)
    return merged
