"""From the rows of a list to what the acts of this room take."""

from datetime import date
from typing import Any

from casework.people.assets import AssetData
from casework.people.models import Person
from casework.people.roll.homes import Home
from casework.people.roll.matching import Match
from casework.people.roll.model import ReadMember
from casework.people.typed import MemberRow, PersonData

_PERSON = ("full_name", "sex", "birth", "phone", "id_number", "ethnicity", "nationality")
_MEMBER = ("nature", "body_name", "kind", "committed", "paid", "note")


def _stated(read: ReadMember, names: tuple[str, ...]) -> dict[str, Any]:
    """What a row says; fields it says nothing about are left out."""
    return {name: value for name in names if (value := getattr(read, name)) not in ("", None)}


def person_data(read: ReadMember, home: Home | None = None) -> PersonData:
    """The person of a row: the member herself, or who represents a household or body."""
    stated = _stated(read, _PERSON)
    if home:
        stated["address"] = home.address
        if home.area:
            stated["area_id"] = home.area.pk
    return PersonData(**stated)


def new_member(read: ReadMember, home: Home | None, kind: str, since: date) -> MemberRow:
    """A row for a member who is a new person; `kind` where the list says none."""
    # Whom she resembles was looked at before: where she still is new, she is another.
    return MemberRow(person=person_data(read, home), another=True, **_membership(read, kind, since))


def known_person(read: ReadMember, person: Person, changes: dict[str, Any], kind: str, since: date) -> MemberRow:
    """A row for a member who is a person of the register already: her name stays as it is written there."""
    data = PersonData(**_changed(changes, (*_PERSON, "address")))
    return MemberRow(person=data, person_id=person.pk, **_membership(read, kind, since))


def _membership(read: ReadMember, kind: str, since: date) -> dict[str, Any]:
    return {"kind": kind, **_stated(read, _MEMBER), "since": since}


def changed_member(match: Match) -> MemberRow | None:
    """A row for a member who is there: what would change and nothing else; None when only assets or offices do."""
    changes = {change.field: change.after for change in match.changes}
    person, member = _changed(changes, (*_PERSON, "address")), _changed(changes, _MEMBER)
    if not person and not member:
        return None
    return MemberRow(id=match.member.pk, person=PersonData(**person), **member)


def _changed(changes: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: changes[name] for name in names if name in changes}
    if "address" in names and "area_id" in changes:
        values["area_id"] = changes["area_id"].pk
    return values


def asset_data(read: ReadMember) -> AssetData:
    """The asset of a row. It is not valued yet: that is for those who contribute capital (LHTX Article 77.1)."""
    return AssetData(read.asset_kind, read.asset, read.asset_value or 0)
