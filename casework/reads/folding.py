"""Chaining what was read: a row leaves the queue in the transaction that appends its event."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from casework.audit import chain
from casework.audit.models import Channel

CASE_READ, SEARCH_READ = "case.read", "search.read"
PER_EVENT = 200
_COLUMNS = "person_id, on_behalf_of_id, organisation_id, role, case_id, access, what, thing, facts, first_at, last_at"

# Only windows that are over: a row that may still grow stays.
_TAKE = f"""
WITH taken AS (
    DELETE FROM casework_reading
     WHERE id IN (SELECT id FROM casework_reading
                   WHERE "window" <= statement_timestamp() - make_interval(secs => %(span)s)
                   ORDER BY "window", id LIMIT %(most)s FOR UPDATE SKIP LOCKED)
    RETURNING id, {_COLUMNS}, times
)
SELECT {_COLUMNS}, times FROM taken ORDER BY first_at, id
"""  # noqa: S608 (fixed names)


def chain_of(case_id: int | None, person_id: int) -> str:
    """The chain that a reading belongs to: of the case, or of the person who searched."""
    return f"reads:case:{case_id}" if case_id else f"reads:person:{person_id}"


def fold(most: int = 1000) -> int:
    """Chain what was read in windows that are over. How many rows it took; one worker at a time."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('casework.reads.fold'))")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_TAKE, {"span": settings.READ_WINDOW, "most": most})
        rows = cursor.fetchall()
        _append(rows)
    return len(rows)


def _append(rows: list[tuple[Any, ...]]) -> None:
    chains: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        chains[chain_of(row[4], row[0])].append(_told(row))
    # By name, so that two who append to several chains never wait for each other in a circle.
    for name, reads in sorted(chains.items()):
        for start in range(0, len(reads), PER_EVENT):
            chain.append(name, _event(name, reads[start : start + PER_EVENT]))


def _told(row: tuple[Any, ...]) -> dict[str, Any]:
    """A reading as the event keeps it; what is empty is left out."""
    person, behalf, organisation, role, _case, access, what, thing, facts, first, last, times = row
    told = {
        "person": person,
        "on_behalf_of": behalf,
        "organisation": organisation,
        "role": role,
        "access": access,
        "what": what,
        "thing": thing,
        "facts": facts,
        "at": first,
        "last": last,
        "times": times,
    }
    return {name: value for name, value in told.items() if value not in (None, "", {})}


def _event(name: str, reads: list[dict[str, Any]]) -> dict[str, Any]:
    """The event of a batch. Its chain names the case; it is no event *of* the case, whose history it would flood."""
    return {
        "actor": None,
        "on_behalf_of": None,
        "organisation": None,
        "role": None,
        "case": None,
        "verb": CASE_READ if name.startswith("reads:case:") else SEARCH_READ,
        "channel": Channel.WORKER,
        "request": None,
        "reason": "",
        "facts": {"reads": reads},
        "changes": [],
    }


def fold_tick() -> None:
    """What the worker does every minute: fold until nothing is left."""
    while fold():
        pass
