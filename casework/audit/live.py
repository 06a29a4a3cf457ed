"""Checking the history where it lies: every event against its text, its chain, its leaf and the signed checkpoints.

This asks the database, so it trusts the database's own arithmetic; evidence for somebody who does not is a pack with
its verifier (workflows/inspection/). What is wrong is told with the chain, the number and the reason.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from psycopg2 import DataError
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ

from casework.audit import keys
from casework.audit.anchors import Anchors
from casework.audit.checkpoints import Checkpoint
from casework.audit.models import AuditCheck
from casework.audit.sealing import frontier
from casework.audit.sessions import session
from casework.audit.tree import Frontier

Scope = AuditCheck.Scope
FETCH = 5000  # rows
TOLD = 1000  # problems that are kept
# An event may be sealed later than it was written by the length of a transaction.
LATE = timedelta(minutes=15)

# What the columns beside the text say must be what the text says; NULL where the text cannot be read.
_COLUMNS_FIT = """
    e.canon::jsonb ->> 'chain' = e.chain AND (e.canon::jsonb ->> 'seq')::bigint = e.seq
AND e.canon::jsonb ->> 'at' = to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
AND (d ->> 'case')::bigint IS NOT DISTINCT FROM e.case_id
AND (d ->> 'actor')::bigint IS NOT DISTINCT FROM e.actor_id
AND (d ->> 'on_behalf_of')::bigint IS NOT DISTINCT FROM e.on_behalf_of_id
AND (d ->> 'organisation')::bigint IS NOT DISTINCT FROM e.organisation_id
AND COALESCE(d ->> 'role', '') = e.role AND d ->> 'verb' = e.verb AND d ->> 'channel' = e.channel
AND (d ->> 'request')::uuid IS NOT DISTINCT FROM e.request_id AND COALESCE(d ->> 'reason', '') = e.reason
AND COALESCE(d -> 'facts', '{}') = e.facts AND COALESCE(d -> 'changes', '[]') = e.changes
"""
_OF_AN_EVENT = """
    e.chain, e.seq, e.at, e.hash,
    e.hash = sha256(e.prev || convert_to(e.canon, 'UTF8')) AS fits,
    e.prev = COALESCE(p.hash, sha256(convert_to(e.chain, 'UTF8'))) AND (p.seq IS NOT NULL) = (e.seq > 1) AS follows,
    e.at >= COALESCE(p.at, e.at) AS forward,
    ({columns}) AS told
  FROM {source}
  LEFT JOIN casework_auditevent e ON e.id = {key}
  LEFT JOIN casework_auditevent p ON p.chain = e.chain AND p.seq = e.seq - 1
 CROSS JOIN LATERAL (SELECT {data} AS d) text
"""
_SEALED = f"SELECT s.number, s.hash, s.chain, s.seq, {_OF_AN_EVENT} WHERE s.number >= %(start)s ORDER BY s.number"
_WAITING = f"SELECT NULL, NULL, s.chain, s.seq, {_OF_AN_EVENT} ORDER BY s.chain, s.seq"
_FORGOTTEN = """
SELECT e.chain, e.seq FROM casework_auditevent e
 WHERE NOT EXISTS (SELECT FROM casework_auditleaf l WHERE l.event_id = e.id)
   AND NOT EXISTS (SELECT FROM casework_auditunsealed u WHERE u.event_id = e.id)
 ORDER BY e.chain, e.seq LIMIT %s
"""
_CHECKPOINTS = "SELECT number, kind, size, text, signatures, at FROM casework_auditcheckpoint ORDER BY number"
_NODES = "SELECT level, index, hash FROM casework_auditnode WHERE (index + 1) << level > %s"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `number` is the place in the chain, or the number of a leaf or checkpoint."""

    chain: str
    number: int
    reason: str

    def __str__(self) -> str:
        return f"{self.chain} {self.number}: {self.reason}"


@dataclass
class Result:
    """What a check looked at and found. `size` leaves fit up to here; the next check of what is new begins there."""

    scope: str
    size: int = 0
    events: int = 0
    waiting: int = 0
    checkpoints: int = 0
    seconds: float = 0.0
    problems: list[Problem] = field(default_factory=list)


def check(scope: str = Scope.WHOLE) -> Result:
    """Check everything, or what was sealed since the last check that found nothing. Reads one snapshot; writes nothing.

    Raises psycopg2.OperationalError.
    """
    began = time.monotonic()
    result = Result(scope)
    start = _checked_before() if scope == Scope.NEW else 0
    try:
        _run(result, start, columns=True)
    except DataError:
        # A text that is no JSON any more: its hash, or its leaf, betrays it without looking into it.
        result = Result(scope)
        _run(result, start, columns=False)
    result.seconds = time.monotonic() - began
    return result


def _run(result: Result, start: int, *, columns: bool) -> None:
    with session("auditor") as opened:
        opened.set_session(isolation_level=ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
        with opened.cursor() as cursor:
            _Run(opened, cursor, result, start, columns).all()


def check_and_keep(scope: str = Scope.WHOLE) -> Result:
    """The same, and keep what was found for /healthz and the desk of the inspection."""
    result = check(scope)
    AuditCheck.objects.create(
        scope=scope,
        size=result.size,
        events=result.events,
        seconds=result.seconds,
        problems=[[one.chain, one.number, one.reason] for one in result.problems],
    )
    return result


def check_new_tick() -> int:
    """What the worker does every ten minutes. How many problems there are."""
    return len(check_and_keep(Scope.NEW).problems)


def check_all_tick() -> int:
    """What the worker does once a day."""
    return len(check_and_keep(Scope.WHOLE).problems)


def _checked_before() -> int:
    """How many leaves the last check covered; none when it found something."""
    last = AuditCheck.objects.order_by("-pk").first()
    return last.size if last and not last.problems else 0


class _Run:
    """One check over one snapshot."""

    def __init__(self, opened: Any, cursor: Any, result: Result, start: int, columns: bool) -> None:
        self.session, self.cursor, self.result, self.start, self.columns = opened, cursor, result, start, columns
        self.at: dict[int, datetime] = {}
        self.checkpoints: list[Checkpoint] = []
        self.nodes: dict[tuple[int, int], bytes] = {}

    def all(self) -> None:
        self._read_checkpoints()
        self._check_checkpoints()
        self.cursor.execute(_NODES, [self.start])
        self.nodes = {(level, index): bytes(digest) for level, index, digest in self.cursor.fetchall()}
        self._check_leaves()
        self._check_waiting()
        if not self.start:
            self.cursor.execute(_FORGOTTEN, [TOLD])
            for chain, seq in self.cursor.fetchall():
                self.tell(chain, seq, "is neither sealed nor waits to be sealed")
        self._check_outside()

    def tell(self, chain: str, number: int, reason: str) -> None:
        if len(self.result.problems) < TOLD:
            self.result.problems.append(Problem(chain, number, reason))

    # ── Checkpoints ─────────────────────────────────────────────────────────────────────────────────────

    def _read_checkpoints(self) -> None:
        self.cursor.execute(_CHECKPOINTS)
        for number, kind, size, text, signatures, at in self.cursor.fetchall():
            checkpoint = Checkpoint(number, kind, size, text, signatures)
            try:
                told = checkpoint.told
                if (told["number"], told["kind"], told["size"]) != (number, kind, size):
                    self.tell("checkpoint", number, "columns differ from the signed text")
                bytes.fromhex(told["root"])
            except (ValueError, LookupError, TypeError):
                self.tell("checkpoint", number, "text is not readable")
                continue
            self.at[number] = at
            self.checkpoints.append(checkpoint)
        self.result.checkpoints = len(self.checkpoints)

    def _check_checkpoints(self) -> None:
        """Signatures, links, numbers, sizes. The first key is the one that the history began with."""
        public, before = self._known_keys(), None
        for one in self.checkpoints:
            told = one.told
            wanted = [before.signing_key if before else told["key"]]
            if "next_key" in told:
                wanted.append(keys.key_id(bytes.fromhex(told["next_key"])))
            if told["key"] != wanted[0]:
                self.tell("checkpoint", one.number, "signed by another key than the one before it names")
            if not _is_signed_by(one, wanted, public):
                self.tell("checkpoint", one.number, "signature is wrong")
            if told["prev"] != (before.digest.hex() if before else ""):
                self.tell("checkpoint", one.number, "does not follow the checkpoint before it")
            if before and one.size < before.size:
                self.tell("checkpoint", one.number, "covers less than the checkpoint before it")
            if before and one.kind != "restore" and one.number != before.number + 1:
                self.tell("checkpoint", one.number, f"expected number {before.number + 1}")
            before = one
        if before and before.signing_key != keys.signer().id:
            self.tell("checkpoint", before.number, "the key of this installation is another one")

    def _known_keys(self) -> dict[str, bytes]:
        """Public keys by id: the first checkpoint tells the first one, each change of the key the next."""
        named = [one.told.get(name) for one in self.checkpoints for name in ("public", "next_key")]
        return {keys.key_id(public): public for public in map(bytes.fromhex, filter(None, named))}

    # ── Leaves and events ───────────────────────────────────────────────────────────────────────────────

    def _rows(self, query: str, source: str, key: str, **parameters: Any) -> Iterator[tuple[Any, ...]]:
        """Stream rows."""
        data = "e.canon::jsonb -> 'data'" if self.columns else "NULL::jsonb"
        columns = _COLUMNS_FIT if self.columns else "NULL"
        text = query.format(source=source, key=key, data=data, columns=columns)
        with self.session.cursor(name="audit_check") as stream:
            stream.itersize = FETCH
            stream.execute(text, parameters)
            yield from stream

    def _check_leaves(self) -> None:
        tree = frontier(self.cursor, self.start) if self.start else Frontier()
        due = [one for one in self.checkpoints if one.size >= self.start]
        bounds = self._bounds()
        for number, digest, chain, seq, *event in self._rows(
            _SEALED, "casework_auditleaf s", "s.event_id", start=self.start
        ):
            self._roots(tree, due)
            if number != tree.size:
                self.tell("leaf", number, f"expected leaf {tree.size}")
                return
            for level, index, node in tree.append(bytes(digest)):
                if level >= 8 and self.nodes.pop((level, index), None) != node:
                    self.tell("leaf", number, f"the stored subtree {level}/{index} differs")
            self._check_event(chain, seq, bytes(digest), event)
            self._check_time(number, event, bounds)
        self._roots(tree, due)
        for one in due:
            self.tell("checkpoint", one.number, f"covers {one.size} leaves, there are {tree.size}")
        for level, index in self.nodes:
            self.tell("leaf", index << level, f"the stored subtree {level}/{index} has no leaves")
        self.result.size = tree.size

    def _roots(self, tree: Frontier, due: list[Checkpoint]) -> None:
        while due and due[0].size == tree.size:
            one = due.pop(0)
            if one.told["root"] != tree.root().hex():
                self.tell("checkpoint", one.number, "the events hash to something else than what was signed")

    def _check_event(self, chain: str, seq: int, digest: bytes | None, event: list[Any]) -> None:
        name, number, _at, own, fits, follows, forward, told = event
        self.result.events += 1
        if name is None:
            return self.tell(chain, seq, "the event is gone")
        if (name, number) != (chain, seq):
            self.tell(chain, seq, f"the event now stands at {name} {number}")
        if digest is not None and bytes(own) != digest:
            self.tell(chain, seq, "the event differs from what was sealed")
        for holds, reason in (
            (fits, "text and hash differ"),
            (follows, "does not follow the event before it"),
            (forward, "time runs back"),
            (told is not False, "a column differs from the text"),
        ):
            if not holds:
                self.tell(name, number, reason)
        return None

    def _bounds(self) -> list[tuple[int, datetime, datetime | None]]:
        """Of each checkpoint its size, its time and that of the one before."""
        found: list[tuple[int, datetime, datetime | None]] = []
        before: datetime | None = None
        for one in self.checkpoints:
            found.append((one.size, self.at[one.number], before))
            before = self.at[one.number]
        return [bound for bound in reversed(found) if bound[0] > self.start]

    def _check_time(self, number: int, event: list[Any], bounds: list[tuple[int, datetime, datetime | None]]) -> None:
        while bounds and bounds[-1][0] <= number:
            bounds.pop()
        chain, seq, at = event[:3]
        if not bounds or at is None:
            return
        _size, sealed, before = bounds[-1]
        if at > sealed:
            self.tell(chain, seq, "is younger than the checkpoint that seals it")
        elif before and at < before - LATE:
            self.tell(chain, seq, "is older than a checkpoint that does not cover it")

    def _check_waiting(self) -> None:
        for _number, _digest, chain, seq, *event in self._rows(_WAITING, "casework_auditunsealed s", "s.event_id"):
            self._check_event(chain, seq, None, event)
            self.result.waiting += 1

    # ── Copies outside ──────────────────────────────────────────────────────────────────────────────────

    def _check_outside(self) -> None:
        """Every checkpoint that left is here, or a restore was declared that lost it."""
        if not self.checkpoints:
            return
        here = {one.number: one.text for one in self.checkpoints}
        lost = [
            (one.told["lost"]["from"], one.told["lost"]["size"], one) for one in self.checkpoints if "lost" in one.told
        ]
        for one in Anchors(self.checkpoints[0].told["origin"]).all():
            declared = any(start < one.size <= size and one.number < by.number for start, size, by in lost)
            if here.get(one.number) != one.text and not declared:
                self.tell("checkpoint", one.number, "left this system and is missing or another one here")


def _is_signed_by(one: Checkpoint, wanted: list[str], public: dict[str, bytes]) -> bool:
    given = {each.get("key"): each.get("signature", "") for each in one.signatures}
    return all(key in public and keys.is_signed(one.text, given.get(key, ""), public[key]) for key in wanted)


def as_json(result: Result) -> str:
    """A result for machines."""
    told = {name: getattr(result, name) for name in ("scope", "size", "events", "waiting", "checkpoints", "seconds")}
    problems = [{"chain": one.chain, "number": one.number, "reason": one.reason} for one in result.problems]
    return json.dumps(told | {"problems": problems}, ensure_ascii=False, indent=1)
