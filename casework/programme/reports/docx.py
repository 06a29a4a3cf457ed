"""The report as a Word file, laid out after Decree 30/2020/NĐ-CP, Annex I; the same data give the same bytes."""

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

from casework.documents.papers.child import same_bytes
from casework.documents.papers.words import clean, day_words
from casework.programme.reports.numbers import written
from casework.programme.reports.outline import Heading, Section, Table, outline, title_of

FONT = "Times New Roman"
DRAFT = "BẢN NHÁP"
CENTER, JUSTIFY, LEFT, RIGHT = (getattr(WD_ALIGN_PARAGRAPH, name) for name in ("CENTER", "JUSTIFY", "LEFT", "RIGHT"))
_WIDTH = 160  # millimetres between the margins
_WHEN = datetime(2024, 7, 1)  # noqa: DTZ001 (the format has no zone; a fixed moment keeps the bytes the same)


def report_docx(data: dict[str, Any]) -> bytes:
    """The whole report as a docx."""
    paper = _Paper()
    _head(paper, data)
    _title(paper, data)
    for section in outline(data):
        _section(paper, section)
    _foot(paper, data)
    return paper.bytes()


class _Paper:
    """The file while it is written: paragraphs, ruled tables, tables without lines."""

    def __init__(self) -> None:
        self.docx: Any = Document()
        style = self.docx.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(13)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        page = self.docx.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(20), Mm(20), Mm(30), Mm(20)

    def text(self, text: str, **look: Any) -> None:
        """A paragraph for each line of a text."""
        for line in clean(text).split("\n"):
            fill(self.docx.add_paragraph(), line, **look)

    def plain(self, *shares: int) -> Any:
        """The cells of one row without lines."""
        table = self.docx.add_table(rows=1, cols=len(shares))
        _widths(table, shares)
        _mark(table.rows[0], "w:cantSplit")
        return table.rows[0].cells

    def ruled(self, columns: list[tuple[str, int, bool]], rows: list[list[str]]) -> None:
        """A table whose heading is repeated on every page. Columns: title, share of the width, holds numbers."""
        table = self.docx.add_table(rows=len(rows) + 1, cols=len(columns), style="Table Grid")
        _mark(table.rows[0], "w:tblHeader")
        for cell, (title, _share, _number) in zip(table.rows[0].cells, columns, strict=True):
            fill(cell.paragraphs[0], title, bold=True, align=CENTER, after=0, size=11)
        for place, texts in enumerate(rows, 1):
            for cell, text, (_title, _share, number) in zip(table.rows[place].cells, texts, columns, strict=True):
                fill(cell.paragraphs[0], clean(text), align=RIGHT if number else LEFT, after=0, size=11)
        _widths(table, [share for _title, share, _number in columns])
        self.text("", after=4)

    def bytes(self) -> bytes:
        """The file."""
        properties = self.docx.core_properties
        properties.author = properties.last_modified_by = "Đồng Hành"
        properties.title, properties.comments = "", ""
        properties.created = properties.modified = _WHEN
        buffer = io.BytesIO()
        self.docx.save(buffer)
        return same_bytes(buffer.getvalue())


def fill(paragraph: Any, text: str, **look: Any) -> None:
    """Put a text into a paragraph; `look`: align, before, after (points), indent (cm), keep, bold, italic, size."""
    paragraph.alignment = look.get("align", JUSTIFY)
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 6))
    shape.first_line_indent, shape.line_spacing = Cm(look.get("indent", 0)), 1.0
    shape.keep_with_next = look.get("keep", False)
    run = paragraph.add_run(text)
    run.font.name, run.bold, run.italic = FONT, look.get("bold", False), look.get("italic", False)
    if look.get("size"):
        run.font.size = Pt(look["size"])


def _lines(cell: Any, *lines: tuple[str, dict[str, Any]]) -> None:
    """Lines in a cell, centred unless they say otherwise."""
    for place, (text, look) in enumerate(lines):
        target = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        fill(target, clean(text), **{"align": CENTER, "after": 0, **look})


def _widths(table: Any, shares: Any) -> None:
    table.autofit = False
    whole = sum(shares)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(_WIDTH * share / whole)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Mm(_WIDTH * share / whole)


def _mark(row: Any, what: str) -> None:
    mark = OxmlElement(what)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _head(paper: _Paper, data: dict[str, Any]) -> None:
    """Organisation on the left, motto on the right; number, place and day below; what is no report yet says so."""
    if data["state"] != "frozen":
        paper.text(f"{DRAFT} – số liệu chưa chốt", bold=True, align=CENTER, after=8, size=14)
    organisation = data["organisation"]
    left, right = paper.plain(42, 58)
    over = [(organisation["parent"].upper(), {"size": 12})] if organisation["parent"] else []
    _lines(left, *over, (organisation["name"].upper(), {"bold": True, "size": 12}), ("_" * 12, {"size": 8}))
    _lines(
        right,
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {"bold": True, "size": 12}),
        ("Độc lập - Tự do - Hạnh phúc", {"bold": True, "size": 13}),
        ("_" * 38, {"size": 8}),
    )
    left, right = paper.plain(42, 58)
    _lines(left, (f"Số: {data['number'] or '…/BC-…'}", {}))
    place = f"{organisation['place']}, " if organisation["place"] else ""
    _lines(right, (place + day_words(data["signed_on"]), {"italic": True}))


def _title(paper: _Paper, data: dict[str, Any]) -> None:
    paper.text("BÁO CÁO", bold=True, align=CENTER, before=16, after=3, size=14)
    first, *more = title_of(data)
    paper.text(first, bold=True, align=CENTER, after=3, size=14)
    for line in more:
        paper.text(line, italic=True, align=CENTER, after=8)
    if addressee := data["texts"].get("addressee"):
        paper.text(f"Kính gửi: {addressee}", align=CENTER, before=4, after=10)


def _section(paper: _Paper, section: Section) -> None:
    paper.text(f"{section.number}. {section.title.upper()}", bold=True, before=8, keep=True)
    for part in section.parts:
        if isinstance(part, Heading):
            paper.text(part.text, bold=True, indent=1, keep=True)
        elif isinstance(part, Table):
            _table(paper, part)
        else:
            paper.text(part, indent=1)


def _table(paper: _Paper, table: Table) -> None:
    paper.text(table.title, italic=True, align=CENTER, before=4, after=4, keep=True)
    columns = [(column.title, column.share, column.number) for column in table.columns]
    paper.ruled(columns, [[_cell(value) for value in row] for row in table.rows])


def _cell(value: Any) -> str:
    return written(value) if value is None or isinstance(value, Decimal) else str(value)


def _foot(paper: _Paper, data: dict[str, Any]) -> None:
    """The annex by its name, to whom the report goes, and who signs."""
    paper.text("Kèm theo: Phụ lục số liệu chi tiết của từng chỉ tiêu (tệp bảng tính).", indent=1, italic=True)
    texts = data["texts"]
    left, right = paper.plain(50, 50)
    recipients = [line for line in clean(texts.get("recipients", "")).split("\n") if line] or ["- Lưu: VT."]
    listed = [(line, {"align": LEFT, "size": 11}) for line in recipients]
    _lines(left, ("Nơi nhận:", {"align": LEFT, "bold": True, "italic": True, "size": 12}), *listed)
    room: list[tuple[str, dict[str, Any]]] = [("", {})] * 4
    titles = [texts.get("signed_for", ""), texts.get("signer_title") or "NGƯỜI KÝ BÁO CÁO"]
    signed = [(line.upper(), {"bold": True}) for line in titles if line]
    _lines(right, *signed, *room, (texts.get("signer_name", ""), {"bold": True}))
