"""The two time limits of a task: the soft one it is told of, the hard one its process does not survive.

The runner writes the moment of the hard limit where the parent, another process, can read it. Both use the
system's steady clock, which nobody can set. A long statement of the database hears of the hard limit only.
"""

import ctypes
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from casework.background.policy import Policy, TookTooLong

_PR_SET_PDEATHSIG = 1


def _too_long(*_: Any) -> None:
    raise TookTooLong


@contextmanager
def limited(policy: Policy, deadline: Any) -> Iterator[None]:
    """Run the block within the limits of a policy; `deadline` is a number shared with the parent."""
    signal.signal(signal.SIGALRM, _too_long)
    deadline.value = time.monotonic() + policy.hard
    signal.setitimer(signal.ITIMER_REAL, policy.soft)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        deadline.value = 0


def end_with_parent(parent: int, signum: signal.Signals) -> None:
    """Have the system send us a signal when our parent ends, however it ends. Linux; elsewhere ask `os.getppid()`."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(_PR_SET_PDEATHSIG, signum)
    if os.getppid() != parent:  # it was quicker
        os.kill(os.getpid(), signum)
