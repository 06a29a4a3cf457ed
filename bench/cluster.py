"""The bench's own server and databases: as durable as a real one, and never those of the demo or the tests."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from config import postgres
from config.postgres_place import PORT, place_of

ROOT = Path(__file__).resolve().parent.parent
NAME = "pg-bench"
# Durable, as the product is run; memory as a small server of one's own would have it.
OPTIONS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "max_connections": "60",
}


def start() -> str:
    """Start the server of the bench. Returns the address by which the product's role connects to it."""
    os.environ.pop("DATABASE_URL", None)
    return postgres.ensure(ROOT, NAME, OPTIONS)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait until no other run of this checkout uses the server, and keep others out for the length of the block."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / f"{NAME}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def stop() -> None:
    """End it; the data stay."""
    postgres.stop(ROOT, NAME)


@contextlib.contextmanager
def superuser(database: str = "postgres") -> Iterator["psycopg2.extensions.connection"]:
    """A connection as the superuser of the bench's server, every statement its own transaction."""
    host = str(place_of(ROOT, NAME).sockets)
    with contextlib.closing(psycopg2.connect(host=host, port=PORT, user="postgres", dbname=database)) as connection:
        connection.autocommit = True
        yield connection


def exists(database: str) -> bool:
    """Whether there is such a database."""
    with superuser() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        return cursor.fetchone() is not None


def databases(prefix: str) -> list[str]:
    """The databases whose names begin like this."""
    with superuser() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        return [row[0] for row in cursor.fetchall()]


def drop(database: str) -> None:
    """Drop a database, whoever is connected to it."""
    with superuser() as connection, connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def create(database: str, template: str = "template0") -> None:
    """Make a database of the product's owner, empty or as a copy of another."""
    with superuser() as connection, connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{database}" OWNER {postgres.OWNER} TEMPLATE "{template}" STRATEGY FILE_COPY')


def rename(database: str, to: str) -> None:
    """Give a database its final name, so that half of one is never used."""
    with superuser() as connection, connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{database}" RENAME TO "{to}"')


def address_of(database: str, address: str) -> str:
    """The address of another database of the same server."""
    return address.rpartition("/")[0] + f"/{database}"
