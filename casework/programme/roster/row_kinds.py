"""What each row below the header is: case, section, total, repeated header, footer, blank …"""

import re
from dataclasses import dataclass, field

from casework.programme.roster.contents import Table
from casework.programme.roster.grid import Cell, Sheet
from casework.programme.roster.legal_forms import form_heading, has_both_forms, starts_with_form
from casework.programme.roster.places import PlacePart, section_place, unnumbered
from casework.programme.roster.table import is_index_row
from casework.programme.roster.text import fold, is_roman, phrase, tidy

_TOTAL = re.compile(
    r"^(?:tong cong|tong so|tong|cong tong|cong)(?P<rest>$| (?:\d|i+v?\b|v\b|[a-d]\b|(?:toan|huyen|tinh|xa|"
    r"phuong|thi|thanh|quan|muc|"
    r"phan|nhom|htx|tht|so|trang|chung|theo|cua|khu vuc|dia ban|loai|hop tac xa|to hop tac|don vi|ca|cac|tx|tp)\b).*)"
)
_PLACES = frozenset({"commune", "district", "province", "address"})
# Most cells are turned away before anything is folded.
_TOTAL_INITIALS = frozenset("tTcC")
_FOOTER = re.compile(
    r"^(?:nguoi (?:lap|tong hop|bao cao|ky|lam)|thu truong|t ?m |kt |tl |tuq |ghi chu|noi nhan|luu y|luu|chu y|"
    r"xac nhan|chu tich|pho chu tich|"
    r"lap bieu|lap bang|ke toan|phe duyet|duyet|ky ten|ky ghi|ky va|truong ban|truong phong|pho truong|can bo|nguon|"
    r"danh sach (?:nay|gom|co)|tong hop boi|bieu nay|\w+(?: \w+){0,4} ngay \d* ?thang \d* ?nam|ngay \d* ?thang)"
)
_ROW_NUMBER = re.compile(r"\d{1,5}(?:\.\d{1,3})*\.?")
_HEADING_NUMBER = re.compile(r"^\s*(?:[IVXLC]+|[A-H])\s*[.)/:\-]")


@dataclass(slots=True)
class Kinds:
    """The kind of each row (by row counted from 0) and what sections stand for."""

    kinds: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)


def _own(sheet: Sheet, row: int) -> list[tuple[int, Cell]]:
    return [(column, cell) for column, cell in enumerate(sheet.rows[row]) if cell is not None]


def _is_row_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _ROW_NUMBER.fullmatch(cell.strip()) is not None
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _is_heading_number(cell: Cell) -> bool:
    """I, II. or A in the column of running numbers."""
    if not isinstance(cell, str):
        return False
    bare = cell.strip().strip(".)( ")
    return is_roman(bare) or bare in "ABCDEFGH"


class _Sorter:
    """Sorts the rows of one table; asks each question once per row."""

    def __init__(self, table: Table) -> None:
        self.table, self.sheet = table, table.sheet
        stt, name = table.column_of("stt"), table.column_of("name")
        self.stt = stt.index if stt else -1
        self.name = name.index if name else -1
        self.places = {column.index for column in table.columns if column.field in _PLACES}
        self.mapped = {column.index for column in table.columns if column.field}
        self.titles = {column.index: set(column.path.split(" > ")) for column in table.columns}
        heads = [table.sheet.rows[row] for row in range(table.top, table.bottom + 1)]
        self.heads = [{c: phrase(str(cell)) for c, cell in enumerate(row) if cell is not None} for row in heads]
        self.found = Kinds()

    def _is_header(self, row: int, cells: list[tuple[int, Cell]]) -> bool:
        """True for the header typed again (a new page, a new section)."""
        name = self.sheet.cell(row, self.name)
        if name is not None and phrase(str(name)) not in self.titles[self.name]:
            return False
        said = [(c, phrase(str(cell))) for c, cell in cells]
        hits = sum(text != "" and text in self.titles.get(c, ()) for c, text in said)
        hits = max([hits, *(sum(text == head.get(c) for c, text in said) for head in self.heads)])
        return hits >= 2 and hits >= 0.6 * len(cells)

    def _label(self, cells: list[tuple[int, Cell]]) -> str | None:
        """The only text of a row beside its running number, None when there are more."""
        texts = [cell for c, cell in cells if isinstance(cell, str) and (c != self.stt or not self._number_cell(cell))]
        return tidy(texts[0]) if len(texts) == 1 else None

    def _stands_in_place_column(self, cells: list[tuple[int, Cell]]) -> bool:
        """True when the only text of a row is the place of a case whose name is missing."""
        return any(isinstance(cell, str) and c in self.places for c, cell in cells)

    @staticmethod
    def _number_cell(cell: Cell) -> bool:
        return _is_row_number(cell) or _is_heading_number(cell)

    def _is_total(self, row: int, cells: list[tuple[int, Cell]]) -> bool:
        texts = [(c, cell) for c, cell in cells if isinstance(cell, str)][:3]
        for column, cell in texts:
            if cell.lstrip()[:1] in _TOTAL_INITIALS and (column <= max(self.stt, self.name) or len(texts) == 1):
                said = _TOTAL.match(phrase(cell))
                if said and not _is_row_number(self.sheet.cell(row, self.stt) if self.stt >= 0 else None):
                    self.found.labels[row] = tidy(cell)
                    return True
        return False

    def _is_section(self, row: int, cells: list[tuple[int, Cell]]) -> bool:
        label = self._label(cells)
        if label is None or len(label) > 160 or (len(cells) > 1 and self._stands_in_place_column(cells)):
            return False
        stt = self.sheet.cell(row, self.stt) if self.stt >= 0 else None
        bare = unnumbered(label)
        body = starts_with_form(bare) or has_both_forms(bare)
        heading = section_place(label) is not None or form_heading(bare) is not None
        numbered = _is_heading_number(stt) or (_HEADING_NUMBER.match(label) is not None and not body)
        if heading and not (form_heading(bare) and _is_row_number(stt) and len(cells) > 2):
            self.found.labels[row] = label
            return True
        if numbered and (not body or _is_heading_number(stt)):
            self.found.labels[row] = label
            return True
        return False

    def _name_kind(self, row: int, cells: list[tuple[int, Cell]]) -> str:
        """Strong = surely a case, weak = a case only between others, footer."""
        name = self.sheet.cell(row, self.name)
        named = isinstance(name, str) and (starts_with_form(name) or has_both_forms(name))
        number = self.sheet.cell(row, self.stt) if self.stt >= 0 else None
        first = next((str(cell) for _, cell in cells if isinstance(cell, str)), "")
        if not named and not _is_row_number(number) and _FOOTER.match(phrase(first)):
            return "footer"
        filled = sum(c in self.mapped and c != self.stt for c, _ in cells)
        if name is None:
            return "nameless" if _is_row_number(number) or filled >= 2 else "weak"
        return "strong" if named or (_is_row_number(number) and filled) or filled >= 4 else "weak"

    def _continues(self, row: int) -> bool:
        top, column = self.sheet.anchor(row, self.name)
        return top < row and column == self.name and top >= self.table.first_row

    def kind(self, row: int) -> str:
        """The kind of one row before its neighbours are looked at."""
        cells = _own(self.sheet, row)
        if not [c for c, _ in cells if c != self.stt or not self._number_cell(self.sheet.cell(row, c))]:
            return "blank"
        if self._continues(row):
            return "continuation"
        if self._is_header(row, cells):
            return "header"
        if is_index_row(self.sheet, row):
            return "index"
        if self._is_total(row, cells):
            return "total"
        return "section" if self._is_section(row, cells) else self._name_kind(row, cells)


def _settle_weak(sorter: _Sorter, kinds: dict[int, str]) -> None:
    """Weak rows are cases between others, sections when they hold one text, footers below the last case."""
    surely = [row for row, kind in kinds.items() if kind == "strong"]
    last = max(surely, default=-1)
    if last < 0:
        last = max((row for row, kind in kinds.items() if kind in ("weak", "nameless")), default=-1)
    totals = [row for row, kind in kinds.items() if kind == "total" and row > last]
    for row, kind in kinds.items():
        filled = len(_own(sorter.sheet, row))
        if kind == "nameless":
            kinds[row] = "case" if row < min(totals, default=last + 3) else "footer"
        elif kind in ("strong", "weak"):
            kinds[row] = (
                "case" if kind == "strong" or (row <= last and filled > 1) else "section" if row < last else "footer"
            )
        elif kind == "header" and row > last:
            kinds[row] = "footer"
        if kinds[row] in ("section", "footer") and row not in sorter.found.labels:
            sorter.found.labels[row] = " · ".join(tidy(str(cell)) for _, cell in _own(sorter.sheet, row))


def _settle_totals(kinds: dict[int, str], labels: dict[int, str]) -> None:
    """Of several totals the grand one is the last that says "tổng", or the last; the others are of sections."""
    totals = [row for row, kind in kinds.items() if kind == "total"]
    if len(totals) < 2:
        return
    grand = [row for row in totals if fold(labels.get(row, "")).startswith("tong")]
    keep = grand[-1] if grand else totals[-1]
    if len(grand) == len(totals) and len({phrase(labels[row]) for row in totals}) > 1:
        keep = max(totals, key=lambda row: ("tong cong" in fold(labels[row]), row))
    for row in totals:
        if row != keep:
            kinds[row] = "subtotal"


def sort_rows(table: Table) -> Kinds:
    """The kind of every row below the header that holds anything, and the text of sections and footers."""
    sorter = _Sorter(table)
    kinds = {row: sorter.kind(row) for row in range(table.first_row, len(table.sheet.rows))}
    _settle_weak(sorter, kinds)
    _settle_totals(kinds, sorter.found.labels)
    sorter.found.kinds = kinds
    return sorter.found


def heading_of(label: str) -> tuple[PlacePart | None, str | None, bool]:
    """(place, legal form, numbered) a section line stands for."""
    bare = unnumbered(label)
    numbered = _HEADING_NUMBER.match(label) is not None
    return section_place(label), form_heading(bare), numbered
