"""Total rows against the rows they add up."""

from decimal import Decimal
from typing import Any

from casework.programme.roster.contents import Table
from casework.programme.roster.figures import parse_count
from casework.programme.roster.grid import letter
from casework.programme.roster.headers import Column
from casework.programme.roster.model import Issue, RosterRow
from casework.programme.roster.money import Money, MoneyColumn, parse_money

_FIELDS = {
    "members": "members",
    "women": "women",
    "em": "em",
    "jobs_w": "jobs_w",
    "cap": "capital_vnd",
    "loan": "loan_vnd",
    "grant": "grant_vnd",
}
# Totals of money are rounded by hand: a difference below one percent is no finding.
_ROUNDING = Decimal("0.01")


def _declared(table: Table, row: int, column: Column) -> int | None:
    """The number typed in a total row; a formula that was never calculated counts as not typed."""
    cell = table.sheet.shown(row, column.index)
    if cell is None or ((row, column.index) in table.sheet.formulas and cell == 0):
        return None
    if column.field in ("cap", "loan", "grant"):
        value = parse_money(cell, MoneyColumn(column.unit)).value
        return value.amount if isinstance(value, Money) else None
    value = parse_count(cell).value
    return value if isinstance(value, int) else None


def declared_numbers(table: Table, row: int) -> dict[str, int]:
    """The numbers a total or section row states, by column name, in the units of parsed rows."""
    columns = [column for column in table.columns if column.field in _FIELDS]
    found = {str(column.field): _declared(table, row, column) for column in columns}
    return {field: number for field, number in found.items() if number is not None}


def _sums(rows: list[RosterRow], fields: list[str], *, repeats: bool) -> dict[str, int]:
    counted = [row for row in rows if repeats or row.duplicate_of_row is None]
    return {field: sum((row.parsed or {})[_FIELDS[field]] or 0 for row in counted) for field in fields}


def _differs(field: str, one: int, two: int) -> bool:
    tolerance = _ROUNDING * max(one, two) if field in ("cap", "loan", "grant") else 0
    return abs(one - two) > tolerance


def _unread(rows: list[RosterRow], field: str) -> bool:
    """True when a cell of the column could not be read: then no sum proves anything."""
    return any(issue.column == field for row in rows for issue in row.errors)


def _warn(total: RosterRow, code: str, table: Table, fields: list[str]) -> None:
    if not fields:
        return
    column = table.column_of(fields[0])
    where = letter(column.index) if column else None
    declared = total.extra["declared"]
    params: dict[str, Any] = {"columns": fields, "columns_text": ", ".join(_title(table, field) for field in fields)}
    total.add(Issue(code, fields[0], where, total.excel_row, str(declared[fields[0]]), params))


def _title(table: Table, field: str) -> str:
    column = table.column_of(field)
    return column.title if column else field


def check_total(total: RosterRow, rows: list[RosterRow], table: Table) -> None:
    """Compares a total row with the case rows it covers; adds the sums and at most two warnings."""
    declared: dict[str, int] = total.extra["declared"]
    fields = list(declared)
    everything, once = _sums(rows, fields, repeats=True), _sums(rows, fields, repeats=False)
    total.extra |= {"sum_of_all_rows": everything, "sum_without_duplicates": once}
    repeated = [f for f in fields if declared[f] == everything[f] != once[f]]
    wrong = [
        f
        for f in fields
        if _differs(f, declared[f], everything[f]) and _differs(f, declared[f], once[f]) and not _unread(rows, f)
    ]
    _warn(total, "total_includes_duplicates", table, repeated)
    _warn(total, "total_differs", table, wrong)
