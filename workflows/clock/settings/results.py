"""What came of a change: read from the events that it caused, and from the job that writes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casework.audit.models import AuditEvent
from casework.organisations.models import User
from casework.organisations.standing import Standing
from workflows.clock.models import CalendarDay
from workflows.clock.recount import RecountDeadlines
from workflows.clock.settings.preview import LISTED, Shift, shifts_of
from workflows.clock.words import day_words
from workflows.flows.catalogue import node_titles

LATEST = 10


@dataclass(frozen=True)
class Change:
    """A change as its event tells it."""

    change_id: str
    what: str
    who: str
    at: Any
    reason: str


@dataclass(frozen=True)
class Result:
    """A change, how far the recount is, how many cases it changed and which deadlines it moved."""

    change: Change
    state: str
    cases: int
    tasks: int
    shifts: tuple[Shift, ...]

    @property
    def is_running(self) -> bool:
        """Whether there may be more to come."""
        return self.state in (TaskResultStatus.READY, TaskResultStatus.RUNNING)

    @property
    def has_failed(self) -> bool:
        """Whether somebody must look at the work in the background."""
        return self.state == TaskResultStatus.FAILED


def result_of(chain: str, change: UUID, standing: Standing) -> Result | None:
    """The result of one change; None if there is no such change. Five statements."""
    event = AuditEvent.objects.filter(chain=chain, facts__change=str(change)).first()
    if event is None:
        return None
    events = list(_recounts(event))
    found = [(e.case_id, move) for e in events for move in e.facts.get("moved", [])]
    job = DBTaskResult.objects.filter(pk=event.facts["job"]).values_list("status", flat=True).first()
    [told] = _told([event])
    # Jobs of long ago are tidied away: they had done their work.
    return Result(told, job or TaskResultStatus.SUCCESSFUL, len(events), len(found), _shown(found[:LISTED], standing))


def latest_changes(chain: str) -> list[Change]:
    """The last changes of a chain, the newest first. Two statements."""
    return _told(AuditEvent.objects.filter(chain=chain, facts__has_key="change").order_by("-seq")[:LATEST])


def _told(events: Iterable[AuditEvent]) -> list[Change]:
    events = list(events)
    people = User.objects.in_bulk({event.actor_id for event in events})
    return [
        Change(event.facts["change"], what_changed(event), str(people.get(event.actor_id, "")), event.at, event.reason)
        for event in events
    ]


def _recounts(event: AuditEvent) -> QuerySet[AuditEvent]:
    """The events that a change caused. By actor and time, for which there is an index."""
    system = User.objects.filter(username="system").values("pk")
    caused = AuditEvent.objects.filter(actor_id__in=system, at__gte=event.at, verb=RecountDeadlines.verb)
    return caused.filter(facts__change=event.facts["change"]).order_by("case_id", "seq")


def _shown(found: list[tuple[int | None, dict[str, Any]]], standing: Standing) -> tuple[Shift, ...]:
    moved = [
        (case or 0, move["node"], date.fromisoformat(move["from"]), date.fromisoformat(move["to"]))
        for case, move in found
    ]
    return shifts_of(moved, standing)


def what_changed(event: AuditEvent) -> str:
    """A change in a few words."""
    facts = event.facts
    told = {
        "calendar.day_set": lambda: (
            _("%(day)s is set: %(kind)s")
            % {"day": _day(facts["day"]), "kind": dict(CalendarDay.Kind.choices).get(facts["kind"], "")}
        ),
        "calendar.day_removed": lambda: (
            _("%(day)s is removed from the calendar") % {"day": _day(facts["removed"][0]["day"])}
        ),
        "calendar.year_confirmed": lambda: _("The year %(year)s is confirmed") % {"year": facts["year"]},
        "calendar.imported": lambda: _("The decision for %(year)s is taken in") % {"year": facts["year"]},
        "limits.set": lambda: (
            _("New limit for the step “%(step)s”") % {"step": node_titles().get(facts["node"], facts["node"])}
        ),
    }
    return told[event.verb]() if event.verb in told else event.verb


def _day(text: str) -> str:
    day = parse_date(text)
    return day_words(day) if day else text
