"""Finds the list in a sheet: header rows, columns, index row; no place is told beforehand."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from casework.programme.roster.contents import Table, correct_by_content
from casework.programme.roster.grid import Cell, Sheet
from casework.programme.roster.headers import Column, classify, found_fields, is_unit_only, read_columns
from casework.programme.roster.money import unit_in
from casework.programme.roster.text import fold, phrase, tidy

_SEARCHED_ROWS = 200
# A block of another kind above the list may look like its header, too.
_MOST_ANCHORS = 3
_DEEPEST_HEADER = 4
_LONGEST_HEADER_CELL = 160
_INDEX = re.compile(r"\(?\s*(\d{1,2}|[A-Za-z])\s*\)?(?:\s*[=:].*)?")
_NO_GROUP = re.compile(r"cong hoa|doc lap|danh sach|hoi lien hiep|phu luc|ubnd|dvt|don vi tinh|bieu|lien minh|tong hop")
_UNIT_LINE = re.compile(
    r"đvt|đơn vị tính|don vi tinh|dvt|đơn vị\s*:|^\s*\(?(?:triệu|nghìn|ngàn|1\.000)?\s*đồng\)?\s*$", re.IGNORECASE
)


def _header_cell(sheet: Sheet, row: int, column: int) -> str | None:
    value = sheet.shown(row, column)
    return value if isinstance(value, str) and len(value) <= _LONGEST_HEADER_CELL else None


def _group_cell(sheet: Sheet, row: int, column: int, bottom: int) -> str | None:
    """The header cell at a place; an empty one under which a header stands belongs to the group on its left."""
    text = _header_cell(sheet, row, column)
    if text is not None or row == bottom or _header_cell(sheet, row + 1, column) is None:
        return text
    for left in range(column - 1, -1, -1):
        found = _header_cell(sheet, row, left)
        if found is not None:
            return found if _header_cell(sheet, row + 1, left) is not None else None
        if _header_cell(sheet, row + 1, left) is None:
            return None
    return None


def _paths(sheet: Sheet, top: int, bottom: int) -> list[list[str]]:
    """The header cells above each column, from top to bottom, without repeats."""
    paths = []
    for column in range(sheet.width):
        cells = [_group_cell(sheet, row, column, bottom) for row in range(top, bottom + 1)]
        paths.append(list(dict.fromkeys(cell for cell in cells if cell is not None)))
    return paths


def _is_number(value: Cell) -> bool:
    return re.fullmatch(r"[\d.,/\s]*\d", value) is not None if isinstance(value, str) else value is not None


def _has_numbers(sheet: Sheet, row: int) -> bool:
    return any(_is_number(value) for value in sheet.rows[row])


@dataclass(frozen=True)
class Vocabulary:
    """What a kind of list is headed with. A list has a column "name" and `least` known fields, running number aside.

    Below the header cell of a `finished` field stands data, never a second line of the header. `settle` corrects
    the columns by what most of their cells hold.
    """

    classify: Callable[[list[str]], str | None]
    read_columns: Callable[[list[list[str]], int | None], list[Column]]
    settle: Callable[[Table], None]
    finished: frozenset[str]
    least: int = 3


COOPERATIVES = Vocabulary(
    classify, read_columns, correct_by_content, finished=frozenset({"stt", "name", "products", "note"})
)


def _hits(sheet: Sheet, row: int, words: Vocabulary) -> int:
    """How many different fields the cells of a row name."""
    cells = {cell for cell in sheet.rows[row] if isinstance(cell, str) and len(cell) <= _LONGEST_HEADER_CELL}
    fields = {words.classify([cell]) for cell in cells}
    return len({field for field in fields if field and not field.startswith("extra")})


def _is_sub_header(sheet: Sheet, row: int, above: int, words: Vocabulary) -> bool:
    """True when no cell of the row stands under a finished column of the row above as data would."""
    if row >= len(sheet.rows) or _has_numbers(sheet, row):
        return False
    filled = [c for c, cell in enumerate(sheet.rows[row]) if cell is not None]
    if not filled:
        return False
    for column in filled:
        over, text = sheet.shown(above, column), sheet.shown(row, column)
        group = sheet.anchor(above, column) != sheet.anchor(above, column + 1)
        alone = over is not None and group and sheet.shown(above, column + 1) is not None
        if alone and not is_unit_only(str(text)) and words.classify([str(over)]) in words.finished:
            return False
    return True


def _bottoms(sheet: Sheet, anchor: int, words: Vocabulary) -> list[int]:
    bottoms = [anchor]
    while len(bottoms) < _DEEPEST_HEADER and _is_sub_header(sheet, bottoms[-1] + 1, bottoms[-1], words):
        bottoms.append(bottoms[-1] + 1)
    return bottoms


def _tops(sheet: Sheet, anchor: int) -> list[int]:
    tops = [anchor]
    while tops[-1] > 0 and len(tops) < _DEEPEST_HEADER - 1:
        above = tops[-1] - 1
        filled = [cell for cell in sheet.rows[above] if cell is not None]
        if len(filled) < 2 or _has_numbers(sheet, above):
            break
        tops.append(above)
    return tops


def _merge_bottom(sheet: Sheet, top: int, bottom: int) -> int:
    """A header ends where the merged cells that begin in it end, and with a line of units below it."""
    ends = [b for t, _, b, _ in sheet.merges if top <= t <= bottom and b - t < _DEEPEST_HEADER]
    bottom = max([bottom, *ends])
    below = [cell for cell in sheet.rows[bottom + 1] if cell is not None] if bottom + 1 < len(sheet.rows) else []
    return bottom + 1 if below and all(isinstance(c, str) and is_unit_only(c) for c in below) else bottom


def _has_group_row(sheet: Sheet, row: int) -> bool:
    """True for a line of group titles right above the header ("Thông tin chung", "Tài chính")."""
    filled = [(c, cell) for c, cell in enumerate(sheet.rows[row]) if cell is not None]
    if len(filled) < 2 or _has_numbers(sheet, row) or any(_NO_GROUP.search(phrase(str(cell))) for _, cell in filled):
        return False
    spans = [right - left for top, left, _, right in sheet.merges if top == row]
    return any(spans) and all(sheet.shown(row + 1, c) is not None for c, _ in filled)


def _unit_above(sheet: Sheet, top: int) -> int | None:
    """The unit of money a line above the table names ("ĐVT: triệu đồng"), in đồng."""
    for row in range(top - 1, max(-1, top - 12), -1):
        for cell in sheet.rows[row]:
            if isinstance(cell, str) and _UNIT_LINE.search(tidy(cell)):
                unit = unit_in(cell)
                if unit:
                    return unit
    return None


def _index_values(sheet: Sheet, row: int) -> list[str]:
    """The column numbers of a row as text; empty when a cell is none."""
    values = []
    for cell in sheet.rows[row]:
        if cell is None:
            continue
        text = fold(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell))
        found = _INDEX.fullmatch(text)
        if not found:
            return []
        values.append(found[1])
    return values


def is_index_row(sheet: Sheet, row: int) -> bool:
    """True for a row of column numbers: (1) (2) (3) …, A B 1 2 3 …"""
    values = _index_values(sheet, row) if row < len(sheet.rows) else []
    if len(values) < 3:
        return False
    numbers = [int(value) for value in values if value.isdigit()]
    letters = [value for value in values if not value.isdigit()]
    rising = all(b - a == 1 for a, b in pairwise(numbers))
    return (
        rising
        and len(set(values)) == len(values)
        and (len(letters) <= 3 or not numbers)
        and (not numbers or numbers[0] <= 2)
    )


def _settle(sheet: Sheet, top: int, bottom: int, words: Vocabulary) -> Table:
    bottom = _merge_bottom(sheet, top, bottom)
    if top > 0 and _has_group_row(sheet, top - 1):
        top -= 1
    columns = words.read_columns(_paths(sheet, top, bottom), _unit_above(sheet, top))
    index_row = bottom + 1 if is_index_row(sheet, bottom + 1) else None
    table = Table(sheet, top, bottom, index_row, columns)
    words.settle(table)
    return table


def _score(sheet: Sheet, top: int, bottom: int, words: Vocabulary) -> tuple[int, int]:
    fields = found_fields(words.read_columns(_paths(sheet, top, bottom), None))
    return len(fields), -(bottom - top)


def _anchors(sheet: Sheet, words: Vocabulary) -> list[int]:
    """The rows most likely to head a list: those with the most known headers first, the upper one of equals."""
    hits = {}
    for row in range(min(len(sheet.rows), _SEARCHED_ROWS)):
        filled = sum(cell is not None for cell in sheet.rows[row])
        if filled >= words.least and not _has_numbers(sheet, row):
            hits[row] = _hits(sheet, row, words)
    likely = sorted((row for row in hits if hits[row] >= words.least), key=lambda row: -hits[row])
    return likely[:_MOST_ANCHORS]


def _table_at(sheet: Sheet, anchor: int, words: Vocabulary) -> Table | None:
    windows = [(top, bottom) for top in _tops(sheet, anchor) for bottom in _bottoms(sheet, anchor, words)]
    top, bottom = max(windows, key=lambda window: _score(sheet, window[0], window[1], words))
    table = _settle(sheet, top, bottom, words)
    fields = found_fields(table.columns)
    return table if "name" in fields and len(fields - {"stt"}) >= words.least else None


def find_table(sheet: Sheet, words: Vocabulary = COOPERATIVES) -> Table | None:
    """The list of a sheet, or None: a header has a column of names and at least `words.least` known ones."""
    tables = (_table_at(sheet, anchor, words) for anchor in _anchors(sheet, words))
    return next((table for table in tables if table is not None), None)
