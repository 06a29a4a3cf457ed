"""What the acts on calendar and limits have in common: one at a time, the right, and the recount that follows."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import connection
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from workflows.clock.affected import Scope
from workflows.clock.recount import recount_after

RIGHT = "keep_clock"
# Days beyond these are slips of the keyboard: the programme began later and nobody decides so far ahead.
FIRST_YEAR, LAST_YEAR = 2020, 2100


class ClockAct(Act):
    """An act on the calendar or on the limits, by whoever may keep the clock in her own organisation."""

    on: ClassVar[str]  # the chain

    def lock(self, unit: Unit) -> None:
        unit.chain = self.on
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [self.on])

    def authorise(self, unit: Unit) -> None:
        unit.authorise_somewhere(RIGHT)

    @property
    def scope(self) -> Scope:
        """Which deadlines the change may move."""
        raise NotImplementedError

    def spread(self, unit: Unit, **facts: Any) -> dict[str, str]:
        """Have the deadlines counted anew once this is committed, and note in the event by which job."""
        change_id = str(uuid4())
        job = recount_after.enqueue({"id": change_id, "cause": self.on, "by": unit.by.pk, "scope": self.scope.wire()})
        result = {"change": change_id}
        unit.facts |= {**facts, **result, "job": str(job.id), "result": result}
        return result


def refuse_empty(text: str, sentence: str, field: str) -> None:
    """Raises ActionNotPossible for a text that says nothing."""
    if not text.strip():
        raise ActionNotPossible(sentence, field)


def refuse_year(year: int, field: str) -> None:
    """Raises ActionNotPossible for a year that cannot be meant."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ActionNotPossible(
            _("The calendar is kept for the years %(first)d to %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR},
            field,
        )
