"""A database with reference data and the world, made once; every test gets it back as it was.

It is made by its owner and kept as a template until the next day or until what it is made of changes; each run works on
a copy, as the plain role that the product connects as. Ordinary tests are rolled back. Tests with threads or a browser
really commit, and events cannot be deleted or truncated; so after each of them the database is copied anew.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

from casework.sharing import scope
from tests.factories import World, build_world
from tests.owner import OWNED_BY, run_outside

# What a test reads for itself is nobody's page. Pages, acts, workers and commands set their scope over it.
scope.current = ContextVar("scope", default=scope.MACHINE)

_ROOT = Path(__file__).resolve().parent.parent
# What the template is made of. Code that only moves data through acts is not here; `make clean` forgets it.
_MADE_OF = ("**/migrations/*.py", "**/*sql*.py", "**/data/**/*.*", "**/roles.py", "**/vietnamese*.py", "**/load_*.py")
_OURS = ("casework", "workflows", "notifications", "config")


def _end_sessions(name: str) -> str:
    """A statement that ends our own sessions in a database, those of threads that a test left too.

    Not DROP … WITH (FORCE): that would also end the server's own workers there, which a plain role may not do.
    """
    roles = "(SELECT rolname FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER'))"
    return f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND usename IN {roles}"


def _drop(name: str) -> tuple[str, str]:
    """Statements that drop a database."""
    return _end_sessions(name), f'DROP DATABASE IF EXISTS "{name}"'


def _copy(template: str, name: str) -> tuple[str, ...]:
    return *_drop(name), f'CREATE DATABASE "{name}" TEMPLATE "{template}"'


def _digest() -> str:
    files = {path for ours in _OURS for pattern in _MADE_OF for path in (_ROOT / ours).glob(pattern)}
    made_of = hashlib.sha256((_ROOT / "tests" / "factories.py").read_bytes())
    for path in sorted(path for path in files if path.is_file() and "__pycache__" not in path.parts):
        made_of.update(path.read_bytes())
    return made_of.hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with open(_ROOT / "var" / "pristine.lock", "w") as lock:  # noqa: PTH123 (a lock)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _pristine() -> str:
    """The name of the template of today, made when it is missing. Workers of one run wait for each other."""
    today = f"pristine_{datetime.now(UTC):%Y%m%d}_"
    name = today + _digest()
    with _one_at_a_time():
        kept = [row[0] for row in run_outside("SELECT datname FROM pg_database WHERE datname LIKE 'pristine%'")]
        if name not in kept:
            for old in kept:
                if not old.startswith(today):
                    run_outside(*_drop(old))
            _make("pristine_half")
            run_outside(f'ALTER DATABASE pristine_half RENAME TO "{name}"')
    return name


def _make(name: str) -> None:
    run_outside(*_drop(name), f'CREATE DATABASE "{name}"')
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0, interactive=False)
    run_outside(OWNED_BY, database=name)
    call_command("load_reference", verbosity=0)
    build_world()
    connections.close_all()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A copy of the template for this process, in place of pytest-django's own set-up."""
    name = settings.TEST_DATABASE + os.environ.get("PYTEST_XDIST_WORKER", "")
    with django_db_blocker.unblock():
        template = _pristine()
        run_outside(*_copy(template, name))
        connection.settings_dict["NAME"] = name

        def restore(self) -> None:
            """In place of Django's flush, which our own triggers refuse."""
            connections.close_all()
            run_outside(*_copy(template, name))

        TransactionTestCase._fixture_teardown = restore
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        run_outside(*_drop(name))


@pytest.fixture
def world(db) -> World:
    """Two provinces with their organisations and people; see tests/factories.py."""
    return World()


@pytest.fixture
def committed_world(transactional_db) -> World:
    """The same for tests that really commit."""
    return World()


@pytest.fixture(autouse=True)
def _files_of_the_tests(settings, tmp_path_factory):
    """Uploaded and generated files go where the tests clean up, never beside those of the product."""
    settings.FILES_ROOT = tmp_path_factory.getbasetemp() / "files"
    settings.AUDIT_ANCHORS = tmp_path_factory.getbasetemp() / "checkpoints"
    settings.AUDIT_KEY = tmp_path_factory.getbasetemp() / "audit-key.pem"
