"""From sheets to a roster: picks the list, reads its rows, compares them."""

import datetime as dt
import re
from typing import Any

from casework.programme.roster.contents import Table
from casework.programme.roster.duplicates import mark_duplicates
from casework.programme.roster.grid import Sheet, block_name, letter
from casework.programme.roster.headers import MONEY
from casework.programme.roster.model import Issue, Roster, RosterRefused, RosterRow
from casework.programme.roster.money import UNIT_NAMES
from casework.programme.roster.row_kinds import Kinds, heading_of, sort_rows
from casework.programme.roster.rows import CaseReader, Context
from casework.programme.roster.table import find_table
from casework.programme.roster.totals import check_total, declared_numbers

_VIETNAM = dt.timezone(dt.timedelta(hours=7))
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def _latest_year(table: Table, today: dt.date) -> int:
    """This year, or the year the list is made for when it is the next one."""
    texts = [table.sheet.name]
    texts += [cell for row in table.sheet.rows[: table.top] for cell in row if isinstance(cell, str)]
    years = {int(year) for text in texts for year in _YEAR.findall(text)}
    return max([today.year, *(year for year in years if year <= today.year + 1)])


class _Reader:
    """Reads all rows of one table, top to bottom."""

    def __init__(self, table: Table, kinds: Kinds, latest_year: int) -> None:
        self.table, self.kinds = table, kinds
        self.cases = CaseReader(table)
        self.context = Context(latest_year)

    def _section(self, row: int) -> RosterRow:
        label = self.kinds.labels[row]
        place, form, numbered = heading_of(label)
        if place:
            self.context.enter_place(place)
        elif form:
            self.context.form = form
        elif numbered:
            self.context.places = {}
        extra: dict[str, Any] = {"text": label}
        if place:
            extra |= {"place_level": place.level, "place_type": place.kind, "place_name": place.name}
        if form:
            extra["legal_form"] = form
        if declared := declared_numbers(self.table, row):
            extra["declared"] = declared
        return RosterRow(row + 1, "section", extra=extra)

    def _continuation(self, row: int) -> RosterRow:
        result = RosterRow(row + 1, "continuation")
        result.add(Issue("continuation_row", "name", None, row + 1))
        return result

    def row(self, row: int, kind: str) -> RosterRow:
        """One row of the kind it was sorted to."""
        if kind == "case":
            return self.cases.read(row, self.context)
        if kind == "section":
            return self._section(row)
        if kind == "continuation":
            return self._continuation(row)
        result = RosterRow(row + 1, kind)
        if kind in ("total", "subtotal"):
            result.extra["declared"] = declared_numbers(self.table, row)
        elif kind == "footer":
            result.extra["text"] = self.kinds.labels.get(row, "")
        return result


def _check_totals(rows: list[RosterRow], table: Table) -> None:
    """The grand total covers every case, a subtotal those since the last total or section of its kind."""
    cases = [row for row in rows if row.kind == "case"]
    since: list[RosterRow] = []
    for row in rows:
        if row.kind == "case":
            since.append(row)
        elif row.kind == "subtotal":
            check_total(row, since, table)
            since = []
        elif row.kind == "section":
            since = []
        elif row.kind == "total":
            check_total(row, cases, table)


def _shown(rows: list[RosterRow]) -> list[RosterRow]:
    """Blank rows count only between the first and the last case."""
    cases = [row.excel_row for row in rows if row.kind == "case"]
    first, last = (cases[0], cases[-1]) if cases else (0, 0)
    return [row for row in rows if row.kind != "blank" or first < row.excel_row < last]


def _merged_blocks(table: Table, last: int) -> list[str]:
    """The blocks of data cells merged over several rows."""
    inside = [m for m in table.sheet.merges if m[0] >= table.first_row and m[2] <= last and m[2] > m[0]]
    return [block_name(*merge) for merge in sorted(inside, key=lambda m: (m[0], -m[1]))]


def _header_units(table: Table) -> dict[str, str]:
    """The unit of each group of money columns; đồng where nothing is said."""
    units = {column.field: UNIT_NAMES[column.unit or 1] for column in table.columns if column.field in MONEY}
    found = {"capital": units.get("cap"), "income": units.get("income")}
    loan, grant = units.get("loan"), units.get("grant")
    if loan is None or grant is None or loan == grant:
        found["loan_and_grant"] = loan or grant
    else:
        found |= {"loan": loan, "grant": grant}
    return {name: unit for name, unit in found.items() if unit}


def _counts(rows: list[RosterRow]) -> dict[str, int]:
    cases = [row for row in rows if row.kind == "case"]
    repeats = sum(row.duplicate_of_row is not None for row in cases)
    return {
        "case_rows": len(cases),
        "distinct_cases": len(cases) - repeats,
        "duplicate_rows": repeats,
        "error_rows": sum(bool(row.errors) for row in rows),
        "blank_rows": sum(row.kind == "blank" for row in rows),
        "section_rows": sum(row.kind == "section" for row in rows),
    }


def _facts(table: Table, rows: list[RosterRow], groups: list[dict[str, Any]]) -> dict[str, Any]:
    cases = [row.excel_row for row in rows if row.kind == "case"]
    totals = [row.excel_row for row in rows if row.kind == "total"]
    known = {str(column.field): letter(column.index) for column in table.columns if column.field}
    return {
        "title_rows": list(range(1, table.top + 1)),
        "header_rows": list(range(table.top + 1, table.bottom + 2)),
        "index_row": None if table.index_row is None else table.index_row + 1,
        "first_data_row": cases[0],
        "last_data_row": cases[-1],
        "total_row": totals[-1] if totals else None,
        "column_map": known,
        "extra_columns": {letter(c.index): c.title for c in table.columns if c.field is None},
        "header_units": _header_units(table),
        "merged_data_cells": _merged_blocks(table, cases[-1] - 1),
        "counts": _counts(rows),
        "duplicate_groups": sorted(group["rows"] for group in groups),
        "duplicate_detail": sorted(groups, key=lambda group: group["rows"][1]),
    }


def _complete_names(rows: list[RosterRow]) -> None:
    """A repeated row takes the written-out name of the row it repeats."""
    names = {row.excel_row: (row.parsed or {})["canonical_name"] for row in rows if row.kind == "case"}
    for row in rows:
        if row.duplicate_of_row is not None and row.parsed:
            row.parsed["canonical_name"] = names[row.duplicate_of_row]


def _read_table(table: Table, kinds: Kinds, today: dt.date) -> tuple[dict[str, Any], list[RosterRow]]:
    reader = _Reader(table, kinds, _latest_year(table, today))
    rows = _shown([reader.row(row, kind) for row, kind in kinds.kinds.items()])
    name = table.column_of("name")
    groups = mark_duplicates(rows, letter(name.index) if name else None)
    _complete_names(rows)
    _check_totals(rows, table)
    return _facts(table, rows, groups), rows


def _worth(table: Table, kinds: Kinds) -> tuple[bool, int, int]:
    """Visible before hidden, more cases before fewer, more known columns before fewer."""
    cases = sum(kind == "case" for kind in kinds.kinds.values())
    fields = sum(column.field is not None for column in table.columns)
    return table.sheet.visible and cases > 0, cases * fields, fields


def read_sheets(sheets: list[Sheet], filename: str, *, today: dt.date | None = None) -> Roster:
    """The roster in the best list of a file's sheets.

    `other_tables` of the result names the lists that were not read. Raises RosterRefused (no_table,
    no_rows) when there is none.
    """
    tables = [table for sheet in sheets if (table := find_table(sheet)) is not None]
    if not tables:
        raise RosterRefused("no_table")
    sorted_rows = [(table, sort_rows(table)) for table in tables]
    table, kinds = max(sorted_rows, key=lambda pair: _worth(*pair))
    if "case" not in kinds.kinds.values():
        raise RosterRefused("no_rows")
    facts, rows = _read_table(table, kinds, today or dt.datetime.now(_VIETNAM).date())
    others = [
        {
            "sheet": other.sheet.name,
            "rows": sum(kind == "case" for kind in found.kinds.values()),
            "visible": other.sheet.visible,
        }
        for other, found in sorted_rows
        if other is not table
    ]
    names = [sheet.name for sheet in sheets if sheet is not table.sheet]
    return Roster(filename, table.sheet.name, {"other_sheets": names, "other_tables": others, **facts}, rows)
