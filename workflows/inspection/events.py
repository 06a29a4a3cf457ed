"""Events of all cases that an inspector may open, by whoever, wherever, whenever: the newest first."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.organisations.models import AdministrativeUnit, Organisation, User
from casework.organisations.standing import Standing
from casework.vietnamese import VnFold
from workflows.casefile.timeline import Entry, timeline_of

PAGE = 50
MANY = 200  # people or organisations that one name may mean


@dataclass(frozen=True)
class Wanted:
    """Which events. Names are parts of names, without marks if need be; days are included."""

    case: str = ""
    person: str = ""
    organisation: str = ""
    commune: str = ""
    act: str = ""
    channel: str = ""
    since: date | None = None
    until: date | None = None
    instead: bool = False


@dataclass(frozen=True)
class Row:
    """One event in words, with its case."""

    pk: int
    case: Case
    entry: Entry


def page_of(standing: Standing, wanted: Wanted, before: int | None) -> tuple[list[Row], int | None]:
    """A page of events older than event `before`, and from where the next page goes on. Constant queries."""
    events = list(events_for(standing, wanted, before)[: PAGE + 1])
    shown, more = events[:PAGE], len(events) > PAGE
    cases = Case.objects.visible_to(standing).in_bulk({event.case_id for event in shown})
    rows = [
        Row(event.pk, cases[event.case_id], entry)
        for event, entry in zip(shown, timeline_of(shown), strict=True)
        if event.case_id in cases
    ]
    return rows, shown[-1].pk if more else None


def events_for(standing: Standing, wanted: Wanted, before: int | None = None) -> QuerySet[AuditEvent]:
    """The events of the cases that a person may open."""
    events = AuditEvent.objects.filter(case_id__in=_cases(standing, wanted).values("pk")).defer("canon", "prev")
    events = events.filter(**_plain(wanted))
    if wanted.person:
        people = list(_named(User, "full_name", wanted.person)[:MANY].values_list("pk", flat=True))
        events = events.filter(Q(actor_id__in=people) | Q(on_behalf_of_id__in=people))
    if wanted.organisation:
        offices = _named(Organisation, "name", wanted.organisation)[:MANY].values_list("pk", flat=True)
        events = events.filter(organisation_id__in=list(offices))
    if before:
        events = events.filter(pk__lt=before)
    return events.order_by("-pk")


def _cases(standing: Standing, wanted: Wanted) -> QuerySet[Case]:
    cases: QuerySet[Case] = Case.objects.visible_to(standing)
    if wanted.case:
        cases = cases.filter(code__iexact=wanted.case)
    if wanted.commune:
        cases = cases.filter(area__in=_named(AdministrativeUnit, "name", wanted.commune))
    return cases


def _plain(wanted: Wanted) -> dict[str, Any]:
    """What is asked of the events' own columns."""
    asked: dict[str, Any] = {
        "verb__startswith": f"{wanted.act}." if wanted.act else None,
        "channel": wanted.channel,
        "on_behalf_of_id__isnull": False if wanted.instead else None,
        "at__gte": _midnight(wanted.since) if wanted.since else None,
        "at__lt": _midnight(wanted.until + timedelta(days=1)) if wanted.until else None,
    }
    return {name: value for name, value in asked.items() if value not in (None, "")}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _named(model: Any, field: str, typed: str) -> QuerySet:
    """Rows whose name contains what was typed, marks and case apart."""
    return model.objects.alias(folded=VnFold(field)).filter(folded__contains=VnFold(Value(typed))).order_by("pk")
