"""The reports that a person finds, in the order of their list."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from casework.programme.kept import keeping_organisations
from casework.programme.reports.models import Report
from casework.vietnamese import VnFold, fold


class Find(forms.Form):
    """What the list is narrowed to. What cannot be read narrows nothing."""

    q = forms.CharField(label=_("Organisation"), required=False, max_length=200)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2200)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *Report.State.choices])


def reports_for(standing: Standing, query: QueryDict) -> QuerySet[Report]:
    """Those that she may see and asked for, newest period first."""
    found = Report.objects.visible_to(standing).defer("data", "texts")
    asked = Find(query)
    asked.is_valid()
    if name := asked.cleaned_data.get("q"):
        found = found.alias(folded=VnFold("organisation__name")).filter(folded__contains=fold(name))
    if year := asked.cleaned_data.get("year"):
        found = found.filter(period__year=year)
    if state := asked.cleaned_data.get("state"):
        found = found.filter(state=state)
    return found.select_related("organisation", "period", "reviewed_by", "frozen_by").order_by(
        "-period__last_day", "organisation__name", "pk"
    )


def writable_organisations(standing: Standing) -> QuerySet[Organisation]:
    """The organisations for which she may write a report."""
    return keeping_organisations(standing, "write_report")
