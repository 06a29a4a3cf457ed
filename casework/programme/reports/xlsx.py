"""The annex of a report as a workbook: a sheet for every table, and one for every number with the rows behind it."""

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from casework.documents.papers.child import same_bytes
from casework.exports.cells import LARGEST, plain
from casework.programme.reports.docx import DRAFT
from casework.programme.reports.numbers import with_unit
from casework.programme.reports.outline import Column, Table, tables_of, title_of

_WHEN = datetime(2024, 7, 1)  # noqa: DTZ001 (the format has no zone; a fixed moment keeps the bytes the same)
_TITLES = {
    "targets": "Chỉ tiêu",
    "by_commune": "Theo xã",
    "by_sex": "Theo giới",
    "by_minority": "Theo dân tộc",
    "by_legal_form": "Theo loại hình",
    "by_programme": "Theo chương trình",
    "by_organisation": "Theo đơn vị",
    "bodies": "Đơn vị khác",
    "corrections": "Kỳ trước",
}
ROW_COLUMNS = (
    *(Column("STT", 1), Column("Nội dung", 8), Column("Mã hồ sơ", 3), Column("Xã, phường", 4)),
    *(Column("Đơn vị", 5), Column("Ngày", 2), Column("Số lượng", 3, number=True), Column("Khóa", 3)),
)
_TOTAL = 6  # the column of the amounts
_ACROSS = 150  # characters that stand side by side on a sheet


def report_xlsx(data: dict[str, Any]) -> bytes:
    """The whole annex as an xlsx. What a person typed stays text, whatever it begins with."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = _Book(xlsxwriter.Workbook(buffer, options))
    book.about(data)
    for table in tables_of(data):
        book.table(_TITLES[table.name], table)
    for place, number in enumerate(data["numbers"], 1):
        book.number(place, number)
    book.book.close()
    return same_bytes(buffer.getvalue())


class _Book:
    """The workbook while it is written."""

    def __init__(self, book: Any):
        self.book = book
        book.set_properties({"author": "Đồng Hành", "created": _WHEN})
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.strong = book.add_format({"bold": True, "top": 1, "num_format": "#,##0.##"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.whole = book.add_format({"num_format": "#,##0"})
        self.part = book.add_format({"num_format": "#,##0.00"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})

    def about(self, data: dict[str, Any]) -> None:
        """The first sheet: whose report it is, on what, and how far it is."""
        sheet = self.book.add_worksheet("Báo cáo")
        sheet.set_column(0, 0, 110, self.text)
        frozen = data["state"] == "frozen"
        state = f"Số: {data['number']}" if frozen else f"{DRAFT} – số liệu chưa chốt"
        lines = [data["organisation"]["name"], "PHỤ LỤC BÁO CÁO", *title_of(data), state]
        for place, line in enumerate(lines):
            sheet.write_string(place, 0, plain(line), self.bold if place < 2 else self.text)

    def table(self, name: str, table: Table) -> None:
        """One table of the report."""
        sheet = self._sheet(name, table.columns)
        for place, row in enumerate(table.rows, 1):
            for column, value in enumerate(row):
                self._cell(sheet, place, column, value)

    def number(self, place: int, number: dict[str, Any]) -> None:
        """The rows behind one number; their sum; for a share also the rows that it is a share of."""
        sheet = self._sheet(f"{place:02d} {number['code']}"[:31], ROW_COLUMNS)
        line = self._rows(sheet, 1, number["rows"], "Cộng")
        if number["whole_rows"] is not None:
            line = self._rows(sheet, line + 1, number["whole_rows"], "Cộng (mẫu số)")
        shown = with_unit(number["value"], number["unit"])
        reason = f" ({number['why_none']})" if number["value"] is None else ""
        sheet.write_string(line + 1, 1, plain(f"{number['name']}: {shown}{reason}"), self.bold)

    def _sheet(self, name: str, columns: tuple[Column, ...]) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        whole = sum(one.share for one in columns)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, max(6, round(_ACROSS * column.share / whole)))
            sheet.write_string(0, place, column.title, self.bold)
        return sheet

    def _rows(self, sheet: Any, line: int, rows: list[dict[str, Any]], total: str) -> int:
        """Rows from a line on, and the line with their sum. Returns the line below."""
        for place, row in enumerate(rows, 1):
            day = date.fromisoformat(row["on"])
            texts = (row[name] for name in ("label", "case", "commune", "organisation"))
            cells = (place, *texts, day, row["amount"], row["key"])
            for column, value in enumerate(cells):
                self._cell(sheet, line, column, value)
            line += 1
        sheet.write_string(line, 1, total, self.strong)
        self._cell(sheet, line, _TOTAL, sum(row["amount"] for row in rows), self.strong)
        return line + 1

    def _cell(self, sheet: Any, line: int, column: int, value: Any, look: Any = None) -> None:
        """By its type and never by its look."""
        if value is None or value == "":
            return
        if isinstance(value, date):
            sheet.write_datetime(line, column, datetime.combine(value, datetime.min.time()), self.day)
        elif isinstance(value, int | Decimal) and -LARGEST < value < LARGEST:
            sheet.write_number(line, column, value, look or (self.whole if value == int(value) else self.part))
        else:
            sheet.write_string(line, column, str(plain(str(value))), look or self.text)
