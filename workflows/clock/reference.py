"""Loads the calendar and the time limits; an administrator's own rows are left as they are."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import holidays

from workflows.clock.models import CalendarDay, TimeLimit

DATA = Path(__file__).parent / "data"
YEARS = range(2023, 2031)
CULTURE_DAY = (11, 24)  # listed by the library from 2026; the amended Labour Code was not confirmed (domain.md §7.1)
LIBRARY = "python-holidays, Vietnam"


def load_time_limits() -> int:
    """Insert the limits of `time_limits.csv` that are not there yet. Returns how many were new."""
    with (DATA / "time_limits.csv").open(encoding="utf-8", newline="") as file:
        rows = [TimeLimit(**{**row, "valid_until": row["valid_until"] or None}) for row in csv.DictReader(file)]
    before = TimeLimit.objects.count()
    TimeLimit.objects.bulk_create(rows, ignore_conflicts=True)
    return TimeLimit.objects.count() - before


def load_calendar() -> int:
    """Insert the days off and the days worked instead that are not there yet. Returns how many were new."""
    days = {row.day: row for row in (*_from_library(), *_corrections())}
    before = CalendarDay.objects.count()
    CalendarDay.objects.bulk_create(days.values(), ignore_conflicts=True)
    return CalendarDay.objects.count() - before


def _from_library() -> Iterator[CalendarDay]:
    """Weekdays off, and weekend days worked, as the library knows or predicts them."""
    known = holidays.country_holidays("VN", years=YEARS, language="vi")
    for day, name in sorted(known.items()):
        if day.weekday() < 5:
            confirmed = (day.month, day.day) != CULTURE_DAY and day.year <= 2026
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
