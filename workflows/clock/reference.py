"""Loads the calendar and the time limits; an administrator's own rows are left as they are."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import holidays

from workflows.clock.models import CalendarDay, CalendarYear, TimeLimit

DATA = Path(__file__).parent / "data"
YEARS = range(2023, 2031)
CULTURE_DAY = (11, 24)  # listed by the library from 2026; the amended Labour Code was not confirmed (domain.md §7.1)
DECIDED_UNTIL = 2026  # later years are predicted from the law; each is decided some months ahead
LIBRARY = "python-holidays, Vietnam"


def load_time_limits() -> int:
    """Insert the limits of `time_limits.csv` that are not there yet. Returns how many were new."""
    with (DATA / "time_limits.csv").open(encoding="utf-8", newline="") as file:
        rows = [_limit(row) for row in csv.DictReader(file)]
    before = TimeLimit.objects.count()
    TimeLimit.objects.bulk_create(rows, ignore_conflicts=True)
    return TimeLimit.objects.count() - before


def _limit(row: dict[str, str]) -> TimeLimit:
    flags = {name: row.pop(name) == "1" for name in ("legal", "watched", "confirmed")}
    # Shipped limits hold for every organisation; those of one organisation are the administrator's.
    return TimeLimit(**{**row, "organisation": None, "valid_until": row["valid_until"] or None}, **flags)


def load_calendar() -> int:
    """Insert the years, days off and days worked instead that are not there yet. Returns how many were new."""
    days = {row.day: row for row in (*_from_library(), *_corrections())}
    before = CalendarDay.objects.count()
    CalendarYear.objects.bulk_create(
        [CalendarYear(year=year, source=LIBRARY, confirmed=year <= DECIDED_UNTIL) for year in YEARS],
        ignore_conflicts=True,
    )
    CalendarDay.objects.bulk_create(days.values(), ignore_conflicts=True)
    return CalendarDay.objects.count() - before


def _from_library() -> Iterator[CalendarDay]:
    """Weekdays off, and weekend days worked, as the library knows or predicts them."""
    known = holidays.country_holidays("VN", years=YEARS, language="vi")
    for day, name in sorted(known.items()):
        if day.weekday() < 5:
            confirmed = (day.month, day.day) != CULTURE_DAY and day.year <= DECIDED_UNTIL
            yield CalendarDay(day=day, kind="off", name=name[:120], source=LIBRARY, confirmed=confirmed)
    for year in YEARS:
        for day in _weekend_days(year):
            if known.is_working_day(day):
                yield CalendarDay(day=day, kind="worked", name="Làm bù", source=LIBRARY)


def _weekend_days(year: int) -> Iterator[date]:
    first = date(year, 1, 1).toordinal()
    for ordinal in range(first, date(year + 1, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        if day.weekday() >= 5:
            yield day


def _corrections() -> Iterator[CalendarDay]:
    """Days that the library misses, each with its source."""
    with (DATA / "calendar_corrections.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield CalendarDay(**{**row, "day": date.fromisoformat(row["day"]), "confirmed": row["confirmed"] == "1"})
