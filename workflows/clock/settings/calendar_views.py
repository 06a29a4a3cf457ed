"""Pages of the calendar: a year, a day set or removed, a year confirmed."""

from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from casework.organisations.models import AdministrativeUnit
from casework.requests import SignedIn
from workflows.clock.models import CalendarDay, CalendarYear
from workflows.clock.settings.acts import FIRST_YEAR, LAST_YEAR, ClockAct
from workflows.clock.settings.calendar_acts import ConfirmYear, RemoveCalendarDay, SetCalendarDay
from workflows.clock.settings.forms import DayForm, NewYearForm, ReasonForm
from workflows.clock.settings.pages import ChangeDone, ChangePage, ForKeepers, Words
from workflows.clock.settings.results import latest_changes
from workflows.clock.settings.year import months_of, warning, years
from workflows.clock.words import day_words


class YearPage(ForKeepers):
    """One year of one area, and the list of years. `?year=` and `?area=` (id of a province)."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Seven statements of its own."""
        today = timezone.localdate()
        provinces = list(AdministrativeUnit.objects.filter(level="province", valid_until=None).order_by("name"))
        area = next((one for one in provinces if str(one.pk) == request.GET.get("area", "")), None)
        year = year_in(request.GET.get("year", ""), today.year)
        months, entered = months_of(year, area), years()
        context = {
            "year": year,
            "before": year - 1 if year > FIRST_YEAR else None,
            "after": year + 1 if year < LAST_YEAR else None,
            "area": area,
            "provinces": provinces,
            "months": months,
            "open_days": [line.row for month in months for line in month.lines if not line.row.confirmed],
            "entered": next((line for line in entered if line.row.year == year), None),
            "years": entered,
            "warning": warning(entered, today),
            "changes": latest_changes("calendar"),
        }
        return render(request, "workflows/clock/settings/calendar.html", context)


class _CalendarPage(ChangePage):
    room = "calendar"


class SetDay(_CalendarPage):
    """Set a day; `?day=2026-11-24` and `?area=` choose it."""

    def words(self) -> Words:
        lead = _("A day that differs from an ordinary week. What stood there for this day and area is replaced.")
        return Words(_("Set a day"), lead, _("Set the day"))

    def form_of(self, data: Any = None) -> forms.Form:
        return DayForm(data) if data is not None else DayForm(initial=self._initial())

    def act_of(self, cleaned: dict[str, Any]) -> ClockAct:
        return SetCalendarDay(**cleaned)

    def _initial(self) -> dict[str, Any]:
        """The row of the day that was chosen, or an empty one."""
        area, day = self.request.GET.get("area", ""), _day_in(self.request.GET.get("day", ""))
        area_id = int(area) if area.isdecimal() and len(area) < 10 else None
        row = CalendarDay.objects.filter(day=day, area=area_id).first() if day else None
        if row is None:
            return {"day": day, "area": area_id, "confirmed": True}
        names = ("area", "day", "kind", "name", "source", "confirmed")
        return {name: getattr(row, name) for name in names}


class RemoveDay(_CalendarPage):
    """Remove a day."""

    @cached_property
    def row(self) -> CalendarDay:
        """The day, or 404."""
        return get_object_or_404(CalendarDay.objects.select_related("area"), pk=self.kwargs["pk"])

    def words(self) -> Words:
        where = self.row.area or _("the whole country")
        lead = _("%(day)s, %(name)s (%(kind)s), %(where)s") % {
            "day": day_words(self.row.day),
            "name": self.row.name,
            "kind": self.row.get_kind_display(),
            "where": where,
        }
        return Words(_("Remove a day"), lead, _("Remove the day"))

    def form_of(self, data: Any = None) -> forms.Form:
        return ReasonForm(data)

    def act_of(self, cleaned: dict[str, Any]) -> ClockAct:
        return RemoveCalendarDay(self.row, cleaned["reason"])


class ConfirmOneYear(_CalendarPage):
    """Confirm a year, or enter one that is missing; `?year=` chooses it."""

    def words(self) -> Words:
        lead = _("A year counts as entered once its days off are decided; until then deadlines in it are not certain.")
        return Words(_("Confirm a year"), lead, _("Confirm the year"))

    def form_of(self, data: Any = None) -> forms.Form:
        if data is not None:
            return NewYearForm(data)
        missing = (CalendarYear.objects.order_by("-year").values_list("year", flat=True).first() or FIRST_YEAR - 1) + 1
        return NewYearForm(initial={"year": year_in(self.request.GET.get("year", ""), missing)})

    def act_of(self, cleaned: dict[str, Any]) -> ClockAct:
        return ConfirmYear(**cleaned)


class CalendarChange(ChangeDone):
    """A change of the calendar and what came of it."""

    room = "calendar"


def year_in(text: str, otherwise: int) -> int:
    """The year that an address names, if it can be meant."""
    if text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    return otherwise


def _day_in(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
