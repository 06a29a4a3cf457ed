"""The list of people: seats, open tasks and absence of each. Six statements, however many people there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Value
from django.utils.translation import gettext as _

from casework.organisations.absences import away_words, stand_ins
from casework.organisations.models import Membership, User
from casework.organisations.seats import open_seats
from casework.vietnamese import VnFold, VnKey
from workflows.engine.models import Task

PAGE = 50


@dataclass(frozen=True)
class Seated:
    """One role of a person in words. `ends` and `tasks` together: tasks that will be orphaned on that day."""

    id: int
    words: str
    organisation_id: int
    since: date
    ends: date | None
    tasks: int

    @property
    def orphans(self) -> bool:
        """Whether the role has an end while tasks of its organisation are still open."""
        return self.ends is not None and self.tasks > 0


@dataclass(frozen=True)
class PersonRow:
    """One person in words."""

    id: int
    name: str
    seats: list[Seated]
    tasks: int
    away: str

    @property
    def orphans(self) -> list[Seated]:
        """Her roles that end while she has tasks."""
        return [seat for seat in self.seats if seat.orphans]


def search(people: QuerySet[User], text: str) -> QuerySet[User]:
    """People whose name contains the text, marks and case apart, in the order of given names."""
    if text.strip():
        people = people.alias(folded=VnFold("full_name")).filter(folded__contains=VnFold(Value(text.strip())))
    return people.order_by(VnKey("given_name"), VnKey("full_name"), "pk")


def rows_for(people: Iterable[User]) -> list[PersonRow]:
    """People in words. Two queries, and one for each level of substitutes."""
    people = list(people)
    ids = {person.pk for person in people}
    held, seats, away = _held(ids), _seats(ids), stand_ins(ids)
    return [
        PersonRow(
            id=person.pk,
            name=str(person),
            seats=[_seated(seat, held[person.pk]) for seat in seats[person.pk]],
            tasks=sum(held[person.pk].values()),
            away=away_words(away[person.pk]) if person.pk in away else "",
        )
        for person in people
    ]


def _held(people: set[int]) -> dict[int, dict[int, int]]:
    """How many open tasks each person has in each organisation."""
    counted: dict[int, dict[int, int]] = defaultdict(dict)
    theirs = Task.objects.open().filter(owner__in=people).beyond_sight("only counted")
    rows = theirs.order_by().values_list("owner", "organisation")
    for person, organisation, n in rows.annotate(n=Count("pk")):
        counted[person][organisation] = n
    return counted


def _seats(people: set[int]) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = defaultdict(list)
    for seat in open_seats().filter(user__in=people).select_related("organisation").order_by("pk"):
        found[seat.user_id].append(seat)
    return found


def _seated(seat: Membership, held: dict[int, int]) -> Seated:
    words = _("%(role)s, %(organisation)s") % {"role": seat.get_role_display(), "organisation": seat.organisation}
    tasks = held.get(seat.organisation_id, 0)
    return Seated(seat.pk, words, seat.organisation_id, seat.valid_from, seat.valid_until, tasks)
