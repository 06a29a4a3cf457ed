"""A durable server of chaos' own, and the world in it from which every run begins."""

import contextlib
import fcntl
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from config import postgres
from config.postgres_place import PORT, place_of

ROOT = Path(__file__).resolve().parents[2]
NAME = "pg-chaos"
OPTIONS = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "max_connections": "120"}


def start() -> str:
    """Start the server, or start it again after it was killed. Returns the product's address."""
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


def kill() -> None:
    """End it at once, as a loss of power would: it recovers from its log."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        os.kill(int((place_of(ROOT, NAME).data / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)


@contextlib.contextmanager
def superuser(database: str = "postgres") -> Iterator["psycopg2.extensions.cursor"]:
    """A cursor of the superuser, every statement its own transaction."""
    host = str(place_of(ROOT, NAME).sockets)
    with contextlib.closing(psycopg2.connect(host=host, port=PORT, user="postgres", dbname=database)) as opened:
        opened.autocommit = True
        with opened.cursor() as cursor:
            yield cursor


def exists(database: str) -> bool:
    """Whether there is such a database."""
    with superuser() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        return cursor.fetchone() is not None


def make(database: str, template: str = "template0") -> None:
    """Make a database of the owner anew, empty or as a copy of another."""
    with superuser() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{database}" OWNER {postgres.OWNER} TEMPLATE "{template}"')


def rename(database: str, to: str) -> None:
    """Give a database its final name, so that half of one is never used."""
    with superuser() as cursor:
        cursor.execute(f'ALTER DATABASE "{database}" RENAME TO "{to}"')


def address_of(database: str, address: str) -> str:
    """The address of another database of the same server."""
    return f"{address.rpartition('/')[0]}/{database}"
