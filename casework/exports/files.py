"""Writing the file: row by row, so that a hundred thousand of them need no more memory than one."""

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from casework.exports.cells import as_text, plain
from casework.exports.lists import Column

MOST_ROWS = 1_000_000  # what a sheet of Excel holds, less the heading
BOM = "\ufeff"  # by which Excel knows that a csv is UTF-8
PIECE = 64 * 1024
_NAMES = "[]:*?/\\"  # what the name of a sheet may not contain


def write_csv(columns: list[Column], rows: Iterable[Any], path: Path) -> int:
    """Write a csv (UTF-8 with its mark, commas). Returns the number of rows below the heading."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(BOM)
        writer = csv.writer(file)
        writer.writerow([as_text(str(column.title)) for column in columns])
        for row in rows:
            writer.writerow([as_text(column.value(row)) for column in columns])
            written += 1
    return written


def write_xlsx(columns: list[Column], rows: Iterable[Any], path: Path, title: str, about: list[tuple[str, str]]) -> int:
    """Write a workbook: the list, and a sheet that says what it is. Returns the number of rows below the heading."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
    try:
        written = _list_sheet(book, columns, rows, title)
        _about_sheet(book, [*about, (_("Rows"), str(written))])
    finally:
        book.close()
    return written


def _list_sheet(book: Any, columns: list[Column], rows: Iterable[Any], title: str) -> int:
    sheet = book.add_worksheet("".join(" " if sign in _NAMES else sign for sign in title)[:31] or "1")
    kinds = {
        datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        int: book.add_format({"num_format": "#,##0"}),
        Decimal: book.add_format({"num_format": "#,##0.##"}),
    }
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 22)
        sheet.write_string(0, place, str(column.title), bold)
    written = 0
    for row in rows:
        if written == MOST_ROWS:
            break
        written += 1
        for place, column in enumerate(columns):
            _cell(sheet, written, place, plain(column.value(row)), kinds)
    sheet.autofilter(0, 0, written, max(len(columns) - 1, 0))
    return written


def _cell(sheet: Any, line: int, place: int, value: Any, kinds: dict[type, Any]) -> None:
    """By its type and never by its look: text stays text, whatever it begins with."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(line, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, kinds[datetime if isinstance(value, datetime) else date])
    else:
        sheet.write_number(line, place, value, kinds[Decimal if isinstance(value, Decimal) else int])


def _about_sheet(book: Any, about: list[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(_("About this file")[:31])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    for line, (label, value) in enumerate(about):
        sheet.write_string(line, 0, label)
        sheet.write_string(line, 1, value)


def pieces_of(path: Path) -> Iterator[bytes]:
    """A file in pieces."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def scratch() -> Path:
    """The path of a new empty file that only we can read; the caller deletes it."""
    handle, name = tempfile.mkstemp(prefix="export-")
    os.close(handle)
    return Path(name)
