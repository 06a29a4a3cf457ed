"""Reminding of answers that are missing, some days before their link expires. Called by the worker."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import Channel
from casework.organisations.models import User
from casework.programme.collected.acts import RemindOfResults
from casework.programme.collected.models import ResultRequest
from casework.rules.models import parameter


def remind() -> int:
    """Remind of every request that is due for it, each at most once for each of the two days. Returns how many."""
    today, system, done = timezone.localdate(), User.objects.system(), 0
    for request in _due(today):
        try:
            perform(RemindOfResults(request.pk), by=system, channel=Channel.WORKER)
            done += 1
        except ActionNotPossible:
            # Answered or withdrawn at this very moment: nothing to remind of.
            continue
    return done


def _due(day: date) -> list[ResultRequest]:
    waiting = ResultRequest.objects.filter(
        withdrawn_at=None, answered_at=None, expires_on__gte=day,
        expires_on__lte=day + timedelta(days=parameter("results_first_reminder_days", day)),
    )  # fmt: skip
    last = parameter("results_last_reminder_days", day)
    return [one for one in waiting.order_by("pk") if _wants(one, last)]


def _wants(request: ResultRequest, last: int) -> bool:
    """Never reminded, or not since the last days began."""
    if request.reminded_at is None:
        return True
    begins = timezone.make_aware(datetime.combine(request.expires_on - timedelta(days=last), time()))
    return request.reminded_at < begins <= timezone.now()
