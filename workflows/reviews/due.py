"""Which cooperatives are to be reviewed: those that the list shows, and of them those that open by themselves."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from casework.cooperatives.models import Cooperative
from casework.months import add_months
from casework.organisations.models import Organisation
from casework.rules.models import parameter
from casework.strengthening.reviewed import (
    asks_for_support,
    at_work,
    busy,
    helped_before,
    oldest_first,
    postponed_beyond,
    seen_since,
    with_last_review,
    with_leader,
    women_led_on,
)


def since_when(today: date) -> date:
    """Who was looked at on that day or later need not be reviewed yet. One query."""
    return add_months(today, -parameter("review_every_months", today))


def ours(today: date) -> Q:
    """Whom the programme looks after: it was helped before, or women take part in its management.

    A register has tens of thousands of entries; a review of everybody would be nobody's.
    """
    return helped_before() | women_led_on(today)


def due_entries(today: date) -> QuerySet[Any]:
    """The entries whose review opens by itself, oldest first, with `last_review`, `leader_id` and `leader`.

    Of ours, at work, in a known province that has a Women's Union, without an open case, not postponed; looked at too
    long ago, or asking for support when visited last.
    """
    waiting = ~seen_since(since_when(today)) | asks_for_support()
    entries = at_work(Cooperative.objects.filter(province__isnull=False)).filter(waiting, ours(today)).exclude(busy())
    entries = entries.exclude(pk__in=postponed_beyond(today).values("cooperative"))
    led = with_leader(with_last_review(entries), Organisation.objects.live(today)).filter(leader_id__isnull=False)
    return led.select_related("commune").order_by(*oldest_first())
