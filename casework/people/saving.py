"""Storing rows of the list of members: all of them, or none with a sentence for each that does not fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from casework.cases.models import Case
from casework.facts import dong, grouped
from casework.organisations.standing import standing_of
from casework.people.likely import reachable
from casework.people.models import ContributedAsset, Member, Person
from casework.people.typed import (
    MASKED,
    UNSAID,
    Leaving,
    MemberRow,
    as_text,
    columns_of,
    in_words,
    label_of,
    snapshot,
    told,
    told_of,
    without,
)
from casework.vietnamese import fold

# Beyond this a list is not one cooperative's; pages, papers and the history are measured up to here.
MOST_MEMBERS = 10_000


@dataclass(frozen=True)
class Fault:
    """Why a row is refused: its place among the rows sent, the field ("" for the whole row), the sentence.

    `now` is what stands there now, where somebody else changed it meanwhile. `may_be_another`: the row passes
    once its sender says that this is another person of the same name.
    """

    place: int
    field: str
    sentence: str
    now: str | None = None
    may_be_another: bool = False


class RowsRefused(ActionNotPossible):
    """Some rows cannot be stored, so none is. `faults` belong at the rows."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        super().__init__(" ".join(fault.sentence for fault in faults[:10]))


def save_rows(unit: Unit, case: Case, rows: Sequence[MemberRow]) -> list[Member]:
    """Add and change members; returns them in the order of `rows`. Part of an act on the locked case.

    Raises RowsRefused for rows that do not fit, ActionNotPossible when there would be too many members. Four
    statements more than one for each changed row.
    """
    lists = _Lists(unit, case, rows)
    merged, faults = [], []
    for place, row in enumerate(rows):
        kept, conflicts = lists.merged(place, row)
        merged.append(kept)
        faults += conflicts or list(lists.misfits(place, kept))
    faults += lists.repeats(merged)
    if faults:
        raise RowsRefused(sorted(faults, key=lambda fault: fault.place))
    new = [row for row in merged if row.id is None]
    if lists.live + len(new) > MOST_MEMBERS:
        raise ActionNotPossible(
            _("A list holds at most %(most)s members; with these rows it would be %(count)s.")
            % {"most": grouped(MOST_MEMBERS), "count": grouped(lists.live + len(new))}
        )
    added = iter(_add(unit, case, new, lists.persons))
    return [next(added) if row.id is None else _change(unit, lists.members[row.id], row) for row in merged]


def end_membership(unit: Unit, case: Case, leavings: Sequence[Leaving]) -> None:
    """Members leave. Part of an act. Raises ActionNotPossible with a sentence for the first that cannot."""
    members = Member.objects.select_related("person").filter(case=case).in_bulk([one.id for one in leavings])
    for leaving in leavings:
        member = members.get(leaving.id)
        if member is None:
            raise ActionNotPossible(_not_of_this_case())
        if member.until:
            raise ActionNotPossible(_gone(member))
        if leaving.until < member.since:
            raise ActionNotPossible(
                _("%(name)s joined on %(day)s and cannot leave before that.")
                % {"name": member.name, "day": _day(member.since)},
                "until",
            )
        unit.change(member, until=leaving.until, leaving_reason=leaving.reason)


def _not_of_this_case() -> str:
    return _("This row belongs to no member of this case. Open the list again.")


def _gone(member: Member) -> str:
    return _("%(name)s has not been a member since %(day)s. What you typed was not stored.") % {
        "name": member.name,
        "day": _day(member.until),
    }


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


class _Lists:
    """What rows are compared with: the members of the case as they are now, and the persons that rows name."""

    def __init__(self, unit: Unit, case: Case, rows: Sequence[MemberRow]) -> None:
        ids = [row.id for row in rows if row.id is not None]
        self.members = Member.objects.filter(case=case).select_related("person").in_bulk(ids)
        self.others = list(
            Member.objects.filter(case=case, until=None).exclude(pk__in=ids).values_list("nature", *_IDENTITY)
        )
        self.live = len(self.others) + sum(member.until is None for member in self.members.values())
        self.persons = self._persons(unit, case, rows)
        changed = [row.id for row in rows if row.id in self.members]
        sums = ContributedAsset.objects.filter(member__in=changed, withdrawn_on=None).values("member")
        self.assets = {row["member"]: row["sum"] for row in sums.annotate(sum=Sum("amount"))}

    def _persons(self, unit: Unit, case: Case, rows: Sequence[MemberRow]) -> dict[int, Person]:
        """The persons to be changed or linked, locked: another case may hold them too."""
        named = {row.person_id for row in rows if row.person_id}
        changed = {self.members[row.id].person_id for row in rows if row.id in self.members} - {None}
        if named - changed:
            standing = unit.standing or standing_of(unit.by)
            named &= set(reachable(standing, case).filter(pk__in=named).values_list("pk", flat=True))
        locked = Person.objects.select_for_update().filter(pk__in=named | changed).order_by("pk")
        persons = {person.pk: person for person in locked}
        for member in self.members.values():
            if member.person_id in persons:
                member.person = persons[member.person_id]
        return persons

    def merged(self, place: int, row: MemberRow) -> tuple[MemberRow, list[Fault]]:
        """The row with only what its sender changed, and a fault for what somebody else changed meanwhile."""
        if row.id is None:
            return row, []
        member = self.members.get(row.id)
        if member is None or member.until:
            return row, [Fault(place, "", _gone(member) if member else _not_of_this_case())]
        now, faults, untouched = snapshot(member), [], set()
        for name, value in told_of(row).items():
            text = as_text(name, value)
            if name not in row.seen:
                continue
            if text == row.seen[name] and name not in MASKED:
                untouched.add(name)
            elif now[name] not in (row.seen[name], text):
                faults.append(Fault(place, name, _conflict(member, name, now[name], text), now=now[name]))
        return without(row, untouched), faults

    def misfits(self, place: int, row: MemberRow) -> Iterator[Fault]:
        """What does not fit within one row once it is stored."""
        member = self.members[row.id] if row.id is not None else Member(case_id=0)
        if row.person_id and row.person_id not in self.persons:
            yield Fault(place, "full_name", _not_of_this_case())
            return
        final = {"full_name": _name_of(member, row, self.persons), **_values_of(member), **told(row)}
        if final["nature"] == Member.Nature.PERSON and not final["full_name"]:
            yield Fault(place, "full_name", _("Write the full name."))
        if final["nature"] != Member.Nature.PERSON and not final["body_name"]:
            yield Fault(place, "body_name", _("Write the name of the household or body."))
        yield from _capital_misfits(place, final, self.assets.get(row.id or 0, 0))

    def repeats(self, rows: Sequence[MemberRow]) -> list[Fault]:
        """A fault for each row whose member stands on the list already, or twice among the rows."""
        known: dict[Any, str] = {}
        for nature, body_name, *person in self.others:
            known.update(dict.fromkeys(_keys_of(nature, body_name, *person), body_name or person[1]))
        faults = []
        for place, row in enumerate(rows):
            found = self.members.get(row.id) if row.id is not None else None
            member = found or Member()
            person = self.persons.get(row.person_id or 0) or member.person
            keys = _keys(member, row, person)
            # One name does not make one person, once somebody said who she is.
            said = row.another or row.id is not None or row.person_id is not None
            hit = next((key for key in keys if key in known and not (said and key[0] == "name")), None)
            if hit is not None:
                sentence = _repeat(hit, known[hit])
                faults.append(Fault(place, _field_of(hit), sentence, may_be_another=hit[0] == "name"))
            known.update(dict.fromkeys(keys, _name_of(member, row, self.persons) or row.body_name))
        return faults


_IDENTITY = ("body_name", "person", "person__full_name", "person__birth_year", "person__id_number")


def _keys(member: Member, row: MemberRow, person: Person | None) -> list[tuple[Any, ...]]:
    """By what the member of a row would be found twice on a list, once the row is stored."""
    values, columns = told_of(row), columns_of(row.person)
    return _keys_of(
        values.get("nature", member.nature),
        values.get("body_name", member.body_name),
        person.pk if person else None,
        columns.get("full_name", person.full_name if person else ""),
        columns.get("birth_year", person.birth_year if person else None),
        columns.get("id_number", person.id_number if person else ""),
    )


def _keys_of(
    nature: str, body_name: str, person: int | None, name: str | None, year: int | None, number: str | None
) -> list[tuple[Any, ...]]:
    """By what a member is found twice: the person, her number, her name and year of birth; the name of a body."""
    if nature != Member.Nature.PERSON:
        return [("body", fold(body_name))]
    keys: list[tuple[Any, ...]] = [("person", person)] if person else []
    if number:
        keys.append(("number", number))
    if name and year:
        keys.append(("name", fold(name), year))
    return keys


def _repeat(key: tuple[Any, ...], name: str) -> str:
    if key[0] == "number":
        return _("%(name)s on the list has this identification number already.") % {"name": name}
    if key[0] == "name":
        return _("%(name)s, born %(year)s, is on the list already. If this is another person, say so.") % {
            "name": name,
            "year": key[2],
        }
    return _("%(name)s is on the list already.") % {"name": name}


def _field_of(key: tuple[Any, ...]) -> str:
    return {"number": "id_number", "body": "body_name"}.get(key[0], "full_name")


def _conflict(member: Member, name: str, now: str, typed: str) -> str:
    return _(
        "%(label)s of %(name)s: somebody else wrote “%(now)s” meanwhile, you typed “%(typed)s”. Decide which one "
        "holds and send it again."
    ) % {
        "label": label_of(name).capitalize(),
        "name": member.name,
        "now": in_words(name, now),
        "typed": in_words(name, typed),
    }


def _name_of(member: Member, row: MemberRow, persons: dict[int, Person]) -> str:
    if row.person.full_name is not UNSAID:
        return row.person.full_name.strip()
    person = persons.get(row.person_id or 0) or member.person
    return person.full_name if person else ""


def _values_of(member: Member) -> dict[str, Any]:
    return {name: getattr(member, name) for name in ("nature", "body_name", "kind", "committed", "paid")}


def _capital_misfits(place: int, final: dict[str, Any], assets: int) -> Iterator[Fault]:
    committed, paid = final["committed"], final["paid"] or 0
    if final["kind"] == Member.Kind.ASSOC_NONCAPITAL and (committed or paid):
        yield Fault(
            place, "committed", _("An associate member without capital gives none. Choose another kind, or write 0.")
        )
    elif committed is not None and paid > committed:
        words = {"paid": dong(paid), "committed": dong(committed)}
        yield Fault(place, "paid", _("%(paid)s paid is more than the %(committed)s committed.") % words)
    elif committed is not None and assets > committed:
        words = {"assets": dong(assets), "committed": dong(committed)}
        yield Fault(
            place, "committed", _("Her assets alone are worth %(assets)s, more than %(committed)s committed.") % words
        )


def _add(unit: Unit, case: Case, rows: Sequence[MemberRow], persons: dict[int, Person]) -> list[Member]:
    """Persons who are new, then members; in few statements."""
    new = [_new_person(row) for row in rows]
    unit.add_all([person for person in new if person])
    members = []
    for row, person in zip(rows, new, strict=True):
        linked = persons.get(row.person_id or 0)
        if linked:
            _change_person(unit, linked, row)
        values = {"since": timezone.localdate(), **told(row)}
        members.append(Member(case=case, person=person or linked, **values))
    return unit.add_all(members)


def _new_person(row: MemberRow) -> Person | None:
    if row.person_id or not told(row.person).get("full_name"):
        return None
    person = Person(**columns_of(row.person))
    person.tidy()
    return person


def _change(unit: Unit, member: Member, row: MemberRow) -> Member:
    person = member.person
    if person is None and (new := _new_person(row)):
        person = unit.add(new)
    elif person is not None:
        _change_person(unit, person, row)
    return unit.change(member, person=person, **told(row))


def _change_person(unit: Unit, person: Person, row: MemberRow) -> None:
    columns = columns_of(row.person)
    if row.id is None and person.birth_date and columns.get("birth_year") == person.birth_date.year:
        # A person whom we know joins: the year that was typed takes nothing away from the day that is stored.
        columns["birth_date"] = columns["birth_date"] or person.birth_date
    with unit.changing(person):
        for name, value in columns.items():
            setattr(person, name, value)
        person.tidy()
