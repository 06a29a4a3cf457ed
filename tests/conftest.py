"""A database with reference data and the world, made once; every test gets it back as it was.

Ordinary tests are rolled back. Tests with threads or a browser really commit, and events cannot be deleted or
truncated; so after each of them the database is made anew from a copy.
"""

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

from tests.factories import World, build_world


def _as_admin(*statements: str) -> None:
    """Run statements outside the test database."""
    params = {**connection.get_connection_params(), "dbname": "postgres"}
    admin = psycopg2.connect(**{k: v for k, v in params.items() if k in {"dbname", "host", "port", "user", "password"}})
    admin.autocommit = True
    with admin.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    admin.close()


def _end_sessions(name: str) -> str:
    """A statement that ends all our own sessions in a database, those of threads that a test left too.

    Not DROP … WITH (FORCE): that would also end the server's own workers there, which a plain role may not do.
    """
    return f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND usename = current_user"


def _drop(name: str) -> tuple[str, str]:
    """Statements that drop a database."""
    return _end_sessions(name), f'DROP DATABASE IF EXISTS "{name}"'


def _copy_of(name: str) -> str:
    return f"{name}_pristine"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Reference data and the world, and a copy of the database in that state."""
    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)
        build_world()
        name = connection.settings_dict["NAME"]
        connections.close_all()
        _as_admin(
            *_drop(_copy_of(name)),
            f'CREATE DATABASE "{_copy_of(name)}" TEMPLATE "{name}"',
        )
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        # Django drops the database itself next, and would not wait for a thread that is still going.
        _as_admin(*_drop(_copy_of(name)), _end_sessions(name))


def _restore_database(self) -> None:
    """In place of Django's flush, which our own triggers refuse."""
    name = connection.settings_dict["NAME"]
    connections.close_all()
    _as_admin(
        *_drop(name),
        f'CREATE DATABASE "{name}" TEMPLATE "{_copy_of(name)}"',
    )


TransactionTestCase._fixture_teardown = _restore_database


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
