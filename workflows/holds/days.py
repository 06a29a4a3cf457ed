"""How many days a case or a task stood still, shown apart from the days that somebody worked on it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from workflows.clock.calendar import ONE_DAY, calendar_between
from workflows.holds.models import Hold


class DaysHeld(NamedTuple):
    """Calendar days on hold, and how many of them somebody would have worked, half days among them."""

    days: int
    working_days: int


def days_held(holds: Iterable[Hold], area: int | None) -> DaysHeld:
    """The days of some holds, each counted once: from the day a hold began, up to but without the day of its end.

    A hold that is still open counts until today. One query, for the calendar of `area`; none without a day.
    """
    held = {day for hold in holds for day in _days_of(hold)}
    if not held:
        return DaysHeld(0, 0)
    calendar = calendar_between(min(held), max(held), area)
    return DaysHeld(len(held), sum(calendar.is_working_day(day) for day in held))


def _days_of(hold: Hold) -> Iterable[date]:
    day = timezone.localdate(hold.began_at)
    until = timezone.localdate(hold.ended_at)  # of a moment that is not there yet: today
    while day < until:
        yield day
        day += ONE_DAY
