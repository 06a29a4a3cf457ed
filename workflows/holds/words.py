"""Holds in words: what is waited for, since when, why, until when."""

from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.clock.words import day_words
from workflows.holds.models import Hold

# What a task may wait for; a decision to pause is the case's, and a correction has its own act.
ANSWERS = (Hold.Waits.FOUNDER, Hold.Waits.REGISTRAR, Hold.Waits.LENDER, Hold.Waits.PARTNER)


def open_hold_of(task: Any) -> Hold | None:
    """What a task that is held waits for: the hold of its case, else its own. One query."""
    found = Hold.objects.filter(Q(task=None) | Q(task=task), case=task.case_id, ended_at=None)
    found = found.beyond_sight("the case of a task in hand")
    return found.order_by(F("task").asc(nulls_first=True)).first()


def held_words(hold: Hold) -> str:
    """One sentence: "On hold by decision since 02/02/2026, expected until 01/03/2026. Reason: …"."""
    since = timezone.localdate(hold.began_at)
    words = {"what": hold.get_waits_for_display(), "since": day_words(since), "reason": hold.reason}
    if hold.expected_on is None:
        return _("%(what)s since %(since)s. Reason: %(reason)s") % words
    words["until"] = day_words(hold.expected_on)
    return _("%(what)s since %(since)s, expected until %(until)s. Reason: %(reason)s") % words
