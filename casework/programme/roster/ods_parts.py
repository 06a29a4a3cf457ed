"""What calamine does not tell about an ods file: extent, merged cells, date formats, formulas, errors."""

import re

from casework.programme.roster import limits
from casework.programme.roster.archive import Archive
from casework.programme.roster.grid import Sheet
from casework.programme.roster.model import RosterRefused
from casework.programme.roster.xml_scan import Extent, Scanner, clipped_merges, too_many_cells

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MACROS = re.compile(r"^(?:Basic/.*(?<!script-lc\.xml)(?<!script-lb\.xml)|Scripts/.+)$")


def _repeat(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(f"table:number-{name}-repeated", "1")
    return max(1, int(text)) if text.isdigit() and len(text) < 9 else 1


def _span(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(f"table:number-{name}-spanned", "1")
    return max(1, int(text)) if text.isdigit() and len(text) < 9 else 1


class _DateStyles(Scanner):
    """Cell style → "month" or "year", from the date styles of a part."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[str, set[str]] = {}
        self.cells: dict[str, str] = {}
        self._date: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "date-style":
            self._date = attributes.get("style:name", "")
            self.shown[self._date] = set()
        elif self._date is not None and name in ("day", "month", "year", "hours"):
            self.shown[self._date].add(name)
        elif name == "style" and "style:data-style-name" in attributes:
            self.cells[attributes.get("style:name", "")] = attributes["style:data-style-name"]

    def end(self, name: str) -> None:
        if name == "date-style":
            self._date = None

    def precisions(self) -> dict[str, str]:
        """Style name → what its dates show, for those that show less than a day."""
        found = {}
        for style, date_style in self.cells.items():
            shown = self.shown.get(date_style, set())
            if "year" in shown and "day" not in shown:
                found[style] = "month" if "month" in shown else "year"
        return found


class _Content(Scanner):
    def __init__(self, precisions: dict[str, str]) -> None:
        super().__init__()
        self._by_style = precisions
        self.sheets: dict[str, Sheet] = {}
        self._sheet: Sheet | None = None
        self._extents: dict[str, Extent] = {}
        self._merges: dict[str, list[tuple[int, int, int, int]]] = {}
        self._row = self._column = self._rows = 0
        self._defaults: list[tuple[int, str]] = []
        self._cell: dict[str, str] | None = None
        self._filled = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("table-source", "cell-range-source"):
            raise RosterRefused("has_external_links")
        if name == "table":
            self._open_sheet(attributes.get("table:name", ""))
        elif self._sheet is None:
            return
        elif name == "table-row":
            self._column, self._rows = 0, _repeat(attributes, "rows")
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = attributes
            if "office:value-type" in attributes or "table:formula" in attributes:
                self._fill()
        elif name == "p" and self._cell is not None:
            self._fill()
        elif name == "table-column":
            self._defaults.append((_repeat(attributes, "columns"), attributes.get("table:default-cell-style-name", "")))

    def _open_sheet(self, name: str) -> None:
        self._sheet = Sheet(name, [])
        self.sheets[name] = self._sheet
        self._extents[name], self._merges[name] = Extent(), []
        self._row, self._defaults = 0, []

    def _default_style(self) -> str:
        at = 0
        for count, style in self._defaults:
            at += count
            if self._column < at:
                return style
        return ""

    def _fill(self) -> None:
        """A filled cell, as often as it is repeated."""
        attributes, sheet = self._cell, self._sheet
        if attributes is None or sheet is None:
            return
        columns = _repeat(attributes, "columns")
        self._extents[sheet.name].add(self._row + self._rows - 1, self._column + columns - 1)
        self._filled += self._rows * columns
        if self._filled > limits.GRID_CELLS:
            raise too_many_cells()
        at = (self._row, self._column)
        shown = self._by_style.get(attributes.get("table:style-name") or self._default_style())
        if shown and attributes.get("office:value-type") == "date":
            sheet.precisions.update({(self._row + i, self._column): shown for i in range(self._rows)})
        if "table:formula" in attributes:
            sheet.formulas.add(at)
        if attributes.get("calcext:value-type") == "error":
            sheet.faults[at] = "#"

    def _close_cell(self) -> None:
        attributes, sheet = self._cell or {}, self._sheet
        rows, columns = _span(attributes, "rows"), _span(attributes, "columns")
        if sheet is not None and (rows > 1 or columns > 1):
            end = (self._row + rows - 1, self._column + columns - 1)
            self._merges[sheet.name].append((self._row, self._column, *end))
        self._column += _repeat(attributes, "columns")
        self._cell = None

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self._close_cell()
        elif name == "table-row":
            self._row += self._rows
        elif name == "table" and self._sheet is not None:
            self._extents[self._sheet.name].add(0, 0)
            self._sheet.merges = clipped_merges(self._merges[self._sheet.name], self._extents[self._sheet.name])
            self._sheet = None


def check_document(archive: Archive) -> None:
    """Refuses what is no plain ods spreadsheet: passwords, macros, other OpenDocument files."""
    if archive.content("mimetype").strip() != MIMETYPE or "content.xml" not in archive:
        raise RosterRefused("not_a_spreadsheet")
    if any(_MACROS.match(name) for name in archive.names):
        raise RosterRefused("has_macros")
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.content(manifest):
        raise RosterRefused("file_encrypted")


def scan_document(archive: Archive) -> dict[str, Sheet]:
    """Everything but the values, by sheet name. Every XML part is checked, also those not used."""
    check_document(archive)
    styles = _DateStyles()
    precisions: dict[str, str] = {}
    for name in ("styles.xml", "content.xml"):
        if name in archive:
            styles = _DateStyles()
            styles.scan(archive.chunks(name))
            precisions |= styles.precisions()
    content = _Content(precisions)
    content.scan(archive.chunks("content.xml"))
    for name in archive.names:
        if name.endswith(".xml") and name not in ("content.xml", "styles.xml"):
            Scanner().scan(archive.chunks(name))
    return content.sheets
