"""What each line below the header is: member, heading, total, repeated header, footer, blank."""

import re
from dataclasses import dataclass, field

from casework.people.roll.words import kind_in
from casework.programme.roster.contents import Table
from casework.programme.roster.grid import Cell
from casework.programme.roster.table import is_index_row
from casework.programme.roster.text import is_roman, phrase, tidy

# With their marks: "Tổng" is a total, "Tống" a surname.
_TOTAL = re.compile(r"(?:tổng|cộng)(?:$|[\s:.(])|tong (?:cong|so)\b|cong tong\b")
_TOTAL_ALONE = frozenset({"tong", "cong", "tong cong", "tong so"})
# So many known cells beside the name make a member of a line without a running number.
_SURELY = 3
_ROW_NUMBER = re.compile(r"\d{1,5}(?:[.,]0+)?\.?")
_HEADING = re.compile(r"^\s*(?:[IVXLC]+|[A-H])\s*[.)/:\-]")
# With their marks: Tô, Bàn and Lang are surnames, Lưu is one and begins "Lưu ý".
_PLACE = re.compile(r"(?:thôn|xóm|ấp|bản|làng|tổ|khu|khóm|buôn|xã|phường|nhóm|chi hội|huyện)\b", re.IGNORECASE)
_MEMBERS = re.compile(r"(?:(?:cac|danh sach|nhom) )*(?:thanh vien|tv|xa vien|to vien)\b")
_FOOTER = re.compile(r"(?:lưu ý|ghi chú|người |ngày |thủ trưởng|xác nhận|kế toán|t\.?m\.? |k\.?t\.? )", re.IGNORECASE)


@dataclass(slots=True)
class Lines:
    """The lines of a list by row counted from 0. `kinds_above` gives the kind of member a heading named."""

    members: list[int] = field(default_factory=list)
    totals: dict[int, str] = field(default_factory=dict)
    continued: list[int] = field(default_factory=list)
    unclear: dict[int, str] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    kinds_above: dict[int, str] = field(default_factory=dict)


def is_row_number(cell: Cell) -> bool:
    """True for 1, 2, 3 … in the column of running numbers, as number or text."""
    if isinstance(cell, str):
        return _ROW_NUMBER.fullmatch(cell.strip()) is not None
    return isinstance(cell, int | float) and not isinstance(cell, bool)


class _Sorter:
    def __init__(self, table: Table) -> None:
        self.table, self.sheet = table, table.sheet
        stt, name, surname = (table.column_of(field) for field in ("stt", "name", "surname"))
        self.stt = stt.index if stt else -1
        self.name = name.index if name else -1
        self.names = {self.name, surname.index} if surname else {self.name}
        self.known = {column.index for column in table.columns if column.field} - self.names - {self.stt}
        self.titles = {column.index: set(column.path.split(" > ")) for column in table.columns}
        rows = range(table.first_row, len(self.sheet.rows))
        self.is_numbered = sum(is_row_number(self._stt(row)) for row in rows) > 1

    def _stt(self, row: int) -> Cell:
        return self.sheet.cell(row, self.stt) if self.stt >= 0 else None

    def _cells(self, row: int) -> list[Cell]:
        """The filled cells of a row but its running number."""
        return [cell for c, cell in enumerate(self.sheet.rows[row]) if cell is not None and c != self.stt]

    def _texts(self, row: int) -> list[tuple[int, str]]:
        return [(c, cell) for c, cell in enumerate(self.sheet.rows[row]) if isinstance(cell, str) and c != self.stt]

    def _is_total(self, row: int) -> bool:
        if is_row_number(self._stt(row)):
            return False
        cells = [(c, cell) for c, cell in enumerate(self.sheet.rows[row]) if isinstance(cell, str)][:2]
        for column, cell in cells:
            said = tidy(cell).lower()
            if column <= max(self.stt, *self.names) and (_TOTAL.match(said) or phrase(said) in _TOTAL_ALONE):
                return True
        return False

    def _is_header(self, row: int) -> bool:
        said = [(c, phrase(cell)) for c, cell in self._texts(row)]
        hits = sum(text in self.titles.get(c, ()) for c, text in said)
        return hits >= 2 and 2 * hits > len(said)

    def _is_heading(self, row: int) -> bool:
        """One cell that names a kind of member, a place or a part of the list."""
        stt, cells = self._stt(row), self._cells(row)
        mark = str(stt or "").strip().strip(".)( ")
        is_part = len(mark) < 6 and bool(mark) and (is_roman(mark) or mark in "ABCDEFGH")
        if len(cells) != 1 or not isinstance(cells[0], str):
            return is_part and not cells
        text = tidy(cells[0])
        if _MEMBERS.match(phrase(text)):
            return True
        return not is_row_number(stt) and (is_part or bool(_HEADING.match(text) or kind_in(text) or _PLACE.match(text)))

    def _continues(self, row: int) -> bool:
        top, column = self.sheet.anchor(row, self.name)
        return top < row and column == self.name and top >= self.table.first_row

    def _strength(self, row: int) -> str:
        """How surely a line is a member: numbered, member, weak (a name alone), or a footer."""
        is_named = any(self.sheet.cell(row, column) is not None for column in self.names)
        filled = sum(self.sheet.cell(row, column) is not None for column in self.known)
        if is_row_number(self._stt(row)):
            return "numbered" if is_named or filled else "blank"
        if filled < _SURELY and _FOOTER.match(tidy(next((text for _, text in self._texts(row)), ""))):
            return "footer"
        if self.is_numbered:
            return "member" if is_named and filled >= _SURELY else "weak"
        return "member" if (is_named and filled) or filled >= _SURELY else "weak"

    def kind(self, row: int) -> str:
        """The kind of one line before its neighbours are looked at."""
        if not self._cells(row) and (self._stt(row) is None or is_row_number(self._stt(row))):
            return "blank"
        if self._continues(row):
            return "continued"
        if is_index_row(self.sheet, row) or self._is_header(row):
            return "header"
        if self._is_total(row):
            return "total"
        return "heading" if self._is_heading(row) else self._strength(row)


def _label(table: Table, row: int) -> str:
    return " · ".join(tidy(str(cell)) for cell in table.sheet.rows[row] if cell is not None)[:200]


def _without_signatures(kinds: dict[int, str]) -> dict[int, str]:
    """Below a footer people sign: names there are no members, unless the numbering goes on."""
    shown, is_signed, has_begun = {}, False, False
    for row, kind in kinds.items():
        has_begun |= kind in ("member", "numbered")
        is_signed = kind != "numbered" and (is_signed or (kind == "footer" and has_begun))
        shown[row] = "footer" if is_signed else "member" if kind == "numbered" else kind
    return shown


def sort_lines(table: Table) -> Lines:
    """Every line below the header by what it is."""
    sorter, found, above = _Sorter(table), Lines(), ""
    kinds = {row: sorter.kind(row) for row in range(table.first_row, len(table.sheet.rows))}
    kinds = _without_signatures(kinds)
    last = max((row for row, kind in kinds.items() if kind == "member"), default=-1)
    for row, kind in kinds.items():
        if kind == "total":
            found.totals[row] = _label(table, row)
        elif kind == "member":
            found.members.append(row)
            found.kinds_above[row] = above
        elif kind == "heading" and row < last:
            found.headings[row] = _label(table, row)
            said = kind_in(found.headings[row])
            above = "" if said == "assoc" else said or above
        elif kind == "continued":
            found.continued.append(row)
        elif kind == "weak" and (row < last or kinds.get(row - 1) in ("member", "weak")):
            found.unclear[row] = _label(table, row)
    return found
