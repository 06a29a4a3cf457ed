"""Which people a person may look after: those who sit in the organisations that she administers or supervises."""

from django.db.models import Q, QuerySet

from casework.organisations.models import Organisation, User
from casework.organisations.seats import open_seats
from casework.organisations.standing import Standing
from casework.vietnamese import VnKey

MANAGE = "manage_organisations"
AWAY = "set_absence"


def reach_with(standing: Standing, *rights: str) -> set[int]:
    """Ids of the organisations over which a person has one of these rights."""
    return {pk for seat in standing.every_seat if seat.permissions & set(rights) for pk in seat.reach}


def managed(standing: Standing) -> QuerySet[Organisation]:
    """The living organisations whose people she appoints and relieves; all of them for the owner."""
    found = Organisation.objects.live()
    if not standing.user.is_superuser:
        found = found.filter(pk__in=reach_with(standing, MANAGE))
    return found.order_by(VnKey("name"), "pk")


def people_in_reach(standing: Standing) -> QuerySet[User]:
    """People with a seat in her reach; for those who appoint also people without any seat, who wait for one."""
    if standing.user.is_superuser:
        return User.objects.filter(is_active=True)
    seated = open_seats().filter(organisation_id__in=reach_with(standing, MANAGE, AWAY))
    found = Q(pk__in=seated.values("user_id"))
    if MANAGE in standing.permissions:
        found |= ~Q(pk__in=open_seats().values("user_id")) & Q(is_superuser=False)
    return User.objects.filter(found, is_active=True)
