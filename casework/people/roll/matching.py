"""Rows of a list beside the members that the case has already: who is new, who is known, what would change."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casework.cases.models import Case
from casework.people.models import ContributedAsset, Member, Office, Person
from casework.people.roll.homes import Home
from casework.people.roll.model import ReadMember, ReadRow
from casework.people.typed import birth_of
from casework.vietnamese import fold

# What a row may say about a person, and about her membership; in the order of the page.
_PERSON = ("sex", "birth", "ethnicity", "nationality", "id_number", "phone")
_MEMBER = ("kind", "committed", "paid", "note")


@dataclass(frozen=True)
class Change:
    """One value that a row would change; `before` is "" or None where nothing was known."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Match:
    """A row, the member that it stands for, by what she was recognised, and what would change."""

    row: ReadRow
    member: Member
    how: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Conflict:
    """A row that fits nobody for sure; `code` says why, `names` are the members or persons in question."""

    row: ReadRow
    code: str
    names: tuple[str, ...]


class Known:
    """The members of a case, and what they hold, to compare a list with. Three queries."""

    def __init__(self, case: Case) -> None:
        members = Member.objects.filter(case=case, until=None).select_related("person__area").order_by("pk")
        self.by_number: dict[str, Member] = {}
        self.by_name: dict[str, list[Member]] = defaultdict(list)
        for member in members:
            self.by_name[fold(member.name)].append(member)
            if member.person and member.person.id_number:
                self.by_number[member.person.id_number] = member
        self.assets: dict[int, set[str]] = defaultdict(set)
        for asset in ContributedAsset.objects.filter(case=case, withdrawn_on=None):
            self.assets[asset.member_id].add(fold(asset.description))
        self.offices = {(o.person_id, o.title) for o in Office.objects.filter(case=case, until=None)}

    def find(self, row: ReadRow, home: Home | None) -> Match | Conflict | None:
        """The member a row stands for; a conflict where that is open; None for somebody new."""
        read = row.member
        owner = self.by_number.get(read.id_number) if read.id_number else None
        if owner is not None and read.nature == owner.nature == Member.Nature.PERSON:
            if fold(owner.name) != fold(read.name):
                return Conflict(row, "other_name", (owner.name,))
            return self._match(row, owner, "id_number", home)
        same = [member for member in self.by_name.get(fold(read.name), ()) if _may_be(read, member)]
        if len(same) > 1:
            agreeing = [member for member in same if _agrees(read, member)]
            if len(agreeing) != 1:
                return Conflict(row, "several_known", tuple(member.name for member in same))
            same = agreeing
        return self._match(row, same[0], _agrees(read, same[0]) or "name", home) if same else None

    def _match(self, row: ReadRow, member: Member, how: str, home: Home | None) -> Match:
        changes = (*person_changes(row.member, home, member.person), *self._changes(row.member, member))
        return Match(row, member, how, changes)

    def _changes(self, read: ReadMember, member: Member) -> Iterable[Change]:
        """What a row states about her membership and the case does not. An empty cell changes nothing."""
        for field in _MEMBER:
            after, before = getattr(read, field), getattr(member, field)
            if after not in ("", None) and after != before:
                yield Change(field, before, after)
        if read.asset and fold(read.asset) not in self.assets[member.pk]:
            yield Change("asset", "", read.asset)
        for office in read.offices:
            if (member.person_id, office) not in self.offices:
                yield Change("office", "", office)


def person_changes(read: ReadMember, home: Home | None, person: Person | None) -> Iterable[Change]:
    """What a row states about a person and the register does not. An empty cell changes nothing."""
    if person is None:
        return
    for field in _PERSON:
        after = getattr(read, field)
        before = birth_of(person) if field == "birth" else getattr(person, field)
        # A year of birth says nothing new about a person whose day of birth is known.
        if after and after != before and not (field == "birth" and before.startswith(after)):
            yield Change(field, before, after)
    if home and home.area and home.area != person.area:
        yield Change("area_id", person.area, home.area)
    if home and home.address and home.address != person.address:
        yield Change("address", person.address, home.address)


def _may_be(read: ReadMember, member: Member) -> bool:
    """Same name already; nothing that both sides state may differ, but a phone: people change it."""
    if (read.nature == Member.Nature.PERSON) != (member.nature == Member.Nature.PERSON):
        return False
    person = member.person
    if person is None or read.nature != Member.Nature.PERSON:
        return True
    years = read.birth_year in (None, person.birth_year) or person.birth_year is None
    return years and not (read.id_number and person.id_number and read.id_number != person.id_number)


def _agrees(read: ReadMember, member: Member) -> str:
    """What besides the name says that they are one: "birth", "phone" or ""."""
    person = member.person
    if person is None:
        return ""
    if read.birth_year and read.birth_year == person.birth_year:
        return "birth"
    return "phone" if read.phone and read.phone == person.phone else ""
