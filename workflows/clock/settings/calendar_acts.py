"""The calendar is kept: a day is set or removed, a year confirmed, a year's decision taken in. Chain "calendar"."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from casework.organisations.models import AdministrativeUnit
from workflows.clock.affected import Scope
from workflows.clock.calendar import Calendar, Day, calendar_between
from workflows.clock.models import CalendarDay, CalendarYear
from workflows.clock.settings.acts import ClockAct, refuse_empty, refuse_year
from workflows.clock.words import day_words

MOST_ROWS = 400


class CalendarAct(ClockAct):
    """An act on the calendar."""

    on: ClassVar[str] = "calendar"


@dataclass(frozen=True)
class SetCalendarDay(CalendarAct):
    """A day is off, worked, half or ordinary, in the country or in one province; what stood there is replaced."""

    verb: ClassVar[str] = "calendar.day_set"

    area: AdministrativeUnit | None
    day: date
    kind: str
    name: str
    source: str
    confirmed: bool = True

    @property
    def scope(self) -> Scope:
        return Scope(self.day, self.day, self.area.pk if self.area else None)

    def change(self, unit: Unit) -> dict[str, Any]:
        refuse_year(self.day.year, "day")
        refuse_area(self.area)
        refuse_empty(self.name, _("Write what the day is called, for example: Nghỉ Tết."), "name")
        refuse_empty(self.source, _("Name the decision that this comes from."), "source")
        refuse_senseless(self.area, self.day, self.kind)
        if not _put(unit, self.area, self.day, self._values()):
            raise ActionNotPossible(_("The calendar says exactly this already. Nothing was changed."))
        return self.spread(unit, day=self.day, kind=self.kind, area=self.area.pk if self.area else None)

    def _values(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.name, "source": self.source, "confirmed": self.confirmed}


@dataclass(frozen=True)
class RemoveCalendarDay(CalendarAct):
    """A day is as in an ordinary week again, or in a province as in the rest of the country."""

    verb: ClassVar[str] = "calendar.day_removed"

    row: CalendarDay
    reason: str

    @property
    def scope(self) -> Scope:
        return Scope(self.row.day, self.row.day, self.row.area_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        refuse_empty(self.reason, _("Write why this day is removed."), "reason")
        row = CalendarDay.objects.filter(pk=self.row.pk).first()
        if row is None:
            raise ActionNotPossible(_("This day was removed already."))
        unit.reason = self.reason
        removed = _as_facts(row)
        row.delete()
        return self.spread(unit, removed=[removed])


@dataclass(frozen=True)
class ConfirmYear(CalendarAct):
    """The days off of a year are decided; a year that was missing is entered. `with_days` confirms its days too."""

    verb: ClassVar[str] = "calendar.year_confirmed"

    year: int
    source: str
    with_days: bool = False

    @property
    def scope(self) -> Scope:
        return Scope(year=self.year)

    def change(self, unit: Unit) -> dict[str, Any]:
        refuse_year(self.year, "year")
        refuse_empty(self.source, _("Name the decision that this comes from."), "source")
        changed = confirm_year(unit, self.year, self.source)
        open_days = CalendarDay.objects.filter(day__year=self.year, area=None, confirmed=False)
        days = list(open_days) if self.with_days else []
        for row in days:
            unit.change(row, confirmed=True, source=self.source)
        if not changed and not days:
            raise ActionNotPossible(_("This year is confirmed by this decision already. Nothing was changed."))
        return self.spread(unit, year=self.year, days=len(days))


@dataclass(frozen=True)
class DayRow:
    """One day of a decision that is taken in."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True)
class ImportCalendar(CalendarAct):
    """The decision for a year is taken in: its days are set and confirmed, and so is the year.

    `whole`: the decision names every day off; predicted days that it does not name are removed.
    """

    verb: ClassVar[str] = "calendar.imported"

    year: int
    rows: tuple[DayRow, ...]
    source: str
    whole: bool = False

    @property
    def scope(self) -> Scope:
        return Scope(date(self.year, 1, 1), date(self.year, 12, 31), year=self.year)

    def change(self, unit: Unit) -> dict[str, Any]:
        refuse_year(self.year, "year")
        refuse_empty(self.source, _("Name the decision that this comes from."), "source")
        self._refuse_rows()
        same = {"source": self.source, "confirmed": True}
        put = [_put(unit, None, row.day, {"kind": row.kind, "name": row.name, **same}) for row in self.rows]
        removed = self._remove_predicted() if self.whole else []
        changed = confirm_year(unit, self.year, self.source)
        if not (any(put) or removed or changed):
            raise ActionNotPossible(_("Everything in this decision is in the calendar already. Nothing was changed."))
        return self.spread(unit, year=self.year, days=sum(put), removed=removed)

    def _refuse_rows(self) -> None:
        if not self.rows:
            raise ActionNotPossible(_("There is no day to take in."))
        if len(self.rows) > MOST_ROWS:
            raise ActionNotPossible(_("A list has at most %(n)d rows.") % {"n": MOST_ROWS})
        if len({row.day for row in self.rows}) < len(self.rows):
            raise ActionNotPossible(_("A day stands here twice. Leave one of the two rows out."))
        for row in self.rows:
            refuse_empty(row.name, _("Write what the day is called, for example: Nghỉ Tết."), "name")
            if row.day.year != self.year:
                raise ActionNotPossible(
                    _("%(day)s is not in %(year)d.") % {"day": day_words(row.day), "year": self.year}
                )
            refuse_senseless(None, row.day, row.kind)

    def _remove_predicted(self) -> list[dict[str, Any]]:
        predicted = CalendarDay.objects.filter(area=None, day__year=self.year, confirmed=False)
        rows = list(predicted.exclude(day__in=[row.day for row in self.rows]))
        predicted.filter(pk__in=[row.pk for row in rows]).delete()
        return [_as_facts(row) for row in rows]


def confirm_year(unit: Unit, year: int, source: str) -> bool:
    """Enter a year, or confirm it with its source. Whether that changed anything."""
    row = CalendarYear.objects.filter(year=year).first()
    if row is None:
        unit.add(CalendarYear(year=year, source=source))
        return True
    return _changed(unit, row, {"source": source, "confirmed": True})


def refuse_area(area: AdministrativeUnit | None) -> None:
    """Raises ActionNotPossible for an area that has no calendar of its own."""
    if area is not None and area.level != AdministrativeUnit.Level.PROVINCE:
        raise ActionNotPossible(_("A calendar is kept for the country or for a province."), "area")


def refuse_senseless(area: AdministrativeUnit | None, day: date, kind: str) -> None:
    """Raises ActionNotPossible for a day that would be what it is without a row: Saturdays are off anyway.

    One query for a province, whose days are compared with the nation's.
    """
    if kind not in CalendarDay.Kind.values:
        raise ActionNotPossible(_("Choose what the day is."), "kind")
    base = calendar_between(day, day) if area else Calendar()
    if Calendar({day: Day(kind, "")}).halves(day) != base.halves(day):
        return
    if base.is_working_day(day):
        sentence = _("%(day)s is worked in any case, so there is nothing to set.")
    else:
        sentence = _("%(day)s is a day off in any case, so there is nothing to set.")
    raise ActionNotPossible(sentence % {"day": day_words(day)}, "kind")


def _put(unit: Unit, area: AdministrativeUnit | None, day: date, values: dict[str, Any]) -> bool:
    """Set a day. Whether that changed anything."""
    row = CalendarDay.objects.filter(area=area, day=day).first()
    if row is None:
        unit.add(CalendarDay(area=area, day=day, **values))
        return True
    return _changed(unit, row, values)


def _changed(unit: Unit, row: CalendarDay | CalendarYear, values: dict[str, Any]) -> bool:
    before = len(unit.changes)
    unit.change(row, **values)
    return len(unit.changes) > before


def _as_facts(row: CalendarDay) -> dict[str, Any]:
    """What stood there, for the event: the row itself goes."""
    return {"day": row.day, "kind": row.kind, "name": row.name, "source": row.source, "area": row.area_id}
