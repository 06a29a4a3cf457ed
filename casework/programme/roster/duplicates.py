"""Rows of one file that may stand for the same body.

spelling: the same name once legal form, marks, capitals, abbreviations and word order are set aside, at
places that do not contradict each other. alias: another name at the same place, with so much else in
common (trade, founding date, members, sums …) that chance is unlikely. Both are questions to the officer.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casework.programme.roster.model import Issue, RosterRow
from casework.programme.roster.names import NameKey, name_key
from casework.programme.roster.text import phrase

# Column name → field of the parsed row; compared for evidence and for conflicts.
_FACTS = {
    "form": "legal_form",
    "founded": "founded",
    "members": "members",
    "women": "women",
    "em": "em",
    "cap": "capital_vnd",
    "products": "products",
    "lender": "lender",
    "loan": "loan_vnd",
    "grant": "grant_vnd",
    "jobs_w": "jobs_w",
    "income": "income_month_vnd",
    "ocop": "ocop_stars",
}
# Facts that prove something when equal; legal form and stars are too common.
_EVIDENCE = ("founded", "members", "women", "em", "cap", "lender", "loan", "grant", "jobs_w", "income")
# Points needed: with a proper name in common, with a common trade name only, without either.
_ENOUGH_WITH_NAME, _ENOUGH_WITH_TRADE, _ENOUGH_WITHOUT_NAME = 3, 4, 5
# More bodies than this with one key are not evidence but a habit of typing.
_CROWD = 40


@dataclass(slots=True)
class _Body:
    """One row, ready for comparing."""

    row: RosterRow
    key: NameKey
    place: tuple[str, str, str]
    trade: frozenset[str]
    facts: dict[str, Any]

    @property
    def telling(self) -> frozenset[str]:
        """The words of the name that few bodies of this trade share: neither common nor a product."""
        return self.key.telling - {word for product in self.trade for word in product.split()}


def _place(parsed: dict[str, Any]) -> tuple[str, str, str]:
    names = ("province", "district_name", "commune_name")
    return tuple(phrase(parsed[name] or "") for name in names)  # type: ignore[return-value]


def _trade(products: str | None) -> frozenset[str]:
    return frozenset(phrase(part) for part in (products or "").replace(";", ",").split(",")) - {""}


def _body(row: RosterRow) -> _Body:
    parsed = row.parsed or {}
    where = [parsed[name] for name in ("commune_name", "district_name") if parsed[name]]
    facts = {column: parsed[name] for column, name in _FACTS.items()}
    for column in ("products", "lender"):
        facts[column] = phrase(facts[column] or "") or None
    key = name_key(parsed["name_norm"] or "", *where)
    return _Body(row, key, _place(parsed), _trade(parsed["products"]), facts)


def _places_agree(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    return all(not a or not b or a == b for a, b in zip(one, two, strict=True))


def _known_same_place(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """The same commune, or the same district where neither row names a commune."""
    if not _places_agree(one, two):
        return False
    return bool(one[2] and two[2]) or bool(one[1] and two[1] and not one[2] and not two[2])


def _dates_agree(one: dict[str, str], two: dict[str, str]) -> bool:
    a, b = one["value"], two["value"]
    return a.startswith(b) or b.startswith(a)


def _agree(column: str, one: Any, two: Any) -> bool | None:
    """True or False when both rows state the fact, None when one does not."""
    if one is None or two is None:
        return None
    return _dates_agree(one, two) if column == "founded" else one == two


def conflicts(one: RosterRow, two: RosterRow) -> list[str]:
    """The columns in which two rows state different things."""
    a, b = _body(one).facts, _body(two).facts
    return [column for column in _FACTS if _agree(column, a[column], b[column]) is False]


def _name_evidence(one: _Body, two: _Body) -> tuple[int, bool]:
    """(points, True when a proper name is in common)"""
    a, b = one.key.core, two.key.core
    if not a or not b:
        return 0, False
    proper = one.telling & two.telling
    if a == b or (proper and one.telling == two.telling):
        return (3, True) if proper else (2, False)
    if proper and (one.telling <= two.telling or two.telling <= one.telling):
        return 2, True
    return (0, False) if a & b else (-1, False)


def _trade_evidence(one: frozenset[str], two: frozenset[str]) -> int:
    if not one or not two:
        return 0
    if one == two:
        return 2
    return 1 if len(one & two) * 2 >= len(one | two) else 0 if one & two else -3


def _may_be_one(one: _Body, two: _Body) -> bool:
    """False when place, hamlet or a number in the name tells the two apart."""
    a, b = one.key, two.key
    if not _known_same_place(one.place, two.place) or a.digits != b.digits:
        return False
    return not (a.hamlet and b.hamlet and a.hamlet != b.hamlet)


def _is_alias(one: _Body, two: _Body) -> bool:
    if not _may_be_one(one, two):
        return False
    verdicts = [_agree(column, one.facts[column], two.facts[column]) for column in _EVIDENCE]
    equal, unequal = verdicts.count(True), verdicts.count(False)
    unequal += _agree("form", one.facts["form"], two.facts["form"]) is False
    (name, is_proper), trade = _name_evidence(one, two), _trade_evidence(one.trade, two.trade)
    points = name + trade + equal - unequal
    if name >= 2:
        return points >= (_ENOUGH_WITH_NAME if is_proper else _ENOUGH_WITH_TRADE)
    return trade == 2 and equal >= 3 and unequal == 0 and points >= _ENOUGH_WITHOUT_NAME


class _Groups:
    """Union-find over row positions; the first row of a group stands for it."""

    def __init__(self, size: int) -> None:
        self.parents = list(range(size))

    def find(self, item: int) -> int:
        """The item that stands for the group of an item."""
        while self.parents[item] != item:
            self.parents[item] = item = self.parents[self.parents[item]]
        return item

    def join(self, one: int, two: int) -> None:
        """Makes two groups one."""
        a, b = sorted((self.find(one), self.find(two)))
        self.parents[b] = a

    def members(self) -> list[list[int]]:
        """The groups of more than one, each in row order."""
        groups = defaultdict(list)
        for item in range(len(self.parents)):
            groups[self.find(item)].append(item)
        return [group for group in groups.values() if len(group) > 1]


def _identifies(body: _Body) -> bool:
    """A name of common words alone ("HTX nông nghiệp") identifies a body only with its place."""
    return bool(body.key.telling)


def _joins(body: _Body, first: _Body) -> bool:
    if not _places_agree(body.place, first.place):
        return False
    stated = [a and b for a, b in zip(body.place, first.place, strict=True)]
    return bool(stated[2] or stated[1]) or (_identifies(body) and any(body.place) and any(first.place))


def _join_spellings(bodies: list[_Body], groups: _Groups) -> None:
    """Equal names join the first group whose place does not contradict theirs."""
    firsts: dict[tuple[str, ...], list[int]] = defaultdict(list)
    exact: dict[tuple[Any, ...], int] = {}
    for item, body in enumerate(bodies):
        if not body.key.whole:
            continue
        same = exact.setdefault((body.key.whole, body.place), item)
        if same != item and _joins(body, bodies[same]):
            groups.join(same, item)
            continue
        rivals = firsts[body.key.whole]
        found = next((first for first in rivals[:_CROWD] if _joins(body, bodies[first])), None)
        if found is None:
            rivals.append(item)
        else:
            groups.join(found, item)


def _candidates(bodies: list[_Body], firsts: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Pairs at one place that share their trade or a telling word of their names."""
    blocks: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for item in firsts:
        body = bodies[item]
        where = ("commune", body.place[2]) if body.place[2] else ("district", body.place[1])
        if not where[1]:
            continue
        blocks[(where, body.trade)].append(item)
        for word in body.telling or body.key.core:
            blocks[(where, word)].append(item)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) <= _CROWD:
            pairs = ((a, b) for i, a in enumerate(block) for b in block[i + 1 :])
            seen.update(pairs)
    return sorted(seen)


def _join_aliases(bodies: list[_Body], groups: _Groups) -> None:
    firsts = [item for item in range(len(bodies)) if groups.find(item) == item]
    for one, two in _candidates(bodies, firsts):
        if groups.find(one) != groups.find(two) and _is_alias(bodies[one], bodies[two]):
            groups.join(one, two)


def _mark(group: list[_Body], letter: str | None) -> dict[str, Any]:
    """Warns the later rows of a group and describes the group."""
    first, *later = group
    kind = "spelling" if all(body.key.whole == first.key.whole for body in later) else "alias"
    differing: list[str] = []
    for body in later:
        found = conflicts(first.row, body.row)
        differing += [column for column in found if column not in differing]
        row, typed = body.row, (body.row.parsed or {})["name_norm"]
        row.duplicate_of_row = first.row.excel_row
        same = body.key.whole == first.key.whole
        row.extra |= {"conflicts_with_first": found, "duplicate_type": "spelling" if same else "alias"}
        params = {"of_row": first.row.excel_row}
        row.add(Issue("possible_duplicate", "name", letter, row.excel_row, typed, params))
    rows = [body.row.excel_row for body in group]
    return {"rows": rows, "type": kind, "conflicting_columns": differing}


def mark_duplicates(rows: list[RosterRow], letter: str | None) -> list[dict[str, Any]]:
    """Marks repeated cases in `rows` and returns the groups: rows, type and conflicting columns.

    `letter` is the letter of the name column, for the warnings.
    """
    bodies = [_body(row) for row in rows if row.kind == "case" and (row.parsed or {}).get("name_norm")]
    groups = _Groups(len(bodies))
    _join_spellings(bodies, groups)
    _join_aliases(bodies, groups)
    return [_mark([bodies[item] for item in group], letter) for group in groups.members()]
