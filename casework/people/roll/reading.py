"""From sheets to a member list: picks the list, reads its rows, compares them, checks its totals."""

import datetime as dt
from typing import Any

from casework.people.roll.capital import dotted
from casework.people.roll.headers import MEMBERS
from casework.people.roll.model import CellIssue, MemberList, ReadRow, RollRefused
from casework.people.roll.repeats import mark_repeats
from casework.people.roll.row_kinds import Lines, sort_lines
from casework.people.roll.rows import RowReader
from casework.programme.roster.contents import Table
from casework.programme.roster.grid import Sheet, letter
from casework.programme.roster.money import Money, MoneyColumn, parse_money
from casework.programme.roster.reader import open_sheets
from casework.programme.roster.table import find_table
from casework.programme.roster.text import fold

MOST_MEMBERS = 10_000
_VIETNAM = dt.timezone(dt.timedelta(hours=7))


def read_list(data: bytes, filename: str, *, today: dt.date | None = None) -> MemberList:
    """The member list in the content of a file; `today` decides what is in the future. Raises RosterRefused."""
    return read_member_sheets(open_sheets(data, filename), filename, today=today)


def read_member_sheets(sheets: list[Sheet], filename: str, *, today: dt.date | None = None) -> MemberList:
    """The member list in the best table of a file's sheets: visible first, then the one with most members.

    Raises RollRefused: no_table, no_rows, too_many_members.
    """
    tables = [table for sheet in sheets if (table := find_table(sheet, MEMBERS)) is not None]
    if not tables:
        raise RollRefused("no_table")
    sorted_lines = [(table, sort_lines(table)) for table in tables]
    table, lines = max(sorted_lines, key=lambda pair: (pair[0].sheet.visible and bool(pair[1].members), *_worth(*pair)))
    if not lines.members:
        raise RollRefused("no_rows")
    if len(lines.members) > MOST_MEMBERS:
        raise RollRefused("too_many_members", found=dotted(len(lines.members)), most=dotted(MOST_MEMBERS))
    others = [
        {"sheet": other.sheet.name, "rows": len(found.members)}
        for other, found in sorted_lines
        if other is not table and found.members
    ]
    return _read_table(table, lines, filename, others, today or dt.datetime.now(_VIETNAM).date())


def _worth(table: Table, lines: Lines) -> tuple[int, int]:
    fields = sum(column.field is not None for column in table.columns)
    return len(lines.members) * fields, fields


def _read_table(table: Table, lines: Lines, filename: str, others: list[dict[str, Any]], today: dt.date) -> MemberList:
    reader = RowReader(table, lines.members, today)
    rows = [reader.read(row, lines.kinds_above[row]) for row in lines.members]
    letters = {str(column.field): letter(column.index) for column in table.columns if column.field}
    mark_repeats(rows, letters)
    remarks = _line_remarks(lines, letters) + _total_remarks(table, lines, rows)
    return MemberList(filename, table.sheet.name, _facts(table, lines, letters, others), rows, remarks)


def _facts(table: Table, lines: Lines, letters: dict[str, str], others: list[dict[str, Any]]) -> dict[str, Any]:
    """Where the list stands, what its columns hold, and which lines were passed over."""
    return {
        "header_rows": list(range(table.top + 1, table.bottom + 2)),
        "first_row": lines.members[0] + 1,
        "last_row": lines.members[-1] + 1,
        "columns": letters,
        "titles": {letter(column.index): column.title for column in table.columns},
        "units": {str(c.field): c.unit for c in table.columns if c.field and c.unit},
        "headings": {str(row + 1): text for row, text in lines.headings.items()},
        "other_lists": others,
    }


def _line_remarks(lines: Lines, letters: dict[str, str]) -> list[CellIssue]:
    where = letters.get("name")
    unclear = [CellIssue("row_not_understood", "name", where, row + 1, text) for row, text in lines.unclear.items()]
    return unclear + [CellIssue("continuation_row", "name", where, row + 1) for row in lines.continued]


def _grand_total(lines: Lines) -> int | None:
    """The row of the total of the whole list: the only one, or the last that says "tổng"; others are of parts."""
    if len(lines.totals) == 1:
        return next(iter(lines.totals))
    return max((row for row, label in lines.totals.items() if "tong" in fold(label)), default=None)


def _total_remarks(table: Table, lines: Lines, rows: list[ReadRow]) -> list[CellIssue]:
    """The total of the list against the sum of its rows, as far as every row could be read."""
    row = _grand_total(lines)
    if row is None:
        return []
    remarks = []
    for field in ("committed", "paid"):
        column = table.column_of(field)
        unread = any(issue.column == field for read in rows for issue in read.errors)
        if column is None or unread:
            continue
        declared = parse_money(table.sheet.shown(row, column.index), MoneyColumn(column.unit)).value
        total = sum(getattr(read.member, field) or 0 for read in rows)
        if isinstance(declared, Money) and declared.amount and declared.amount != total:
            params = {"declared": dotted(declared.amount), "sum": dotted(total)}
            remarks.append(CellIssue("total_of_list_differs", field, letter(column.index), row + 1, None, params))
    return remarks
