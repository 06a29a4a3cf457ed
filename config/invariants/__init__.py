"""What always holds of the whole database, whoever did what and whatever broke. docs/concepts/invariants.md.

check()    every invariant with what violates it
nightly()  the worker's: fails, and so shows on /healthz, when one is violated
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from django.db import connection, transaction

STATEMENTS = Path(__file__).resolve().parent / "statements"
MOST = 100  # violations that are told of one invariant


class Violated(Exception):
    """Something that always holds does not. The message names what, and how often."""


@dataclass(frozen=True)
class Invariant:
    """One sentence about the database, and the statement that finds what contradicts it."""

    name: str
    sentence: str
    sql: str


@dataclass(frozen=True)
class Finding:
    """What contradicts an invariant: codes and numbers, never personal data; at most MOST. Nothing: it holds."""

    invariant: Invariant
    rows: list[str]


def invariants() -> list[Invariant]:
    """All of them, by name. The comment at the head of a statement is its sentence."""
    return [_read(path) for path in sorted(STATEMENTS.glob("*.sql"))]


def check(only: str = "") -> list[Finding]:
    """Ask all, or those with a part of a name, of one moment. Reads whole tables; writes nothing."""
    return list(_check(only))


def _check(only: str) -> Iterator[Finding]:
    with transaction.atomic(), connection.cursor() as cursor:
        if not connection.savepoint_ids:  # this transaction is ours, and begins here
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for one in invariants():
            if only in one.name:
                cursor.execute(f"SELECT * FROM ({one.sql}) violating LIMIT {MOST}")  # noqa: S608 (our own statements)
                yield Finding(one, [str(row[0]) for row in cursor.fetchall()])


def _read(path: Path) -> Invariant:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = list(takewhile(lambda line: line.startswith("--"), lines))
    sentence = " ".join(line.removeprefix("--").strip() for line in head)
    return Invariant(path.stem, sentence, "\n".join(lines[len(head) :]))


def nightly() -> int:
    """What the worker does every night. How many hold. Raises Violated."""
    found = check()
    wrong = [f"{one.invariant.name}: {len(one.rows)}" for one in found if one.rows]
    if wrong:
        raise Violated(", ".join(wrong))
    return len(found)
