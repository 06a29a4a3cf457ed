"""Whom a typed person may already be: persons are shared by cases, but only among those that somebody may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from casework.cases.models import Case
from casework.organisations.standing import Standing
from casework.people.models import Founder, Member, Office, Person
from casework.people.typed import UNSAID, PersonData
from casework.vietnamese import VnFold, fold

MOST_ASKED = 3


@dataclass(frozen=True)
class Likely:
    """A person whom a typed one may be. `here`: she belongs to this case already, as founder, contact or officer."""

    person: Person
    here: bool


def persons_in(cases: QuerySet) -> QuerySet[Person]:
    """The persons whom these cases (a queryset of cases) are about."""
    linked = [model.objects.filter(case__in=cases).values("person") for model in (Founder, Member, Office)]
    condition = Q(pk__in=cases.values("contact"))
    for ids in linked:
        condition |= Q(pk__in=ids)
    return Person.objects.filter(condition)


def reachable(standing: Standing, case: Case) -> QuerySet[Person]:
    """The persons of this case and of every case that somebody may see."""
    seen = Case.objects.visible_to(standing).values("pk")
    return persons_in(Case.objects.filter(Q(pk=case.pk) | Q(pk__in=seen)))


def likely_same(standing: Standing, case: Case, people: Sequence[PersonData]) -> list[list[Likely]]:
    """For each typed person whom she may be, at most three. Two queries, for one person and for ten thousand.

    The same ID number, or the same name, year of birth and phone; within the case a name and year that fit are
    enough. Who is a member of the case already is not offered: the list itself says so.
    """
    asked = [one for one in people if one.full_name is not UNSAID]
    if not asked:
        return [[] for _one in people]
    here = set(persons_in(Case.objects.filter(pk=case.pk)).values_list("pk", flat=True))
    members = Member.objects.filter(case=case, until=None, nature=Member.Nature.PERSON).values("person")
    found = list(reachable(standing, case).exclude(pk__in=members).filter(_may_fit(asked)))
    by_key = _by_key(found)
    return [_candidates(one, by_key, here) for one in people]


def _may_fit(people: Iterable[PersonData]) -> Q:
    numbers = {one.id_number for one in people if _said(one.id_number)}
    names = {fold(one.full_name) for one in people}
    alike = Person.objects.alias(folded=VnFold("full_name")).filter(folded__in=names)
    return Q(id_number__in=numbers) | Q(pk__in=alike)


def _by_key(found: Iterable[Person]) -> dict[str, list[Person]]:
    """Persons by ID number and by folded name."""
    by_key: dict[str, list[Person]] = {}
    for person in found:
        for key in {person.id_number, fold(person.full_name)} - {""}:
            by_key.setdefault(key, []).append(person)
    return by_key


def _candidates(data: PersonData, by_key: dict[str, list[Person]], here: set[int]) -> list[Likely]:
    if data.full_name is UNSAID:
        return []
    keys = [key for key in (data.id_number, fold(data.full_name)) if _said(key)]
    persons = {person.pk: person for key in keys for person in by_key.get(key, [])}
    same = [Likely(person, pk in here) for pk, person in persons.items() if _same(data, person, here=pk in here)]
    return sorted(same, key=lambda one: (not one.here, one.person.pk))[:MOST_ASKED]


def _same(data: PersonData, person: Person, *, here: bool) -> bool:
    if _said(data.id_number) and person.id_number:
        return data.id_number == person.id_number
    if fold(data.full_name) != fold(person.full_name):
        return False
    year = int(data.birth[:4]) if _said(data.birth) else None
    if here:
        return year is None or person.birth_year is None or year == person.birth_year
    return year is not None and year == person.birth_year and _said(data.phone) and data.phone == person.phone


def _said(value: str) -> bool:
    return value is not UNSAID and bool(value)
