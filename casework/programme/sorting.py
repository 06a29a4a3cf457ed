"""What becomes of each row of a roster."""

from dataclasses import dataclass

from casework.programme.entries import Entry, entries_of
from casework.programme.roster.model import Roster, RosterRow


@dataclass(frozen=True)
class Repeat:
    """A row that seems to stand for the same body as an earlier one."""

    row: RosterRow
    of_row: int


@dataclass(frozen=True)
class GoodRows:
    """The rows of a roster that may enter the register, and those left out."""

    entries: list[Entry]
    with_errors: list[RosterRow]
    repeats: list[Repeat]


def good_rows(roster: Roster) -> GoodRows:
    """Sort the cooperatives and groups of a roster: with an error, a repeat of an earlier row, or good.

    A row whose name and place equal those of an earlier good row is a repeat, also where the reader did not
    say so because the place is too vague. One query.
    """
    with_errors = [row for row in roster.cases if row.errors]
    good = {row.excel_row: row for row in roster.cases if not row.errors}
    repeats = {n: Repeat(row, row.duplicate_of_row) for n, row in good.items() if row.duplicate_of_row is not None}
    first: dict[str, Entry] = {}
    for entry in entries_of(row for n, row in good.items() if n not in repeats):
        if first.setdefault(entry.key, entry) is not entry:
            repeats[entry.row] = Repeat(good[entry.row], first[entry.key].row)
    return GoodRows(list(first.values()), with_errors, [repeats[n] for n in sorted(repeats)])
