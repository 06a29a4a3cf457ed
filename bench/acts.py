"""Completions a second with 1, 2, 4 and 8 clients: the product, the floor, and the peers if there are any."""

import statistics
import time
from typing import Any
from uuid import uuid4

import psycopg2
from django.conf import settings
from django.db import connection, transaction

from bench.floor_client import Floor
from bench.measure import in_turn, sent
from bench.pages import floor_sql
from bench.peers import install
from bench.product_client import Product
from bench.workers import python, teams
from casework.acts import perform
from casework.audit.chain import append
from workflows.acts import ClaimTask

CLIENTS = (1, 2, 4, 8)
WORKERS = 8
SMALL = 6  # completions of a round of the tiny size that tests run
PRODUCT, SEVEN, FUNCTION = "product", "floor: seven statements", "floor: one function"
STOCK, SPIFF = install.NAMES["stock"], install.NAMES["spiff"]
# Completions of one round, all clients together.
EACH = {PRODUCT: 48, SEVEN: 800, FUNCTION: 1600, STOCK: 48, SPIFF: 240}
_PAYLOAD = {
    "actor": 1, "case": None,
    "changes": [{"object": "task:1", "field": "status", "from": "ASSIGNED", "to": "DONE"}] * 8,
    "channel": "page", "facts": {}, "on_behalf_of": None, "organisation": None, "reason": "", "request": None,
    "role": None, "verb": "task.completed",
}  # fmt: skip


def make_floor(address: str, cases: int) -> None:
    """The floor's tables in the bench's copy, as its owner."""
    owner = psycopg2.connect(address)
    with owner, owner.cursor() as cursor:
        cursor.execute(floor_sql("schema"), {"size": cases})
        cursor.execute("GRANT USAGE ON SCHEMA floor TO PUBLIC")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA floor TO PUBLIC")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA floor TO PUBLIC")
    owner.close()


def measure(rounds: int, size: int, peers: dict[str, Any], *, small: bool = False) -> dict[str, Any]:
    """All engines in each round, each with 1, 2, 4 and 8 clients."""
    make_floor(settings.DATABASE_OWNER_URL, max(size, 2_000))
    report: dict[str, Any] = {"statements": statements()}
    report |= latency_of_events(rounds)
    clients = (1, 2) if small else CLIENTS
    kinds = {
        PRODUCT: (python("bench.product_client"), {}),
        SEVEN: (python("bench.floor_client", "seven"), {}),
        FUNCTION: (python("bench.floor_client", "function"), {}),
        **peers,
    }
    rates: dict[str, dict[int, list[float]]] = {name: {n: [] for n in clients} for name in kinds}
    took: dict[str, dict[int, list[float]]] = {name: {n: [] for n in clients} for name in kinds}
    with teams(kinds, max(clients)) as working:
        for number in range(rounds + 1):  # the first warms up
            for count in clients:
                for name, team in working.items():
                    rate, times = team.rate(count, SMALL if small else EACH[name])
                    if number:
                        rates[name][count].append(rate)
                        took[name][count] += times
    report["rates"] = {
        name: {str(n): round(statistics.median(found), 1) for n, found in by.items()} for name, by in rates.items()
    }
    report["p95_ms"] = {
        name: {str(n): round(statistics.quantiles(times, n=20)[-1] * 1000, 2) for n, times in by.items()}
        for name, by in took.items()
    }
    return report


def statements() -> dict[str, Any]:
    """What a claim and a completion of each step send."""
    worker, found = Product(0, 1), {}
    worker.last = 0
    for task in _one_of_each(worker):
        by = worker.owner_of(task.organisation_id)
        with sent() as claimed:
            perform(ClaimTask(task.pk), by=by, request_id=uuid4())
        act = worker.act(task, by)
        with sent() as completed:
            perform(act, by=by, request_id=uuid4())
        found[task.node] = {"claim": claimed.as_json(), "completion": completed.as_json()}
        found[task.node]["sent"] = [" ".join(sql.split())[:160] for sql in completed.statements]
    return found


def _one_of_each(worker: Product) -> list[Any]:
    found: dict[str, Any] = {}
    for task in worker.free(200):
        found.setdefault(task.node, task)
    worker.last = 0
    return list(found.values())


def latency_of_events(rounds: int) -> dict[str, Any]:
    """One durable write with the product's event, and the same without."""
    case, seen = f"bench:{time.time_ns()}", []

    def write(*, event: bool) -> float:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM floor.tasks WHERE status = 'ASSIGNED' ORDER BY id DESC LIMIT 50")
            tasks = [row[0] for row in cursor.fetchall()]
        began = time.perf_counter()
        for task in tasks:
            with transaction.atomic(), connection.cursor() as cursor:
                Floor.seven(cursor, task)
                if event:
                    seen.append(append(case, _PAYLOAD))
        return time.perf_counter() - began

    times = in_turn({"without event": lambda: write(event=False), "with event": lambda: write(event=True)}, rounds)
    return {"times": {f"50 writes {name}": one.as_json() for name, one in times.items()}}


def measured(report: dict[str, Any]) -> dict[str, float]:
    """The figures of the goals."""
    found = {
        "statements_completion": max(one["completion"]["statements"] for one in report["statements"].values()),
        "statements_claim": max(one["claim"]["statements"] for one in report["statements"].values()),
        "event_latency": report["times"]["50 writes with event"]["median_ms"]
        / report["times"]["50 writes without event"]["median_ms"],
    }
    ours = report["rates"][PRODUCT]
    for goal, name in (("act_vs_floor", SEVEN), ("act_vs_stock", STOCK), ("act_vs_spiff", SPIFF)):
        if name in report["rates"]:
            found[goal] = min(ours[n] / theirs for n, theirs in report["rates"][name].items())
    return found
