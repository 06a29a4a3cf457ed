"""Bugs that are planted to see whether chaos finds them. Here and nowhere else: the product knows nothing of them.

Each function changes the product inside one process, or the database of the run before it begins (`IN_DATABASE`).
"""

import random
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction

PLANTS: dict[str, Callable[[], None]] = {}
# What is planted into the database instead of the processes.
IN_DATABASE = {
    "event not queued": ["ALTER TABLE casework_auditevent DISABLE TRIGGER audit_queue"],
    "sums forgotten": ["ALTER TABLE workflows_countedcase DISABLE TRIGGER summary_append"],
    "stage not noted": ["ALTER TABLE casework_case DISABLE TRIGGER board_stay_update"],
    "no request check": ["DROP INDEX one_event_per_request"],
    "no row lock": [
        """DO $$ BEGIN EXECUTE replace(pg_get_functiondef('act_open'::regproc), 'FOR UPDATE OF k', ''); END $$"""
    ],
}


def names() -> list[str]:
    """All that can be planted."""
    return sorted(PLANTS.keys() | IN_DATABASE.keys())


def plant(name: str) -> None:
    """Plant a bug into this process; nothing for an empty name. Raises KeyError."""
    if name and name in PLANTS:
        PLANTS[name]()
    elif name and name not in IN_DATABASE:
        raise KeyError(name)


def _planted(name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def keep(function: Callable[[], None]) -> Callable[[], None]:
        PLANTS[name] = function
        return function

    return keep


@_planted("no request check")
def _no_request_check() -> None:
    """The same form sent again is carried out again."""
    from casework import acts

    acts._done_before = lambda *_asked: None  # type: ignore[assignment]


@_planted("answered before commit")
def _answered_before_commit() -> None:
    """Now and then what was acknowledged is rolled back."""
    from casework import acts

    real = acts._perform

    def perform(act: Any, unit: Any) -> Any:
        receipt = real(act, unit)
        if random.random() < 0.1:
            transaction.set_rollback(True)
        return receipt

    acts._perform = perform


@_planted("mail not written")
def _mail_not_written() -> None:
    """Now and then what must be told is forgotten."""
    from casework.audit import chain

    real = chain.append

    def append(name: str, data: dict[str, Any], riders: Any = (), late: Any = ()) -> Any:
        return real(name, data, [] if random.random() < 0.1 else riders, late)

    chain.append = append


@_planted("sealer by number")
def _sealer_by_number() -> None:
    """The sealer takes what is greater than the last it saw, and clears the queue below it.

    While commits are quick that does no harm; so some are slow here, and it seals all the time.
    """
    from casework import acts
    from casework.audit import sealing

    real = acts._perform

    def perform(act: Any, unit: Any) -> Any:
        receipt = real(act, unit)
        time.sleep(random.choice((0, 0, 0.3)))
        return receipt

    acts._perform = perform
    sealing.BATCH = 1
    sealing._TAKE = """
    WITH top AS (SELECT max(event_id) AS event_id FROM casework_auditunsealed HAVING %s > 0),
    taken AS (
        DELETE FROM casework_auditunsealed q USING top WHERE q.event_id <= top.event_id RETURNING q.event_id
    )
    SELECT e.id, e.chain, e.seq, e.hash FROM casework_auditevent e JOIN taken ON taken.event_id = e.id
     WHERE e.id > COALESCE((SELECT max(event_id) FROM casework_auditleaf), 0)
     ORDER BY e.chain, e.seq
    """


@_planted("assignment not ended")
def _assignment_not_ended() -> None:
    """Now and then who had a task keeps it in the books after it was done."""
    from casework.acts import Unit
    from workflows.engine.models import TaskAssignment

    real = Unit.change

    def change(self: Any, instance: Any, **values: Any) -> Any:
        if isinstance(instance, TaskAssignment) and "ended_at" in values and random.random() < 0.2:
            return instance
        return real(self, instance, **values)

    Unit.change = change  # type: ignore[method-assign]
