"""Work for the worker under test. What it does is seen in two tables that the tests make (harness.TABLES)."""

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction
from django_tasks import TaskContext, task

from casework.background.policy import TookTooLong, policy
from notifications import delivery


def execute(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@task
@policy(attempts=1000)
def effect(key: str, seconds: float = 0) -> str:
    """Something that must happen once, protected by its key as the contract asks."""
    execute("INSERT INTO t_run (key, pid) VALUES (%s, %s)", key, os.getpid())
    time.sleep(seconds)
    execute("INSERT INTO t_effect (key) VALUES (%s) ON CONFLICT DO NOTHING", key)
    return key


@task
def add(left: int, right: int) -> int:
    return left + right


@task
def nothing() -> None:
    pass


@task(takes_context=True)
def my_id(context: TaskContext) -> str:
    return context.task_result.id


@task
@policy(attempts=3)
def fail(secret: str) -> None:
    local = secret
    raise ValueError(f"first line\nDETAIL: {local}")


@task
@policy(attempts=2)
def break_the_transaction() -> None:
    execute("SELECT 1/0")


@task
def unserialisable() -> object:
    return object()


@task
@policy(attempts=2, backoff=0.01, soft=0.3, hard=5)
def slow(seconds: float) -> None:
    try:
        time.sleep(seconds)
    except TookTooLong:
        execute("INSERT INTO t_run (key, pid) VALUES ('told', %s)", os.getpid())
        raise


@task
@policy(attempts=2, backoff=0.01, soft=0.2, hard=0.6)
def deaf(seconds: float) -> None:
    """Does not listen to the soft limit."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(TookTooLong):
            time.sleep(seconds)


@task
@policy(attempts=2)
def fatal() -> None:
    os.kill(os.getpid(), 9)


def periodic() -> dict[str, int]:
    execute("INSERT INTO t_run (key, pid) VALUES ('periodic', %s)", os.getpid())
    return {"rows": 3}


def periodic_that_fails() -> None:
    raise RuntimeError("no")


def pump() -> int:
    """Send some rows of a table like the outbox to a file, then mark them: a kill between the two repeats them."""
    with transaction.atomic():
        keys = [
            key for (key,) in execute("SELECT key FROM t_outbox WHERE sent_at IS NULL LIMIT 20 FOR UPDATE SKIP LOCKED")
        ]
        with Path(os.environ["TEST_MAILBOX"]).open("a") as mailbox:
            for key in keys:
                mailbox.write(f"{key}\n")
                mailbox.flush()
        time.sleep(0.02)
        execute("UPDATE t_outbox SET sent_at = now() WHERE key = ANY(%s)", keys)
    return len(keys)


def bad_pump() -> int:
    raise RuntimeError(f"bad pump at {datetime.now(UTC)}")


def send_with_short_lease() -> int:
    """The product's own pump; what a killed one had claimed is free again after two seconds instead of two minutes."""
    delivery.LEASE = 2
    return delivery.pump()
