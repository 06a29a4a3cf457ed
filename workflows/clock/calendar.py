"""Counting working days: Monday to Friday, without days off, with days worked instead.

Civil Code 91/2015/QH13, Articles 147–148: the first day is not counted, and a term ends at the close of its
last day.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from workflows.clock.models import CalendarDay

SATURDAY = 5


def exceptions_between(first: date, last: date) -> dict[date, str]:
    """Days in a span that differ from an ordinary week, with their kind. One query."""
    return dict(CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "kind"))


def is_working_day(day: date, exceptions: dict[date, str]) -> bool:
    """Whether a day is worked, given the exceptions around it."""
    kind = exceptions.get(day)
    return kind == CalendarDay.Kind.WORKED or (kind is None and day.weekday() < SATURDAY)


def add_working_days(start: date, days: int, exceptions: dict[date, str]) -> date:
    """The day on which a term of `days` working days ends that begins on `start`.

    With 0 days: `start` itself, or the next working day when it is off.
    """
    day, left = start, days
    while left > 0 or not is_working_day(day, exceptions):
        day += timedelta(days=1)
        if left > 0 and is_working_day(day, exceptions):
            left -= 1
    return day


def due_day(start: date, days: int) -> date:
    """As `add_working_days`, reading the calendar. One query."""
    # Tết takes nine days at most; twice the week and a month more is room enough for any term.
    horizon = start + timedelta(days=2 * days + 45)
    return add_working_days(start, days, exceptions_between(start, horizon))


def close_of(day: date) -> datetime:
    """The last moment of a day in Vietnam."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
