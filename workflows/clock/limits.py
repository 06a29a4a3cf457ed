"""How long a step may take, and until when a task that begins today is due."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from workflows.clock.calendar import close_of, due_day
from workflows.clock.models import TimeLimit


@dataclass(frozen=True)
class Limit:
    """The due moment of a task and the working days that were allowed for it."""

    due_at: datetime
    working_days: int


class NoTimeLimit(LookupError):
    """A step without a limit in force: a fault of the installation, told at start-up."""


def opening_day(since: datetime, months: int) -> date:
    """The day on which a task opens: some months after a moment, or today for 0 months and for the past."""
    today = timezone.localdate()
    return max(today, add_months(timezone.localdate(since), months)) if months else today


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month (Civil Code Article 148)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def limit_for(node: str, begins: date) -> Limit:
    """The limit in force for a step that begins on a day. Two queries. Raises NoTimeLimit."""
    row = (
        TimeLimit.objects.filter(Q(valid_until=None) | Q(valid_until__gte=begins), node=node, valid_from__lte=begins)
        .order_by("-valid_from")
        .first()
    )
    if row is None:
        raise NoTimeLimit(node)
    return Limit(close_of(due_day(begins, row.working_days)), row.working_days)
