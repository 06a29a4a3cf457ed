"""Appending to a chain, and checking one."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from casework.audit.models import AuditEvent


@dataclass(frozen=True)
class Link:
    """Where an event came to stand in its chain."""

    chain: str
    seq: int
    at: datetime
    hash: bytes


_APPEND = "INSERT INTO casework_auditevent (chain, canon) VALUES (%s, %s) RETURNING id, chain, seq, at, hash"
_LINK = "SELECT seq, at, hash FROM event"


def plain(value: Any) -> Any:
    """A value as canonical JSON can hold it: no floats, times in UTC, text in NFC.

    Raises TypeError for a float or an unknown type: a history must read the same everywhere.
    """
    # What there is most of comes first.
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str | UUID | Decimal):
        return _text(str(value))
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in (sorted(value) if isinstance(value, set | frozenset) else value)]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _text(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).replace("\x00", "")


def canonical(data: dict) -> str:
    """The canonical text: keys sorted, no spaces, UTF-8, after RFC 8785 for the values `plain` allows."""
    return json.dumps(plain(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Rider:
    """Rows of another table that are inserted by the very statement that appends an event.

    `sql` is an INSERT … SELECT that may read `event` (id, chain, seq, at, hash); its one parameter is `rows`.
    """

    sql: str
    rows: list[dict[str, Any]]


def append(chain: str, data: dict, riders: Iterable[Rider] = (), late: Iterable[tuple[str, list[Any]]] = ()) -> Link:
    """Append one event; the database gives it its place, time and hash. One statement, with what rides along.

    `late` are changes of other rows, each with its values, that the same statement makes (casework/late.py).

    `data` has the keys actor, case, changes, channel, facts, on_behalf_of, organisation, reason, request,
    role and verb, of which verb and channel must not be empty.
    """
    with connection.cursor() as cursor:
        along, rows = "", list[Any]()
        for number, rider in enumerate(riders):
            along += f", rider_{number} AS ({rider.sql})"
            rows.append(json.dumps(plain(rider.rows)))
        for number, (sql, values) in enumerate(late):
            along += f", late_{number} AS ({sql})"
            rows += values
        cursor.execute(f"WITH event AS ({_APPEND}){along} {_LINK}", [chain, canonical(data), *rows])
        seq, at, digest = cursor.fetchone()
    return Link(chain, seq, at, bytes(digest))


def problems(events: Iterable[AuditEvent]) -> Iterator[tuple[AuditEvent, str]]:
    """Walk events of whole chains in (chain, seq) order and yield each that does not fit, with the reason."""
    chain, seq, prev, at = None, 0, b"", None
    for event in events:
        if event.chain != chain:
            chain, seq, prev, at = event.chain, 0, hashlib.sha256(event.chain.encode()).digest(), None
        if event.seq != seq + 1:
            yield event, f"expected number {seq + 1}"
        if bytes(event.prev) != prev:
            yield event, "does not follow the event before it"
        if hashlib.sha256(bytes(event.prev) + event.canon.encode()).digest() != bytes(event.hash):
            yield event, "text and hash differ"
        if at and event.at < at:
            yield event, "time runs back"
        yield from _column_problems(event)
        seq, prev, at = event.seq, bytes(event.hash), event.at


def _column_problems(event: AuditEvent) -> Iterator[tuple[AuditEvent, str]]:
    """The columns beside the text are for queries; they must say what the text says."""
    try:
        text = json.loads(event.canon)
        data = text["data"]
    except (ValueError, LookupError, TypeError):
        yield event, "text is not readable"
        return
    told = {
        "chain": (text.get("chain"), event.chain),
        "seq": (text.get("seq"), event.seq),
        "at": (text.get("at"), plain(event.at)),
        "case": (data.get("case"), event.case_id),
        "actor": (data.get("actor"), event.actor_id),
        "on_behalf_of": (data.get("on_behalf_of"), event.on_behalf_of_id),
        "organisation": (data.get("organisation"), event.organisation_id),
        "role": (data.get("role") or "", event.role),
        "verb": (data.get("verb"), event.verb),
        "channel": (data.get("channel"), event.channel),
        "request": (data.get("request"), plain(event.request_id)),
        "reason": (data.get("reason") or "", event.reason),
        "facts": (data.get("facts") or {}, event.facts),
        "changes": (data.get("changes") or [], event.changes),
    }
    for name, (in_text, in_column) in told.items():
        if in_text != in_column:
            yield event, f"column {name} differs from the text"
