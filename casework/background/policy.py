"""How often a task is tried, how long it may take, and how long it waits before it is tried again.

A task that needs other patience says so below `@task`: `@policy(attempts=8, soft=20, hard=40)`.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.module_loading import import_string
from django_tasks.base import Task

F = TypeVar("F", bound=Callable[..., Any])

LONGEST_WAIT = 3600.0  # seconds


class TookTooLong(Exception):
    """Raised inside a task at its soft limit, so that it can still clean up."""


@dataclass(frozen=True)
class Policy:
    """The patience we have with a task. All times in seconds."""

    attempts: int = 5  # kills of the worker count as well
    soft: float = 60
    hard: float = 120  # then its process is killed
    backoff: float = 10

    def wait(self, attempt: int) -> float:
        """Seconds until the next attempt after the `attempt`-th (from 1): thrice as long each time, never in step."""
        return min(self.backoff * 3 ** min(attempt - 1, 20), LONGEST_WAIT) * random.uniform(0.5, 1.5)  # noqa: S311


DEFAULT = Policy()


def policy(**settings: Any) -> Callable[[F], F]:
    """Give a task's function a policy of its own; to be written below `@task`."""

    def give(function: F) -> F:
        function.policy = Policy(**settings)  # type: ignore[attr-defined]
        return function

    return give


def policy_of(task_path: str) -> Policy:
    """The policy of the task at this path; the default for a task that is no more."""
    try:
        found = import_string(task_path)
    except Exception:  # noqa: BLE001 (a module that is broken or gone)
        return DEFAULT
    return getattr(found.func if isinstance(found, Task) else found, "policy", DEFAULT)
