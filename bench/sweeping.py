"""The clock's sweep over many that are due, alone and while people work."""

import statistics
import threading
import time
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connection

from bench.measure import Times
from bench.workers import Team, python, teams
from casework.sharing.scope import everything
from workflows.clock.sweep import sweep

DUE = 10_000
_MAKE_DUE = """
UPDATE workflows_alarm SET at = now() - interval '1 minute'
 WHERE task_id IN (SELECT task_id FROM workflows_alarm WHERE at > now() AND task_id > %s ORDER BY task_id LIMIT %s)
RETURNING task_id
"""


def measure(rounds: int, size: int, *, small: bool = False) -> dict[str, Any]:
    """Each round: so many come due and are told; then the same with two people at work, and these without a sweep."""
    due, acts = min(DUE, size // 40), 8 if small else 100
    alone, beside = Times(), Times()
    quiet: list[float] = []
    busy: list[float] = []
    sweep()  # what came due since the database was loaded
    last = 0
    with teams({"product": (python("bench.product_client"), {})}, 2) as working:
        team = working["product"]
        for _number in range(rounds):
            last = _make_due(last, due)
            alone.seconds.append(_sweep(due))
            quiet += team.rate(2, acts)[1]
            last = _make_due(last, due)
            busy += _meanwhile(team, acts, beside, due)
    return {
        "times": {f"sweep of {due}": alone.as_json(), f"sweep of {due}, two at work": beside.as_json()},
        "due": due,
        "acts_p95_ms": {"without": _p95(quiet), "during the sweep": _p95(busy)},
    }


def _make_due(last: int, due: int) -> int:
    owner = psycopg2.connect(settings.DATABASE_OWNER_URL)
    with owner, owner.cursor() as cursor:
        cursor.execute(_MAKE_DUE, [last, due])
        found = [row[0] for row in cursor.fetchall()]
    owner.close()
    if len(found) < due:
        raise RuntimeError("There are no tasks left that could come due.")
    return max(found)


def _sweep(due: int) -> float:
    began = time.perf_counter()
    handled = sweep()["handled"]
    if handled < due:
        raise RuntimeError(f"{handled} of {due} were told.")
    return time.perf_counter() - began


def _meanwhile(team: Team, acts: int, beside: Times, due: int) -> list[float]:
    """Completions until the sweep is over; those that it outlasted count too."""

    def work() -> None:
        with everything("the clock sees all"):
            began = time.perf_counter()
            while sweep()["handled"]:
                pass
            beside.seconds.append(time.perf_counter() - began)
        connection.close()

    clock = threading.Thread(target=work)
    clock.start()
    took = list(team.rate(2, acts)[1])
    clock.join()
    return took


def _p95(seconds: list[float]) -> float:
    return round(statistics.quantiles(seconds, n=20)[-1] * 1000, 2)


def measured(report: dict[str, Any]) -> dict[str, float]:
    """The figures of the goals."""
    acts, times = report["acts_p95_ms"], next(iter(report["times"].values()))
    return {"sweep_s": times["median_ms"] / 1000, "sweep_acts": acts["during the sweep"] / acts["without"]}
