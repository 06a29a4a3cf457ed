"""Noting that somebody read something: one statement in the request, before the page leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from psycopg2.extras import Json

from casework.organisations.roles import REACHES_DOWN
from casework.requests import SignedIn

CASE_BY_CODE = "SELECT id FROM casework_case WHERE code = %(key)s"
CASE_BY_APPLICATION = "SELECT case_id FROM casework_creditapplication WHERE id = %(key)s"
NO_CASE = "SELECT NULL::bigint WHERE %(key)s IS NULL"


@dataclass(frozen=True)
class Read:
    """A page that is noted: what it shows, for people to read, and by which part of its address the case is found."""

    what: str
    words: Any
    key: str = "code"
    case: str = CASE_BY_CODE
    # Parts of the address that say which thing was read, such as the number of a paper.
    thing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Search:
    """A list or a search: noted when it found many, with how many and by which filters, never what was typed."""

    what: str
    words: Any
    always: bool = False


@dataclass(frozen=True)
class NotARead:
    """A page that shows nothing of a case, or whose showing is an event already; `why` is for the reader."""

    why: str


# The seats of the person joined with what opens the case to her organisations: her own seat and the closest access
# first. Nobody's row may be missing: a page that was shown without any access row (a task, a share's room) has none.
_NOTE = """
WITH seat AS (
    SELECT * FROM unnest(%(organisations)s::bigint[], %(roles)s::text[], %(downs)s::boolean[], %(insteads)s::bigint[])
        WITH ORDINALITY AS s(organisation_id, role, down, instead, place)
), opened AS (
    SELECT ({case}) AS case_id, statement_timestamp() AS at
), way AS (
    SELECT s.*, a.kind, CASE WHEN a.kind IN ('own', 'partner') AND a.organisation_id <> s.organisation_id
                             THEN 'reach' ELSE a.kind END AS access
      FROM opened
      JOIN casework_caseaccess a ON a.case_id = opened.case_id AND a.revoked_at IS NULL AND a.valid_from <= opened.at
       AND (a.valid_until IS NULL OR a.valid_until > opened.at)
      JOIN casework_organisation o ON o.id = a.organisation_id
      JOIN seat s ON o.id = s.organisation_id OR s.down AND o.lineage @> ARRAY[s.organisation_id]
     ORDER BY s.instead IS NOT NULL, array_position(ARRAY['own', 'partner', 'inspect', 'share'], a.kind::text),
              a.organisation_id <> s.organisation_id, s.place
     LIMIT 1
)
INSERT INTO casework_reading AS kept (person_id, on_behalf_of_id, organisation_id, role, case_id, access, what, thing,
                                      facts, "window", first_at, last_at, times)
SELECT %(person)s, COALESCE(way.instead, CASE WHEN way IS NULL THEN first.instead END),
       COALESCE(way.organisation_id, first.organisation_id), COALESCE(way.role, first.role, ''),
       opened.case_id, COALESCE(way.access, %(otherwise)s), %(what)s, %(thing)s, %(facts)s,
       to_timestamp(floor(extract(epoch FROM opened.at) / %(span)s) * %(span)s), opened.at, opened.at, 1
  FROM opened
  LEFT JOIN way ON true
  LEFT JOIN (SELECT * FROM seat ORDER BY place LIMIT 1) first ON true
 WHERE opened.case_id IS NOT NULL OR %(key)s IS NULL
    ON CONFLICT (person_id, case_id, what, thing, facts, "window")
    DO UPDATE SET times = kept.times + 1, last_at = excluded.last_at
"""


class NotNoted(RuntimeError):
    """A page of a case was about to be shown and no trace of it was left. The page is not shown."""


def note_read(request: SignedIn, read: Read, address: Mapping[str, Any]) -> None:
    """Note that a page of a case is shown. One statement. Raises NotNoted if there is no such case."""
    thing = ":".join(str(address[name]) for name in read.thing if name in address)
    otherwise = "task" if read.key != "code" else ""
    if not _note(request, read.case, address[read.key], read.what, thing, {}, otherwise):
        raise NotNoted(read.what)


def note_search(request: SignedIn, search: Search) -> None:
    """Note a list, if it found as many as matter: the number and the names of the filters. One statement or none."""
    found = getattr(request, _FOUND, None)
    if search.always or (found or 0) > settings.READ_SEARCH_FROM:
        facts = {"found": found, "filters": _filters(request)}
        _note(request, NO_CASE, None, search.what, "", facts, "")


_FOUND = "read_found"
_NOT_FILTERS = frozenset({"page", "after", "before", "sort", "csrfmiddlewaretoken"})


def found(request: HttpRequest, number: int) -> None:
    """A list says how many it found; whether that is noted is decided once it was shown."""
    setattr(request, _FOUND, number)


def _filters(request: HttpRequest) -> list[str]:
    """The names of the filters that were set. Only short plain names: an address may be typed by hand."""
    names = {name for name, value in request.GET.items() if str(value).strip() and name not in _NOT_FILTERS}
    return sorted(name for name in names if name.isidentifier() and len(name) <= 30)[:12]


def _note(request: SignedIn, case: str, key: Any, what: str, thing: str, facts: dict[str, Any], otherwise: str) -> bool:
    seats = request.standing.every_seat
    values = {
        "organisations": [seat.organisation_id for seat in seats],
        "roles": [str(seat.role) for seat in seats],
        "downs": [seat.role in REACHES_DOWN for seat in seats],
        "insteads": [seat.instead_of_id for seat in seats],
        "person": request.user.pk,
        "key": key,
        "what": what,
        "thing": thing[:80],
        "facts": Json(facts),
        "otherwise": otherwise,
        "span": settings.READ_WINDOW,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTE.format(case=case), values)
        return bool(cursor.rowcount)
