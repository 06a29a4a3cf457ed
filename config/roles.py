"""Who may do what in the database itself.

The *owner* makes and changes tables; it is used by `manage.py migrate` and by nothing else. The product connects as a
plain role that owns nothing: it reads and writes rows, adds events and never changes one, cannot switch a trigger off,
and row-level security would bind it. Three more look after the history, each with an address of its own: the *sealer*
makes leaves and checkpoints, the *auditor* reads, the *shredder* deletes from the vault of personal values.
See docs/decisions/0012-plain-role.md and 0014-sealing.md.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import dj_database_url
from django.conf import settings
from django.db import connection, transaction

# What the product may do with the rows of a table; every table that is not named is READ_AND_WRITE.
READ_AND_WRITE = "SELECT, INSERT, UPDATE, DELETE"
RIGHTS = {
    "casework_auditevent": "SELECT, INSERT",
    "casework_auditunsealed": "SELECT, INSERT",
    "casework_auditleaf": "SELECT",
    "casework_auditnode": "SELECT",
    "casework_auditcheckpoint": "SELECT",
    "casework_auditcheck": "SELECT, INSERT",
    "django_migrations": "SELECT",
}
# What those may do who look after the history; a table that is not named is out of their reach.
KEEPERS = {
    "sealer": {
        "casework_auditevent": "SELECT",
        "casework_auditunsealed": "SELECT, DELETE",
        "casework_auditleaf": "SELECT, INSERT",
        "casework_auditnode": "SELECT, INSERT",
        "casework_auditcheckpoint": "SELECT, INSERT",
    },
    "auditor": {
        "casework_auditevent": "SELECT",
        "casework_auditunsealed": "SELECT",
        "casework_auditleaf": "SELECT",
        "casework_auditnode": "SELECT",
        "casework_auditcheckpoint": "SELECT",
        "casework_auditcheck": "SELECT",
    },
    "shredder": {},
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
    """Give every role its rights on every table there is and no others. To be called as the owner; may be repeated."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = {table for (table,) in cursor.fetchall()}
        if role := app_role():
            _grant(role, {table: RIGHTS.get(table, READ_AND_WRITE) for table in tables}, writes=True)
        for name, rights in KEEPERS.items():
            keeper = dj_database_url.parse(settings.AUDIT_DATABASE_URLS[name])["USER"]
            if keeper not in (role, _owner()):
                _grant(keeper, {table: rights[table] for table in rights.keys() & tables}, writes=name == "sealer")


def _grant(role: str, rights: dict[str, str], *, writes: bool) -> None:
    name, by_rights = connection.ops.quote_name(role), defaultdict(list)
    for table, granted in sorted(rights.items()):
        by_rights[granted].append(connection.ops.quote_name(table))
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
        for granted, tables in by_rights.items():
            cursor.execute(f"GRANT {granted} ON {', '.join(tables)} TO {name}")
        if writes:
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")


def _owner() -> str:
    return dj_database_url.parse(settings.DATABASE_OWNER_URL)["USER"]


def is_mighty() -> bool:
    """Whether the connection could change tables or pass by row-level security: a superuser, an owner, a bypasser."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid"
            " AND relnamespace = 'public'::regnamespace) FROM pg_roles WHERE rolname = current_user"
        )
        return bool(cursor.fetchone()[0])
