"""Sealing: every event becomes a leaf of one tree; signed checkpoints say how large it is and what it hashes to.

An event is put into a queue by the transaction that writes it, and leaves it in the transaction that makes it a leaf;
so none is missed and none counts twice, in whatever order transactions commit. A checkpoint is made when the queue is
empty: no event older than one is sealed after it, but by the length of a transaction. See docs/concepts/history.md.
"""

import json
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from psycopg2.extras import execute_values

from casework.audit.anchors import Anchors
from casework.audit.chain import canonical
from casework.audit.checkpoints import Checkpoint
from casework.audit.keys import Signer, signer
from casework.audit.models import AuditCheckpoint
from casework.audit.sessions import session
from casework.audit.tree import Frontier, complete_parts, leaf_hash

BATCH = 1000  # events that become leaves in one transaction
KEPT_LEVEL = 8  # subtrees of 2^8 leaves and larger are stored
Kind = AuditCheckpoint.Kind

# Whole beginnings of chains, so that a leaf never comes before the one it follows.
_TAKE = """
WITH first AS (
    SELECT chain, max(seq) AS seq
      FROM (SELECT chain, seq FROM casework_auditunsealed ORDER BY event_id LIMIT %s) few GROUP BY chain
), taken AS (
    DELETE FROM casework_auditunsealed q USING first
     WHERE q.chain = first.chain AND q.seq <= first.seq RETURNING q.event_id
)
SELECT e.id, e.chain, e.seq, e.hash FROM casework_auditevent e JOIN taken ON taken.event_id = e.id
 ORDER BY e.chain, e.seq
"""
_NEWEST = "SELECT number, kind, size, text, signatures FROM casework_auditcheckpoint ORDER BY number DESC LIMIT 1"
_NOW = """SELECT to_char(greatest(clock_timestamp(), (SELECT max(at) FROM casework_auditcheckpoint))
                         AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_ADD = """INSERT INTO casework_auditcheckpoint (number, kind, size, at, text, signatures)
          VALUES (%s, %s, %s, %s, %s, %s)"""


class NotSealed(Exception):
    """Sealing would hide something; the message says what somebody must decide first."""


def seal() -> Checkpoint | None:
    """Make leaves of all events that wait, and a checkpoint over them; None when nothing waits or another one seals.

    Raises NoKey, and NotSealed when checkpoints that left the system are missing from the database: it was restored
    from a backup, and somebody must say so (`manage.py audit restored`) before anything new is sealed.
    """
    return _sealing(lambda work: work.all_and_sign())


def rotate(new: Signer) -> Checkpoint:
    """Change the key: a checkpoint signed by both; from now on the new one signs. Raises NoKey, NotSealed."""
    made = _sealing(lambda work: work.rotate(new))
    if made is None:
        raise NotSealed("Another process is sealing. Try again in a moment.")
    return made


def declare_restored(lost: Checkpoint, reason: str) -> Checkpoint:
    """Say that the database was restored and what was lost: everything between its tree and the checkpoint `lost`.

    Nothing that was lost is sealed anew. Raises NoKey, NotSealed when nothing is missing.
    """
    made = _sealing(lambda work: work.declare_restored(lost, reason))
    if made is None:
        raise NotSealed("Another process is sealing. Try again in a moment.")
    return made


def _sealing(work: Callable[["_Work"], Checkpoint | None]) -> Checkpoint | None:
    """One at a time, over all hosts: the lock belongs to the sealer's own connection and ends with it."""
    if connection.in_atomic_block:
        raise RuntimeError("Sealing commits on a connection of its own: never inside a transaction.")
    with session("sealer") as opened:
        with opened, opened.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtext('casework.audit.sealing'))")
            if not cursor.fetchone()[0]:
                return None
        return work(_Work(opened))


class _Work:
    """Holds the lock and the tree while something is sealed."""

    def __init__(self, opened: Any) -> None:
        self.session = opened
        with opened, opened.cursor() as cursor:
            self.newest = newest_checkpoint(cursor)
            self.frontier = frontier(cursor, leaf_count(cursor))
        # Whose history this is: the site, and a number drawn with its first checkpoint.
        self.origin = self.newest.told["origin"] if self.newest else f"{_site()}/{secrets.token_hex(4)}"
        self.anchors = Anchors(self.origin)

    def all_and_sign(self) -> Checkpoint | None:
        """Leaves of all that waits, then a checkpoint."""
        self._refuse_what_was_restored()
        self._make_leaves()
        if self.frontier.size == (self.newest.size if self.newest else 0):
            return None
        return self._sign(Kind.CHECKPOINT)

    def rotate(self, new: Signer) -> Checkpoint:
        """Seal what waits; the checkpoint names the next key and is signed by both."""
        self._refuse_what_was_restored()
        self._make_leaves()
        return self._sign(Kind.ROTATION, {"next_key": new.public.hex()}, new=new)

    def declare_restored(self, lost: Checkpoint, reason: str) -> Checkpoint:
        """A checkpoint over what is left, which names what was there."""
        if self._has(lost):
            raise NotSealed("This checkpoint is in the database: nothing that it covers was lost.")
        if self.newest and lost.told["origin"] != self.origin:
            raise NotSealed("This checkpoint belongs to another history.")
        self.origin = lost.told["origin"]
        self.anchors = Anchors(self.origin)
        told = {
            "checkpoint": lost.digest.hex(),
            "from": self.frontier.size,
            "root": lost.told["root"],
            # As far as any checkpoint reached that is gone: an earlier restore may be among what is lost now.
            "size": max([lost.size, *(one.size for one in self.anchors.all() if not self._has(one))]),
        }
        self._make_leaves()  # of what waited in the backup and of what was done since
        return self._sign(Kind.RESTORE, {"legal_basis": reason, "lost": told}, after=lost.number)

    def _has(self, checkpoint: Checkpoint) -> bool:
        with self.session, self.session.cursor() as cursor:
            cursor.execute("SELECT text FROM casework_auditcheckpoint WHERE number = %s", [checkpoint.number])
            row = cursor.fetchone()
        return row is not None and row[0] == checkpoint.text

    def _refuse_what_was_restored(self) -> None:
        outside = self.anchors.newest()
        if outside and not self._has(outside):
            raise NotSealed(
                f"Checkpoint {outside.number} left this system and is not in its database: a backup was restored, or "
                f"history was rewritten. Nothing is sealed until `manage.py audit restored` says what was lost."
            )
        if self.newest:
            self.anchors.catch_up(self._stored_after)

    def _stored_after(self, number: int) -> list[Checkpoint]:
        with self.session, self.session.cursor() as cursor:
            cursor.execute(
                "SELECT number, kind, size, text, signatures FROM casework_auditcheckpoint WHERE number > %s"
                " ORDER BY number",
                [number],
            )
            return [Checkpoint(*row) for row in cursor.fetchall()]

    def _make_leaves(self) -> None:
        while self._some_leaves() >= BATCH:
            pass

    def _some_leaves(self) -> int:
        """One transaction. How many leaves it made."""
        with self.session, self.session.cursor() as cursor:
            cursor.execute(_TAKE, [BATCH])
            rows = cursor.fetchall()
            start, nodes = self.frontier.size, []
            for _id, _chain, _seq, digest in rows:
                nodes += [node for node in self.frontier.append(bytes(digest)) if node[0] >= KEPT_LEVEL]
            leaves = [(start + place, *row) for place, row in enumerate(rows)]
            _add_all(cursor, "casework_auditleaf (number, event_id, chain, seq, hash)", leaves)
            _add_all(cursor, "casework_auditnode (level, index, hash)", nodes)
        self.anchors.keep_leaves(leaves)
        return len(rows)

    def _sign(
        self, kind: str, more: dict[str, Any] | None = None, *, new: Signer | None = None, after: int = -1
    ) -> Checkpoint:
        own = signer()
        if self.newest and own.id != self.newest.signing_key:
            raise NotSealed(
                f"The key {own.id} is not the one that signs this history ({self.newest.signing_key}). "
                f"Change keys with `manage.py audit rotate` only."
            )
        with self.session, self.session.cursor() as cursor:
            cursor.execute(_NOW)
            (at,) = cursor.fetchone()
            number = max(self.newest.number if self.newest else -1, after) + 1
            turn = self.newest.turn if self.newest else ""
            text = canonical(
                {
                    "at": at,
                    "key": own.id,
                    "kind": str(kind),
                    "number": number,
                    "origin": self.origin,
                    "prev": self.newest.digest.hex() if self.newest else "",
                    "root": self.frontier.root().hex(),
                    "size": self.frontier.size,
                    **({} if turn is None else {"turn": turn}),
                    **({} if self.newest else {"public": own.public.hex()}),
                    **(more or {}),
                }
            )
            signatures = [{"key": one.id, "signature": one.sign(text)} for one in (own, new) if one]
            made = Checkpoint(number, str(kind), self.frontier.size, text, signatures)
            cursor.execute(_ADD, [number, made.kind, made.size, at, text, json.dumps(signatures)])
        self.anchors.keep(made)
        self.newest = made
        return made


def _site() -> str:
    return urlsplit(settings.SITE_URL).hostname or "dong-hanh"


def _add_all(cursor: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        execute_values(cursor, f"INSERT INTO {table} VALUES %s", rows, page_size=BATCH)  # noqa: S608 (ours)


def newest() -> Checkpoint | None:
    """The last checkpoint, as the product itself sees it."""
    with connection.cursor() as cursor:
        return newest_checkpoint(cursor)


def newest_checkpoint(cursor: Any) -> Checkpoint | None:
    """The last checkpoint, or None before the first."""
    cursor.execute(_NEWEST)
    row = cursor.fetchone()
    if row is None:
        return None
    number, kind, size, text, signatures = row
    return Checkpoint(number, kind, size, text, _parsed(signatures))


def _parsed(value: Any) -> Any:
    """psycopg2 gives jsonb as Python objects, Django's connection as text."""
    return json.loads(value) if isinstance(value, str) else value


def leaf_count(cursor: Any) -> int:
    """How many leaves there are."""
    cursor.execute("SELECT coalesce(max(number) + 1, 0) FROM casework_auditleaf")
    return cursor.fetchone()[0]


def frontier(cursor: Any, size: int) -> Frontier:
    """The right edge of the tree of the first `size` leaves."""
    return Frontier(size, [subtree(cursor, level, index) for level, index in complete_parts(0, size)])


def subtree(cursor: Any, level: int, index: int) -> bytes:
    """The hash of a complete subtree: stored, or from its leaves when it is small."""
    if level >= KEPT_LEVEL:
        cursor.execute("SELECT hash FROM casework_auditnode WHERE level = %s AND index = %s", [level, index])
        return bytes(cursor.fetchone()[0])
    cursor.execute(
        "SELECT hash FROM casework_auditleaf WHERE number >= %s AND number < %s ORDER BY number",
        [index << level, (index + 1) << level],
    )
    edge = Frontier()
    for (digest,) in cursor.fetchall():
        edge.append(bytes(digest))
    return edge.root() if level else leaf_hash(bytes(digest))


def waiting() -> int:
    """How many events wait, counted to a thousand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT FROM casework_auditunsealed LIMIT %s) few", [BATCH])
        return cursor.fetchone()[0]


def seal_tick() -> int | None:
    """What the worker does every minute. The number of the checkpoint that it made."""
    made = seal()
    return made.number if made else None


def seal_when_many() -> int:
    """What the worker asks again and again: with a thousand events waiting it does not wait for the minute."""
    return 1 if waiting() >= BATCH and seal() else 0
