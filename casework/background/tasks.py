"""The tasks of django-tasks-db: taken one at a time, run, their result recorded, given back when their worker died.

A row belongs to the worker that its list of workers names last, as long as it is RUNNING. Every write about a
taken row is bound to that list as it was when the row was taken: who lost the row meanwhile writes nothing.
"""

import logging
import traceback
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import override
from django_tasks import TaskContext, TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from casework.background.identity import ALIVE, Identity
from casework.background.policy import policy_of

log = logging.getLogger(__name__)

LONGEST_TRACE = 8000  # characters

# The date far away is how django-tasks-db writes "at once".
_TAKE = """
UPDATE django_tasks_database_dbtaskresult
   SET status = 'RUNNING', started_at = statement_timestamp(), worker_ids = worker_ids || to_jsonb(%(worker)s::text)
 WHERE id = (SELECT id FROM django_tasks_database_dbtaskresult
              WHERE status = 'READY' AND (run_after = %(at_once)s OR run_after <= statement_timestamp())
                AND (%(queues)s::text[] IS NULL OR queue_name = ANY(%(queues)s::text[]))
              ORDER BY priority DESC, run_after, enqueued_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING *
"""
_ORPHANS = f"""
SELECT * FROM django_tasks_database_dbtaskresult
 WHERE status = 'RUNNING' AND COALESCE(worker_ids ->> -1, '') NOT IN ({ALIVE})
"""  # noqa: S608 (constants of ours)


def take(worker: str, queues: list[str] | None = None) -> DBTaskResult | None:
    """Take the task that is ready for longest; None when there is none. One statement."""
    given = {"worker": worker, "at_once": get_date_max(), "queues": queues}
    return next(iter(DBTaskResult.objects.raw(_TAKE, given)), None)


def run(row: DBTaskResult, limited: AbstractContextManager[Any]) -> None:
    """Run a task that was taken, within its limits, and record what came of it.

    Raises only what the database raises when nothing can be recorded; then the row is given back by another.
    """
    try:
        with limited, override(settings.LANGUAGE_CODE):
            value = _call(row)
    except Exception as error:  # noqa: BLE001 (whatever a task raises is its result)
        _record_error(row, error)
    else:
        _if_mine(row).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=Now(), return_value=value, exception_class_path="",
            traceback="",
        )  # fmt: skip


def give_back_orphans() -> int:
    """Make the tasks of dead workers ready again, or dead letters after too many kills. How many there were."""
    orphans = list(DBTaskResult.objects.raw(_ORPHANS))
    for row in orphans:
        killed = len(row.worker_ids)
        if killed < policy_of(row.task_path).attempts:
            _if_mine(row).update(status=TaskResultStatus.READY)
        else:
            _bury(row, "casework.background.Killed", f"Its worker ended {killed} times while the task ran.")
    return len(orphans)


def run_ready(limit: int = 100, queues: list[str] | None = None) -> int:
    """Run what is ready, in this process and without time limits; for tests and `worker --once`. How many ran."""
    me = Identity()
    try:
        for done in range(limit):
            row = take(me.number, queues)
            if row is None:
                return done
            run(row, nullcontext())
        return limit
    finally:
        me.give_up()


def _call(row: DBTaskResult) -> Any:
    """What the task returns, as JSON can hold it. Within a transaction (of a test) an error ends only its own part."""
    result: Any = row.task_result
    context = [TaskContext(task_result=result)] if result.task.takes_context else []
    with transaction.atomic() if connection.in_atomic_block else nullcontext():
        return normalize_json(result.task.call(*context, *result.args, **result.kwargs))


def _record_error(row: DBTaskResult, error: Exception) -> None:
    """Try again later, or lay it aside for a person to look at."""
    attempt, policy = len(row.worker_ids), policy_of(row.task_path)
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    log.warning("Task %s of %s failed (attempt %d): %s", row.task_path, row.pk, attempt, name)
    if attempt >= policy.attempts:
        return _bury(row, name, trace_of(error))
    again = Now() + timedelta(seconds=policy.wait(attempt))
    _if_mine(row).update(
        status=TaskResultStatus.READY, run_after=again, exception_class_path=name, traceback=trace_of(error)
    )
    return None


def _bury(row: DBTaskResult, name: str, trace: str) -> None:
    _if_mine(row).update(
        status=TaskResultStatus.FAILED, finished_at=Now(), exception_class_path=name, traceback=trace,
        return_value=None,
    )  # fmt: skip


def _if_mine(row: DBTaskResult) -> QuerySet[DBTaskResult]:
    """The row while it is as we took it, for writing; nothing once another took it or gave it back."""
    return DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, worker_ids=row.worker_ids)


def trace_of(error: BaseException) -> str:
    """Where it happened and the first line of what was said: the lines after it (of a database) may tell of people."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    said = next(iter(str(error).splitlines()), "")[:200]
    return f"{frames[-LONGEST_TRACE:]}{type(error).__qualname__}: {said}".replace("\x00", "")
