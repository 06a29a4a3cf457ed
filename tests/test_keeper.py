"""The worker of `make run`: there with the site, back when it dies, gone with the site, however that ends."""

import os
import signal
import subprocess
from collections.abc import Iterator

import pytest

from casework.background.identity import alive
from tests.casework.background import jobs
from tests.casework.background.harness import runners, start, statuses, until

# What config.serve does around the site, without the site.
SITE = """
import django, signal, socket, sys, threading
django.setup()
from config.keeper import Keeper
listener = socket.create_server(("127.0.0.1", 0))
keeper = Keeper(listener)
signal.signal(signal.SIGINT, lambda *_: (keeper.stop(), sys.exit(0)))
print(listener.getsockname()[1], flush=True)
while True:
    signal.pause()
"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site() -> Iterator[subprocess.Popen]:
    process = start(program=("-c", SITE))
    try:
        until(lambda: len(alive()) == 2)
        yield process
    finally:
        process.kill()
        process.wait()
        until(lambda: not alive(), 15)


def children(pid: int) -> list[int]:
    return runners(type("Named", (), {"pid": pid}))


def test_it_works_and_ends_with_the_site(site):
    jobs.add.enqueue(1, 1)
    until(lambda: statuses() == {"SUCCESSFUL": 1})
    site.send_signal(signal.SIGINT)
    assert site.wait(10) == 0
    assert not alive()


def test_a_worker_that_was_killed_comes_back(site):
    before = set(alive())
    keeper = children(site.pid)[0]
    os.kill(children(keeper)[0], signal.SIGKILL)
    until(lambda: len(alive()) == 2 and not before & set(alive()), 10)


def test_it_ends_with_a_site_that_was_killed(site):
    os.kill(site.pid, signal.SIGKILL)
    until(lambda: not alive(), 10)
