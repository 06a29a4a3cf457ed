"""Opens a file of any kind, after it was checked, and reads its list."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from os import PathLike
from pathlib import Path, PurePath
from typing import BinaryIO

import python_calamine as calamine

from casework.programme.roster import compound, limits
from casework.programme.roster.archive import Archive
from casework.programme.roster.csv_text import read_text
from casework.programme.roster.grid import Sheet, plain
from casework.programme.roster.model import Roster, RosterRefused
from casework.programme.roster.ods_parts import scan_document
from casework.programme.roster.reading import read_sheets
from casework.programme.roster.xls_parts import scan_compound
from casework.programme.roster.xlsx_parts import scan_workbook
from casework.programme.roster.xml_scan import too_many_cells

_TEXT = frozenset({".csv", ".tsv", ".txt"})
_WORKBOOKS = frozenset({".xlsx", ".xls", ".ods"})
_WEB = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta")


def load(path_or_file: str | PathLike[str] | BinaryIO) -> bytes:
    """The bytes of a path or binary file. Raises RosterRefused: file_empty, file_too_large."""
    if hasattr(path_or_file, "read"):
        data = path_or_file.read(limits.FILE_BYTES + 1)
    else:
        with Path(path_or_file).open("rb") as file:
            data = file.read(limits.FILE_BYTES + 1)
    if not data:
        raise RosterRefused("file_empty")
    if len(data) > limits.FILE_BYTES:
        raise RosterRefused("file_too_large", limit=limits.FILE_BYTES // 1024**2)
    return data


def check_name(filename: str) -> str:
    """The lower-case ending of an accepted file name. Raises RosterRefused (wrong_extension)."""
    suffix = PurePath(filename).suffix.lower()
    if suffix == ".xlsb":
        raise RosterRefused("binary_workbook")
    if suffix == ".xlsm":
        raise RosterRefused("has_macros")
    if suffix not in _TEXT | _WORKBOOKS:
        raise RosterRefused("wrong_extension", extension=suffix[:12] or "—")
    return suffix


def _scan(data: bytes, suffix: str) -> dict[str, Sheet]:
    """Checks a workbook by its content, not its name, and tells what calamine does not."""
    if data.startswith(b"PK\x03\x04") and suffix in _WORKBOOKS:
        archive = Archive(data)
        return scan_document(archive) if "mimetype" in archive else scan_workbook(archive)
    if data.startswith(compound.MAGIC) and suffix in _WORKBOOKS:
        return scan_compound(data)
    if data.lstrip()[:200].lower().startswith(_WEB):
        raise RosterRefused("web_page")
    raise RosterRefused("file_damaged" if data.startswith(b"PK") else "not_a_spreadsheet")


def _visible(kind: object) -> bool:
    return kind == calamine.SheetVisibleEnum.Visible


def _values(
    workbook: calamine.CalamineWorkbook, name: str
) -> tuple[Sequence[Sequence[object]], list[tuple[int, int, int, int]]]:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > limits.GRID_CELLS:
        raise too_many_cells()
    merges = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
    return sheet.to_python(skip_empty_area=False), merges


def _sheets(data: bytes, scanned: dict[str, Sheet]) -> list[Sheet]:
    """The worksheets with values and everything the scan found."""
    workbook, sheets = calamine.CalamineWorkbook.from_filelike(BytesIO(data)), []
    for about in workbook.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        values, merges = _values(workbook, about.name)
        sheet = scanned.get(about.name)
        if sheet is None:
            sheet = Sheet(about.name, [], merges=merges, knows_formats=False)
        sheet.rows = [[plain(value) for value in row] for row in values]
        sheet.visible = _visible(about.visible)
        sheets.append(sheet)
    return sheets


def open_sheets(data: bytes, filename: str) -> list[Sheet]:
    """The sheets in the content of a file of any kind, after it was checked. Raises RosterRefused."""
    suffix = check_name(filename)
    if suffix in _TEXT and not data.startswith((b"PK\x03\x04", compound.MAGIC, b"%PDF", b"\x89PNG")):
        return [read_text(data)]
    scanned = _scan(data, suffix)
    try:
        return _sheets(data, scanned)
    except calamine.CalamineError as error:
        raise RosterRefused("file_damaged") from error


def read_bytes(data: bytes, filename: str, *, today: dt.date | None = None) -> Roster:
    """The roster in the content of a file. Raises RosterRefused."""
    return read_sheets(open_sheets(data, filename), filename, today=today)


def read_roster(path_or_file: str | PathLike[str] | BinaryIO, filename: str, *, today: dt.date | None = None) -> Roster:
    """Reads a list in this process: for commands run by hand. Web requests use `read_roster_safely`.

    `filename` is the name the officer gave the file; `today` decides what is in the future.
    Raises RosterRefused with a sentence when the file as a whole cannot be read.
    """
    check_name(filename)
    return read_bytes(load(path_or_file), filename, today=today)
