"""What `make setup` does on an empty database: the demo world stands, and a second run leaves it alone."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.db import connection

from tests.owner import run_outside

PROJECT = Path(__file__).resolve().parent.parent
NAME = f"setup_of_{os.getpid()}"
CASES_BY_STAGE = "SELECT stage, count(*) FROM casework_case GROUP BY stage"
OPEN_TASKS = "SELECT count(*) FROM workflows_task WHERE status IN ('NEW', 'ASSIGNED') AND flow_task_type = 'HUMAN'"


def ask(url: str, question: str) -> list[tuple]:
    with contextlib.closing(psycopg2.connect(url)) as session, session.cursor() as cursor:
        session.autocommit = True
        cursor.execute(question)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a database with nothing in it, in the server of the tests."""
    run_outside(f"CREATE DATABASE {NAME}")
    yield urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{NAME}"))
    run_outside(f"DROP DATABASE {NAME}")


def set_up(url: str) -> str:
    """`make setup` without installing. What it printed; it must end well."""
    env = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "config.serve", "--setup-only"],
        cwd=PROJECT, env=env, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_an_empty_database_gets_the_whole_demo_and_keeps_it(empty_database):
    assert connection.vendor == "postgresql"

    set_up(empty_database)

    stages = dict(ask(empty_database, CASES_BY_STAGE))
    assert set(stages) == {"lead", "consultation", "business_plan", "registration", "linkage", "linked"}
    open_tasks = ask(empty_database, OPEN_TASKS)
    assert open_tasks[0][0] > 30

    set_up(empty_database)

    assert dict(ask(empty_database, CASES_BY_STAGE)) == stages
    assert ask(empty_database, OPEN_TASKS) == open_tasks
