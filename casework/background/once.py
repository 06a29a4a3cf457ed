"""The worker's round once, in this process: for a start by hand, for cron, for tests."""

from contextlib import nullcontext

from casework.background.periodic import make_ticks
from casework.background.pumps import pumps
from casework.background.tasks import give_back_orphans, run_ready
from casework.sharing.scope import everything


@everything("the worker works for all")
def everything_once(queues: list[str] | None = None) -> int:
    """Do all that is ready now, and what comes ready by that. How many tasks and rows of pumps that were."""
    give_back_orphans()
    make_ticks()
    total, all_pumps = 0, pumps()
    while done := run_ready(queues=queues) + sum(pump.work(nullcontext) for pump in all_pumps):
        total += done
    return total
