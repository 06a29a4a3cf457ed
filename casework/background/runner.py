"""One process that works: it takes a number, then goes round until it is told to stop.

Nothing ends it but its parent: it outlives restarts of the database and errors of its own queries.
"""

import logging
import os
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection, reset_queries

from casework.background.identity import Identity
from casework.background.limits import end_with_parent, limited
from casework.background.periodic import make_ticks
from casework.background.policy import DEFAULT, policy_of
from casework.background.pumps import pumps
from casework.background.tasks import give_back_orphans, run, take
from casework.sharing.scope import everything

log = logging.getLogger(__name__)

IDLE = 0.5  # seconds between two looks when there is nothing to do
UPKEEP = 1.0  # seconds between two looks for orphans and ticks
IN_A_ROW = 20  # tasks before the rest has its turn
SHORT_LIFE = 2.0  # seconds; the next pause is longer after one
LONGEST_PAUSE = 5.0  # seconds between two tries to reach the database


class Runner:
    """The loop. `deadline` is a number shared with the parent: when it may kill us, 0 for never."""

    def __init__(self, parent: int, deadline: Any, queues: list[str] | None = None) -> None:
        self.parent, self.deadline, self.queues = parent, deadline, queues
        self.stopping = False
        self.pumps = pumps()
        self._upkeep_at = 0.0

    @everything("the worker works for all")
    def live(self) -> None:
        """Work until SIGTERM, then end the task at hand and return. A parent that died ends us at once."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent tells us
        end_with_parent(self.parent, signal.SIGKILL)
        failures = 0
        while not self.stopping and os.getppid() == self.parent:
            born = time.monotonic()
            try:
                self._one_life()
            except Exception as error:  # noqa: BLE001 (a worker that ends by itself helps nobody)
                failures = failures + 1 if time.monotonic() - born < SHORT_LIFE else 1
                log.warning("The worker starts anew after %s: %s", type(error).__qualname__, str(error).strip()[:200])
                connection.close()
                time.sleep(min(0.1 * 2**failures, LONGEST_PAUSE))

    def _stop(self, *_: Any) -> None:
        self.stopping = True

    def _one_life(self) -> None:
        """From one connection to its end."""
        me = Identity()
        while not self.stopping and me.is_mine_still():
            if not self._round(me):
                time.sleep(IDLE)
        if self.stopping and me.is_mine_still():
            me.give_up()
        connection.close()

    def _round(self, me: Identity) -> int:
        """Everything once, so that nothing waits for ever behind something else. How much there was."""
        reset_queries()
        done = 0
        if time.monotonic() >= self._upkeep_at:
            done += give_back_orphans() + make_ticks()
            self._upkeep_at = time.monotonic() + UPKEEP
        for pump in self.pumps:
            if not self.stopping and me.is_mine_still():
                done += pump.work(self._limited())
        return done + self._some_tasks(me)

    def _some_tasks(self, me: Identity) -> int:
        for done in range(IN_A_ROW):
            row = None if self.stopping or not me.is_mine_still() else take(me.number, self.queues)
            if row is None:
                return done
            run(row, limited(policy_of(row.task_path), self.deadline))
        return IN_A_ROW

    def _limited(self) -> Callable[[], AbstractContextManager[Any]]:
        return lambda: limited(DEFAULT, self.deadline)
