"""Deadlines in words: how long, from when, what was not counted, and so until when."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflows.clock.calendar import NONE, ONE_DAY, Calendar
from workflows.clock.deadline import Deadline
from workflows.clock.models import CalendarDay, TimeLimit, Unit
from workflows.clock.terms import HeldSpan, Term


def length_words(length: int, unit: str) -> str:
    """A length in words: "3 working days"."""
    words = {
        Unit.WORKING_DAY: ngettext("%(n)d working day", "%(n)d working days", length),
        Unit.CALENDAR_DAY: ngettext("%(n)d day", "%(n)d days", length),
        Unit.MONTH: ngettext("%(n)d month", "%(n)d months", length),
    }
    return words[Unit(unit)] % {"n": length}


def limit_words(limit: TimeLimit | None) -> str:
    """How long a limit allows, or nothing without one."""
    return length_words(limit.length, limit.unit) if limit else ""


def day_words(day: date) -> str:
    """A day as people write it."""
    return date_format(day, "SHORT_DATE_FORMAT")


def explain(found: Deadline) -> str:
    """The derivation of a deadline in one line: "3 ngày làm việc từ 13/02/2026, nghỉ … 14–22/02 → 25/02/2026"."""
    if found.named is not None:
        parts = [_named_words(found)]
    elif found.term is not None:
        parts = [_term_words(found.term, found.calendar)]
    else:
        parts = []
    parts += [_held_words(span) for span in found.holds if _counts(span, found)]
    if found.term is not None and found.named is None and found.term.rolled_from:
        parts.append(_("would end on a day off, %(day)s") % {"day": day_words(found.term.rolled_from)})
    line = _("%(how)s → %(day)s") % {"how": ", ".join(parts), "day": day_words(found.day)}
    return f"{line}. {missing_words(found.missing_year)}" if found.missing_year else line


def missing_words(year: int | None) -> str:
    """A sentence for a term that runs into a year that nobody has entered; nothing otherwise."""
    if year is None:
        return ""
    return _("The calendar of %(year)d has not been entered yet, so this day is not certain.") % {"year": year}


def _counts(span: HeldSpan, found: Deadline) -> bool:
    """Whether a hold moved this deadline."""
    if found.named is not None:
        return found.named_on is not None and found.named_on <= span.first <= found.day
    return found.term is not None and span in found.term.holds


def _named_words(found: Deadline) -> str:
    day = day_words(found.named) if found.named else ""
    return _("set to %(day)s on %(on)s") % {"day": day, "on": day_words(found.named_on or found.begins)}


def _term_words(term: Term, calendar: Calendar) -> str:
    length = length_words(term.length, term.unit)
    words = [_("%(length)s from %(day)s") % {"length": length, "day": day_words(term.start)}]
    words += list(_off_words(term, calendar)) if term.unit == Unit.WORKING_DAY else []
    return ", ".join(words)


def _held_words(span: HeldSpan) -> str:
    last = span.until - ONE_DAY
    return _("on hold %(days)s") % {"days": span_words(span.first, last)}


def span_words(first: date, last: date) -> str:
    """Days from a day to a day, as short as they stay clear: "14–22/02", "30/04–01/05", "02/09"."""
    if first == last:
        return f"{first:%d/%m}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%d}–{last:%d/%m}"
    return f"{first:%d/%m}–{last:%d/%m}"


def _off_words(term: Term, calendar: Calendar) -> Iterator[str]:
    """Stretches of days off with a name, with the weekends they touch, and days worked instead."""
    day = term.start + ONE_DAY
    while day <= term.end:
        first = day
        while calendar.halves(day) == NONE:
            day += ONE_DAY
        names = [n for n in (_name(calendar, first + ONE_DAY * i) for i in range((day - first).days)) if n]
        if names:
            yield _("off: %(name)s %(days)s") % {"name": _shortest(names), "days": span_words(first, day - ONE_DAY)}
        found = calendar.days.get(day)
        if found and day <= term.end and found.kind in (CalendarDay.Kind.WORKED, CalendarDay.Kind.HALF):
            yield _("%(name)s %(day)s") % {"name": found.name, "day": span_words(day, day)}
        day += ONE_DAY


def _name(calendar: Calendar, day: date) -> str:
    found = calendar.days.get(day)
    return found.name if found and found.kind == CalendarDay.Kind.OFF else ""


def _shortest(names: list[str]) -> str:
    """The name that the others contain, such as Tết Nguyên Đán; otherwise all of them, each once."""
    short = min(names, key=len)
    if all(short in name for name in names):
        return short
    return "; ".join(dict.fromkeys(names))
