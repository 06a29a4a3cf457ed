"""Counting the numbers of a frozen report again, and the rows behind a number as plain data."""

from collections.abc import Iterator
from typing import Any

from casework.programme.indicators.counting import Counted, count, indicators_of
from casework.programme.indicators.rows import Row, Scope
from casework.programme.reports.models import Report

# A row with its amount: the same training with more people is not the same.
Told = dict[tuple[str, int], dict[str, Any]]


def counted_now(report: Report) -> Iterator[tuple[dict[str, Any], Counted | None]]:
    """Each number of a frozen report as it was told, and as it is counted now; None if nobody counts it any more."""
    scope = Scope(report.organisation, report.period.first_day, report.period.last_day)
    indicators = {one.code: one for one in indicators_of(report.period)}
    for number in report.data["numbers"]:
        indicator = indicators.get(number["code"])
        yield number, count(indicator, scope) if indicator else None


def is_as_told(number: dict[str, Any], counted: Counted | None) -> bool:
    """Whether a number is surely of the very rows that were frozen, without reading them. One query."""
    return counted is not None and number.get("mark") == counted.above.mark()


def rows_of(counted: Counted | None) -> list[dict[str, Any]]:
    """The rows behind a number as plain data."""
    return [row_data(row) for row in counted.above.rows()] if counted else []


def row_data(row: Row) -> dict[str, Any]:
    """One thing behind a number. Its label never holds personal data."""
    return {
        "key": row.key,
        "label": row.label,
        "case": row.case_code,
        "commune": row.commune,
        "organisation": row.organisation,
        "amount": row.amount,
        "on": row.on.isoformat(),
        "url": row.url,
    }


class Behind:
    """The rows behind a number as plain data, asked for by the page."""

    def __init__(self, counted: Counted):
        self.rows = counted.above

    def count(self) -> int:
        """How many there are."""
        return self.rows.count()

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        """Some of them."""
        return [row_data(row) for row in self.rows[part]]


def by_key(rows: list[dict[str, Any]]) -> Told:
    """Rows by what makes them the same."""
    return {(row["key"], row["amount"]): row for row in rows}
