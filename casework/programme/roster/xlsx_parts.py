"""What calamine does not tell about an xlsx file: extent, merged cells, date formats, formulas, errors."""

import posixpath
import re

from casework.programme.roster.archive import Archive
from casework.programme.roster.grid import Sheet
from casework.programme.roster.model import RosterRefused
from casework.programme.roster.number_formats import precisions_of_styles
from casework.programme.roster.xml_scan import Extent, Scanner, clipped_merges, local

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MACROS = re.compile(r"vbaproject|macrosheets/|activex/|/customui", re.IGNORECASE)
_LINKS = re.compile(r"externallinks/|xl/connections\.xml|querytables/|xl/model/", re.IGNORECASE)
_WORKBOOK = "xl/workbook.xml"


def place(reference: str) -> tuple[int, int]:
    """F15 → (14, 5). Raises RosterRefused (file_damaged) for anything else."""
    found = _REFERENCE.fullmatch(reference.replace("$", ""))
    if found is None:
        raise RosterRefused("file_damaged")
    column = 0
    for one in found[1]:
        column = column * 26 + ord(one) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def block(reference: str) -> tuple[int, int, int, int]:
    """F15:F16 → (14, 5, 15, 5)."""
    first, _, last = reference.partition(":")
    return (*place(first), *place(last or first))


class _Relations(Scanner):
    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            if kind.startswith(("externalLink", "vbaProject", "attachedTemplate")):
                raise RosterRefused("has_macros" if kind == "vbaProject" else "has_external_links")
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class _Workbook(Scanner):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if local(k) == "id" and ":" in k), "")
            self.sheets.append((attributes.get("name", ""), relation))


class _Styles(Scanner):
    def __init__(self) -> None:
        super().__init__()
        self.formats: dict[int, str] = {}
        self.styles: list[int] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and attributes.get("numFmtId", "").isdigit():
            self.formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            number = attributes.get("numFmtId", "0")
            self.styles.append(int(number) if number.isdigit() else 0)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False


class _SheetPart(Scanner):
    def __init__(self, precisions: dict[int, str]) -> None:
        super().__init__()
        self._by_style = {str(index): shown for index, shown in precisions.items()}
        self.extent = Extent()
        self.merges: list[tuple[int, int, int, int]] = []
        self.precisions: dict[tuple[int, int], str] = {}
        self.formulas: set[tuple[int, int]] = set()
        self.faults: dict[tuple[int, int], str] = {}
        self._row, self._column = -1, -1
        self._style: str | None = None
        self._is_fault = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "is"):
            self._filled()
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdigit() else self._row + 1
            self._column = -1
        elif name == "f":
            self._formula()
        elif name == "mergeCell":
            self.merges.append(block(attributes.get("ref", "")))

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference:
            self._row, self._column = place(reference)
        else:
            self._column += 1
        self._style = attributes.get("s")
        self._is_fault = attributes.get("t") == "e"

    def _filled(self) -> None:
        self.extent.add(self._row, self._column)
        at = (self._row, self._column)
        if self._style in self._by_style:
            self.precisions[at] = self._by_style[self._style]
        if self._is_fault:
            self.faults[at] = ""
            self.collect(self._fault_text)

    def _formula(self) -> None:
        self.extent.add(self._row, self._column)
        self.formulas.add((self._row, self._column))

    def _fault_text(self, text: str) -> None:
        self.faults[(self._row, self._column)] += text[:20]

    def end(self, name: str) -> None:
        if name == "v":
            self.collect(None)


def _scanned(archive: Archive, name: str, scanner: Scanner) -> None:
    if name in archive:
        scanner.scan(archive.chunks(name))


def check_workbook(archive: Archive) -> None:
    """Refuses what is no plain xlsx workbook: macros, links to other files, xlsb, other Office files."""
    names = archive.names
    if any(_MACROS.search(name) for name in names):
        raise RosterRefused("has_macros")
    if any(_LINKS.search(name) for name in names):
        raise RosterRefused("has_external_links")
    if "xl/workbook.bin" in archive:
        raise RosterRefused("binary_workbook")
    if _WORKBOOK not in archive or "[Content_Types].xml" not in archive:
        raise RosterRefused("not_a_spreadsheet")
    if b"macroenabled" in archive.content("[Content_Types].xml").lower():
        raise RosterRefused("has_macros")


def _sheet_parts(archive: Archive) -> dict[str, str]:
    """Sheet name → the entry that holds it."""
    relations, workbook = _Relations(), _Workbook()
    _scanned(archive, "xl/_rels/workbook.xml.rels", relations)
    _scanned(archive, _WORKBOOK, workbook)
    targets = {
        key: posixpath.normpath(posixpath.join("xl", target)).lstrip("/") for key, target in relations.targets.items()
    }
    return {name: targets.get(relation, "") for name, relation in workbook.sheets}


def scan_workbook(archive: Archive) -> dict[str, Sheet]:
    """Everything but the values, by sheet name. Every XML part is checked, also those not used."""
    check_workbook(archive)
    styles = _Styles()
    _scanned(archive, "xl/styles.xml", styles)
    precisions = precisions_of_styles(styles.formats, styles.styles)
    parts = _sheet_parts(archive)
    sheets, area = {}, 0
    for name, entry in parts.items():
        part = _SheetPart(precisions)
        _scanned(archive, entry, part)
        area += (part.extent.bottom + 1) * (part.extent.right + 1)
        part.extent.add(0, 0)
        merges = clipped_merges(part.merges, part.extent)
        sheets[name] = Sheet(
            name, [], merges=merges, precisions=part.precisions, formulas=part.formulas, faults=part.faults
        )
    read = {*parts.values(), "xl/styles.xml", _WORKBOOK, "xl/_rels/workbook.xml.rels"}
    for name in archive.names:
        if name not in read and name.lower().endswith((".xml", ".rels")):
            Scanner().scan(archive.chunks(name))
    return sheets
