"""The deadline of a task: counted from its limit, or a day that was named; moved by holds and by decisions.

One function decides, whether a task is born, resumed, extended or touched by a corrected calendar.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from casework.acts import Unit
from workflows.clock.calendar import Calendar, calendar_between, close_of, horizon, morning_of
from workflows.clock.known import Known, Mark
from workflows.clock.models import TimeLimit
from workflows.clock.models import Unit as TermUnit
from workflows.clock.terms import HeldSpan, Term, due, moved, part_of, working_day_before
from workflows.holds.models import Hold

HALF, WARN = 0.5, 0.8  # shares of the time at which the clock speaks (workflows/clock/sweep.py)


@dataclass(frozen=True)
class Deadline:
    """When a task is due and how that came about. `named` is a day that somebody set, `named_on` when."""

    day: date
    calendar: Calendar
    begins: date
    limit: TimeLimit | None = None
    term: Term | None = None
    named: date | None = None
    named_on: date | None = None
    holds: tuple[HeldSpan, ...] = ()

    @property
    def missing_year(self) -> int | None:
        """The first year up to the day whose calendar nobody has entered, or None."""
        return self.calendar.missing_year(self.begins, self.day)

    def part(self, fraction: float) -> datetime:
        """The moment at which the clock speaks when a share of the time is used up."""
        counted = self.term if self.term and not self.named else self._as_term()
        return morning_of(part_of(counted, fraction, self.calendar))

    @property
    def warning(self) -> datetime:
        """The moment of the last word before the end: for a term of somebody else, the working day before it."""
        if self.limit is None or not self.limit.watched:
            return self.part(WARN)
        return morning_of(max(working_day_before(self.day, self.calendar), self.begins))

    def _as_term(self) -> Term:
        """The time up to a named day, as days."""
        days = max((self.day - self.begins).days, 0)
        return Term(self.begins, days, TermUnit.CALENDAR_DAY, self.day, self.holds)


def deadline_of(
    begins: date,
    limit: TimeLimit | None,
    area: int | None,
    *,
    named: date | None = None,
    named_on: date | None = None,
    holds: Iterable[HeldSpan] = (),
    calendar: Calendar | None = None,
) -> Deadline:
    """The deadline of work that begins on a day. One query for the calendar, none when it is given.

    `named` with `named_on` is a day that a person set, such as an extension: it stands before the limit.
    """
    spans = tuple(holds)
    if calendar is None:
        calendar = calendar_between(min(begins, named_on or begins), _reach(begins, limit, named, spans), area)
    term = due(begins, limit.length, limit.unit, calendar, spans) if limit else None
    if named is None:
        if term is None:
            raise ValueError("a deadline needs a limit or a named day")
        return Deadline(term.end, calendar, begins, limit, term, holds=spans)
    day = moved(named, named_on or begins, calendar, spans)
    return Deadline(day, calendar, begins, limit, term, named, named_on or begins, spans)


def _reach(begins: date, limit: TimeLimit | None, named: date | None, spans: Iterable[HeldSpan]) -> date:
    """Until when the calendar must be known."""
    last = max([begins, *([named] if named else []), *(span.until for span in spans)])
    # A hold moves a named day by its working days, and these take up to twice as many days of a calendar.
    held = sum((span.until - span.first).days for span in spans)
    return horizon(last, _in_months(limit) + held // 15)


def _in_months(limit: TimeLimit | None) -> int:
    """A length that surely covers the limit when counted in months of 31 days."""
    if limit is None:
        return 1
    return limit.length if limit.unit == TermUnit.MONTH else limit.length // 15 + 1


def give_deadline(
    row: Any, begins: date, limit: TimeLimit | None, named: date | None = None, known: Known | None = None
) -> None:
    """Set the deadline of a task that is being made, not saved. One query, none with what is `known` already."""
    mark: Mark | None = getattr(row.case, "clock_mark", None)
    calendar = known.calendar(mark.province) if known and mark else None
    found = deadline_of(begins, limit, row.case.area_id, named=named, calendar=calendar)
    row.limit, row.watched = limit, bool(limit and limit.watched)
    row.term_begins = begins
    for name, value in columns_of(found).items():
        setattr(row, name, value)
    row.first_due_at = row.due_at


def columns_of(found: Deadline) -> dict[str, Any]:
    """What a deadline writes into the row of its task."""
    return {
        "due_at": close_of(found.day),
        "half_at": min(found.part(HALF), found.warning),
        "warn_at": found.warning,
        "missing_year": found.missing_year,
    }


def current_deadline(task: Any) -> Deadline:
    """The deadline of a stored task as its limit, holds, extensions and the calendar make it today.

    At most four queries. Open holds move nothing yet: how long they last is not known.
    """
    extension = task.extensions.order_by("-extended_at", "-pk").first()
    named, named_on = (extension.until, timezone.localdate(extension.extended_at)) if extension else (None, None)
    if named is None:
        named, named_on = named_day_of(task), task.term_begins
    return deadline_of(
        task.term_begins or timezone.localdate(task.created),
        task.limit,
        task.case.area_id,
        named=named,
        named_on=named_on,
        holds=held_spans(task),
    )


def named_day_of(task: Any) -> date | None:
    """The day that somebody named for a task when it was made: an errand's, or the answer's that was promised."""
    if task.limit_id is None:
        return timezone.localdate(task.first_due_at) if task.first_due_at else None
    promised = getattr(task.step, "promised", None)
    return promised(task.case) if promised else None


def held_spans(task: Any) -> list[HeldSpan]:
    """The days on which a task stood still, by its own holds or those of its case. One query."""
    rows = Hold.objects.filter(case=task.case_id, ended_at__isnull=False).beyond_sight("the case of a task in hand")
    return [
        HeldSpan(timezone.localdate(hold.began_at), timezone.localdate(hold.ended_at))
        for hold in rows
        if hold.task_id in (None, task.pk)
    ]


def count_again(unit: Unit, task: Any) -> tuple[date, date] | None:
    """Count the deadline of an open task anew, as part of an act. (before, now) when the day moved, else None."""
    columns = columns_of(current_deadline(task))
    before, now = timezone.localdate(task.due_at), timezone.localdate(columns["due_at"])
    unit.change(task, **columns)
    if before == now:
        return None
    unit.facts.setdefault("moved", []).append({"task": task.pk, "node": task.node, "from": before, "to": now})
    return before, now
