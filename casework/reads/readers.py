"""Who read a case: what waits to be chained and what is chained, in one list, the newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cases.tabs import Tab
from casework.organisations.models import Organisation, User
from casework.organisations.roles import Role
from casework.organisations.standing import Standing
from casework.reads.middleware import routes
from casework.reads.noting import NotARead

PAGE = 50


def may_see_readers(standing: Standing, case: Case) -> bool:
    """Whether somebody who may open a case also sees who read it: those who lead, supervise, inspect, administer."""
    return any(
        seat.role in (Role.INSPECTOR, Role.ADMINISTRATOR)
        or (seat.role in (Role.ADVISOR, Role.SUPERVISOR) and case.lead_organisation_id in seat.reach)
        for seat in standing.every_seat
    )


def readers_tab(case: Case, path: str) -> Tab:
    """The tab of the readers of a case."""
    url = reverse("reads:case", args=[case.code])
    return Tab(_("Who looked"), url, url == path)


# Three places where a reading may stand, in one shape. `seen` are the acts that show something: a paper, the room
# of a lender, a number unmasked.
_READS = """
WITH reads AS (
    SELECT person_id AS person, on_behalf_of_id AS instead, organisation_id AS organisation, role, access, what, thing,
           facts, first_at AS at, last_at AS last, times
      FROM casework_reading
     WHERE ({queued})
    UNION ALL
    SELECT r.person, r.on_behalf_of, r.organisation, COALESCE(r.role, ''), COALESCE(r.access, ''), r.what,
           COALESCE(r.thing, ''), COALESCE(r.facts, '{{}}'), r.at, r.last, r.times
      FROM casework_auditevent e
     CROSS JOIN LATERAL jsonb_to_recordset(e.facts -> 'reads')
        AS r(person bigint, on_behalf_of bigint, organisation bigint, role text, access text, what text, thing text,
             facts jsonb, at timestamptz, last timestamptz, times int)
     WHERE ({chained})
    UNION ALL
    SELECT e.actor_id, e.on_behalf_of_id, e.organisation_id, e.role, '', e.verb, COALESCE(e.facts ->> 'title', ''),
           '{{}}'::jsonb, e.at, e.at, 1
      FROM casework_auditevent e
     WHERE ({acted}) AND e.verb = ANY(%(shows)s)
), wanted AS (
    SELECT * FROM reads
     WHERE (%(person)s IS NULL OR person = %(person)s)
       AND (%(since)s IS NULL OR last >= (%(since)s::date)::timestamp AT TIME ZONE %(zone)s)
       AND (%(until)s IS NULL OR at < (%(until)s::date + 1)::timestamp AT TIME ZONE %(zone)s)
)
"""
_A_PAGE = """
SELECT w.*, count(*) OVER () AS total FROM wanted w ORDER BY last DESC, at DESC LIMIT %(most)s OFFSET %(skip)s
"""
_PEOPLE = "SELECT DISTINCT person FROM wanted"
_OF_CASE = {
    "queued": "case_id = %(case)s",
    "chained": "e.chain = 'reads:case:' || %(case)s",
    "acted": "e.case_id = %(case)s",
}
# What acts show, by the verbs of their events: no second note is kept of them.
SHOWING = ("document.opened", "share.opened", "contact.revealed", "person.revealed", "case.exported", "history.taken")


@dataclass(frozen=True)
class Wanted:
    """Which readings: of one person, from a day until a day (both included)."""

    person: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Row:
    """One line of the list, in words."""

    at: datetime
    last: datetime
    times: int
    person: str
    instead_of: str
    organisation: str
    role: str
    why: str
    what: str


def readers_of(case: Case, wanted: Wanted, page: int) -> tuple[list[Row], int]:
    """The readings of a case, a page of fifty, and how many there are. At most three statements."""
    values = {
        "case": case.pk,
        "shows": list(SHOWING),
        "person": wanted.person,
        "since": wanted.since,
        "until": wanted.until,
        "zone": "Asia/Ho_Chi_Minh",
        "most": PAGE,
        "skip": (page - 1) * PAGE,
    }
    found = _dicts(_READS.format(**_OF_CASE) + _A_PAGE, values)
    return _rows(found), found[0]["total"] if found else 0


def people_who_read(case: Case) -> list[tuple[int, str]]:
    """Everybody who read a case, by name. Two statements."""
    values = {"case": case.pk, "shows": list(SHOWING), "person": None, "since": None, "until": None, "zone": "UTC"}
    found = _dicts(_READS.format(**_OF_CASE) + _PEOPLE, values)
    ids = {row["person"] for row in found if row["person"]}
    return sorted(((pk, str(user)) for pk, user in User.objects.in_bulk(ids).items()), key=lambda pair: pair[1])


def _dicts(sql: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _rows(found: Iterable[dict[str, Any]]) -> list[Row]:
    found = list(found)
    people = User.objects.in_bulk({pk for row in found for pk in (row["person"], row["instead"]) if pk})
    bodies = Organisation.objects.in_bulk({row["organisation"] for row in found if row["organisation"]})
    return [_row(row, people, bodies) for row in found]


def _row(row: Mapping[str, Any], people: Mapping[int, User], bodies: Mapping[int, Organisation]) -> Row:
    role = str(Role(row["role"]).label) if row["role"] in Role.values else row["role"]
    return Row(
        at=row["at"],
        last=row["last"],
        times=row["times"],
        person=str(people.get(row["person"], row["person"] or "")),
        instead_of=str(people.get(row["instead"], "")) if row["instead"] else "",
        organisation=str(bodies.get(row["organisation"], "")),
        role=role,
        why=why_words(row["access"]),
        what=what_words(row["what"], row["thing"]),
    )


def why_words(access: str) -> str:
    """Through which access, and so for what, somebody saw a case."""
    return {
        "own": _("her organisation leads the case"),
        "partner": _("her organisation works on the case"),
        "reach": _("she supervises the organisation that works on it"),
        "inspect": _("she inspects the case"),
        "share": _("a part of the case is shared with her organisation"),
        "task": _("she has a task of the case"),
    }.get(access, "")


def what_words(what: str, thing: str) -> str:
    """What was read, as people call it; a number of a thing or a title behind it."""
    words = _named().get(what) or {
        "document.opened": _("paper opened"),
        "share.opened": _("room of the lender"),
        "contact.revealed": _("number of the contact, unmasked"),
        "person.revealed": _("number of a person, unmasked"),
        "case.exported": _("whole case, exported"),
        "history.taken": _("proven history, taken"),
    }.get(what, what)
    return f"{words}: {thing}" if thing else str(words)


def _named() -> dict[str, Any]:
    return {read.what: read.words for read in routes().values() if not isinstance(read, NotARead)}
