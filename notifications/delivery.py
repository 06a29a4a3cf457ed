"""Sending what waits: claimed for a while, sent outside any transaction, marked if the claim still holds.

Whoever dies between sending and marking leaves a claim that runs out; the next one sends it again with the same key.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils import translation

from casework.background.policy import TookTooLong
from casework.organisations.standing import standing_of
from notifications.backoff import short_words, wait
from notifications.channels import ChannelDown, Never, channels
from notifications.digest_letters import digest_letter
from notifications.letters import Letter, Line, Part, letter, site_url
from notifications.models import Delivery
from notifications.readers import Wishes, wishes_of
from notifications.words import subjects_of, words_of

BATCH = 10  # each may cost a time-out of the mail server; together they stay below the lease
LEASE = 120  # seconds
PAUSE = 60  # seconds in which nobody tries a channel that is down
MOST_ATTEMPTS = 10

# One statement, and so a transaction of its own.
_CLAIM = """
UPDATE notifications_delivery SET attempts = attempts + 1,
       leased_until = statement_timestamp() + make_interval(secs => %(lease)s)
 WHERE id IN (SELECT id FROM notifications_delivery
               WHERE state = 'waiting' AND next_at <= statement_timestamp()
                 AND (leased_until IS NULL OR leased_until <= statement_timestamp())
               ORDER BY next_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
RETURNING id, leased_until
"""


@dataclass(frozen=True)
class Claim:
    """A delivery that is ours until a moment."""

    delivery_id: int
    leased_until: datetime

    def row(self) -> QuerySet[Delivery]:
        """The row while it is ours still, for writing; nothing once another has it."""
        return Delivery.objects.filter(
            pk=self.delivery_id, state=Delivery.State.WAITING, leased_until=self.leased_until
        )


def pump() -> int:
    """Send what waits, a few at a time. How many were tried. Several pumps never have the same one at once."""
    claims = _claim()
    rows = Delivery.objects.select_related("user", "notification").in_bulk([claim.delivery_id for claim in claims])
    wishes = wishes_of({row.user_id for row in rows.values()}) if rows else {}
    down: set[str] = set()
    for claim in claims:
        row = rows[claim.delivery_id]
        if row.channel in down:
            _give_back(claim)
        elif not _try(claim, row, wishes.get(row.user_id)):
            down.add(row.channel)
            _pause(row.channel)
    return len(claims)


def _claim() -> list[Claim]:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"lease": LEASE, "batch": BATCH})
        return sorted((Claim(*row) for row in cursor.fetchall()), key=lambda claim: claim.delivery_id)


def _try(claim: Claim, row: Delivery, wishes: Wishes | None) -> bool:
    """Send one and write down how it went. False when its channel is down altogether."""
    try:
        _send(row, wishes)
    except Never as error:
        _give_up(claim, error)
    except Exception as error:  # noqa: BLE001 (whatever it is: counted, told, tried again)
        _later(claim, row, error)
        return not isinstance(error, ChannelDown | TookTooLong)
    else:
        claim.row().update(state=Delivery.State.SENT, sent_at=Now(), leased_until=None, last_error="")
    return True


def _send(row: Delivery, wishes: Wishes | None) -> None:
    channel = channels().get(row.channel)
    if channel is None or wishes is None or not channel.reaches(wishes):
        raise Never("nobody to reach this way any more")
    channel.send(row, letter_for(row, wishes))


def letter_for(row: Delivery, wishes: Wishes) -> Letter:
    """The words of a delivery, made now. Raises Never for what its reader may no longer see."""
    if row.notification is None:
        return digest_letter(row, wishes)
    subjects = subjects_of([row.notification], standing_of(row.user))
    with translation.override(wishes.language):
        words = words_of(row.notification, subjects)
    if not words.path:
        raise Never("no longer hers to see")
    return letter(words.text, [Part("", [Line(words.text, site_url(words.path))])], wishes.language)


def _later(claim: Claim, row: Delivery, error: Exception) -> None:
    """Wait longer each time, and give up in the end."""
    if row.attempts >= MOST_ATTEMPTS:
        return _give_up(claim, error)
    again = Now() + timedelta(seconds=wait(row.attempts))
    claim.row().update(next_at=again, leased_until=None, last_error=short_words(error))
    return None


def _give_up(claim: Claim, error: Exception) -> None:
    claim.row().update(state=Delivery.State.DEAD, leased_until=None, last_error=short_words(error))


def _give_back(claim: Claim) -> None:
    """It was claimed but not tried."""
    claim.row().update(attempts=F("attempts") - 1, leased_until=None)


def _pause(channel: str) -> None:
    """Let everything over a channel that is down wait: each try may cost a time-out, and the bell would wait too."""
    soon = Now() + timedelta(seconds=PAUSE)
    waiting = Delivery.objects.filter(channel=channel, state=Delivery.State.WAITING, next_at__lt=soon)
    waiting.update(next_at=soon)
