"""What calamine does not tell about an xls file (BIFF): extent, date formats, formulas, links, passwords."""

import struct
from collections.abc import Iterator

from casework.programme.roster.compound import CompoundFile
from casework.programme.roster.grid import Sheet
from casework.programme.roster.model import RosterRefused
from casework.programme.roster.number_formats import precisions_of_styles
from casework.programme.roster.xml_scan import Extent, clipped_merges

_BOF, _EOF, _FILEPASS, _SUPBOOK, _BOUNDSHEET = 0x809, 0x0A, 0x2F, 0x1AE, 0x85
_FORMAT, _XF, _MERGES = 0x41E, 0xE0, 0xE5
_NUMBER, _RK, _MULRK, _LABEL, _LABELSST, _RSTRING, _BOOLERR, _FORMULA = (
    0x203,
    0x27E,
    0xBD,
    0x204,
    0xFD,
    0xD6,
    0x205,
    0x06,
)
_ONE_CELL = frozenset({_NUMBER, _RK, _LABEL, _LABELSST, _RSTRING, _BOOLERR, _FORMULA})
_WORKSHEET, _MACRO_SHEET, _VISUAL_BASIC = 0, 1, 6
_OWN_SHEETS, _ADD_INS = 0x0401, 0x3A01
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def _records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _unicode(data: bytes, count_size: int) -> str:
    """A BIFF8 string without rich text."""
    count = int.from_bytes(data[:count_size], "little")
    wide = data[count_size] & 1
    raw = data[count_size + 1 : count_size + 1 + count * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "latin-1", "replace")


class _Globals:
    """The records before the first sheet."""

    def __init__(self, stream: bytes) -> None:
        self.sheets: list[tuple[str, int]] = []
        self._formats: dict[int, str] = {}
        self._styles: list[int] = []
        for kind, data in _records(stream):
            self._record(kind, data)
            if kind == _EOF:
                break
        self.precisions = precisions_of_styles(self._formats, self._styles)

    def _record(self, kind: int, data: bytes) -> None:
        if kind == _FILEPASS:
            raise RosterRefused("file_encrypted")
        if kind == _SUPBOOK and struct.unpack_from("<H", data, 2)[0] not in (_OWN_SHEETS, _ADD_INS):
            raise RosterRefused("has_external_links")
        if kind == _BOUNDSHEET:
            position, _, sheet_kind = struct.unpack_from("<IBB", data)
            if sheet_kind in (_MACRO_SHEET, _VISUAL_BASIC):
                raise RosterRefused("has_macros")
            if sheet_kind == _WORKSHEET:
                self.sheets.append((_unicode(data[6:], 1), position))
        elif kind == _FORMAT:
            self._formats[struct.unpack_from("<H", data)[0]] = _unicode(data[2:], 2)
        elif kind == _XF:
            self._styles.append(struct.unpack_from("<H", data, 2)[0])


def _merges(data: bytes) -> list[tuple[int, int, int, int]]:
    count = struct.unpack_from("<H", data)[0]
    blocks = [struct.unpack_from("<HHHH", data, 2 + 8 * i) for i in range(count)]
    return [(top, left, bottom, right) for top, bottom, left, right in blocks]


class _SheetStream:
    def __init__(self, name: str, stream: bytes, position: int, precisions: dict[int, str]) -> None:
        self.sheet, self._extent = Sheet(name, []), Extent()
        self._precisions = precisions
        merges: list[tuple[int, int, int, int]] = []
        for number, (kind, data) in enumerate(_records(stream, position)):
            if number == 0 and kind != _BOF:
                raise RosterRefused("file_damaged")
            if kind == _MERGES:
                merges += _merges(data)
            elif kind in _ONE_CELL or kind == _MULRK:
                self._cell(kind, data)
            elif kind == _EOF:
                break
        self._extent.add(0, 0)
        self.sheet.merges = clipped_merges(merges, self._extent)

    def _cell(self, kind: int, data: bytes) -> None:
        row, column = struct.unpack_from("<HH", data)
        if kind == _MULRK:
            last = struct.unpack_from("<H", data, len(data) - 2)[0]
            for at in range(column, last + 1):
                self._style(row, at, struct.unpack_from("<H", data, 4 + 6 * (at - column))[0])
            return
        self._style(row, column, struct.unpack_from("<H", data, 4)[0])
        if kind == _FORMULA:
            self.sheet.formulas.add((row, column))
            if data[12:14] == b"\xff\xff" and data[6] == 2:
                self.sheet.faults[(row, column)] = _ERRORS.get(data[8], "#")
        elif kind == _BOOLERR and data[7] == 1:
            self.sheet.faults[(row, column)] = _ERRORS.get(data[6], "#")

    def _style(self, row: int, column: int, style: int) -> None:
        self._extent.add(row, column)
        if style in self._precisions:
            self.sheet.precisions[(row, column)] = self._precisions[style]


def check_compound(compound: CompoundFile) -> str:
    """The name of the workbook stream; refuses passwords, macros and other old Office files."""
    names = set(compound.entries)
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise RosterRefused("file_encrypted")
    if names & {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros"}:
        raise RosterRefused("has_macros")
    found = next((name for name in ("Workbook", "Book") if name in names), None)
    if found is None:
        raise RosterRefused("not_a_spreadsheet")
    return found


def scan_compound(data: bytes) -> dict[str, Sheet]:
    """Everything but the values, by sheet name; empty for BIFF5 and older, whose formats are not read."""
    compound = CompoundFile(data)
    stream = compound.stream(check_compound(compound))
    if len(stream) < 8 or stream[:2] != b"\x09\x08":
        raise RosterRefused("file_damaged")
    if struct.unpack_from("<H", stream, 4)[0] < 0x600:
        return {}
    try:
        globals_ = _Globals(stream)
        parts = [_SheetStream(name, stream, at, globals_.precisions).sheet for name, at in globals_.sheets]
    except (struct.error, IndexError) as error:
        raise RosterRefused("file_damaged") from error
    return {sheet.name: sheet for sheet in parts}
