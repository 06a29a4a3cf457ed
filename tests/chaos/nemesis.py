"""Keeps processes going as a service manager would, and hurts them and the database; a seed decides in which order."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psycopg2

from bench.server import ROOT
from tests.chaos.server import CHAOS

WEBS, WORKERS = 2, 2
LONGEST_PAUSE = 2.5


class House:
    """The processes of one run. Those that died are started again; each is the head of a group of its own."""

    def __init__(self, ports: list[int], plant: str) -> None:
        self.commands = [["web", str(port)] for port in ports] + [["worker"]] * WORKERS
        self.env = {**os.environ, "CHAOS_PLANT": plant, "DJANGO_SETTINGS_MODULE": "tests.chaos.settings"}
        self.log = (ROOT / "var" / "chaos" / "processes.log").open("w")
        self.processes: list[subprocess.Popen | None] = [None] * len(self.commands)
        self.closing = False
        self.lock = threading.Lock()

    def keep(self) -> None:
        """Start what does not run."""
        with self.lock:
            for number, command in enumerate(self.commands):
                process = self.processes[number]
                if not self.closing and (process is None or process.poll() is not None):
                    self.processes[number] = subprocess.Popen(
                        [sys.executable, "-m", "tests.chaos.process", *command],
                        cwd=ROOT, env=self.env, stdout=self.log, stderr=self.log, start_new_session=True,
                    )  # fmt: skip

    def hurt(self, number: int, signum: int, *, child: bool) -> None:
        """Send a signal to a process and all that it started, or only to the first of these."""
        process = self.processes[number]
        if process is None or process.poll() is not None:
            return
        with suppress(ProcessLookupError, FileNotFoundError, ValueError, IndexError):
            if child:
                children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
                os.kill(int(children[0]), signum)
            else:
                os.killpg(process.pid, signum)

    def close(self) -> None:
        """End everything."""
        with self.lock:
            self.closing = True
            for process in self.processes:
                if process is not None:
                    with suppress(ProcessLookupError):
                        os.killpg(process.pid, signal.SIGKILL)
                    process.wait(10)


class Nemesis(threading.Thread):
    """Hurts something every now and then until told to stop, and leaves everything running."""

    def __init__(self, seed: int, house: House, database: str, stop: threading.Event, every: float) -> None:
        super().__init__(name="nemesis", daemon=True)
        self.random, self.house, self.database, self.told_to_stop = random.Random(seed), house, database, stop
        self.every, self.faults = every, Counter[str]()
        self.restarted_at = time.monotonic()

    def run(self) -> None:
        """One fault after the other."""
        faults = [
            (self._kill_child, 5), (self._kill_all, 1), (self._pause, 3), (self._cut, 8), (self._restart, 1),
        ]  # fmt: skip
        while not self.told_to_stop.wait(self.random.uniform(0.5, 1.5) * self.every):
            fault = self.random.choices([one for one, _weight in faults], [weight for _one, weight in faults])[0]
            name = fault()
            if name:
                self.faults[name] += 1
            self.house.keep()

    def _any(self) -> int:
        return self.random.randrange(len(self.house.commands))

    def _kill_child(self) -> str:
        number = self._any()
        self.house.hurt(number, signal.SIGKILL, child=True)
        return f"{self.house.commands[number][0]} killed"

    def _kill_all(self) -> str:
        number = self._any()
        self.house.hurt(number, signal.SIGKILL, child=False)
        return f"{self.house.commands[number][0]} and its parent killed"

    def _pause(self) -> str:
        number = self._any()
        self.house.hurt(number, signal.SIGSTOP, child=False)
        self.told_to_stop.wait(self.random.uniform(0.3, LONGEST_PAUSE))
        self.house.hurt(number, signal.SIGCONT, child=False)
        return f"{self.house.commands[number][0]} paused"

    def _cut(self) -> str:
        """End half of all sessions of the product, whatever they are doing."""
        with suppress(psycopg2.Error), CHAOS.superuser() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND application_name <> 'chaos'", [self.database]
            )
            pids = [pid for (pid,) in cursor.fetchall() if self.random.random() < 0.5]
            cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) pid", [pids])
            return "sessions cut" if pids else ""
        return ""

    def _restart(self) -> str:
        if time.monotonic() - self.restarted_at < 8:
            return ""
        CHAOS.kill()
        self.told_to_stop.wait(0.3)
        CHAOS.start()
        self.restarted_at = time.monotonic()
        return "database killed"
