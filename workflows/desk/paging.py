"""Pages of a list of tasks: the next page begins after the last row that was seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

PAGE = 50
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Order:
    """A list runs along a moment, then along the id; upwards (nearest first) or downwards (newest first)."""

    moment: str
    downwards: bool = False

    def names(self, *, backwards: bool = False) -> tuple[str, str]:
        """The arguments of `order_by`."""
        sign = "-" if self.downwards != backwards else ""
        return f"{sign}{self.moment}", f"{sign}pk"

    def beyond(self, place: tuple[datetime, int], *, backwards: bool = False) -> Q:
        """Rows behind a place, or before it. The first half lets the index begin at the place."""
        side = "lt" if self.downwards != backwards else "gt"
        moment, pk = place
        return Q(**{f"{self.moment}__{side}e": moment}) & (
            Q(**{f"{self.moment}__{side}": moment}) | Q(**{f"pk__{side}": pk})
        )

    def cursor(self, rows: list[Any], place: int) -> str:
        """The place of one of the rows, for an address; nothing without rows."""
        return f"{getattr(rows[place], self.moment).isoformat()},{rows[place].pk}" if rows else ""


NEAREST = Order("due_at")
NEWEST = Order("finished", downwards=True)


@dataclass(frozen=True)
class Page:
    """The rows of a page, and the cursors of its neighbours (empty: there is none)."""

    rows: list[Any]
    next: str = ""
    previous: str = ""


def place_of(cursor: str) -> tuple[datetime, int] | None:
    """The place that a cursor names, or None for anything that is not a cursor."""
    moment_text, _comma, pk = cursor.replace(" ", "+").rpartition(",")
    if not (pk.isascii() and pk.isdigit() and int(pk) <= _LARGEST):
        return None
    try:
        moment = parse_datetime(moment_text)
    except ValueError:
        return None
    return (moment, int(pk)) if moment and is_aware(moment) and 1900 < moment.year < 9000 else None


def page_of(tasks: QuerySet, order: Order, after: str = "", before: str = "", size: int = PAGE) -> Page:
    """The page behind the cursor `after`, or the one that ends before the cursor `before`. One query."""
    start, end = place_of(after), place_of(before)
    if end and not start:
        found = list(tasks.filter(order.beyond(end, backwards=True)).order_by(*order.names(backwards=True))[: size + 1])
        rows = found[:size][::-1]
        return Page(rows, order.cursor(rows, -1), order.cursor(rows, 0) if found[size:] else "")
    found = list((tasks.filter(order.beyond(start)) if start else tasks).order_by(*order.names())[: size + 1])
    rows = found[:size]
    return Page(rows, order.cursor(rows, -1) if found[size:] else "", order.cursor(rows, 0) if start else "")


def cursors(params: QueryDict) -> dict[str, str]:
    """The cursors in an address, as `page_of` takes them."""
    return {"after": params.get("after", ""), "before": params.get("before", "")}
