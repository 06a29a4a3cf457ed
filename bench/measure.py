"""Times of things that are done in turn, and the statements that each of them sends."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

ROUNDS = 7
_TRANSACTION = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@dataclass
class Times:
    """The seconds that one thing took, in the rounds of a run."""

    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Of the rounds, in milliseconds."""
        return statistics.median(self.seconds) * 1000

    @property
    def p95(self) -> float:
        """Of the rounds, in milliseconds; of few rounds the longest."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000

    def as_json(self) -> dict[str, Any]:
        """What a report keeps."""
        return {"median_ms": round(self.median, 3), "p95_ms": round(self.p95, 3), "rounds": len(self.seconds)}


@dataclass
class Sent:
    """The statements of one piece of work. `seconds` is how long Python waited for the database."""

    statements: list[str] = field(default_factory=list)
    savepoints: int = 0
    transactions: int = 0
    seconds: float = 0.0
    each: list[float] = field(default_factory=list)

    def seconds_of(self, word: str) -> float:
        """How long those took in whose text a word stands."""
        return sum(took for sql, took in zip(self.statements, self.each, strict=True) if word in sql)

    def slowest(self, most: int = 4) -> list[dict[str, Any]]:
        """The statements that took longest."""
        pairs = sorted(zip(self.each, self.statements, strict=True), reverse=True)[:most]
        return [{"ms": round(took * 1000, 2), "sql": " ".join(sql.split())[:240]} for took, sql in pairs]

    @property
    def count(self) -> int:
        """Statements that ask or change something."""
        return len(self.statements)

    @property
    def on_the_wire(self) -> int:
        """All that is sent: with savepoints, and BEGIN and COMMIT of each transaction."""
        return self.count + self.savepoints + 2 * self.transactions

    def as_json(self) -> dict[str, Any]:
        """What a report keeps."""
        return {
            "statements": self.count,
            "savepoints": self.savepoints,
            "transactions": self.transactions,
            "on_the_wire": self.on_the_wire,
        }


@contextmanager
def sent() -> Iterator[Sent]:
    """Note what goes to the database meanwhile."""
    found, ended = Sent(), connection._commit  # type: ignore[attr-defined]

    def note(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - began
            found.seconds += took
            if str(sql).startswith(_TRANSACTION):
                found.savepoints += 1
            else:
                found.statements.append(str(sql))
                found.each.append(took)

    def commit() -> None:
        found.transactions += 1
        began = time.perf_counter()
        ended()
        found.seconds += time.perf_counter() - began

    connection._commit = commit  # type: ignore[attr-defined]
    try:
        with connection.execute_wrapper(note):
            yield found
    finally:
        del connection._commit  # type: ignore[attr-defined]


def in_turn(things: dict[str, Callable[[], Any]], rounds: int = ROUNDS) -> dict[str, Times]:
    """Do every thing once to warm up, then all of them in each round, each round beginning with another one.

    A thing that returns a float says itself how long it took.
    """
    names, found = list(things), {name: Times() for name in things}
    for name in names:
        things[name]()
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            began = time.perf_counter()
            told = things[name]()
            took = time.perf_counter() - began
            found[name].seconds.append(told if isinstance(told, float) else took)
    return found


def explained(sql: str, params: Any) -> list[str]:
    """The plan of a list as PostgreSQL carried it out."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, SETTINGS) {sql}", params)
        return [row[0] for row in cursor.fetchall()]


def database_ms(plan: list[str]) -> float:
    """Planning and execution of an explained statement."""
    times = [line.split(":")[1].split()[0] for line in plan if line.startswith(("Planning Time", "Execution Time"))]
    return sum(map(float, times))


def sequential_scans(plan: list[str], tables: tuple[str, ...]) -> list[str]:
    """Where a plan walks through all of a large table."""
    return [line.strip() for line in plan if "Seq Scan on" in line and any(f" {table} " in line for table in tables)]
