"""A sheet as plain values, whatever file it came from. Rows and columns count from 0."""

import datetime as dt
import math
from dataclasses import dataclass, field

from casework.programme.roster.text import clean

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None


@dataclass(slots=True)
class Sheet:
    """Values of one sheet and what the values alone do not tell.

    `merges` are (top, left, bottom, right), all included. `precisions` holds what the number format of a
    date shows when it is less than a day ("month", "year"). `formulas` are cells with a formula,
    `faults` cells that show an error of Excel. `knows_formats` is False where formats were not readable.
    """

    name: str
    rows: list[list[Cell]]
    visible: bool = True
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    precisions: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    knows_formats: bool = True
    _anchors: dict[tuple[int, int], tuple[int, int]] | None = None

    def cell(self, row: int, column: int) -> Cell:
        """The value at a place, None outside the sheet or when empty."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The top left cell of the merged block a cell belongs to, or the cell itself."""
        if self._anchors is None:
            self._anchors = {
                (r, c): (top, left)
                for top, left, bottom, right in self.merges
                if (bottom - top + 1) * (right - left + 1) <= 20_000
                for r in range(top, bottom + 1)
                for c in range(left, right + 1)
            }
        return self._anchors.get((row, column), (row, column))

    def shown(self, row: int, column: int) -> Cell:
        """The value a reader sees at a place: that of the merged block it belongs to."""
        return self.cell(*self.anchor(row, column))

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)


def plain(value: object) -> Cell:
    """A library's cell as a value of ours: text that shows nothing is None, a number without end is text."""
    if isinstance(value, str):
        return value if clean(value) else None
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value  # type: ignore[return-value]


def letter(column: int) -> str:
    """The letter of a column counted from 0: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def block_name(top: int, left: int, bottom: int, right: int) -> str:
    """A range as Excel writes it: (14, 5, 15, 5) → F15:F16."""
    return f"{letter(left)}{top + 1}:{letter(right)}{bottom + 1}"


def as_typed(value: Cell) -> str | None:
    """A cell as text for a message, never longer than 200 characters."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value))[:200]
