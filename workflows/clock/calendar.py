"""The working calendar: Monday to Friday, without days off, with days worked instead, per area.

A province's row of a day stands before the nation's. Nothing is guessed: of a year that nobody has entered only
the ordinary week is known, and whoever asks is told so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, F, IntegerField, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from casework.organisations.models import AdministrativeUnit
from workflows.clock.models import CalendarDay, CalendarYear

SATURDAY = 5
ONE_DAY = timedelta(days=1)
# A full working day is two halves, so that nothing is counted in fractions.
FULL, HALF, NONE = 2, 1, 0


@dataclass(frozen=True)
class Day:
    """What the calendar says of one day that differs from an ordinary week."""

    kind: str
    name: str


@dataclass(frozen=True)
class Calendar:
    """The working days of one area. `years` are those whose days off are entered."""

    days: Mapping[date, Day] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def halves(self, day: date) -> int:
        """How much of a day is worked: 2 for a full day, 1 for half a day, 0 for a day off."""
        found = self.days.get(day)
        if found is None or found.kind == CalendarDay.Kind.ORDINARY:
            return FULL if day.weekday() < SATURDAY else NONE
        return {CalendarDay.Kind.OFF: NONE, CalendarDay.Kind.HALF: HALF}.get(found.kind, FULL)  # type: ignore[call-overload]

    def is_working_day(self, day: date) -> bool:
        """Whether at least half of a day is worked."""
        return self.halves(day) > NONE

    def missing_year(self, first: date, last: date) -> int | None:
        """The first year between two days whose days off nobody has entered, or None."""
        return next((year for year in range(first.year, last.year + 1) if year not in self.years), None)


def calendar_between(first: date, last: date, area: int | None = None) -> Calendar:
    """The calendar of an area, or of the nation, for a span of days. One query.

    `area`: the id of a province, or of a commune, which has the calendar of its province.
    """
    here = Q(area=None)
    if area is not None:
        here |= Q(area__in=AdministrativeUnit.objects.filter(Q(pk=area) | Q(communes=area)).values("pk"))
    days = CalendarDay.objects.filter(here, day__range=(first, last)).order_by()
    years = CalendarYear.objects.filter(year__range=(first.year, last.year)).order_by()
    rows = days.annotate(number=Value(0, IntegerField()), where=F("area_id")).values_list(
        "day", "kind", "name", "number", "where"
    )
    nowhere = Value(None, IntegerField())
    entered = years.annotate(
        day=Value(first), kind=Value("year", CharField()), name=Value("", CharField()), where=nowhere
    ).values_list("day", "kind", "name", Cast("year", IntegerField()), "where")
    return calendar_of(rows.union(entered, all=True))


def calendar_of(rows: Iterable[tuple[Any, ...]]) -> Calendar:
    """A calendar from rows (day, kind, name, year, area); a year that is entered has the kind "year"."""
    found: dict[date, Day] = {}
    years: set[int] = set()
    for day, kind, name, number, _area in sorted(rows, key=lambda row: row[4] is not None):
        if kind == "year":
            years.add(number)
        else:
            found[day] = Day(kind, name)  # the nation's first, so that the province's stands
    return Calendar(found, frozenset(years))


def horizon(start: date, length: int) -> date:
    """A day far enough away for any term that begins on `start`, in whatever unit it is counted.

    Tết takes nine days at most; twice the week and three months more is room enough. Months are 31 days.
    """
    return start + timedelta(days=31 * length + 92)


def close_of(day: date) -> datetime:
    """The last moment of a day in Vietnam."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def morning_of(day: date, hour: int = 8) -> datetime:
    """The moment on a day at which the clock speaks."""
    return timezone.make_aware(datetime.combine(day, time(hour)))
