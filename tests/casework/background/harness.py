"""Real workers in processes of their own on a committed test database, and ways to hurt them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from casework.background.limits import end_with_parent
from tests.casework.background.jobs import execute

PROJECT = Path(__file__).resolve().parents[3]
JOBS = "tests.casework.background.jobs"

# `t_finished` counts by a trigger how often a task was recorded as done, whoever did it.
TABLES = """
CREATE TABLE t_run (key text, pid int, at timestamptz DEFAULT clock_timestamp());
CREATE TABLE t_effect (key text PRIMARY KEY, at timestamptz DEFAULT clock_timestamp());
CREATE TABLE t_outbox (key text PRIMARY KEY, sent_at timestamptz);
CREATE TABLE t_finished (id uuid, workers jsonb);
CREATE FUNCTION t_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO t_finished VALUES (NEW.id, NEW.worker_ids); RETURN NULL; END $$;
CREATE TRIGGER t_note AFTER UPDATE ON django_tasks_database_dbtaskresult FOR EACH ROW
    WHEN (NEW.status = 'SUCCESSFUL') EXECUTE FUNCTION t_note();
GRANT ALL ON t_run, t_effect, t_outbox, t_finished TO donghanh_app;
"""


def address(name: str | None = None) -> str:
    """The address of the database of this test."""
    server = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(server._replace(path=f"/{name or connection.settings_dict['NAME']}"))


def start(
    *arguments: str, url: str | None = None, periodic: dict[str, float] | None = None, pumps: list[str] | None = None,
    mailbox: Path | None = None, program: tuple[str, ...] = ("manage.py", "worker"),
) -> subprocess.Popen:  # fmt: skip
    """Start `manage.py worker` on this test's database; it ends with `stop` or by what the test does to it."""
    env = {
        **os.environ,
        "DATABASE_URL": url or address(),
        "DJANGO_SETTINGS_MODULE": "tests.casework.background.settings",
        "PYTHONPATH": str(PROJECT),
        "TEST_PERIODIC": json.dumps(periodic or {}),
        "TEST_PUMPS": json.dumps(pumps or []),
        "TEST_MAILBOX": str(mailbox or os.devnull),
    }
    return subprocess.Popen(
        [sys.executable, *program, *arguments], cwd=PROJECT, env=env, start_new_session=True,
        preexec_fn=lambda: end_with_parent(os.getppid(), signal.SIGKILL),  # noqa: PLW1509 (ends when the tests do)
    )  # fmt: skip


@contextlib.contextmanager
def worker(*arguments: str, **options: Any) -> Iterator[subprocess.Popen]:
    """A worker for the length of a block."""
    process = start(*arguments, **options)
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen) -> None:
    """Kill a supervisor; its runners go with it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def runners(process: subprocess.Popen) -> list[int]:
    """The pids of a supervisor's children."""
    with contextlib.suppress(FileNotFoundError):
        return [int(p) for p in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    return []


def until(condition: Callable[[], Any], seconds: float = 30) -> Any:
    """Wait until a condition holds, and give what it gave. Fails the test when it does not."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} seconds")


def statuses() -> dict[str, int]:
    """How many tasks stand where."""
    return dict(execute("SELECT status, count(*) FROM django_tasks_database_dbtaskresult GROUP BY status"))


def runs_of(key: str) -> int:
    """How often something was begun."""
    return execute("SELECT count(*) FROM t_run WHERE key = %s", key)[0][0]


def cut_sessions() -> None:
    """End the sessions of all workers, as a restart of the database does."""
    execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted")
