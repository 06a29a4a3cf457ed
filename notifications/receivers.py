"""Turns what was done, and what the clock says, into outbox rows. Never mail, never the network."""

from collections.abc import Iterable
from typing import Any

from casework import signals
from casework.acts import Notice, Told, Unit
from casework.audit.chain import Link
from notifications.models import OutboxMessage


def connect() -> None:
    """Listen to casework."""
    signals.act_recorded.connect(write_outbox, dispatch_uid="notifications.write_outbox")
    signals.clock_told.connect(write_told, dispatch_uid="notifications.write_told")


def write_outbox(sender: type, *, unit: Unit, link: Link, **_kwargs: Any) -> None:
    """One row for each notice of the act, in the act's transaction. One statement, none without a notice."""
    case_id = unit.case.pk if unit.case else None
    rows = [message_for(notice, link.chain, link.seq, case_id, unit.by.pk) for notice in unit.notices]
    # The same notice twice in one act is one notice.
    OutboxMessage.objects.bulk_create({row.idem_key: row for row in rows}.values())


def write_told(sender: Any, *, told: Iterable[Told], **_kwargs: Any) -> None:
    """One row for each thing that the clock says; what it has said before is left as it is."""
    rows = [message_for(one.notice, one.key, one.number, one.case_id) for one in told]
    OutboxMessage.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def message_for(
    notice: Notice, chain: str, number: int, case_id: int | None, actor_id: int | None = None
) -> OutboxMessage:
    """The outbox row of one notice of the event `number` of a chain."""
    recipient = f"o{notice.organisation_id}{notice.audience}" if notice.organisation_id else f"u{notice.user_id}"
    return OutboxMessage(
        kind=notice.kind,
        chain=chain,
        event_seq=number,
        case_id=case_id,
        task_id=notice.task_id,
        actor_id=actor_id,
        organisation_id=notice.organisation_id,
        user_id=notice.user_id,
        audience=notice.audience,
        facts=notice.facts,
        # With the task: one act may hand over many tasks to the same person.
        idem_key=f"{chain}/{number}/{notice.kind}/{recipient}/{notice.task_id or 0}",
    )
