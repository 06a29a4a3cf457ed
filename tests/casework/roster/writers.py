"""Puts a typed sheet into a file: xlsx by two libraries, ods by hand, csv in several encodings."""

import csv
import datetime as dt
import io
import unicodedata
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlsxwriter

from tests.casework.roster.containers import compound, pack_ods
from tests.casework.roster.officers import Layout, Line, Typed
from tests.casework.roster.old_excel import workbook_stream
from tests.casework.roster.sheets import build

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def _merges(layout: Layout, lines: list[Line]) -> list[tuple[int, int, int, int]]:
    """Header groups, finished header columns, section lines and equal provinces, as offices merge them."""
    blocks = []
    heads = [at for at, line in enumerate(lines) if line.kind == "header"]
    depth = max(len(path) for _, path in layout.columns)
    top = heads[0]
    for at, (_, path) in enumerate(layout.columns):
        column = at + layout.left
        if len(path) < depth:
            blocks.append((top + len(path) - 1, column, top + depth - 1, column))
        for level in range(len(path) - 1):
            same = [i for i, (_, other) in enumerate(layout.columns) if other[: level + 1] == path[: level + 1]]
            if same[0] == at and len(same) > 1:
                blocks.append((top + level, column, top + level, column + len(same) - 1))
    width = layout.left + len(layout.columns)
    blocks += [(at, layout.left, at, width - 1) for at, line in enumerate(lines) if line.whole_row]
    return blocks + (_province_blocks(layout, lines) if layout.merge_provinces else [])


def _province_blocks(layout: Layout, lines: list[Line]) -> list[tuple[int, int, int, int]]:
    column = layout.left + [name for name, _ in layout.columns].index("province")
    blocks, start = [], None
    for at, line in enumerate([*lines, Line([], "end")]):
        province = (line.expected or {}).get("province")
        if start is not None and province != lines[start].expected["province"]:
            if at - 1 > start:
                blocks.append((start, column, at - 1, column))
                for row in range(start + 1, at):
                    lines[row].cells[column] = Typed()
            start = None
        if province is not None and start is None:
            start = at
    return blocks


def _put(sheet: Any, row: int, column: int, cell: Typed, form: Any, zero: bool) -> None:
    if cell.formula:
        sheet.write_formula(row, column, cell.formula, None, 0 if zero else "")
    elif isinstance(cell.value, dt.date):
        sheet.write_datetime(row, column, cell.value, form)
    elif isinstance(cell.value, str):
        sheet.write_string(row, column, cell.value)
    elif cell.value is not None:
        sheet.write_number(row, column, cell.value)


def _other_sheets(book: Any, layout: Layout) -> None:
    for name, rows, hidden in layout.sheets_before:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        if hidden:
            sheet.hide()


def write_xlsx(layout: Layout, lines: list[Line]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    _other_sheets(book, layout)
    sheet = book.add_worksheet(layout.sheet)
    merges = {(top, left): (bottom, right) for top, left, bottom, right in _merges(layout, lines)}
    shapes = {cell.form for line in lines for cell in line.cells if cell.form}
    forms = {None: None, **{shape: book.add_format({"num_format": shape}) for shape in sorted(shapes)}}
    for row, line in enumerate(lines):
        for column, cell in enumerate(line.cells):
            if (row, column) in merges and cell.value is not None:
                sheet.merge_range(row, column, *merges[row, column], cell.value, forms[cell.form])
            else:
                _put(sheet, row, column, cell, forms[cell.form], layout.totals == "zero")
    sheet.activate()
    book.close()
    return buffer.getvalue()


def write_openpyxl(layout: Layout, lines: list[Line]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = layout.sheet
    for row, line in enumerate(lines, 1):
        for column, cell in enumerate(line.cells, 1):
            if cell.value is None and not cell.formula:
                continue
            made = sheet.cell(row, column, cell.formula or cell.value)
            if cell.form:
                made.number_format = cell.form
    for top, left, bottom, right in _merges(layout, lines):
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cp1258(text: str) -> bytes:
    """Windows-1258 keeps vowels composed and tones apart, as Windows writes it."""
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        pieces.append(base + "".join(part for part in parts if part in _TONES))
    return "".join(pieces).encode("cp1258", "replace")


def write_csv(layout: Layout, lines: list[Line]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=layout.delimiter)
    for line in lines:
        writer.writerow(["" if cell.value is None else cell.value for cell in line.cells])
    text = buffer.getvalue()
    return cp1258(text) if layout.encoding == "cp1258" else text.encode(layout.encoding)


_ODS_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-content xmlns:office="{_ODS_NAMES}:office:1.0" xmlns:table="{_ODS_NAMES}:table:1.0" '
    f'xmlns:text="{_ODS_NAMES}:text:1.0" xmlns:style="{_ODS_NAMES}:style:1.0" '
    f'xmlns:number="{_ODS_NAMES}:datastyle:1.0" office:version="1.2"><office:automatic-styles>'
    '<number:date-style style:name="N1"><number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/></number:date-style>'
    '<number:date-style style:name="N2"><number:day/><number:text>/</number:text><number:month/>'
    "<number:text>/</number:text><number:year/></number:date-style>"
    '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="ce2" style:family="table-cell" style:data-style-name="N2"/>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)


def ods_cell(cell: Typed, span: str) -> str:
    if cell.formula:
        return f'<table:table-cell table:formula="of:=SUM([.A1:.A2])"{span}/>'
    value: Any = cell.value
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, dt.date):
        style = "ce2" if "d" in (cell.form or "") else "ce1"
        about = f'table:style-name="{style}" office:value-type="date" office:date-value="{value.isoformat()}"'
        return f"<table:table-cell {about}{span}/>"
    if isinstance(value, int | float):
        about = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {about}{span}><text:p>{value}</text:p></table:table-cell>"
    return f'<table:table-cell office:value-type="string"{span}><text:p>{escape(value)}</text:p></table:table-cell>'


def write_ods(layout: Layout, lines: list[Line]) -> bytes:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in _merges(layout, lines)}
    rows = []
    for row, line in enumerate(lines):
        cells = []
        for column, cell in enumerate(line.cells):
            down, across = spans.get((row, column), (1, 1))
            span = (
                f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
                if (down, across) != (1, 1)
                else ""
            )
            cells.append(ods_cell(cell, span))
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    rows.append(
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    table = f"<table:table table:name={quoteattr(layout.sheet)}>{''.join(rows)}</table:table>"
    return pack_ods(ODS_HEAD + table + "</office:spreadsheet></office:body></office:document-content>")


def write_xls(layout: Layout, lines: list[Line]) -> bytes:
    merges = _merges(layout, lines)
    return compound({"Workbook": workbook_stream(layout.sheet, [line.cells for line in lines], merges)})


def write(layout: Layout) -> tuple[bytes, list[Line]]:
    """The file of a layout and the lines in it."""
    lines = build(layout)
    kinds = {"xlsx": write_xlsx, "openpyxl": write_openpyxl, "ods": write_ods, "csv": write_csv, "xls": write_xls}
    return kinds[layout.extension](layout, lines), lines
