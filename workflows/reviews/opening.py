"""The job that opens reviews. It may run at any time, twice at once, or be killed: each opening is one act."""

import logging
from collections import Counter

from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import Channel
from casework.organisations.models import User
from casework.rules.models import parameter
from workflows.reviews.acts import OpenDueReview, opened_today
from workflows.reviews.due import due_entries

logger = logging.getLogger(__name__)


def open_due_reviews() -> dict[str, float]:
    """What the worker runs each day. Returns how many reviews were `handled`, that is opened, and how many `refused`.

    Each organisation gets at most `reviews_opened_a_day`, refused ones counted; the others are due tomorrow too.
    """
    today, by = timezone.localdate(), User.objects.system()
    most = parameter("reviews_opened_a_day", today)
    found = list(due_entries(today).values_list("pk", "leader_id"))
    room = {leader: most - opened_today(leader) for leader in {leader for _entry, leader in found}}
    done: Counter[str] = Counter(handled=0, refused=0)
    for entry, leader in found:
        if room[leader] > 0:
            done["handled" if _open(entry, by) else "refused"] += 1
            room[leader] -= 1
    return dict(done)


def _open(entry: int, by: User) -> bool:
    """Open one; a refusal (opened meanwhile, no Alliance in the province) stops none of the others."""
    try:
        perform(OpenDueReview(entry), by=by, channel=Channel.WORKER)
    except ActionNotPossible as refusal:
        logger.info("Review of cooperative %s not opened: %s", entry, refusal)
        return False
    return True
