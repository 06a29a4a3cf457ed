"""Every event of a case as a sentence, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from casework.audit.codes import short_code
from casework.audit.models import AuditEvent, Channel
from casework.cases.models import Case
from casework.cases.stages import Stage, Status
from casework.organisations.models import Organisation, User
from casework.organisations.roles import Role
from workflows.casefile.changes import Change, Names, mentioned, names_for, shown_changes
from workflows.casefile.history_words import wording_for

SHOWN_HERE = 50  # events on the page of a case; the page of its history has them all
CHANGES_HERE = 30  # changes of one event on the page of a case
_GIVEN: dict[tuple[str, Any], type[Model]] = {
    ("taskassignment", "user_id"): User,
    ("caseaccess", "organisation_id"): Organisation,
}


@dataclass(frozen=True)
class Entry:
    """One event in words. `moves` tells in short what it did to stage and status."""

    seq: int
    at: datetime
    sentence: str
    organisation: str
    role: str
    channel: str
    reason: str
    moves: list[str]
    changes: list[Change]
    more_changes: int
    receipt: str
    icon: str
    tone: str


def events_of(case: Case, before: int | None = None) -> QuerySet[AuditEvent]:
    """Events of a case, newest first, optionally only those with a smaller number."""
    events = AuditEvent.objects.filter(case_id=case.pk).defer("canon", "prev").order_by("-seq")
    return events.filter(seq__lt=before) if before else events


def mentioned_by(events: Iterable[AuditEvent]) -> dict[type[Model], set[Any]]:
    """The ids of all people, organisations and places that events name, by model."""
    events = list(events)
    wanted = mentioned(change for event in events for change in event.changes)
    wanted.setdefault(User, set()).update({e.actor_id for e in events} | {e.on_behalf_of_id for e in events})
    wanted.setdefault(Organisation, set()).update(event.organisation_id for event in events)
    return wanted


def timeline_of(
    events: Iterable[AuditEvent], names: Names | None = None, most_changes: int | None = CHANGES_HERE
) -> list[Entry]:
    """Tell events in sentences. Without given names: one query for each kind of name that they mention."""
    events = list(events)
    known = names or names_for(mentioned_by(events))
    return [_entry(event, known, most_changes) for event in events]


def _entry(event: AuditEvent, names: Names, most_changes: int | None) -> Entry:
    facts = {**(event.facts if isinstance(event.facts, dict) else {}), "to": _given_to(event, names)}
    facts["from"] = _taken_from(event, names)
    wording = wording_for(event.verb, facts)
    changes = shown_changes(event.changes, names)
    return Entry(
        seq=event.seq,
        at=event.at,
        sentence=wording.sentence(_who(event, names), facts),
        organisation=names.of(Organisation, event.organisation_id) if event.organisation_id else "",
        role=_label(Role, event.role),
        channel="" if event.channel == Channel.PAGE else _label(Channel, event.channel),
        reason=event.reason,
        moves=_moves(event),
        changes=changes[:most_changes],
        more_changes=len(changes) - len(changes[:most_changes]),
        receipt=short_code(bytes(event.hash)),
        icon=wording.icon,
        tone=wording.tone,
    )


def _who(event: AuditEvent, names: Names) -> str:
    if event.actor_id is None:
        return _("The system")
    who = names.of(User, event.actor_id)
    if not event.on_behalf_of_id:
        return who
    return _("%(who)s on behalf of %(other)s") % {"who": who, "other": names.of(User, event.on_behalf_of_id)}


def _given_to(event: AuditEvent, names: Names) -> str:
    """The person who got a task, or the organisation that got access."""
    for change in event.changes:
        what = (str(change.get("object", "")).partition(":")[0], change.get("field"))
        if change.get("to") is not None and what in _GIVEN:
            return names.of(_GIVEN[what], change["to"])
    return ""


def _taken_from(event: AuditEvent, names: Names) -> str:
    """The person who had the task before."""
    for change in event.changes:
        of_task = str(change.get("object", "")).startswith("task:") and change.get("field") == "owner_id"
        if of_task and change.get("from"):
            return names.of(User, change["from"])
    return ""


def _label(choices: type[Role] | type[Channel], value: str) -> str:
    return str(dict(choices.choices).get(value, value))


def _moves(event: AuditEvent) -> list[str]:
    """The steps of stage and status that an event made, such as `Lead → Consultation`."""
    moves = []
    for change in event.changes:
        choices = {"stage": Stage, "status": Status}.get(str(change.get("field")))
        if choices and str(change.get("object", "")).startswith("case:") and change.get("from"):
            labels = dict(choices.choices)
            moves.append(f"{labels.get(change['from'], '')} → {labels.get(change['to'], '')}")
    return moves
