"""One year of the calendar of one area, month by month, and the list of years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from casework.organisations.models import AdministrativeUnit
from workflows.clock.calendar import FULL, ONE_DAY, Calendar, calendar_between
from workflows.clock.models import CalendarDay, CalendarYear

TONES = {"off": "info", "worked": "warn", "half": "held", "ordinary": ""}


@dataclass(frozen=True)
class DayLine:
    """A day that differs from an ordinary week. `passed_over`: the province has a row of its own for it."""

    row: CalendarDay
    passed_over: bool

    @property
    def tone(self) -> str:
        """The colour beside the word."""
        return TONES.get(self.row.kind, "")


@dataclass(frozen=True)
class Month:
    """A month: how many days are worked, and the days that differ."""

    first: date
    working_days: str
    lines: tuple[DayLine, ...]


@dataclass(frozen=True)
class YearLine:
    """A year in the list of years."""

    row: CalendarYear
    days: int
    open_days: int


def months_of(year: int, area: AdministrativeUnit | None) -> list[Month]:
    """The months of a year with the nation's days and those of one province. Two statements."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    here = Q(area=None) | Q(area=area) if area else Q(area=None)
    rows = list(CalendarDay.objects.filter(here, day__range=(first, last)).select_related("area").order_by("day", "pk"))
    own = {row.day for row in rows if row.area_id}
    lines = [DayLine(row, row.area_id is None and row.day in own) for row in rows]
    calendar = calendar_between(first, last, area.pk if area else None)
    return [
        Month(
            date(year, number, 1),
            _worked(year, number, calendar),
            tuple(line for line in lines if line.row.day.month == number),
        )
        for number in range(1, 13)
    ]


def years() -> list[YearLine]:
    """Every year that is entered, with how many days differ and how many are not confirmed. Two statements."""
    counted = (
        CalendarDay.objects.filter(area=None)
        .order_by()
        .values("day__year")
        .annotate(days=Count("pk"), open_days=Count("pk", filter=Q(confirmed=False)))
    )
    by_year = {row["day__year"]: row for row in counted}
    nothing = {"days": 0, "open_days": 0}
    return [
        YearLine(row, found["days"], found["open_days"])
        for row in CalendarYear.objects.all()
        for found in [by_year.get(row.year, nothing)]
    ]


def warning(lines: list[YearLine], today: date) -> str:
    """What must be done about this year and the next one; nothing when both are entered and decided."""
    known = {line.row.year: line.row for line in lines}
    this_and_next = (today.year, today.year + 1)
    missing = next((year for year in this_and_next if year not in known), None)
    if missing:
        sentence = _("The calendar of %(year)d is not entered. Deadlines that run into it are not certain.")
        return sentence % {"year": missing}
    predicted = next((year for year in this_and_next if not known[year].confirmed), None)
    if predicted:
        sentence = _("The days off of %(year)d are predicted, not decided. Take the decision in once it is published.")
        return sentence % {"year": predicted}
    return ""


def _worked(year: int, month: int, calendar: Calendar) -> str:
    halves = sum(calendar.halves(day) for day in _days(year, month))
    full, half = divmod(halves, FULL)
    return f"{full},5" if half else str(full)


def _days(year: int, month: int) -> Iterator[date]:
    day = date(year, month, 1)
    after = (day + timedelta(days=31)).replace(day=1)
    while day < after:
        yield day
        day += ONE_DAY
