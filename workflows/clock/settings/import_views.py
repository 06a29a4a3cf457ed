"""Taking in the decision for a year: a file is read into lines of text, which are looked at, corrected and saved.

Nothing of the file is kept: its lines travel in the form.
"""

from collections import Counter
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.requests import SignedIn
from workflows.clock.settings.acts import ClockAct
from workflows.clock.settings.calendar_acts import ImportCalendar
from workflows.clock.settings.calendar_views import year_in
from workflows.clock.settings.import_forms import MOST_FAULTS, DecisionForm, FileForm
from workflows.clock.settings.lines import read_lines
from workflows.clock.settings.pages import ChangePage, ForKeepers, Words


class TakeIn(ChangePage):
    """The days of a decision as text: typed, or read from a file before."""

    room = "calendar"
    template_name = "workflows/clock/settings/import_days.html"

    def words(self) -> Words:
        lead = _("Check the days and correct them here. They are confirmed by the decision, and so is the year.")
        return Words(_("Take in the decision for a year"), lead, _("Take the decision in"))

    def form_of(self, data: Any = None) -> forms.Form:
        if data is not None:
            return DecisionForm(data)
        return DecisionForm(initial={"year": year_in(self.request.GET.get("year", ""), timezone.localdate().year + 1)})

    def act_of(self, cleaned: dict[str, Any]) -> ClockAct:
        return ImportCalendar(cleaned["year"], cleaned["days"], cleaned["source"], cleaned["whole"])


class Upload(ForKeepers):
    """Choose the file, or go on to type the days."""

    def get(self, request: SignedIn) -> HttpResponse:
        """The form for the file."""
        return self._show(FileForm())

    def post(self, request: SignedIn) -> HttpResponse:
        """Read the file and show its days for correction; nothing is stored."""
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form)
        text = "\n".join(form.cleaned_data["lines"])
        read = read_lines(text)
        years = Counter(row.day.year for row in read.rows).most_common(1)
        initial = {"days": text, "year": years[0][0] if years else timezone.localdate().year + 1}
        page = TakeIn()
        page.setup(request)
        return page.show(DecisionForm(initial=initial), faults=read.faults[:MOST_FAULTS], found=len(read.rows))

    def _show(self, form: FileForm) -> HttpResponse:
        context = {"form": form, "year": year_in(self.request.GET.get("year", ""), timezone.localdate().year + 1)}
        return render(self.request, "workflows/clock/settings/import.html", context)
