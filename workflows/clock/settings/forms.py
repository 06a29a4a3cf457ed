"""What is typed about the calendar and the limits."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Kind
from casework.fields import TextLine, VietnameseDate, WholeNumber
from casework.organisations.models import AdministrativeUnit, Organisation
from workflows.clock.models import CalendarDay
from workflows.clock.models import Unit as TermUnit
from workflows.clock.settings.acts import FIRST_YEAR, LAST_YEAR
from workflows.clock.settings.limit_acts import LONGEST
from workflows.flows.catalogue import node_titles

_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one of the entries listed here.")}


def _source(example: Any, **options: Any) -> TextLine:
    return TextLine(
        label=_("Source"),
        max_length=200,
        help_text=example,
        error_messages={"required": _("Name the decision that this comes from.")},
        **options,
    )


class _Form(forms.Form):
    use_required_attribute = False  # errors are ours, in the language of the page


class DayForm(_Form):
    """A day that differs from an ordinary week."""

    area = forms.ModelChoiceField(
        AdministrativeUnit.objects.filter(level="province", valid_until=None).order_by("name"),
        label=_("Where"),
        required=False,
        empty_label=_("The whole country"),
        help_text=_("A province's day stands before the country's."),
        error_messages={"invalid_choice": _("There is no such province.")},
    )
    day = VietnameseDate(label=_("Day"), past=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=CalendarDay.Kind.choices, error_messages=_CHOOSE)
    name = TextLine(label=_("Name"), max_length=120, help_text=_("For example: Nghỉ Tết Nguyên Đán."))
    source = _source(_("The decision, with number and day."))
    confirmed = forms.BooleanField(
        label=_("Confirmed"),
        required=False,
        help_text=_("Untick it for a day that is expected but not decided yet; it is marked everywhere."),
    )


class ReasonForm(_Form):
    """Why a day is removed."""

    reason = TextLine(
        label=_("Why is it removed?"),
        max_length=200,
        error_messages={"required": _("Write why this day is removed.")},
    )


class YearForm(_Form):
    """A year whose days off are decided."""

    source = _source(_("The decision on the days off of the year."))
    with_days = forms.BooleanField(
        label=_("Its days are confirmed too"),
        required=False,
        help_text=_("Every day of this year that is marked as not confirmed is as the decision says."),
    )


class NewYearForm(YearForm):
    """The same for a year that is typed."""

    year = WholeNumber(label=_("Year"), least=FIRST_YEAR, most=LAST_YEAR, years=True)
    field_order = ["year", "source", "with_days"]


class LimitForm(_Form):
    """How long a step may take from a day on."""

    node = forms.ChoiceField(label=_("Step"), error_messages=_CHOOSE)
    kind = forms.ChoiceField(
        label=_("Kind of case"), required=False, choices=[("", _("Every kind")), *Kind.choices], error_messages=_CHOOSE
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        empty_label=_("Every organisation"),
        help_text=_("The narrowest limit holds: one organisation's before one kind's, before everybody's."),
        error_messages={"invalid_choice": _("There is no such organisation.")},
    )
    length = WholeNumber(label=_("Length"), least=1, most=LONGEST)
    unit = forms.ChoiceField(label=_("Counted in"), choices=TermUnit.choices, error_messages=_CHOOSE)
    valid_from = VietnameseDate(
        label=_("For terms that begin on or after"),
        past=False,
        help_text=_("The limit that holds now ends the day before."),
    )
    source = _source(_("The decision or article that sets the limit."))
    legal = forms.BooleanField(label=_("Term of the law"), required=False)
    watched = forms.BooleanField(
        label=_("Kept by somebody else"),
        required=False,
        help_text=_("Such as the registrar's term: it is watched here, and nobody of ours is blamed for it."),
    )
    confirmed = forms.BooleanField(label=_("Confirmed"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        node: Any = self.fields["node"]
        node.choices = [("", "–"), *node_titles().items()]
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.live().order_by("name")

    @staticmethod
    def tomorrow() -> Any:
        """The day that is offered for a new limit."""
        return timezone.localdate() + timedelta(days=1)
