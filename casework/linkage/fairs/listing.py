"""Which trade events a list shows, for its page and for its file; and those that lie ahead."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from casework.linkage.fairs.forms import Find
from casework.linkage.fairs.models import Fair, FairPart
from casework.organisations.standing import Standing

_STANDING = Q(parts__withdrawn_at=None)


def fairs_for(standing: Standing, query: QueryDict) -> Any:
    """The events that a person may see and looks for, newest first, with how many took part and what they sold."""
    found = Find(query).found(Fair.objects.visible_to(standing).counted().select_related("organisation"))
    return found.annotate(
        taking_part=Count("parts", filter=_STANDING), sold=Sum("parts__sales", filter=_STANDING)
    ).order_by("-first_day", "-pk")


def parts_of(fair: Fair) -> Any:
    """The cooperatives that took part, in the order of their names."""
    found = FairPart.objects.filter(fair=fair, withdrawn_at=None)
    return found.select_related("cooperative__commune", "recorded_by").order_by("cooperative__name", "pk")


def coming_for(standing: Standing) -> list[tuple[str, str, date, date, str, Any]]:
    """Events to come, for a calendar: a name of its own, title, first and last day, path, when it was written."""
    ahead = Fair.objects.visible_to(standing).counted().filter(last_day__gte=timezone.localdate())
    return [
        (
            f"fair-{one.pk}",
            one.title,
            one.first_day,
            one.last_day,
            reverse("fairs:fair", args=[one.pk]),
            one.recorded_at,
        )
        for one in ahead.order_by("first_day", "pk")
    ]
