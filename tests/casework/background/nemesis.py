"""Kills workers at random, keeps two supervisors going, and measures how long each death left its place empty."""

import random
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable
from os import kill
from typing import Any, NamedTuple

from casework.background.identity import alive
from casework.background.models import Worker
from tests.casework.background.harness import kill as kill_all
from tests.casework.background.harness import runners, start

HOSTS = 2
PARENTS = 0.1  # of the kills


class Death(NamedTuple):
    """Of a runner, by itself or with its parent."""

    what: str
    at: float


class Nemesis:
    """Two hosts with two runners each. Every choice comes from the seed."""

    def __init__(self, seed: int, **options: Any) -> None:
        self.random = random.Random(seed)
        self.options = options
        self.hosts: list[subprocess.Popen] = [start(**options) for _ in range(HOSTS)]
        self.killed = self.parents_killed = 0
        self.living: dict[str, int] = {}  # number → pid
        self.dead: set[int] = set()  # pids
        self.empty: list[deque[Death]] = [deque() for _ in range(HOSTS)]
        self.longest = {"runner": 0.0, "parent": 0.0}  # seconds until another was in its place
        self.start_took = 0.0

    def rage(self, kills: int, done: Callable[[], bool], seconds: float) -> None:
        """Kill so many processes, then let the rest be done. Fails the test when that takes too long."""
        began = time.monotonic()
        try:
            while len(self.living) < HOSTS * 2:
                self._watch(0.1)
            self.start_took = time.monotonic() - began
            while self.killed < kills or any(self.empty) or not done():
                assert time.monotonic() < began + seconds, f"{self.killed} kills, {self.empty} places empty"
                if self.killed < kills:
                    self._strike()
                self._watch(self.random.uniform(0.05, 0.35))
        finally:
            for host in self.hosts:
                kill_all(host)

    def _strike(self) -> None:
        """Kill one that lives, so that each death is answered by one new life."""
        n = self.random.randrange(HOSTS)
        host, what = self.hosts[n], "runner"
        pids = [pid for pid in runners(host) if pid in self.living.values() and pid not in self.dead]
        if not pids:
            return
        self.killed += 1
        if self.random.random() < PARENTS:
            self.parents_killed, what = self.parents_killed + 1, "parent"
            kill(host.pid, signal.SIGKILL)
            self.empty[n] = deque(Death("parent", death.at) for death in self.empty[n])
        else:
            pids = [self.random.choice(pids)]
            kill(pids[0], signal.SIGKILL)
        self.dead |= set(pids)
        self.empty[n].extend([Death(what, time.monotonic())] * len(pids))

    def _watch(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._look()
            time.sleep(0.02)

    def _look(self) -> None:
        """Start hosts that died anew, as `config.serve` or systemd does, and note who lives now."""
        for n, host in enumerate(self.hosts):
            if host.poll() is not None:
                self.hosts[n] = start(**self.options)
        for number in set(alive()) - set(self.living):
            row = Worker.objects.filter(pk=number).first()
            if row is None:
                continue  # its lock is there before its row: the next look finds both
            self.living[number] = pid = int(row.name.rpartition(":")[2])
            for host, empty in zip(self.hosts, self.empty, strict=True):
                if empty and pid in runners(host):
                    death = empty.popleft()
                    self.longest[death.what] = max(self.longest[death.what], time.monotonic() - death.at)
