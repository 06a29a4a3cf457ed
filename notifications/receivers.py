"""Turns what was done into outbox rows. Never mail, never the network."""

from typing import Any

from casework import signals
from casework.acts import Notice, Unit
from casework.audit.chain import Link
from notifications.models import OutboxMessage


def connect() -> None:
    """Listen to casework."""
    signals.act_recorded.connect(write_outbox, dispatch_uid="notifications.write_outbox")


def write_outbox(sender: type, *, unit: Unit, link: Link, **_kwargs: Any) -> None:
    """One row for each notice of the act, in the act's transaction. One statement, none without a notice."""
    if unit.notices:
        OutboxMessage.objects.bulk_create([message_for(notice, unit, link) for notice in unit.notices])


def message_for(notice: Notice, unit: Unit, link: Link) -> OutboxMessage:
    """The outbox row of one notice."""
    recipient = f"o{notice.organisation_id}" if notice.organisation_id else f"u{notice.user_id}"
    return OutboxMessage(
        kind=notice.kind,
        chain=link.chain,
        event_seq=link.seq,
        case_id=unit.case.pk if unit.case else None,
        task_id=notice.task_id,
        organisation_id=notice.organisation_id,
        user_id=notice.user_id,
        idem_key=f"{link.chain}/{link.seq}/{notice.kind}/{recipient}/{notice.task_id or 0}",
    )
