"""Text files as officers save them: UTF-8 with or without BOM, UTF-16, Windows-1258; , ; or tab."""

import codecs
import csv
import io
import itertools
from collections import Counter

from casework.programme.roster import limits
from casework.programme.roster.grid import Cell, Sheet, plain
from casework.programme.roster.model import RosterRefused
from casework.programme.roster.xml_scan import too_many_cells

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ("\t", ";", ",", "|")
_LONGEST_CELL = 32_767
_CONTROLS = frozenset(range(32)) - {9, 10, 13, 12}


def _without_bom(data: bytes) -> str | None:
    """The encoding of UTF-16 text without a mark: every second byte of its commas and line ends is zero."""
    head = data[:4096]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if odd + even < len(head) // 8:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def decode(data: bytes) -> str:
    """The text of the file. Raises RosterRefused: encoding_unknown, not_a_spreadsheet."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), None) or _without_bom(data)
    for name in (encoding,) if encoding else ("utf-8", "cp1258"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if sum(ord(c) in _CONTROLS for c in text[:4096]) > 2:
            raise RosterRefused("not_a_spreadsheet")
        return text
    raise RosterRefused("encoding_unknown")


def _delimiter(text: str) -> str:
    """The separator that cuts the most lines into the same, largest number of cells."""
    first, _, _ = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4]
    sample = "".join(itertools.islice(io.StringIO(text), 200))[:200_000]

    def weight(delimiter: str) -> int:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if any(row))
        width, lines = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[0] * pair[1]), default=(1, 0))
        return width * lines if width > 1 else 0

    return max(_DELIMITERS, key=weight)


def read_text(data: bytes) -> Sheet:
    """The one sheet of a text file; every value is text. Raises RosterRefused."""
    text = decode(data)
    if text.lstrip()[:200].lower().startswith(("<!doctype html", "<html", "<table", "<?xml", "<head")):
        raise RosterRefused("web_page")
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[list[Cell]] = []
    area = 0
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            area = max(area, len(cells))
            if len(rows) >= limits.ROWS or area > limits.COLUMNS or len(rows) * area > limits.GRID_CELLS:
                raise too_many_cells()
            rows.append([plain(cell) for cell in cells])
    except csv.Error as error:
        raise RosterRefused("file_damaged") from error
    if rows and rows[0] and str(rows[0][0] or "").lower().startswith("sep="):
        rows[0] = []
    return Sheet("CSV", rows)
