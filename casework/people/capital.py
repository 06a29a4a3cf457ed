"""Shares of the capital: exact fractions, rounded only where they are written (LHTX Articles 4.25, 74)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from casework.people.models import Member, Person

WITH_CAPITAL = frozenset({Member.Kind.OFFICIAL, Member.Kind.ASSOC_CAPITAL})


@dataclass(frozen=True)
class CapitalRow:
    """What one member commits and has paid, in đồng, and her share of all that is committed.

    `share` is None while she says nothing or nobody commits anything.
    """

    member: Member
    committed: int
    paid: int
    assets: int
    share: Fraction | None

    @property
    def cash(self) -> int:
        """What is committed in money, in đồng."""
        return self.committed - self.assets


@dataclass(frozen=True)
class Group:
    """Members counted together. Amounts in đồng; `unknown` are those whose capital is not written down."""

    members: int = 0
    women: int = 0
    committed: int = 0
    women_committed: int = 0
    paid: int = 0
    unknown: int = 0

    def __add__(self, other: "Group") -> "Group":
        names = self.__dataclass_fields__
        return Group(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True)
class Totals:
    """The list in sum, and by kind of member (Member.Kind)."""

    by_kind: dict[str, Group]

    @property
    def all(self) -> Group:
        """Everybody together."""
        return sum(self.by_kind.values(), Group())

    def of(self, kind: str) -> Group:
        """The members of one kind."""
        return self.by_kind.get(kind, Group())

    def share(self, committed: int | None) -> Fraction | None:
        """A part of all that is committed; None when there is nothing to share or the part is unknown."""
        total = self.all.committed
        return Fraction(committed, total) if total and committed is not None else None


@dataclass(frozen=True)
class CapitalTable:
    """Every member with her share, in the order of the list, and the totals."""

    rows: tuple[CapitalRow, ...]
    totals: Totals


def is_woman(member: Member) -> bool:
    """Whether a member is herself a woman; of a body neither is said."""
    person = member.person if member.nature == Member.Nature.PERSON else None
    return person is not None and person.sex == Person.Sex.FEMALE


def table_of(members: Iterable[Member], assets: dict[int, int]) -> CapitalTable:
    """The capital table of members; `assets` is the value of what each contributes beside money, by member."""
    listed = list(members)
    by_kind: dict[str, Group] = {}
    for member in listed:
        by_kind[member.kind] = by_kind.get(member.kind, Group()) + _group_of(member)
    totals = Totals(by_kind)
    return CapitalTable(tuple(_row(member, totals, assets.get(member.pk, 0)) for member in listed), totals)


def _group_of(member: Member) -> Group:
    woman, committed = is_woman(member), member.committed or 0
    unknown = member.committed is None and member.kind in WITH_CAPITAL
    return Group(1, int(woman), committed, committed if woman else 0, member.paid, int(unknown))


def _row(member: Member, totals: Totals, assets: int) -> CapitalRow:
    share = totals.share(member.committed)
    return CapitalRow(member, member.committed or 0, member.paid, assets, share)


def percent(share: Fraction | None, places: int = 2) -> str:
    """A share as text: `33,33 %`; "–" when there is none. Rounded half up, in whole numbers only."""
    if share is None:
        return "–"
    scale: Any = 10**places
    units = (share * 100 * scale + Fraction(1, 2)).__floor__()
    whole, rest = divmod(units, scale)
    return f"{whole},{rest:0{places}d}".rstrip("0").rstrip(",") + " %"
