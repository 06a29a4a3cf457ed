"""The summary: in the morning of a working day, once for each reader who wishes one and has something to read."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from casework.organisations.models import User
from casework.organisations.standing import standing_of
from notifications.channels import channels
from notifications.digest_letters import summary_of
from notifications.models import Delivery, Reader
from notifications.moment import database_now
from notifications.readers import Wishes, wishes_of
from workflows.clock.calendar import ONE_DAY, Calendar, calendar_between

CHANNEL = "email"
# The hours in which it is made: at seven, or later in the morning if nobody was there to make it.
FIRST_HOUR, LAST_HOUR = 7, 11


def digest_tick(now: datetime | None = None) -> dict[str, Any]:
    """Make the summaries that are due at a moment (default: the database's). How many were made.

    Called every hour. However often it runs, and in however many processes, each reader gets one a day.
    """
    moment = timezone.localtime(now or database_now())
    day = moment.date()
    channel = channels().get(CHANNEL)
    if channel is None or not FIRST_HOUR <= moment.hour <= LAST_HOUR:
        return {"made": 0}
    wanted = _wanted(day)
    readers = [w for w in wishes_of(None).values() if w.digest in wanted and channel.reaches(w)] if wanted else []
    rows = [row for row in _rows(readers, day, moment) if row is not None]
    return {"made": len(_add(rows))}


def _wanted(day: date) -> set[str]:
    """Which summaries a day brings: the daily one on working days, the weekly one on the first of them in a week."""
    monday = day - timedelta(days=day.weekday())
    calendar = calendar_between(monday, day)
    if not calendar.is_working_day(day):
        return set()
    return {Reader.Digest.DAILY} | ({Reader.Digest.WEEKLY} if _is_first(calendar, monday, day) else set())


def _is_first(calendar: Calendar, monday: date, day: date) -> bool:
    return not any(calendar.is_working_day(monday + ONE_DAY * n) for n in range((day - monday).days))


def _rows(readers: list[Wishes], day: date, moment: datetime) -> list[Delivery | None]:
    """A delivery for each reader who has not had one of this day."""
    have = set(Delivery.objects.filter(digest_of=day, channel=CHANNEL).values_list("user_id", flat=True))
    people = User.objects.in_bulk([wishes.user_id for wishes in readers if wishes.user_id not in have])
    return [_row(people[w.user_id], w, day, moment) for w in readers if w.user_id in people]


def _row(user: User, wishes: Wishes, day: date, moment: datetime) -> Delivery | None:
    """Her delivery, or None when there is nothing to tell."""
    row = Delivery(
        channel=CHANNEL,
        user=user,
        digest_of=day,
        next_at=wishes.awake_at(moment),
        idem_key=f"digest/{day.isoformat()}/u{user.pk}/{CHANNEL}",
    )
    return row if summary_of(standing_of(user), wishes, row, moment) else None


def _add(rows: list[Delivery]) -> list[Delivery]:
    return Delivery.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
