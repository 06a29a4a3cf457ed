"""Which pairs a person may compare, and what she may decide about them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from casework.cases.models import Case
from casework.duplicates import entries
from casework.duplicates.models import NotDuplicate
from casework.organisations.standing import Seat, Standing
from casework.people.models import Founder, Member, Office, Person
from casework.sharing.querysets import seen_cases, working_organisations

MERGE = "merge_duplicates"
# Whoever may enter a lead, a register entry or a person may also say that it is not the same as another.
_TELL_APART = {
    NotDuplicate.Kind.LEAD: "screen_lead",
    NotDuplicate.Kind.REGISTER: "screen_lead",
    NotDuplicate.Kind.COOPERATIVE: "keep_register",
    NotDuplicate.Kind.PERSON: "keep_members",
}
COMPARES = frozenset({MERGE, *_TELL_APART.values()})
_LARGEST = 2**63 - 1


def persons(standing: Standing) -> QuerySet[Person]:
    """Persons of the cases that somebody may open: contacts, founders, members and office holders."""
    seen = seen_cases(standing)
    where = Q(pk__in=Case.objects.filter(pk__in=seen).values("contact_id"))
    for model in (Founder, Member, Office):
        where |= Q(pk__in=model._default_manager.filter(case__in=seen).values("person_id"))
    return Person.objects.filter(where).select_related("area__parent")


def _visible(kind: str, standing: Standing) -> tuple[QuerySet, QuerySet]:
    """The rows on the two sides of a pair that a person sees."""
    cases = entries.leads().filter(pk__in=seen_cases(standing))
    register = entries.cooperatives().visible_to(standing)
    both: dict[str, tuple[QuerySet, QuerySet]] = {
        NotDuplicate.Kind.LEAD: (cases, cases),
        NotDuplicate.Kind.REGISTER: (cases, register),
        NotDuplicate.Kind.COOPERATIVE: (register, register),
    }
    if kind in both:
        return both[kind]
    people = persons(standing)
    return people, people


def pair_of(kind: str, one: int, other: int, standing: Standing) -> tuple[Any, Any]:
    """The two rows of a pair. Raises Http404 alike for what is not there and what is not hers to see."""
    if kind not in NotDuplicate.Kind.values or one == other or max(one, other) > _LARGEST:
        raise Http404
    first, second = _visible(kind, standing)
    rows = first.filter(pk=one).first(), second.filter(pk=other).first()
    if None in rows:
        raise Http404
    return rows


def may_tell_apart(kind: str, one: int, other: int, standing: Standing) -> Seat | None:
    """The seat from which a person may say that two entries are not the same; None without one."""
    try:
        pair_of(kind, one, other, standing)
    except Http404:
        return None
    right = _TELL_APART[NotDuplicate.Kind(kind)]
    if kind in (NotDuplicate.Kind.LEAD, NotDuplicate.Kind.REGISTER):
        at_work = working_organisations(one)
        if kind == NotDuplicate.Kind.LEAD:
            at_work |= working_organisations(other)
        return _seat(standing, {right, MERGE}, at_work)
    return next((seat for seat in standing.seats if {right, MERGE} & seat.permissions), None)


def _seat(standing: Standing, rights: set[str], organisations: set[int]) -> Seat | None:
    found = (s for s in standing.seats if rights & s.permissions and s.reach & organisations)
    return next(found, None)


def may_merge_leads(one: int, other: int, standing: Standing) -> Seat | None:
    """The seat from which a person may merge two cases: with the right over one that works on each of them."""
    return next(
        (
            seat
            for seat in standing.seats
            if MERGE in seat.permissions and all(seat.reach & working_organisations(pk) for pk in (one, other))
        ),
        None,
    )


def may_merge_cooperatives(standing: Standing) -> Seat | None:
    """The seat from which a person may merge register entries that she sees."""
    return next((seat for seat in standing.seats if MERGE in seat.permissions), None)
