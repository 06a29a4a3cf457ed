"""What will be late: open tasks that are due within three working days of the calendar of their province."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from workflows.clock.calendar import ONE_DAY, Calendar, Day
from workflows.clock.models import CalendarDay
from workflows.desk.days import start_of
from workflows.desk.due import SOON

# Tết takes nine days at most: so far three working days are never away.
_AHEAD = timedelta(days=60)


def soon_until(now: datetime) -> dict[int | None, date]:
    """The last day that is soon: under None that of the nation, and that of each province with days of its own.

    A day is soon when at most SOON working days lie after today, up to it. One query.
    """
    today = timezone.localdate(now)
    found: dict[int | None, dict[date, Day]] = defaultdict(dict)
    rows = CalendarDay.objects.filter(day__range=(today, today + _AHEAD)).order_by()
    for area, day, kind in rows.values_list("area_id", "day", "kind"):
        found[area][day] = Day(kind, "")
    nation = found.pop(None, {})
    provinces = {area: _last(today, Calendar({**nation, **here})) for area, here in found.items()}
    return {None: _last(today, Calendar(nation)), **provinces}


def _last(today: date, calendar: Calendar) -> date:
    day, working = today, 0
    while working <= SOON:
        day += ONE_DAY
        working += calendar.is_working_day(day)
    return day - ONE_DAY


def soon_q(now: datetime) -> Q:
    """Tasks due from today until the last day that is soon in the province of their case. One query."""
    until = soon_until(now)
    nation = until.pop(None)
    wanted = Q(due_at__lt=_end_of(nation))
    for province, last in until.items():
        if last != nation:
            there = Q(case__area=province) | Q(case__area__parent=province)
            wanted = (wanted & ~there) | (there & Q(due_at__lt=_end_of(last)))
    return wanted & Q(due_at__gte=start_of(timezone.localdate(now)))


def _end_of(day: date) -> datetime:
    return start_of(day + ONE_DAY)
