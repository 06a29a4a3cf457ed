"""One run: load, measure area by area, judge, print and keep."""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from bench import acts, goals, importing, load, machine, pages, sweeping, verifying, writers
from bench.measure import ROUNDS
from bench.peers import install
from bench.telling import say, tell
from bench.workers import teams
from casework.sharing.scope import everything

Peers = dict[str, tuple[list[str], dict[str, str]]]
# In this order: what reads comes before what writes.
AREAS = ["desk", "board", "search", "import", "verify", "acts", "writers", "sweep"]


def parser() -> argparse.ArgumentParser:
    """The arguments of `manage.py bench`."""
    found = argparse.ArgumentParser(prog="manage.py bench", description="Measure the product, its peers and the floor.")
    found.add_argument(
        "areas", nargs="*", choices=[*AREAS, "all", []], metavar="AREA", help=f"{', '.join(AREAS)} or all"
    )
    found.add_argument("--size", choices=sorted(load.SIZES), default="10k", metavar="10k|100k|1m")
    found.add_argument("--rounds", type=int, default=ROUNDS)
    found.add_argument(
        "--peers", action="store_true", help="beside stock viewflow and Spiff, in an environment of theirs"
    )
    found.add_argument("--json", type=Path, metavar="OUT", help="keep the whole report here")
    return found


def run(arguments: list[str]) -> None:
    """Carry out one run."""
    asked = parser().parse_args(arguments)
    areas = AREAS if not asked.areas or "all" in asked.areas else asked.areas
    template = load.make(asked.size, settings.DATABASE_URL, say)
    load.copy_for_run(template)
    peers = install.prepare(asked.size, settings.DATABASE_URL, say) if asked.peers else {}
    report = everything("the bench measures as everybody")(measure)(areas, asked.size, asked.rounds, peers)
    tell(report)
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def stock_queue(peers: Peers) -> Iterator[dict[str, Callable[[], float]]]:
    """The queue page of stock viewflow for both seats; nothing without the peer."""
    with teams({name: peers[name] for name in (acts.STOCK,) if name in peers}, 1) as found:

        def opened(who: str) -> Callable[[], float]:
            return lambda: float(found[acts.STOCK].ask("queue", who))

        yield {f"stock: queue, {who}": opened(who) for who in ("few", "many")} if found else {}


def measure_area(area: str, size: str, rounds: int, peers: Peers) -> tuple[dict[str, Any], dict[str, float]]:
    """One area: what was found, and its figures for the goals."""
    small, cases = size == goals.TINY, load.SIZES[size]
    if area in pages.PAGES:
        with stock_queue(peers if area == "desk" else {}) as others:
            found = pages.measure(area, rounds, others)
        return {**found, "plans": pages.plans(area)}, pages.measured(area, found)
    if area == "acts":
        found = acts.measure(rounds, cases, peers, small=small)
        return found, acts.measured(found)
    if area == "writers":
        found = writers.measure(2, 2) if small else writers.measure()
        return found, writers.measured(found)
    if area == "import":
        found = importing.measure(rounds, small=small)
        return found, importing.measured(found)
    if area == "sweep":
        found = sweeping.measure(rounds, cases, small=small)
        return found, sweeping.measured(found)
    found = verifying.measure(rounds)
    return found, verifying.measured(found)


def measure(areas: list[str], size: str, rounds: int, peers: Peers) -> dict[str, Any]:
    """Measure areas one after the other on the database that Django is connected to."""
    report: dict[str, Any] = {
        "size": size,
        "at": datetime.now(UTC).isoformat(),
        "machine": machine.facts(),
        "areas": {},
    }
    figures: dict[str, float] = {}
    for area in areas:
        began = time.monotonic()
        found, of_goals = measure_area(area, size, rounds, peers)
        figures |= of_goals
        report["areas"][area] = {**found, "took_s": round(time.monotonic() - began, 1)}
        connection.close()
    report["goals"] = goals.judged(figures, size)
    return report
