"""How many rows a list has. Nobody needs to know whether it is 120,000 or 130,000; counting them would cost more than
the page. So a list counts to a thousand, and says “1.000+” beyond.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from casework.sharing.scope import refuse_unscoped

COUNTED = 1_000


def count_up_to(rows: QuerySet, most: int = COUNTED) -> int:
    """How many rows there are, or one more than `most` where there are more. One query."""
    return rows.order_by()[: most + 1].count()


def counts_up_to(lists: Sequence[QuerySet], most: int = COUNTED) -> list[int]:
    """The same for several lists, in their order. One query in all; none without lists. Raises Unscoped."""
    parts: list[str] = []
    given: list[Any] = []
    for rows in lists:
        refuse_unscoped(rows)
        sql, params = _few(rows, most)
        parts.append(f"(SELECT count(*) FROM ({sql}) few)")  # noqa: S608 (a statement that Django wrote)
        given += params
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        return list(cursor.fetchone())


def _few(rows: QuerySet, most: int) -> tuple[str, Sequence[Any]]:
    try:
        return rows.order_by().values("pk")[: most + 1].query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 1 WHERE false", ()
