"""Writes xls (BIFF8 in a compound file) by hand: labels, numbers, dates with formats, merged cells."""

import datetime as dt
import struct
from typing import Any

from tests.casework.roster.officers import Typed

_EPOCH = dt.date(1899, 12, 30)
_FIRST_OWN_FORMAT = 164


def _text(text: str, size: int) -> bytes:
    return len(text).to_bytes(size, "little") + b"\x01" + text.encode("utf-16-le")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _start(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))


def _cell(row: int, column: int, cell: Typed, styles: dict[str, int]) -> bytes:
    style, value = styles.get(cell.form or "", 0), cell.value
    place: tuple[Any, ...] = (row, column, style)
    if isinstance(value, str):
        return _record(0x204, struct.pack("<HHH", *place) + _text(value, 2))
    if isinstance(value, dt.date):
        return _record(0x203, struct.pack("<HHHd", *place, (value - _EPOCH).days))
    if value is not None:
        return _record(0x203, struct.pack("<HHHd", *place, value))
    return b""


def workbook_stream(name: str, rows: list[list[Typed]], merges: list[tuple[int, int, int, int]]) -> bytes:
    """The Workbook stream with one sheet."""
    forms = sorted({cell.form for row in rows for cell in row if cell.form})
    styles = {form: index for index, form in enumerate(forms, 1)}
    head = b"".join(
        _record(0x41E, struct.pack("<H", _FIRST_OWN_FORMAT + i) + _text(form, 2)) for i, form in enumerate(forms)
    )
    head += b"".join(
        _record(0xE0, struct.pack("<HH", 0, number) + bytes(16)) for number in [0, *range(164, 164 + len(forms))]
    )
    sheet_name = _text(name, 1)
    position = len(_start(5) + head) + 4 + 6 + len(sheet_name) + 4
    head += _record(0x85, struct.pack("<IBB", position, 0, 0) + sheet_name) + _record(0x0A, b"")
    cells = [_cell(r, c, cell, styles) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    blocks = b"".join(struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in merges)
    bounds = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    sheet = _start(16) + _record(0x200, bounds) + b"".join(cells)
    return _start(5) + head + sheet + _record(0xE5, struct.pack("<H", len(merges)) + blocks) + _record(0x0A, b"")
