"""Two versions of a business plan side by side: which words, which cells of which rows differ."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from casework.plans.tables import COLUMNS, KEYS
from casework.vietnamese import fold


@dataclass(frozen=True)
class Cell:
    """One cell of a table as it is read. `old` is what the other version said, where that differs."""

    label: str
    text: str
    old: str | None = None

    @property
    def changed(self) -> bool:
        """Whether the other version said something else, be it nothing."""
        return self.old is not None


@dataclass(frozen=True)
class Row:
    """One row. `state` of a comparison: "same", "changed", "added", or "removed" (then the cells are the old ones)."""

    number: int | None
    cells: tuple[Cell, ...]
    state: str = "same"
    remarks: list[Any] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What the first cell says."""
        return self.cells[0].text


def rows_of(name: str, new: list[Any], old: list[Any] | None = None) -> list[Row]:
    """The rows of a table; with the rows of another version, what changed since and what was taken out."""
    if old is None:
        return [_row(name, entry, number) for number, entry in enumerate(new, 1)]
    paired = paired_rows(name, new, old)
    both = zip(new, paired, strict=True)
    shown = [_compared(name, entry, number, before) for number, (entry, before) in enumerate(both, 1)]
    kept = {id(before) for before in paired if before is not None}
    return shown + [_row(name, entry, None, "removed") for entry in old if id(entry) not in kept]


def paired_rows(name: str, new: list[Any], old: list[Any]) -> list[Any | None]:
    """For each new row the old one that it continues, or None: first by name, then by the place in the table."""
    left = dict(enumerate(old))
    paired: list[Any | None] = []
    for entry in new:
        place = next((place for place, before in left.items() if _key(name, before) == _key(name, entry)), None)
        paired.append(None if place is None else left.pop(place))
    return [left.pop(place, None) if before is None else before for place, before in enumerate(paired)]


def _key(name: str, entry: Any) -> tuple[str, ...]:
    return tuple(fold(str(entry[key])) for key in KEYS[name])


def _row(name: str, entry: Any, number: int | None, state: str = "same") -> Row:
    return Row(number, tuple(Cell(str(label), told(entry)) for _key, label, told in COLUMNS[name]), state)


def _compared(name: str, entry: Any, number: int, before: Any | None) -> Row:
    if before is None:
        return _row(name, entry, number, "added")
    cells = tuple(compared_cell(str(label), told(entry), told(before)) for _key, label, told in COLUMNS[name])
    return Row(number, cells, "changed" if any(cell.changed for cell in cells) else "same")


def compared_cell(label: str, text: str, old: str | None) -> Cell:
    """A cell that knows what it said before, if that differs; `old` None when there is nothing to compare with."""
    return Cell(label, text, old if old is not None and old != text else None)


def count_changes(rows: Iterable[Row]) -> int:
    """How many rows were changed, added or taken out."""
    return sum(row.state != "same" for row in rows)
