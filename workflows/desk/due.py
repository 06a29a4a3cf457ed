"""When a task is due, in words: how urgent it is, how many working days are left, and the day itself."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflows.clock.calendar import ONE_DAY, Calendar, Day
from workflows.clock.models import CalendarDay
from workflows.clock.words import day_words

SOON = 3  # working days
# Further away than this only weekends are left out of the count: nobody plans by the exact number then.
AROUND = dt.timedelta(days=400)


@dataclass(frozen=True)
class Due:
    """`kind` is late, today, soon, ok, held or none: the colour. `text` says the same in words."""

    kind: str
    text: str
    date: dt.date | None = None


class WorkingDays:
    """Counts working days around a moment, in every province. One query, when it is asked first."""

    def __init__(self, now: dt.datetime) -> None:
        self.today = timezone.localdate(now)
        self._made: dict[int | None, Calendar] = {}

    def left(self, day: dt.date, area: Any = None) -> int:
        """Working days after today up to a day; negative when it has passed. `area`: a place, None for the nation."""
        first, last = sorted((self.today, day))
        calendar = self._calendar(area)
        count = sum(calendar.is_working_day(first + ONE_DAY * n) for n in range(1, (last - first).days + 1))
        return count if day >= self.today else -count

    def _calendar(self, area: Any) -> Calendar:
        province = (area.parent_id or area.pk) if area else None
        if province not in self._made:
            here = self._days.get(province, {}) if province else {}
            self._made[province] = Calendar({**self._days.get(None, {}), **here})
        return self._made[province]

    @cached_property
    def _days(self) -> dict[int | None, dict[dt.date, Day]]:
        found: dict[int | None, dict[dt.date, Day]] = defaultdict(dict)
        rows = CalendarDay.objects.filter(day__range=(self.today - AROUND, self.today + AROUND)).order_by()
        for area, day, kind in rows.values_list("area_id", "day", "kind"):
            found[area][day] = Day(kind, "")
        return found


def due_words(due_at: dt.datetime, days: WorkingDays, area: Any = None) -> Due:
    """How a moment looks from today, counted in working days of a place."""
    day = timezone.localdate(due_at)
    left = days.left(day, area)
    if day < days.today:
        return Due("late", _late(-left), day)
    if day == days.today:
        return Due("today", _("Due today"), day)
    if left == 0:
        return Due("soon", _("No working day left"), day)
    words = ngettext("%(days)d working day left", "%(days)d working days left", left) % {"days": left}
    return Due("soon" if left <= SOON else "ok", words, day)


def _late(days: int) -> str:
    if days == 0:
        return _("Late since the last working day")
    return ngettext("%(days)d working day late", "%(days)d working days late", days) % {"days": days}


def due_of(task: Any, now: dt.datetime, days: WorkingDays | None = None) -> Due:
    """The same for a task as it stands: held, not yet begun and finished tasks are never late.

    A list hands over one `WorkingDays` for all its rows; without it this costs a query.
    """
    if task.finished:
        return Due("none", _("Finished"), timezone.localdate(task.finished))
    if task.held:
        return Due("held", _("On hold"))
    if task.opens_on and task.opens_on > timezone.localdate(now):
        return Due("none", _("Opens on %(day)s") % {"day": task.opens_on.strftime("%d/%m/%Y")})
    if task.missing_year:
        words = _("Not certain: the calendar of %(year)d is missing") % {"year": task.missing_year}
        return Due("ok", words, timezone.localdate(task.due_at))
    found = due_words(task.due_at, days or WorkingDays(now), task.case.area)
    return _of_somebody_else(found) if task.watched else found


def _of_somebody_else(found: Due) -> Due:
    """Of a term that somebody else keeps: whose it is, and that nobody of ours is late."""
    day = day_words(found.date) if found.date else ""
    if found.kind == "late":
        return Due(found.kind, _("The registrar promised %(day)s, no answer yet") % {"day": day}, found.date)
    return Due(found.kind, _("The registrar promised %(day)s") % {"day": day}, found.date)


def has_moved(task: Any) -> bool:
    """Whether a task is due on another day than it was at first: held, extended, or counted anew."""
    return bool(task.first_due_at) and timezone.localdate(task.first_due_at) != timezone.localdate(task.due_at)
