"""When a task is due, in words: how urgent it is, how many days are left, and the day itself."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON = 3  # days


@dataclass(frozen=True)
class Due:
    """`kind` is late, today, soon, ok, held or none: the colour. `text` says the same in words."""

    kind: str
    text: str
    date: dt.date | None = None


def due_words(due_at: dt.datetime, now: dt.datetime) -> Due:
    """How a moment looks from another one, counted in calendar days of Vietnam."""
    day = timezone.localdate(due_at)
    left = (day - timezone.localdate(now)).days
    if left < 0:
        return Due("late", ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}, day)
    if left == 0:
        return Due("today", _("Due today"), day)
    words = ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}
    return Due("soon" if left <= SOON else "ok", words, day)


def due_of(task: Any, now: dt.datetime) -> Due:
    """The same for a task as it stands: held, not yet begun and finished tasks are never late."""
    if task.finished:
        return Due("none", _("Finished"), timezone.localdate(task.finished))
    if task.held:
        return Due("held", _("On hold"))
    if task.opens_on and task.opens_on > timezone.localdate(now):
        return Due("none", _("Opens on %(day)s") % {"day": task.opens_on.strftime("%d/%m/%Y")})
    return due_words(task.due_at, now)
