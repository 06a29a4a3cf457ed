"""How many no-op tasks two runners do in a second: the figure of docs/concepts/background.md."""

import os
import time

import pytest

from casework.background.identity import alive
from tests.casework.background import jobs
from tests.casework.background.harness import statuses, until, worker

MANY = int(os.environ.get("NOTHINGS", "400"))
LEAST = 20  # a second, also on a busy machine


@pytest.mark.usefixtures("tables")
def test_no_op_tasks_a_second():
    for _n in range(MANY):
        jobs.nothing.enqueue()
    with worker():
        until(alive)
        began = time.monotonic()
        until(lambda: statuses() == {"SUCCESSFUL": MANY}, 120)
        took = time.monotonic() - began
    print(f"{MANY / took:.0f} tasks a second")  # noqa: T201 (shown with pytest -s)
    assert MANY / took > LEAST
