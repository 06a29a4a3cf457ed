"""Turns what was done, and what the clock says, into outbox rows. Never mail, never the network."""

from collections.abc import Iterable
from typing import Any

from casework import signals
from casework.acts import Notice, Told, Unit
from casework.audit.chain import Rider
from notifications.models import OutboxMessage


def connect() -> None:
    """Listen to casework."""
    signals.act_records.connect(write_outbox, dispatch_uid="notifications.write_outbox")
    signals.clock_told.connect(write_told, dispatch_uid="notifications.write_told")


# The rows of an act's notices, written by the statement that writes its event and so knows its number.
_ALONG = """
INSERT INTO notifications_outboxmessage (kind, chain, event_seq, case_id, task_id, actor_id, organisation_id, user_id,
                                         audience, facts, idem_key, state, attempts, last_error)
SELECT n.kind, event.chain, event.seq, n.case_id, n.task_id, n.actor_id, n.organisation_id, n.user_id,
       n.audience, n.facts, event.chain || '/' || event.seq || '/' || n.key, 'waiting', 0, ''
  FROM event, jsonb_to_recordset(%s) AS n(kind varchar, case_id bigint, task_id bigint, actor_id bigint,
       organisation_id bigint, user_id bigint, audience varchar, facts jsonb, key varchar)
"""


def write_outbox(sender: type, *, unit: Unit, riders: list[Rider], **_kwargs: Any) -> None:
    """One row for each notice of the act, by the statement of its event; the same notice twice is one notice."""
    case_id = unit.case.pk if unit.case else None
    rows = {
        _key(notice): {
            "kind": notice.kind,
            "case_id": case_id,
            "task_id": notice.task_id,
            "actor_id": unit.by.pk,
            "organisation_id": notice.organisation_id,
            "user_id": notice.user_id,
            "audience": notice.audience,
            "facts": notice.facts,
            "key": _key(notice),
        }
        for notice in unit.notices
    }
    if rows:
        riders.append(Rider(_ALONG, list(rows.values())))


def write_told(sender: Any, *, told: Iterable[Told], **_kwargs: Any) -> None:
    """One row for each thing that the clock says; what it has said before is left as it is."""
    rows = [message_for(one.notice, one.key, one.number, one.case_id) for one in told]
    OutboxMessage.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def message_for(
    notice: Notice, chain: str, number: int, case_id: int | None, actor_id: int | None = None
) -> OutboxMessage:
    """The outbox row of one notice of the event `number` of a chain."""
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
        idem_key=f"{chain}/{number}/{_key(notice)}",
    )


def _key(notice: Notice) -> str:
    """What makes a notice one of its event. With the task: one act may hand over many tasks to the same person."""
    recipient = f"o{notice.organisation_id}{notice.audience}" if notice.organisation_id else f"u{notice.user_id}"
    return f"{notice.kind}/{recipient}/{notice.task_id or 0}"
