"""A PostgreSQL server of its own beside those of the demo and the tests: for the bench, and for chaos."""

import contextlib
import fcntl
import hashlib
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from config import postgres
from config.postgres_place import PORT, place_of

ROOT = Path(__file__).resolve().parent.parent
# As a real one, whatever is done with it.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True)
class Server:
    """One server of this checkout, by the name of its folder in ./var; `options` are its settings."""

    name: str
    options: dict[str, str]

    def start(self) -> str:
        """Start it, also after it was killed. Returns the address by which the product's role connects to it."""
        os.environ.pop("DATABASE_URL", None)
        return postgres.ensure(ROOT, self.name, self.options)

    def stop(self) -> None:
        """End it; the data stay."""
        postgres.stop(ROOT, self.name)

    def kill(self) -> None:
        """End it at once, as a loss of power would: it recovers from its log."""
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            os.kill(int((place_of(ROOT, self.name).data / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other run of this checkout uses it, and keep others out for the length of the block."""
        (ROOT / "var").mkdir(exist_ok=True)
        with (ROOT / "var" / f"{self.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextlib.contextmanager
    def superuser(self, database: str = "postgres") -> Iterator["psycopg2.extensions.cursor"]:
        """A cursor of the superuser, every statement its own transaction."""
        host = str(place_of(ROOT, self.name).sockets)
        with contextlib.closing(psycopg2.connect(host=host, port=PORT, user="postgres", dbname=database)) as opened:
            opened.autocommit = True
            with opened.cursor() as cursor:
                yield cursor

    def exists(self, database: str) -> bool:
        """Whether there is such a database."""
        return database in self.databases(database)

    def databases(self, prefix: str) -> list[str]:
        """The databases whose names begin like this."""
        with self.superuser() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
            return [row[0] for row in cursor.fetchall()]

    def drop(self, database: str) -> None:
        """Drop a database, whoever is connected to it."""
        with self.superuser() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def make(self, database: str, template: str = "template0") -> None:
        """Make a database of the product's owner anew, empty or as a copy of another."""
        self.drop(database)
        with self.superuser() as cursor:
            cursor.execute(
                f'CREATE DATABASE "{database}" OWNER {postgres.OWNER} TEMPLATE "{template}" STRATEGY FILE_COPY'
            )

    def rename(self, database: str, to: str) -> None:
        """Give a database its final name, so that half of one is never used."""
        with self.superuser() as cursor:
            cursor.execute(f'ALTER DATABASE "{database}" RENAME TO "{to}"')


def address_of(database: str, address: str) -> str:
    """The address of another database of the same server."""
    return f"{address.rpartition('/')[0]}/{database}"


def schema_now() -> str:
    """A mark of all migrations there are: what was loaded under another is loaded again."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


# Memory as a small server of one's own would have it.
BENCH = Server(
    "pg-bench",
    DURABLE
    | {
        "shared_buffers": "1GB",
        "work_mem": "16MB",
        "maintenance_work_mem": "256MB",
        "max_wal_size": "4GB",
        "max_connections": "60",
    },
)
