"""Memberships by day: who sits where. What a seat allows is told by standing.py."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.organisations.models import Membership, User


def seats_on(day: date | None = None) -> QuerySet[Membership]:
    """Memberships that hold on a day (default: today)."""
    day = day or timezone.localdate()
    return Membership.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day, relieved_at=None
    )


def open_seats() -> QuerySet[Membership]:
    """Memberships that hold today or from a later day."""
    return Membership.objects.filter(Q(valid_until=None) | Q(valid_until__gte=timezone.localdate()), relieved_at=None)


def organisations_of(person: User) -> set[int]:
    """Ids of the organisations in which a person sits today. One query."""
    return set(seats_on().filter(user=person).values_list("organisation_id", flat=True))
