"""The cells of a filled form. Runs in the child process, which knows no database."""

from dataclasses import dataclass
from typing import Any

from casework.programme.roster.grid import as_typed
from casework.programme.roster.reader import open_sheets

# Where the version, who answers, and the first row of the answers stand; counted from 0.
VERSION_AT, WHO_AT, FIRST = (1, 1), (2, 1), 5
_MOST = 300


@dataclass(frozen=True)
class Filled:
    """What stands in a filled form: its version, who answers, and by code the cells of number and note."""

    version: str
    who: str
    rows: list[list[Any]]

    def wire(self) -> dict[str, Any]:
        """Plain data for the way from the child process."""
        return {"version": self.version, "who": self.who, "rows": self.rows}


def read_form(data: bytes, filename: str) -> Filled:
    """The cells of a filled form. Runs in the child process. Raises RosterRefused."""
    sheets = open_sheets(data, filename)
    sheet = sheets[0]
    rows = []
    for row in range(FIRST, min(len(sheet.rows), _MOST)):
        code = as_typed(sheet.cell(row, 0)) or ""
        cell = sheet.cell(row, 3)
        if code:
            number = isinstance(cell, int | float) and not isinstance(cell, bool)
            rows.append([code, row + 1, number, as_typed(cell) or "", (as_typed(sheet.cell(row, 4)) or "")[:500]])
    who = as_typed(sheet.cell(*WHO_AT)) or ""
    return Filled(as_typed(sheet.cell(*VERSION_AT)) or "", who[:160], rows)
