"""The list of founders: who stands on it is also a member, so that nobody is typed twice."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Unit
from casework.cases.models import Case
from casework.people.models import Founder, Member, Person, founders_of
from casework.people.saving import save_rows
from casework.people.typed import UNSAID, MemberRow, PersonData
from casework.vietnamese import fold

Key = tuple[str, int | None]


def keep_founders(unit: Unit, case: Case, rows: Sequence[dict[str, Any]]) -> list[Founder]:
    """Bring the list of founders up to date. Part of an act on the locked case.

    `rows` have full_name, sex, birth_year and phone ("" when nothing new was typed). Each founder becomes an
    official member whose capital is not yet known, unless she is a member already. Who is no longer on the
    list is taken off. Returns those who are new on it. Seven statements more than one for each changed person.
    """
    before = {_key(founder.person): founder for founder in founders_of(case)}
    members = _members(case)
    known = {**_contact(case), **{_key(m.person): m.person for m in members.values()}}
    known |= {key: founder.person for key, founder in before.items()}
    typed = [_row(row, known, members) for row in rows]
    saved = save_rows(unit, case, typed)
    kept = {member.person_id for member in saved}
    _take_off(unit, [f for f in before.values() if f.person_id not in kept], members)
    listed = {founder.person_id for founder in before.values()}
    new = [member for member in saved if member.person_id not in listed]
    return unit.add_all([Founder(case=case, person=member.person) for member in new])


def _key(person: Person | None) -> Key:
    return (fold(person.full_name), person.birth_year) if person else ("", None)


def _members(case: Case) -> dict[int | None, Member]:
    """The persons who are members now, by person."""
    rows = Member.objects.filter(case=case, until=None, nature=Member.Nature.PERSON).select_related("person")
    return {member.person_id: member for member in rows}


def _contact(case: Case) -> dict[Key, Person | None]:
    """The contact, whose year of birth nobody asked for yet."""
    return {_key(case.contact): case.contact} if case.contact else {}


def _row(row: dict[str, Any], known: dict[Key, Person | None], members: dict[int | None, Member]) -> MemberRow:
    name = fold(row["full_name"])
    key = (name, row["birth_year"]) if (name, row["birth_year"]) in known else (name, None)
    # Taken out: of two women of one name only one is the person whose year was not known.
    person = known.pop(key, None)
    data = PersonData(
        full_name=row["full_name"],
        sex=row["sex"] or UNSAID,
        birth=str(row["birth_year"]) if person is None or person.birth_year != row["birth_year"] else UNSAID,
        phone=row["phone"] or UNSAID,
    )
    member = members.get(person.pk) if person else None
    if member:
        return MemberRow(id=member.pk, person=data)
    return MemberRow(person=data, person_id=person.pk if person else None, another=True, kind=Member.Kind.OFFICIAL)


def _take_off(unit: Unit, founders: Sequence[Founder], members: dict[int | None, Member]) -> None:
    """She founds no more; of her membership only what was more than a name on a list stays."""
    for founder in founders:
        unit.change(founder, left_at=timezone.now())
        member = members.get(founder.person_id)
        if member and member.committed is None and not member.paid:
            unit.change(member, until=max(member.since, timezone.localdate()), leaving_reason=_("No longer a founder"))
