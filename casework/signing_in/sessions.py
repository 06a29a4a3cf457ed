"""Where people are signed in: the row of a session, how it is found again and how it ends."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from casework.organisations.models import User
from casework.signing_in.models import UserSession

KEY = "place"  # in the session: the secret whose hash is in the table
ENTERED_AT = "entered_at"  # in the session: when a password or a code was last typed, seconds since 1970
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")
_BROWSERS = (("Edg/", "Edge"), ("coc_coc", "Cốc Cốc"), ("OPR/", "Opera"), ("Firefox/", "Firefox"),
             ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip


def hash_of_key(key: str) -> str:
    """What stands in the table for the key."""
    return hashlib.sha256(key.encode()).hexdigest()


def new_key() -> str:
    """A key that nobody guesses."""
    return secrets.token_urlsafe(32)


def device_of(agent: str) -> str:
    """Browser and system in words, from what the browser says of itself; empty if it says nothing known."""
    browser = next((word for sign, word in _BROWSERS if sign in agent), "")
    system = next((word for word in _SYSTEMS if word in agent), "")
    return ", ".join(word for word in (browser, system) if word)


def open_places(user: User) -> QuerySet[UserSession]:
    """The sessions of a person that are open and young enough, the last used first."""
    now = timezone.now()
    return UserSession.objects.filter(
        user=user,
        ended_at=None,
        seen_at__gt=now - timedelta(seconds=settings.SESSION_IDLE),
        made_at__gt=now - timedelta(seconds=settings.SESSION_LONGEST),
    ).order_by("-seen_at", "-pk")


def place_of(user: User, key: str) -> UserSession | None:
    """The open session with this key."""
    return open_places(user).filter(key_hash=hash_of_key(key)).first()


def seen(place: UserSession) -> None:
    """Note that it is used, at most once a minute. No act: nothing of the work changes."""
    now = timezone.now()
    if now - place.seen_at > timedelta(minutes=1):
        UserSession.objects.filter(pk=place.pk, ended_at=None).update(seen_at=now)


def end_sessions(unit: Any, user: User, but: str | None = None) -> int:
    """End the sessions of a person, except the one with the key `but`. Part of an act. Returns how many."""
    rows = UserSession.objects.select_for_update().filter(user=user, ended_at=None).order_by("pk")
    rows = rows.exclude(key_hash=hash_of_key(but)) if but else rows
    now = timezone.now()
    for row in rows:
        unit.change(row, ended_at=now)
    return len(rows)
