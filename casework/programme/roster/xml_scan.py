"""Streams XML through expat and refuses what no spreadsheet program writes."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from casework.programme.roster import limits
from casework.programme.roster.model import RosterRefused


def _refuse(*_: object) -> None:
    raise RosterRefused("has_entities")


def local(name: str) -> str:
    """An element or attribute name without its prefix."""
    return name.rpartition(":")[2]


class Scanner:
    """Base of the part readers: override `start`, `end`, `text`. Names come without prefix."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.buffer_text = True
        self._elements = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self.start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def _end(self, name: str) -> None:
        self.end(name.rpartition(":")[2] if ":" in name else name)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; attribute names keep their prefixes."""

    def end(self, name: str) -> None:
        """An element ends."""

    def collect(self, receive: Callable[[str], None] | None) -> None:
        """Text goes to `receive` from here on; None stops it."""
        self.parser.CharacterDataHandler = receive

    def scan(self, chunks: Iterable[bytes]) -> None:
        """Reads a whole part. Raises RosterRefused: has_entities, too_many_cells, file_damaged."""
        try:
            for chunk in chunks:
                self.parser.Parse(chunk)
                if self._elements > limits.XML_ELEMENTS:
                    raise too_many_cells()
            self.parser.Parse(b"", True)  # noqa: FBT003 (expat takes no keyword)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise RosterRefused("file_damaged") from error


def too_many_cells() -> RosterRefused:
    """The refusal of a sheet beyond the limits."""
    return RosterRefused("too_many_cells", rows=limits.ROWS, columns=limits.COLUMNS)


class Extent:
    """The part of a sheet that holds anything, checked while it grows."""

    def __init__(self) -> None:
        self.bottom = self.right = -1

    def add(self, row: int, column: int) -> None:
        """Counts a filled cell. Raises RosterRefused (too_many_cells)."""
        if row <= self.bottom and column <= self.right:
            return
        self.bottom, self.right = max(row, self.bottom), max(column, self.right)
        area = (self.bottom + 1) * (self.right + 1)
        if self.bottom >= limits.ROWS or self.right >= limits.COLUMNS or area > limits.GRID_CELLS:
            raise too_many_cells()


def clipped_merges(merges: list[tuple[int, int, int, int]], extent: Extent) -> list[tuple[int, int, int, int]]:
    """Merged blocks cut to the filled part of the sheet; single cells left out."""
    kept, cells = [], 0
    for top, left, lowest, rightmost in merges:
        bottom, right = min(lowest, extent.bottom), min(rightmost, extent.right)
        if bottom < top or right < left or (bottom == top and right == left):
            continue
        cells += (bottom - top + 1) * (right - left + 1)
        if cells > limits.MERGED_CELLS:
            raise too_many_cells()
        kept.append((top, left, bottom, right))
    return kept
