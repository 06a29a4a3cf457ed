"""The days of a decision as lines of text, one day or one span of days each: "14/02/2027 - 22/02/2027; nghỉ; Tết"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casework.fields import VietnameseDate
from casework.programme.roster.text import clean, fold
from workflows.clock.calendar import ONE_DAY, SATURDAY
from workflows.clock.models import CalendarDay
from workflows.clock.settings.calendar_acts import DayRow
from workflows.clock.words import day_words

LONGEST_SPAN = 31
LONGEST_NAME = 120
_SPAN = re.compile(r"\s+(?:-|–|—|đến|tới)\s+|\s*[–—]\s*", re.IGNORECASE)
# The first that is found counts: "nghỉ nửa ngày" is half a day, "làm bù cho ngày nghỉ" is worked.
_KINDS = (
    (re.compile(r"\b(?:nua|half|1/2)\b"), CalendarDay.Kind.HALF),
    (re.compile(r"\b(?:lam|worked|work)\b"), CalendarDay.Kind.WORKED),
    (re.compile(r"\b(?:nghi|le|tet|bu|off|holiday)\b"), CalendarDay.Kind.OFF),
)


class Fault(Exception):
    """A line that cannot be read, with a sentence that says why."""


@dataclass(frozen=True)
class ReadLines:
    """What was read: the days, and a sentence for each line that could not be read."""

    rows: tuple[DayRow, ...]
    faults: tuple[str, ...]


def read_lines(text: str) -> ReadLines:
    """The days of a text. Days off on a Saturday or Sunday are left out: they are off anyway."""
    rows: dict[date, DayRow] = {}
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            for row in _rows_of(line):
                _enter(rows, row)
        except Fault as fault:
            faults.append(_("Line %(n)d: %(sentence)s") % {"n": number, "sentence": fault})
    return ReadLines(tuple(rows[day] for day in sorted(rows)), tuple(faults))


def _enter(rows: dict[date, DayRow], row: DayRow) -> None:
    if rows.setdefault(row.day, row) != row:
        raise Fault(_("%(day)s stands twice.") % {"day": day_words(row.day)})


def _rows_of(line: str) -> Iterator[DayRow]:
    if not clean(line):
        return
    parts = [clean(part) for part in line.split(";", 2)]
    if len(parts) < 2:
        raise Fault(_("Write the day, what it is and its name, with semicolons between them."))
    days, name = parts[0], parts[-1]
    if not name:
        raise Fault(_("The name is missing."))
    kind, (first, last) = _kind(parts[1]), _span(days)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if kind != CalendarDay.Kind.OFF or day.weekday() < SATURDAY:
            yield DayRow(day, kind, name[:LONGEST_NAME])


def _kind(text: str) -> str:
    folded = fold(text)
    for pattern, kind in _KINDS:
        if pattern.search(folded):
            return kind
    raise Fault(_("“%(typed)s” is none of: nghỉ, làm bù, nửa ngày.") % {"typed": text[:40]})


def _span(text: str) -> tuple[date, date]:
    """The first and the last day of "14/02/2027 - 22/02/2027", or the same day twice."""
    found = [_day(part) for part in _SPAN.split(re.sub(r"^từ\s+", "", text, flags=re.IGNORECASE))]
    first, last = found[0], found[-1]
    if len(found) > 2 or last < first:
        raise Fault(_("A span goes from a day to a later one: 14/02/2027 - 22/02/2027."))
    if last - first > LONGEST_SPAN * ONE_DAY:
        raise Fault(_("A span of more than %(n)d days cannot be meant.") % {"n": LONGEST_SPAN})
    return first, last


def _day(text: str) -> date:
    try:
        return VietnameseDate(past=False).clean(re.sub(r"^ngày\s+", "", text, flags=re.IGNORECASE))
    except ValidationError as error:
        raise Fault(f"“{text[:40]}”: {error.messages[0]}") from error
