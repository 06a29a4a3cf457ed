"""Which requests a list shows, and what was answered."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.organisations.standing import Standing
from casework.programme.collected.acts import COLLECT
from casework.programme.collected.models import ResultAnswer, ResultRequest
from casework.programme.kept import keeping_organisations
from casework.vietnamese import VnFold, fold


class Find(forms.Form):
    """Search among the bodies that were asked."""

    q = forms.CharField(
        label=_("Body that is asked"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2200)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("received", _("Answer received")), ("missing", _("No answer yet"))],
    )

    use_required_attribute = False


def requests_for(standing: Standing, query: QueryDict) -> Any:
    """The requests of the organisations for which a person collects, those that are missing first."""
    organisations = keeping_organisations(standing, COLLECT).order_by().values("pk")
    found = ResultRequest.objects.filter(organisation__in=organisations, withdrawn_at=None)
    form = Find(query)
    form.is_valid()
    if text := form.cleaned_data.get("q"):
        found = found.alias(folded=VnFold("body")).filter(folded__contains=fold(text.replace("\x00", "")))
    if year := form.cleaned_data.get("year"):
        found = found.filter(period__year=year)
    if state := form.cleaned_data.get("state"):
        found = found.filter(answered_at__isnull=state == "missing")
    return found.select_related("organisation", "period").order_by("-period__last_day", "-answered_at", "body", "pk")


def answers_of(request: ResultRequest) -> Any:
    """What a body answered and did not take back, in the order of the report. One query."""
    found = ResultAnswer.objects.filter(request=request, withdrawn_at=None)
    return found.select_related("indicator").order_by("indicator__number", "pk")
