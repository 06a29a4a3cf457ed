"""Who may do what in the database itself.

Two roles share it. The *owner* makes and changes tables; it is used by `manage.py migrate` and by nothing else. The
product connects as a plain role that owns nothing: it reads and writes rows, adds events and never changes one, cannot
switch a trigger off, and row-level security would bind it. See docs/decisions/0012-plain-role.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dj_database_url
from django.conf import settings
from django.db import connection, transaction

# What the product may do with the rows of a table; every table that is not named is READ_AND_WRITE.
READ_AND_WRITE = "SELECT, INSERT, UPDATE, DELETE"
RIGHTS = {
    "casework_auditevent": "SELECT, INSERT",
    "django_migrations": "SELECT",
}
_WHOSE = ("USER", "PASSWORD", "HOST", "PORT")

_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v')"


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the owner for the length of the block; an open connection of the product is closed before."""
    mine, owner = connection.settings_dict, dj_database_url.parse(settings.DATABASE_OWNER_URL)
    kept = {key: mine[key] for key in _WHOSE}
    connection.close()
    mine.update({key: owner.get(key, "") for key in _WHOSE})
    try:
        yield
    finally:
        connection.close()
        mine.update(kept)


def app_role() -> str:
    """The role that the product connects as; empty when the owner serves as both."""
    app, owner = (dj_database_url.parse(url)["USER"] for url in (settings.DATABASE_URL, settings.DATABASE_OWNER_URL))
    return "" if app == owner else app


def grant_rights() -> None:
    """Give the product its rights on every table there is and no others. To be called as the owner; may be repeated."""
    role = app_role()
    if not role:
        return
    name = connection.ops.quote_name(role)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [table for (table,) in cursor.fetchall()]
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
        for rights, named in _by_rights(tables).items():
            cursor.execute(f"GRANT {rights} ON {', '.join(named)} TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")


def _by_rights(tables: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table in tables:
        found.setdefault(RIGHTS.get(table, READ_AND_WRITE), []).append(connection.ops.quote_name(table))
    return found


def is_mighty() -> bool:
    """Whether the connection could change tables or pass by row-level security: a superuser, an owner, a bypasser."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid"
            " AND relnamespace = 'public'::regnamespace) FROM pg_roles WHERE rolname = current_user"
        )
        return bool(cursor.fetchone()[0])
