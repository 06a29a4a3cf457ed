"""What a summary says: what is late, what is due, what is new, and what was told since the one before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casework.organisations.standing import Standing, standing_of
from notifications.kinds import GROUPS, Group
from notifications.letters import Letter, Line, Part, letter, site_url
from notifications.models import Delivery, Mode, Notification, Reader
from notifications.moment import database_now
from notifications.readers import Wishes
from notifications.words import subjects_of, task_words, words_of
from workflows.clock.calendar import close_of
from workflows.engine.models import Task

LONGEST = 20  # lines below one heading; how many more there are is said
_PERIOD = {Reader.Digest.DAILY: timedelta(days=1), Reader.Digest.WEEKLY: timedelta(days=7)}
_AHEAD = {Reader.Digest.DAILY: timedelta(days=2), Reader.Digest.WEEKLY: timedelta(days=6)}


@dataclass(frozen=True)
class Summary:
    """The rows of a summary, before any words."""

    late: list[Task]
    due: list[Task]
    new: list[Task]
    told: list[Notification]

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.late or self.due or self.new or self.told)


def summary_of(standing: Standing, wishes: Wishes, row: Delivery, now: datetime) -> Summary:
    """What a person's summary of a day says at a moment. `row` is its delivery, stored or not. Five queries at most."""
    frequency = Reader.Digest(wishes.digest) if wishes.digest in _PERIOD else Reader.Digest.DAILY
    end = close_of(_day(row) + _AHEAD[frequency])
    mine = _own_tasks(standing).order_by("due_at", "pk")
    since = _since(row, now - _PERIOD[frequency])
    return Summary(
        list(mine.filter(due_at__lt=now)),
        list(mine.filter(due_at__gte=now, due_at__lte=end)),
        list(Task.objects.queue(standing).filter(created__gte=since).select_related("case").order_by("due_at", "pk")),
        list(_told(wishes, since)),
    )


def digest_letter(row: Delivery, wishes: Wishes) -> Letter:
    """The words of a summary, made now and in its reader's language."""
    standing = standing_of(row.user)
    found = summary_of(standing, wishes, row, database_now())
    with translation.override(wishes.language):
        subject = _("Your work on %(day)s: %(late)d late, %(due)d due, %(new)d new") % {
            "day": date_format(_day(row), "SHORT_DATE_FORMAT"),
            "late": len(found.late),
            "due": len(found.due),
            "new": len(found.new),
        }
        return letter(subject, _parts(found, standing), wishes.language)


def _day(row: Delivery) -> date:
    assert row.digest_of is not None  # noqa: S101 (the database promises it for a summary)
    return row.digest_of


def _own_tasks(standing: Standing) -> QuerySet[Task]:
    """What she, or somebody whom she stands in for, has taken and may do now."""
    return Task.objects.mine(standing).filter(held=False).select_related("case")


def _since(row: Delivery, otherwise: datetime) -> datetime:
    """When the summary before this one was made."""
    before = Delivery.objects.filter(user_id=row.user_id, channel=row.channel, digest_of__lt=row.digest_of)
    return before.aggregate(made=Max("created_at"))["made"] or otherwise


def _told(wishes: Wishes, since: datetime) -> QuerySet[Notification]:
    """What she wished to be told in the summary; what waits for her organisation stands there as a task already."""
    groups = {group for group in Group if wishes.mode(group, "email") == Mode.DIGEST} - {Group.QUEUE}
    told = Notification.objects.filter(user_id=wishes.user_id, created_at__gt=since).order_by("-id")
    elsewhere = [kind for kind, group in GROUPS.items() if group not in groups]
    if Group.OTHER in groups:
        return told.exclude(kind__in=elsewhere)
    return told.filter(kind__in=[kind for kind, group in GROUPS.items() if group in groups])


def _parts(found: Summary, standing: Standing) -> list[Part]:
    shown = found.told[:LONGEST]
    subjects = subjects_of(shown, standing) if shown else None
    told = [words_of(one, subjects) for one in shown] if subjects else []
    parts = [
        _tasks(_("Late"), found.late),
        _tasks(_("Due soon"), found.due),
        _tasks(_("New for your organisation"), found.new),
        Part(
            _("Told since the last summary"),
            [Line(words.text, site_url(words.path)) for words in told],
            len(found.told) - len(shown),
        ),
    ]
    return [part for part in parts if part.lines]


def _tasks(heading: str, tasks: list[Task]) -> Part:
    return Part(heading, list(_lines(tasks[:LONGEST])), max(0, len(tasks) - LONGEST))


def _lines(tasks: Iterable[Task]) -> Iterable[Line]:
    for task in tasks:
        words = task_words(task)
        yield Line(words.text, site_url(words.path))
