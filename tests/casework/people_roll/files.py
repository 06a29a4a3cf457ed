"""Puts typed rows into a file of any kind. A cell is a value, or (value, number format)."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import openpyxl

from tests.casework.roster.containers import compound, pack_ods
from tests.casework.roster.officers import Typed
from tests.casework.roster.old_excel import workbook_stream
from tests.casework.roster.writers import ODS_HEAD, ods_cell

Rows = Sequence[Sequence[Any]]
# (top, left, bottom, right), counted from 0.
Merges = Sequence[tuple[int, int, int, int]]


def as_csv(rows: Rows, *, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["" if c is None else c for c in row] for row in rows])
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Rows, merges: Merges = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for r, row in enumerate(rows, 1):
        for c, cell in enumerate(row, 1):
            value, form = cell if isinstance(cell, tuple) else (cell, None)
            if value is not None:
                made = sheet.cell(r, c, value)
                if form:
                    made.number_format = form
    for top, left, bottom, right in merges:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(rows: Rows) -> list[list[Typed]]:
    def cell(value: Any) -> Typed:
        value, form = value if isinstance(value, tuple) else (value, None)
        return Typed(value, form=form or ("dd/mm/yyyy" if isinstance(value, dt.date) else None))

    return [[cell(value) for value in row] for row in rows]


def as_xls(rows: Rows, merges: Merges = ()) -> bytes:
    return compound({"Workbook": workbook_stream("Danh sach", _typed(rows), list(merges))})


def as_ods(rows: Rows, merges: Merges = ()) -> bytes:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges}
    body = []
    for r, row in enumerate(_typed(rows)):
        cells = []
        for c, cell in enumerate(row):
            down, across = spans.get((r, c), (1, 1))
            span = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
            cells.append(ods_cell(cell, span if (down, across) != (1, 1) else ""))
        body.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    table = f'<table:table table:name="S">{"".join(body)}</table:table>'
    return pack_ods(ODS_HEAD + table + "</office:spreadsheet></office:body></office:document-content>")
