"""One run of chaos: set up, work and hurt, drain, judge. Safety and liveness are two verdicts."""

import argparse
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.server import ROOT, address_of, schema_now
from tests.chaos.server import CHAOS

PEOPLE = ("lan", "mai", "cuc", "binh", "ngan", "hanh")
CASES = 120
DRAIN = 90  # seconds within which everything that was begun must be over
PLACE = ROOT / "var" / "chaos"


@dataclass
class Report:
    """What one run did and found. It passes when nothing was violated and everything came to its end."""

    seed: int
    seconds: float
    planted: str
    done: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    sent_again: int = 0
    events: int = 0
    acknowledged: int = 0
    drained: float | None = None
    safety: list[str] = field(default_factory=list)
    liveness: list[str] = field(default_factory=list)

    @property
    def acts(self) -> int:
        """What was accepted over HTTP."""
        return sum(n for what, n in self.done.items() if what in ("claim", "release", "finish", "note"))

    def as_json(self) -> dict[str, Any]:
        """For whoever keeps it."""
        kept = dict(self.__dict__)
        return {**kept, "done": dict(self.done), "faults": dict(self.faults), "acts": self.acts}


def parser() -> argparse.ArgumentParser:
    """The arguments of `manage.py chaos`."""
    found = argparse.ArgumentParser(prog="manage.py chaos", description="Hurt the product while people work with it.")
    found.add_argument("--seed", type=int, default=1)
    found.add_argument("--seconds", type=float, default=60)
    found.add_argument("--every", type=float, default=0.5, help="seconds between faults; 0: none")
    found.add_argument("--plant", default="", help="a bug to be found; `--plant list` names them")
    found.add_argument("--json", type=Path, metavar="OUT")
    return found


def prepare(plant: str) -> str:
    """A database with a world and cases, copied from a template of today. Returns its address."""
    address = CHAOS.start()
    template = f"chaos_world_{CASES}_{time.strftime('%Y%m%d')}_{schema_now()}"
    if not CHAOS.exists(template):
        CHAOS.make("chaos_half")
        env = {**os.environ, **_environment("chaos_half", address)}
        run = [sys.executable, "-c", "from tests.chaos.world import make; make()"]
        subprocess.run(run, env=env, cwd=ROOT, check=True)
        CHAOS.rename("chaos_half", template)
    CHAOS.make("chaos_run", template)
    os.environ.update(_environment("chaos_run", address))
    from tests.chaos import plants

    with CHAOS.superuser("chaos_run") as cursor:
        for statement in plants.IN_DATABASE.get(plant, []):
            cursor.execute(statement)
    return os.environ["DATABASE_URL"]


def _environment(database: str, address: str) -> dict[str, str]:
    from config import postgres

    url = address_of(database, address)
    return {
        "DATABASE_URL": url,
        "DATABASE_OWNER_URL": postgres.of_owner(url),
        "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
    }


def run(asked: argparse.Namespace) -> Report:
    """Carry out one run. Django is set up on the run's database by now."""
    from tests.chaos.nemesis import WEBS, House, Nemesis
    from tests.chaos.people import Journal, Worker

    report = Report(asked.seed, asked.seconds, asked.plant)
    ports = [_free_port() for _ in range(WEBS)]
    house, stop = House(ports, asked.plant), threading.Event()
    journal = Journal(PLACE / "journal.jsonl")
    people = [Worker(name, asked.seed, ports, journal, stop) for name in PEOPLE]
    quiet = threading.Event()
    nemesis = Nemesis(asked.seed, house, "chaos_run", quiet, asked.every or 3600)
    try:
        house.keep()
        _wait_for(ports)
        for one in (*people, nemesis):
            one.start()
        time.sleep(asked.seconds)
        quiet.set()
        nemesis.join(30)
        CHAOS.start()
        house.keep()
        stop.set()
        for one in people:
            one.join(90)
            report.done += one.done
            report.sent_again += one.browser.again
            if one.is_alive() or one.fault:
                report.liveness.append(f"{one.name}: {one.fault or 'still waits for an answer'}")
        report.faults = nemesis.faults
        report.drained = _drained(house)
        if report.drained is None:
            report.liveness.append(f"not everything was over after {DRAIN} s")
    finally:
        quiet.set()
        stop.set()
        house.close()
    _judge(report)
    return report


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(ports: list[int]) -> None:
    end = time.monotonic() + 60
    for port in ports:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if time.monotonic() > end:
                    raise RuntimeError("the site does not start; see var/chaos/processes.log") from None
                time.sleep(0.1)


_LEFT = """
SELECT (SELECT count(*) FROM casework_auditunsealed),
       (SELECT count(*) FROM notifications_outboxmessage WHERE state = 'waiting'),
       (SELECT count(*) FROM django_tasks_database_dbtaskresult
         WHERE status = 'RUNNING' OR (status = 'READY' AND run_after < now() - interval '20 seconds'))
"""


def _drained(house: Any) -> float | None:
    """How long it took until nothing waited any more, in seconds; None when it did not end."""
    from django.db import connection

    began = time.monotonic()
    while time.monotonic() < began + DRAIN:
        house.keep()
        with connection.cursor() as cursor:
            cursor.execute(_LEFT)
            if sum(cursor.fetchone()) == 0:
                return round(time.monotonic() - began, 1)
        time.sleep(0.5)
    return None


def _judge(report: Report) -> None:
    """Everything that was acknowledged is there, what always holds holds, and the history fits."""
    from casework.audit import live
    from casework.models import AuditEvent
    from casework.sharing.scope import everything
    from config.invariants import check

    with everything("chaos judges what is left"):
        kept = [json.loads(line) for line in (PLACE / "journal.jsonl").read_text().splitlines()]
        report.acknowledged = len(kept)
        told = Counter(str(request) for request in AuditEvent.objects.values_list("request_id", flat=True) if request)
        for line in kept:
            if told[line["request"]] != 1:
                report.safety.append(f"acknowledged, but {told[line['request']]} events: {line['what']}")
        for found in check():
            report.safety += [f"{found.invariant.name}: {row}" for row in found.rows]
        report.safety += [f"history: {problem}" for problem in live.check().problems]
        report.events = AuditEvent.objects.count()
        if not report.acknowledged:
            report.liveness.append("nothing was ever acknowledged")


def tell(report: Report) -> None:
    """Print what was found."""
    say = sys.stdout.write
    say(f"seed {report.seed}, {report.seconds:g} s{', planted: ' + report.planted if report.planted else ''}\n")
    say(f"{report.acts} acts accepted: {dict(report.done)}; {report.sent_again} forms sent again\n")
    say(f"{sum(report.faults.values())} faults: {dict(report.faults)}\n")
    say(f"{report.events} events, {report.acknowledged} acknowledgements compared, drained in {report.drained} s\n")
    for name, found in (("safety", report.safety), ("liveness", report.liveness)):
        say(f"{name}: {'holds' if not found else f'VIOLATED ({len(found)})'}\n")
        for line in found[:20]:
            say(f"  {line}\n")


def main(arguments: list[str]) -> int:
    """Carry out `manage.py chaos`: 0 when safe and live, 1 when not safe, 2 when only not live."""
    asked = parser().parse_args(arguments)
    PLACE.mkdir(parents=True, exist_ok=True)
    os.environ["DATABASE_URL"] = "postgresql://unused/unused"  # nothing may start the demo's server
    from tests.chaos import plants

    if asked.plant == "list":
        sys.stdout.write("\n".join(plants.names()) + "\n")
        return 0
    with CHAOS.alone():
        return _carry_out(asked)


def _carry_out(asked: argparse.Namespace) -> int:
    import django

    prepare(asked.plant)
    os.environ["PGAPPNAME"] = "chaos"
    django.setup()
    del os.environ["PGAPPNAME"]
    report = run(asked)
    tell(report)
    if asked.json:
        asked.json.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n")
    return 1 if report.safety else 2 if report.liveness else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
