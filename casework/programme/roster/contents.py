"""A list in a sheet, and what its cells say about columns whose header says too little."""

from collections.abc import Callable
from dataclasses import dataclass

from casework.programme.roster.grid import Sheet
from casework.programme.roster.headers import Column
from casework.programme.roster.legal_forms import has_both_forms, starts_with_form, without_form
from casework.programme.roster.places import COMMUNE, DISTRICT, PROVINCE, typed_part
from casework.programme.roster.provinces import known_province
from casework.programme.roster.text import phrase, tidy

_LOOKED_AT = 200
_MOST = 0.6
_ENOUGH_NAMES = 0.4


@dataclass(slots=True)
class Table:
    """Where a list stands in a sheet; rows count from 0."""

    sheet: Sheet
    top: int
    bottom: int
    index_row: int | None
    columns: list[Column]

    @property
    def first_row(self) -> int:
        """The first row below the header and the column numbers."""
        return (self.bottom if self.index_row is None else self.index_row) + 1

    def column_of(self, field: str) -> Column | None:
        """The column that holds a field."""
        return next((column for column in self.columns if column.field == field), None)


def _texts(table: Table, column: Column) -> list[str]:
    rows = range(table.first_row, min(len(table.sheet.rows), table.first_row + _LOOKED_AT))
    return [cell for row in rows if isinstance(cell := table.sheet.cell(row, column.index), str)]


def _share(table: Table, column: Column, holds: Callable[[str], bool]) -> float:
    texts = _texts(table, column)
    return sum(holds(text) for text in texts) / len(texts) if len(texts) > 1 else 0.0


def _is_body(text: str) -> bool:
    """A legal form with a name behind it."""
    return (starts_with_form(text) or has_both_forms(text)) and len(without_form(text).split()) > 1


def _is_form(text: str) -> bool:
    """A legal form with at most its trade behind it ("HTX NN")."""
    return starts_with_form(text) and len(without_form(text).split()) <= 2 and len(phrase(text)) <= 30


def _is_level(level: str) -> Callable[[str], bool]:
    def holds(text: str) -> bool:
        part = typed_part(tidy(text))
        if level == PROVINCE:
            return known_province(text) is not None or (part is not None and part.level == PROVINCE)
        return part is not None and part.level == level

    return holds


def _name_by_content(table: Table) -> None:
    """The column whose cells begin with legal forms holds the names, whatever its header says."""
    named = table.column_of("name")
    if named is not None and _share(table, named, _is_body) >= _ENOUGH_NAMES:
        return
    best = max(table.columns, key=lambda column: _share(table, column, _is_body), default=None)
    if best is None or best is named or _share(table, best, _is_body) < _ENOUGH_NAMES:
        return
    if named is not None:
        named.field = None
    best.field = "name"


def _fill_by_content(table: Table, field: str, holds: Callable[[str], bool]) -> None:
    """Gives a field without column the first unread column whose cells are of its kind."""
    if table.column_of(field) is not None:
        return
    free = [column for column in table.columns if column.field is None and column.kind == "extra"]
    found = next((column for column in free if _share(table, column, holds) >= _MOST), None)
    if found is not None:
        found.field = field


def correct_by_content(table: Table) -> None:
    """Settles name, legal form and places by what most cells of a column hold."""
    _name_by_content(table)
    _fill_by_content(table, "form", _is_form)
    if table.column_of("address") is None:
        for level in (COMMUNE, DISTRICT, PROVINCE):
            _fill_by_content(table, level, _is_level(level))
