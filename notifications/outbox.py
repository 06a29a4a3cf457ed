"""From outbox to people: who is told, in the bell at once, and what is to be sent over which channel, and when.

Called again and again by the worker, by several at once; see docs/concepts/notifications.md.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from notifications.backoff import short_words, wait
from notifications.channels import channels
from notifications.kinds import group_of
from notifications.models import Delivery, Mode, OutboxMessage
from notifications.readers import Wishes, wishes_of
from notifications.recipients import Said, tell

BATCH = 200
MOST_ATTEMPTS = 8
_TAKE = """
SELECT id, statement_timestamp() FROM notifications_outboxmessage
 WHERE state = 'waiting' AND next_at <= statement_timestamp()
 ORDER BY next_at, id LIMIT %s FOR UPDATE SKIP LOCKED
"""


def pump() -> int:
    """Tell people of the messages that wait: one batch, in one transaction. How many were taken.

    Messages that another pump has are passed over. The number of statements does not grow with the batch.
    """
    with transaction.atomic():
        taken = _take()
        if taken:
            # The database's own moment, which each row brings along.
            _deliver([message for message, _now in taken], taken[0][1])
    return len(taken)


def _take() -> list[tuple[int, datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [BATCH])
        return cursor.fetchall()


def _deliver(messages: list[int], now: datetime) -> None:
    """All at once; if that fails, each by itself, so that one that cannot be told holds up no other."""
    try:
        _tell(messages, now)
    except Exception as error:  # noqa: BLE001 (whatever it is, it must stop nobody else's message)
        if len(messages) == 1:
            return _put_off(messages[0], error)
        for message in messages:
            _deliver([message], now)
    return None


def _tell(messages: Collection[int], now: datetime) -> None:
    with transaction.atomic():
        said = tell(messages)
        if said:
            wishes = wishes_of({one.user_id for one in said})
            rows = [row for one in said for row in _deliveries(one, wishes.get(one.user_id), now)]
            Delivery.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
        OutboxMessage.objects.filter(pk__in=messages).update(state=OutboxMessage.State.SENT, last_error="")


def _deliveries(said: Said, wishes: Wishes | None, now: datetime) -> list[Delivery]:
    """What is sent at once, or when her quiet hours end; the summary collects its part itself."""
    if wishes is None:
        return []
    wanted = [
        channel
        for channel in channels().values()
        if channel.reaches(wishes) and wishes.mode(group_of(said.kind), channel.name) == Mode.NOW
    ]
    return [
        Delivery(
            channel=channel.name,
            user_id=said.user_id,
            notification_id=said.id,
            next_at=wishes.awake_at(now),
            idem_key=f"{said.chain}/{said.event_seq}/u{said.user_id}/{channel.name}",
        )
        for channel in wanted
    ]


def _put_off(message: int, error: Exception) -> None:
    """Count the attempt and wait longer each time; give up in the end, with the last error."""
    row = OutboxMessage.objects.filter(pk=message)
    attempt = row.values_list("attempts", flat=True)[0] + 1
    over = attempt >= MOST_ATTEMPTS
    row.update(
        attempts=F("attempts") + 1,
        next_at=Now() + timedelta(seconds=wait(attempt)),
        last_error=short_words(error),
        state=OutboxMessage.State.FAILED if over else OutboxMessage.State.WAITING,
    )
