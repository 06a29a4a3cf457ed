"""What is typed about results of other bodies: asking for them, and answering."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.fields import TextLine, VietnameseDate
from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from casework.programme.collected.acts import COLLECT
from casework.programme.collected.models import ResultRequest
from casework.programme.indicators.models import Indicator, ReportingPeriod
from casework.programme.kept import keeping_organisations
from casework.programme.kept_forms import Choice
from casework.programme.reports.numbers import unit_word
from casework.programme.targets.forms import NumberInput


def name_of(indicator: Indicator) -> str:
    """Its name in the language of the page."""
    return indicator.name_en if get_language() == "en" else indicator.name_vi


def asked_of(request: ResultRequest) -> list[Indicator]:
    """The indicators that a request asks for, in the order of the report. One query."""
    return list(Indicator.objects.filter(code__in=request.indicators).order_by("number", "code"))


class AskForm(forms.Form):
    """Which body is asked for what, and until when."""

    organisation = Choice(Organisation, label=_("Organisation"), empty_label=None)
    period = Choice(ReportingPeriod, label=_("Period"), empty_label=None)
    body = TextLine(label=_("Body that is asked"), error_messages={"required": _("Write which body is asked.")})
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("For your own letter; nothing is sent by itself.")
    )
    expires_on = VietnameseDate(label=_("Link holds until"), past=False, earliest=date(2020, 1, 1))
    indicators = forms.MultipleChoiceField(
        label=_("Numbers that are asked for"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick what is asked for."),
            "invalid_choice": _("Choose among those offered here."),
        },
    )

    use_required_attribute = False

    def __init__(self, standing: Standing, data: Any = None):
        super().__init__(data)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = keeping_organisations(standing, COLLECT)
        period: Any = self.fields["period"]
        period.queryset = ReportingPeriod.objects.filter(first_day__lte=timezone.localdate()).order_by("-last_day")
        indicators: Any = self.fields["indicators"]
        asked = Indicator.objects.filter(collected=True).order_by("number", "code")
        indicators.choices = [(one.code, name_of(one)) for one in asked]


class AgainForm(forms.Form):
    """Until when a new link holds."""

    expires_on = VietnameseDate(label=_("Link holds until"), past=False, earliest=date(2020, 1, 1))

    use_required_attribute = False


class AnswerForm(forms.Form):
    """A number and a note for each indicator, and who says so. Nothing may be missing: 0 is an answer."""

    use_required_attribute = False

    def __init__(self, request: ResultRequest, data: Any = None, known: dict[str, Any] | None = None):
        super().__init__(data, initial=known)
        self.indicators = asked_of(request)
        for one in self.indicators:
            word = unit_word(one.unit)
            label = f"{name_of(one)} ({word})" if word else name_of(one)
            self.fields[f"value_{one.code}"] = NumberInput(
                label=label, unit=one.unit, error_messages={"required": _g("Write a number; write 0 if there is none.")}
            )
            self.fields[f"note_{one.code}"] = TextLine(
                label=_g("Note on “%(name)s”") % {"name": name_of(one)}, required=False, max_length=500
            )
        self.fields["told_by"] = TextLine(
            label=_g("Who answers (name and office)"), error_messages={"required": _g("Write who answers.")}
        )

    @property
    def values(self) -> dict[str, tuple[Decimal, str]]:
        """What was answered, by indicator."""
        cleaned = self.cleaned_data
        return {one.code: (cleaned[f"value_{one.code}"], cleaned[f"note_{one.code}"]) for one in self.indicators}
