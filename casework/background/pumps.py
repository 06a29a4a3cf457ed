"""What is emptied again and again: `WORKER_PUMPS` in the settings, dotted names of functions () -> int.

A pump moves what waits in a table of its own, some rows at a time, and says how many; several workers may call
one at once. One that fails is left alone for a while, longer each time; it stops nobody else.
"""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils.module_loading import import_string

from casework.background.tasks import trace_of

log = logging.getLogger(__name__)

STROKES = 5  # of one pump before the others and the tasks have their turn
LONGEST_REST = 60.0  # seconds


class Pump:
    """One pump and its rest after failures."""

    def __init__(self, name: str) -> None:
        self.name, self.failures, self.rests_until = name, 0, 0.0

    def work(self, limited: Callable[[], AbstractContextManager[Any]]) -> int:
        """Call it until it is empty, a few times at most. How many rows it moved. Raises what the database raises."""
        moved = 0
        for _stroke in range(STROKES if time.monotonic() >= self.rests_until else 0):
            count = self._stroke(limited)
            if not count:
                break
            moved += count
        return moved

    def _stroke(self, limited: Callable[[], AbstractContextManager[Any]]) -> int:
        try:
            with limited():
                count = import_string(self.name)()
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 (one pump stops nobody else)
            self.failures += 1
            self.rests_until = time.monotonic() + min(2.0**self.failures, LONGEST_REST)
            log.warning("%s failed (%d in a row).\n%s", self.name, self.failures, trace_of(error))
            return 0
        self.failures = 0
        return count


def pumps() -> list[Pump]:
    """A fresh set, as the settings name them."""
    return [Pump(name) for name in settings.WORKER_PUMPS]
