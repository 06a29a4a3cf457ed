"""What tests do as the owner of the tables, since the product's own role may not."""

from contextlib import closing

import psycopg2
from django.conf import settings
from django.db import connection

# Only in databases of tests: a statement of the owner inside the transaction of a test.
OWNED_BY = """
CREATE FUNCTION as_owner(statement text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN EXECUTE statement; END $$
"""


def as_owner(statement: str) -> None:
    """Run a statement as the owner of the tables, in the open transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT as_owner(%s)", [statement])


def owner_address(database: str = "postgres") -> str:
    """The address by which the owner reaches a database of the tests' server."""
    return settings.DATABASE_OWNER_URL.rpartition("/")[0] + f"/{database}"


def run_outside(*statements: str, database: str = "postgres") -> list[tuple]:
    """Run statements as the owner in a session of their own, each by itself; the rows of the last."""
    with closing(psycopg2.connect(owner_address(database))) as session, session.cursor() as cursor:
        session.autocommit = True
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
