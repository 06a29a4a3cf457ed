"""The list behind the bell: a page of notifications in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from casework.requests import SignedIn
from notifications.models import Notification
from notifications.words import Words, facts_words, subjects_of, words_of

PAGE = 30
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Row:
    """One notification as its reader sees it."""

    id: int
    words: Words
    reason: str
    at: datetime
    unread: bool


@dataclass(frozen=True)
class NotificationPage:
    """A page of the list; `older_url` is empty on the last one."""

    rows: Sequence[Row]
    older_url: str
    newest_url: str
    any_unread: bool


def page_of_notifications(request: SignedIn, before: str = "") -> NotificationPage:
    """The page that begins below the notification `before` (its number; anything else: the newest). Three queries."""
    place = int(before) if before.isascii() and before.isdigit() and len(before) < 20 else 0
    rows = Notification.objects.filter(user_id=request.user.pk).order_by("-id")
    if 0 < place <= _LARGEST:
        rows = rows.filter(pk__lt=place)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    subjects = subjects_of(shown, request.standing)
    address = reverse("notifications:list")
    return NotificationPage(
        [_row(one, words_of(one, subjects)) for one in shown],
        f"{address}?{urlencode({'before': shown[-1].pk})}" if found[PAGE:] else "",
        address if place else "",
        any(one.read_at is None for one in shown),
    )


def _row(one: Notification, words: Words) -> Row:
    reason = facts_words(one.facts) if words.path else ""
    return Row(one.pk, words, reason, one.created_at, one.read_at is None)
