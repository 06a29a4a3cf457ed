"""The parent of the runners: it makes them, makes new ones for those that die, kills those that take too long.

It never speaks to the database, so nothing that happens there can end it.
"""

import ctypes
import logging
import mmap
import os
import signal
import time
import traceback
from typing import Any

from django.db import connections

from casework.background.runner import Runner

log = logging.getLogger(__name__)

LOOK = 0.1  # seconds between two looks at the children
SHORT_LIFE = 5.0  # seconds; who dies younger waits before it is made again
LONGEST_WAIT = 1.0  # seconds


class Place:
    """A place for one runner, filled again whenever it dies."""

    def __init__(self, queues: list[str] | None) -> None:
        self.queues = queues
        self.deadline: Any = ctypes.c_double.from_buffer(mmap.mmap(-1, 8))  # memory that parent and child share
        self.pid = 0
        self.born = self.fill_at = 0.0
        self.deaths = 0

    def fill(self) -> None:
        """Fork a runner, if there is none and the wait after a quick death is over."""
        if self.pid or time.monotonic() < self.fill_at:
            return
        self.deadline.value, self.born = 0.0, time.monotonic()
        runner = Runner(os.getpid(), self.deadline, self.queues)
        self.pid = os.fork()
        if not self.pid:
            _be_runner(runner)

    def look(self) -> None:
        """Take note of a death, and kill a runner whose work is over its hard limit."""
        if not self.pid:
            return
        ended, status = os.waitpid(self.pid, os.WNOHANG)
        if ended:
            self._vacate(status)
        elif 0 < self.deadline.value < time.monotonic():
            log.warning("Worker process %d was over its hard limit and is killed.", self.pid)
            self.send(signal.SIGKILL)

    def send(self, signum: signal.Signals) -> None:
        """Send the runner a signal."""
        if self.pid:
            os.kill(self.pid, signum)  # not reaped yet, so the number is still its own

    def _vacate(self, status: int) -> None:
        if status:
            log.warning("Worker process %d ended with status %d.", self.pid, os.waitstatus_to_exitcode(status))
        self.deaths = self.deaths + 1 if time.monotonic() - self.born < SHORT_LIFE else 0
        wait = min(0.1 * 2**self.deaths, LONGEST_WAIT) if self.deaths > 1 else 0.0
        self.pid, self.fill_at = 0, time.monotonic() + wait


class Supervisor:
    """Keeps `processes` runners alive until SIGTERM or Ctrl-C."""

    def __init__(self, processes: int, queues: list[str] | None = None) -> None:
        self.places = [Place(queues) for _ in range(processes)]
        self.told = 0  # how often we were told to stop

    def run(self) -> None:
        """Return when all runners have ended after a signal: the first lets them end their task, a second kills."""
        connections.close_all()
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._stop)
        while not self.told:
            for place in self.places:
                place.look()
                if not self.told:
                    place.fill()
            time.sleep(LOOK)
        self._drain()

    def _stop(self, *_: Any) -> None:
        self.told += 1

    def _drain(self) -> None:
        for place in self.places:
            place.send(signal.SIGTERM)
        killed = False
        while any(place.pid for place in self.places):
            if self.told > 1 and not killed:
                killed = True
                for place in self.places:
                    place.send(signal.SIGKILL)
            for place in self.places:
                place.look()
            time.sleep(LOOK)


def _be_runner(runner: Runner) -> None:
    """The life of the child from the fork on; it never returns to the parent's code."""
    status = 1
    try:
        runner.live()
        status = 0
    except BaseException:  # noqa: BLE001 (said here, because nobody above us would be ours)
        traceback.print_exc()
    finally:
        logging.shutdown()
        os._exit(status)
