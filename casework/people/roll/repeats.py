"""Rows of one list that stand for the same member."""

from collections import defaultdict

from casework.people.roll.identity import masked
from casework.people.roll.model import CellIssue, ReadRow
from casework.programme.roster.text import fold


def _same_person(one: ReadRow, two: ReadRow) -> bool:
    """Same name already; nothing else that both state may differ, and something must agree."""
    a, b = one.member, two.member
    pairs = [(a.id_number, b.id_number), (a.birth_year, b.birth_year), (a.phone, b.phone), (a.body_name, b.body_name)]
    stated = [(x, y) for x, y in pairs if x and y]
    return bool(stated) and all(x == y for x, y in stated)


def _say(row: ReadRow, code: str, field: str, letter: str | None, of_row: int, typed: str) -> None:
    row.issues.append(CellIssue(code, field, letter, row.number, typed, {"of_row": of_row}))


def mark_repeats(rows: list[ReadRow], letters: dict[str, str]) -> None:
    """Marks repeats of an earlier row, and says where two rows share a number or only a name.

    `letters` gives the column letter of a field. A repeat is left out; the first row of it counts.
    """
    by_name: dict[str, list[ReadRow]] = defaultdict(list)
    by_number: dict[str, ReadRow] = {}
    for row in rows:
        member = row.member
        key = fold(member.name)
        same = next((other for other in by_name[key] if key and _same_person(other, row)), None)
        if same is not None:
            row.duplicate_of = same.number
            continue
        owner = by_number.setdefault(member.id_number, row) if member.id_number else row
        if owner is not row and member.nature == owner.member.nature == "person":
            _say(row, "same_id_number", "id_number", letters.get("id_number"), owner.number, masked(member.id_number))
        elif key and by_name[key]:
            _say(row, "possible_repeat", "name", letters.get("name"), by_name[key][0].number, member.name)
        by_name[key].append(row)
