"""The worker beside the site of `make run`: started with it, started anew when it dies, stopped with it.

The keeper is a process of its own, for the web server waits for nothing but requests. Keeper and worker are forked
from the program that has everything loaded, so a new worker is there at once. Site and keeper hold the two ends of
a pair of sockets: whoever is gone, however it went, the other one reads the end of it.
"""

import contextlib
import os
import select
import signal
import socket
import time

from django.utils.module_loading import import_string

from casework.background.limits import end_with_parent

PROCESSES = 2
LOOK = 0.2  # seconds between two looks at the worker
PAUSE = 0.5  # seconds before a worker that died is started anew
PATIENCE = 8.0  # seconds for the tasks at hand when the site stops; what is cut off then runs again next time


class Keeper:
    """A child of ours that keeps a worker going until `stop`, or until we are gone."""

    def __init__(self, listener: socket.socket) -> None:
        self._ours, theirs = socket.socketpair()
        if not os.fork():
            self._ours.close()
            listener.close()
            os.setsid()  # Ctrl-C in our terminal is for the site, which tells us
            with contextlib.suppress(BaseException):
                _keep(theirs)
            os._exit(0)
        theirs.close()

    def stop(self) -> None:
        """End the worker and the keeper, and wait for that."""
        self._ours.settimeout(PATIENCE + 5)
        with contextlib.suppress(OSError):
            self._ours.shutdown(socket.SHUT_WR)
            self._ours.recv(1)


def _keep(site: socket.socket) -> None:
    """Keep a worker going while the site holds its end."""
    worker = _worker(site)
    while not select.select([site], [], [], LOOK)[0]:
        if _is_gone(worker):
            time.sleep(PAUSE)
            worker = _worker(site)
    os.kill(worker, signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while not _is_gone(worker):
        if time.monotonic() > end:
            os.kill(worker, signal.SIGTERM)  # the second one ends it at once
            end += PATIENCE
        time.sleep(LOOK / 2)


def _worker(site: socket.socket) -> int:
    """Fork a worker. Its number."""
    keeper = os.getpid()
    worker = os.fork()
    if worker:
        return worker
    site.close()
    try:
        end_with_parent(keeper, signal.SIGTERM)
        import_string("casework.background.supervisor.Supervisor")(PROCESSES).run()  # once Django is set up
    finally:
        os._exit(0)


def _is_gone(worker: int) -> bool:
    return os.waitpid(worker, os.WNOHANG)[0] == worker
