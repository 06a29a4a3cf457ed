"""The database restarts under the workers, on a server of our own: no process ends, nothing is lost."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from config import postgres, postgres_place
from tests.casework.background.harness import JOBS, PROJECT, TABLES, runners, until, worker

TASK = f"""
INSERT INTO django_tasks_database_dbtaskresult (id, status, enqueued_at, args_kwargs, priority, task_path, worker_ids,
            queue_name, backend_name, run_after, exception_class_path, traceback)
SELECT gen_random_uuid(), 'READY', now(),
       jsonb_build_object('args', jsonb_build_array('task-' || n, 0.3), 'kwargs', '{{}}'::jsonb),
       0, '{JOBS}.effect', '[]', 'default', 'default', '9999-01-01 00:00:00+00', '', '' FROM generate_series(1, 20) n
"""
DONE = "SELECT count(*) FROM t_effect"
ALIVE = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2"


def ask(url: str, question: str) -> int | None:
    """One number; None while the server is away."""
    with contextlib.suppress(psycopg2.OperationalError), contextlib.closing(psycopg2.connect(url)) as session:
        session.autocommit = True
        with session.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0] if cursor.description else None
    return None


@pytest.fixture
def root(monkeypatch) -> Iterator[Path]:
    """A server and a database with our tables, in a short path that every user can reach."""
    monkeypatch.delenv("DATABASE_URL")
    root = Path("/tmp") / f"dh-worker-{os.getpid()}"
    root.mkdir(mode=0o755)
    try:
        env = {**os.environ, "DATABASE_URL": postgres.ensure(root), "DJANGO_SETTINGS_MODULE": "config.settings"}
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
        subprocess.run(migrate, cwd=PROJECT, env=env, check=True, timeout=200)
        yield root
    finally:
        postgres.remove(root)
        subprocess.run(["rm", "-rf", root], check=True)


def restart(root: Path, signum: signal.Signals) -> None:
    pid = int((postgres_place.place_of(root, "pg").data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signum)
    time.sleep(1)
    postgres.ensure(root)


def test_no_process_ends_and_nothing_is_lost_when_the_database_restarts(root):
    url = postgres.ensure(root)
    ask(postgres.of_owner(url), TABLES)
    with worker(url=url) as process:
        until(lambda: ask(url, ALIVE) == 2)
        first = runners(process)
        restart(root, signal.SIGQUIT)  # idle: at once, without a checkpoint
        until(lambda: ask(url, ALIVE) == 2, 15)

        ask(url, TASK)
        until(lambda: ask(url, DONE) > 2)
        restart(root, signal.SIGINT)  # busy: connections are cut
        until(lambda: ask(url, DONE) == 20, 60)

        assert runners(process) == first
        assert process.poll() is None
    assert ask(url, "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status <> 'SUCCESSFUL'") == 0
    assert ask(url, "SELECT count(*) FROM t_finished") == 20
