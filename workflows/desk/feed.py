"""A person's days as an iCalendar file (RFC 5545): what is due, what opens, what is waited for, when she is away.

A calendar lies outside our walls, so it holds the step, the code and the working name of a case, and nothing about
people: not even the title of a task outside the steps, which somebody typed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from casework.audit.models import AuditEvent
from casework.linkage.fairs import listing as fairs
from casework.organisations.models import Absence, User
from casework.organisations.standing import Standing
from casework.programme.trainings import listing as trainings
from workflows.engine.models import Task
from workflows.holds.models import Hold

AT_MOST = 500  # entries of one kind; the nearest stay
Absolute = Callable[[str], str]


@dataclass(frozen=True)
class Entry:
    """One whole-day entry. `changed` and `number` say which version of it this is; both only ever grow."""

    uid: str
    title: str
    first: date
    last: date
    changed: datetime
    number: int = 0
    path: str = ""
    busy: bool = False


def entries_for(standing: Standing) -> list[Entry]:
    """All entries of a person, in a fixed order. Six queries."""
    return [*_due(standing), *_opening(standing), *_waiting(standing), *_away(standing.user), *_coming(standing)]


def calendar_of(entries: list[Entry], absolute: Absolute) -> bytes:
    """The entries as a file. `absolute` makes a path of ours a whole address. The same entries give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Dong Hanh//tasks//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Đồng Hành: my tasks"))
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, absolute))
    return calendar.to_ical()


def _event(entry: Entry, absolute: Absolute) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed)
    event.add("last-modified", entry.changed)
    event.add("sequence", entry.number)
    event.add("summary", entry.title)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + timedelta(days=1))  # the day after the last one: RFC 5545, 3.6.1
    event.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    if entry.path:
        event.add("url", absolute(entry.path))
    return event


def _versioned(rows: QuerySet, chain: str) -> QuerySet:
    """Rows with the place and time of the last event of their case: whatever moved a day is one."""
    last = AuditEvent.objects.filter(case_id=OuterRef(chain)).order_by("-seq")
    return rows.annotate(number=Subquery(last.values("seq")[:1]), changed=Subquery(last.values("at")[:1]))


def _tasks(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return _versioned(tasks.select_related("case").order_by("due_at", "pk"), "case_id")[:AT_MOST]


def _due(standing: Standing) -> Iterator[Entry]:
    """The last day of each task that she has. A held one is due on no day yet."""
    for task in _tasks(Task.objects.mine(standing).begun().filter(held=False)):
        yield _of_task(task, "due", "%(step)s, %(case)s", timezone.localdate(task.due_at))


def _opening(standing: Standing) -> Iterator[Entry]:
    """The day on which a later task opens that she has or may take, such as a follow-up."""
    may_do = Q(owner=standing.user)
    for rights, organisation_ids in standing.queue_rights().items():
        may_do |= Q(owner=None, organisation_id__among=organisation_ids, permission__among=sorted(rights))
    later = Task.objects.open().filter(may_do, opens_on__gt=timezone.localdate(), held=False)
    later = later.beyond_sight("hers, or hers to take")
    for task in _tasks(later):
        yield _of_task(task, "opens", _("Opens: %(step)s, %(case)s"), cast("date", task.opens_on))


def _of_task(task: Task, kind: str, pattern: str, day: date) -> Entry:
    words = {"step": task.step.title if task.step else task.node, "case": _named(task)}
    path = reverse("tasks:task", args=[task.pk])
    return Entry(_uid("task", task.pk, kind), pattern % words, day, day, task.changed, task.number, path)


def _named(row: Task | Hold) -> str:
    return f"{row.case.code} {row.case.working_name}"


def _waiting(standing: Standing) -> Iterator[Entry]:
    """The day on which the end of a hold is expected, of a task of hers or of a case in which she has one."""
    hers = Task.objects.mine(standing)
    holds = Hold.objects.filter(
        Q(task__in=hers.values("pk")) | Q(task=None, case__in=hers.values("case_id")),
        ended_at=None,
        expected_on__isnull=False,
    ).beyond_sight("of her own tasks")
    for hold in _versioned(holds.select_related("case").order_by("expected_on", "pk"), "case_id")[:AT_MOST]:
        title = _("%(waits)s, end expected: %(case)s") % {"waits": hold.get_waits_for_display(), "case": _named(hold)}
        path = reverse("tasks:task", args=[hold.task_id]) if hold.task_id else ""
        yield Entry(_uid("hold", hold.pk), title, hold.expected_on, hold.expected_on, hold.changed, hold.number, path)


def _away(user: User) -> Iterator[Entry]:
    """Her own absences that are not over."""
    coming = Absence.objects.filter(user=user, ended_at=None, last_day__gte=timezone.localdate())
    for absence in coming.order_by("first_day", "pk")[:AT_MOST]:
        title, uid = _("Away"), _uid("absence", absence.pk)
        yield Entry(uid, title, absence.first_day, absence.last_day, absence.set_at, busy=True)


def _coming(standing: Standing) -> Iterator[Entry]:
    """Trainings and trade events to come, of the organisations whose work she sees."""
    coming = [*trainings.coming_for(standing), *fairs.coming_for(standing)]
    for uid, title, first, last, path, changed in coming[:AT_MOST]:
        yield Entry(f"{uid}@dong-hanh", title, first, last, changed, path=path)


def _uid(kind: str, pk: int, what: str = "") -> str:
    """Stays the same for as long as the row is there, whatever becomes of its day."""
    return "-".join(part for part in (kind, str(pk), what) if part) + "@dong-hanh"
