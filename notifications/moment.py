"""The database's clock, for what Python must know of it."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """The moment, as every comparison with a stored one takes it. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found
