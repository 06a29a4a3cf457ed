"""The days of a decision in a spreadsheet, as lines of text (see lines.py). Runs in the limited child process."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO

from casework.programme.roster.grid import Cell, Sheet
from casework.programme.roster.reader import open_sheets
from casework.programme.roster.safe import read_in_child
from casework.programme.roster.text import clean, fold

CHILD = "workflows.clock.settings.sheet_child"
MOST_LINES = 400
HEADER_WITHIN = 60  # rows
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(36_526, 73_416)  # 2000 to 2100 as Excel counts days
_LONGEST_CELL = 200

# Folded header cells; the first rule that fits counts.
_HEADERS = (
    ("worked", re.compile(r"^(?:cac )?ngay (?:di )?lam (?:viec )?bu\b|^lam bu\b")),
    ("first", re.compile(r"^(?:tu ngay|tu|ngay bat dau|bat dau|from|start)\b")),
    ("last", re.compile(r"^(?:den ngay|den|den het ngay|ngay ket thuc|ket thuc|to|until|end)\b")),
    ("name", re.compile(r"^(?:ten|noi dung|dip|ngay le|le tet|dien giai|ly do|su kien|name|holiday)\b")),
    ("kind", re.compile(r"^(?:loai|hinh thuc|tinh chat|kind|type|nghi hay lam)\b")),
    ("note", re.compile(r"^(?:ghi chu|chu thich|note)\b")),
    ("first", re.compile(r"^(?:cac )?(?:ngay|thoi gian|date|day)\b")),
)


@dataclass(frozen=True)
class Decision:
    """The lines read from a file; none where no table of days was found."""

    lines: tuple[str, ...]

    def wire(self) -> dict[str, Any]:
        """Plain data for the way from the child process."""
        return {"lines": list(self.lines)}


def read_safely(file: BinaryIO, filename: str) -> list[str]:
    """The lines in a file of a stranger. Raises RosterRefused with a sentence: no spreadsheet, hostile, too large."""
    return list(read_in_child(CHILD, file, filename)["lines"])


def read_decision(data: bytes, filename: str) -> Decision:
    """The days in the first table of a file that has a column of days."""
    for sheet in sorted(open_sheets(data, filename), key=lambda one: not one.visible):
        for row in range(min(HEADER_WITHIN, len(sheet.rows))):
            columns = _columns(sheet.rows[row])
            if "first" in columns and columns.keys() & {"name", "kind", "worked"}:
                return Decision(tuple(_lines(sheet, row + 1, columns)))
    return Decision(())


def _columns(row: list[Cell]) -> dict[str, int]:
    """What the cells of a header row name, by column."""
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        words = fold(cell) if isinstance(cell, str) and len(cell) < 80 else ""
        field = next((field for field, pattern in _HEADERS if pattern.search(words)), None)
        if field:
            found.setdefault(field, index)
    return found


def _lines(sheet: Sheet, first_row: int, columns: dict[str, int]) -> list[str]:
    lines: list[str] = []
    for row in sheet.rows[first_row:]:
        cells = {field: _text(row[index]) if index < len(row) else "" for field, index in columns.items()}
        lines += _lines_of(cells)
    return lines[: MOST_LINES + 1]


def _lines_of(cells: dict[str, str]) -> list[str]:
    """The line of a row, and one more where a column names the day that is worked instead."""
    name = cells.get("name") or cells.get("note") or cells.get("kind", "")
    kind = cells.get("kind") or ("làm bù" if fold(name).startswith("lam bu") else "nghỉ")
    found = []
    if cells["first"]:
        last = cells.get("last", "")
        days = f"{cells['first']} - {last}" if last and last != cells["first"] else cells["first"]
        found.append(f"{days}; {kind}; {name}")
    if cells.get("worked"):
        found.append(f"{cells['worked']}; làm bù; Làm bù {name}")
    return found


def _text(cell: Cell) -> str:
    """A cell as it would be typed; semicolons part the fields of a line."""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell == int(cell) and int(cell) in _SERIALS:
        return f"{_EXCEL_EPOCH + timedelta(days=int(cell)):%d/%m/%Y}"
    return "" if cell is None else clean(str(cell))[:_LONGEST_CELL].replace(";", ",")
