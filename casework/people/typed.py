"""What somebody tells about persons and members: plain data on its way into an act.

A field that nobody spoke of is UNSAID and stays as it is; "" and None erase what was stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import Enum
from typing import Any

from casework.facts import MoneyField, dong
from casework.people.models import Member, Person
from casework.vietnamese import nfc_clean


class Said(Enum):
    """The one value that means: this field was not spoken of."""

    NOT = "not said"


UNSAID: Any = Said.NOT

# Shown only by their last digits or not at all, so a form never repeats them.
MASKED = frozenset({"phone", "id_number", "ethnicity"})


@dataclass(frozen=True)
class PersonData:
    """Facts of a person. `birth` is a year (1985) or a day (1985-03-12); `phone` is E.164; `area_id` a commune."""

    full_name: str = UNSAID
    sex: str = UNSAID
    birth: str = UNSAID
    phone: str = UNSAID
    id_number: str = UNSAID
    ethnicity: str = UNSAID
    nationality: str = UNSAID
    area_id: int | None = UNSAID
    address: str = UNSAID


@dataclass(frozen=True)
class MemberRow:
    """One row of the list of members.

    `id` names a member of the case, None a new one. A new member is a new person unless `person_id` names one;
    `another` says that she is not the person of the same name on the list. For a household or body `person` is
    its representative. `seen` holds the values that the form was opened with (see `snapshot`): what somebody
    else changed meanwhile is then refused instead of overwritten.
    """

    id: int | None = None
    person: PersonData = PersonData()
    person_id: int | None = None
    another: bool = False
    nature: str = UNSAID
    body_name: str = UNSAID
    body_code: str = UNSAID
    body_is_foreign: bool = UNSAID
    kind: str = UNSAID
    use: str = UNSAID
    applied_on: date | None = UNSAID
    committed: int | None = UNSAID
    paid: int = UNSAID
    paid_on: date | None = UNSAID
    since: date = UNSAID
    note: str = UNSAID
    seen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Leaving:
    """A member leaves on a day, for a reason that stays readable."""

    id: int
    until: date
    reason: str


PERSON_FIELDS = tuple(one.name for one in fields(PersonData))
MEMBER_FIELDS = tuple(
    one.name for one in fields(MemberRow) if one.name not in {"id", "person", "person_id", "another", "seen"}
)


def told(data: PersonData | MemberRow) -> dict[str, Any]:
    """The fields that were spoken of, by name."""
    names = PERSON_FIELDS if isinstance(data, PersonData) else MEMBER_FIELDS
    return {name: getattr(data, name) for name in names if getattr(data, name) is not UNSAID}


def told_of(row: MemberRow) -> dict[str, Any]:
    """The same for a row with its person."""
    return told(row.person) | told(row)


def columns_of(person: PersonData) -> dict[str, Any]:
    """What was told as columns of Person: one text of a birth is a year and perhaps a day."""
    values = told(person)
    if "birth" in values:
        birth = values.pop("birth")
        values["birth_date"] = date.fromisoformat(birth) if len(birth) > 4 else None
        values["birth_year"] = int(birth[:4]) if birth else None
    if "full_name" in values:
        values["full_name"] = nfc_clean(values["full_name"])
    return values


def birth_of(person: Person | None) -> str:
    """The day of birth, else the year, else ""."""
    if person is None:
        return ""
    return person.birth_date.isoformat() if person.birth_date else str(person.birth_year or "")


def snapshot(member: Member) -> dict[str, str]:
    """The values of a member and her person as texts, masked where pages mask them. A form carries them along."""
    person = member.person or Person()
    found = {name: _text(getattr(person, name)) for name in PERSON_FIELDS if name not in {"birth", *MASKED}}
    found |= {name: _text(getattr(member, name)) for name in MEMBER_FIELDS}
    masks = {name: masked(name, getattr(person, name)) for name in MASKED}
    return found | masks | {"birth": birth_of(member.person)}


def masked(name: str, value: str) -> str:
    """A stored value as pages show it: the last three digits of a number, of other words only that they are there."""
    if not value:
        return ""
    return f"••• {value[-3:]}" if name != "ethnicity" else "•••"


def as_text(name: str, value: Any) -> str:
    """A told value in the form of `snapshot`."""
    return masked(name, value) if name in MASKED else _text(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def label_of(name: str) -> str:
    """What a field is called on a page."""
    if name == "birth":
        return str(Person._meta.get_field("birth_year").verbose_name)
    model: Any = Person if name in PERSON_FIELDS else Member
    return str(model._meta.get_field(name.removesuffix("_id")).verbose_name)


def in_words(name: str, text: str) -> str:
    """A text of `snapshot` as a person reads it."""
    if not text:
        return "–"
    model: Any = Member if name in MEMBER_FIELDS else Person
    column = None if name in {"birth", "area_id"} else model._meta.get_field(name)
    if column is not None and column.choices:
        return str(dict(column.flatchoices).get(text, text))
    if isinstance(column, MoneyField):
        return dong(int(text))
    return f"{text[8:]}/{text[5:7]}/{text[:4]}" if len(text) == 10 and text[4] == "-" else text


def without(row: MemberRow, names: set[str]) -> MemberRow:
    """The row as if these fields had not been spoken of."""
    person = replace(row.person, **dict.fromkeys(names & set(PERSON_FIELDS), UNSAID))
    return replace(row, person=person, **dict.fromkeys(names & set(MEMBER_FIELDS), UNSAID))


def touched(row: MemberRow) -> bool:
    """Whether a row of a member says anything else than its form showed."""
    return any(name in MASKED or as_text(name, value) != row.seen.get(name) for name, value in told_of(row).items())
