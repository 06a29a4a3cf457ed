"""Shape and wording of what is typed from the survey of needs to the founding conference."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import Consent, OneOf
from casework.fields import LongText, MoneyInput, NameField, PhoneInput, TextLine, VietnameseDate, WholeNumber, within
from casework.people.models import Person, founders_of
from casework.plans.charter import places_of_charter
from casework.plans.models import PlanReview
from casework.plans.tables import PLACES
from casework.rules.founding import faults_of_founders
from casework.steps import RowGroup, StepForm


class SurveyNeedsForm(StepForm):
    """What the women want and lack; nothing is kept without their consent."""

    surveyed_on = VietnameseDate(label=_("Day of the survey"))
    women_interested = WholeNumber(label=_("Women who want to take part"), least=1, suffix=_("women"))
    ethnic_minority_women = WholeNumber(
        label=_("Of them women of ethnic minorities"),
        required=False,
        suffix=_("women"),
        help_text=_("Only the number, and only if the women want to say it."),
    )
    trade = TextLine(label=_("Trade and products"), help_text=_("For example: oyster mushrooms, brocade weaving."))
    needs = LongText(
        label=_("What do they need?"), help_text=_("Land, capital, skills, buyers: in the women's own words.")
    )
    expected_capital = MoneyInput(label=_("Capital that the women can bring together"), required=False)
    consent_given = Consent(
        label=_("The contact person agrees that these facts are stored and used to advise the group."),
        help_text=_("She may withdraw this at any time. Tick only what she has said herself."),
    )
    consent_on = VietnameseDate(label=_("Day of the consent"))

    @classmethod
    def initial_for(cls, case: Any) -> dict[str, Any]:
        """What the lead already said."""
        return {"women_interested": case.women_interested, "trade": case.trade}

    def clean(self) -> dict[str, Any]:
        """A part is not larger than the whole."""
        cleaned = super().clean()
        within(self, "ethnic_minority_women", "women_interested", _g("This is more than all women who take part."))
        return cleaned


class FounderRow(forms.Form):
    """One founder."""

    full_name = NameField(label=_("Full name"))
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[("", "–"), *Person.Sex.choices],
        error_messages={"required": _("Choose the sex."), "invalid_choice": _("Choose the sex.")},
    )
    birth_year = WholeNumber(
        label=_("Year of birth"),
        least=1900,
        most=2100,
        years=True,
        error_messages={
            "required": _("Write the year of birth, for example 1985."),
            "invalid": _("Write the year of birth with four digits, for example 1985."),
            "too_small": _("Write the year of birth with four digits, for example 1985."),
            "too_large": _("This year is still to come."),
        },
    )
    phone = PhoneInput(label=_("Phone"), required=False)

    def clean_birth_year(self) -> int:
        """Not in the future."""
        year: int = self.cleaned_data["birth_year"]
        if year > timezone.localdate().year:
            raise ValidationError(self.fields["birth_year"].error_messages["too_large"])
        return year


class FormFoundingGroupForm(StepForm):
    """The list of founders."""

    row_groups = {"rows": RowGroup(FounderRow, _("Founder"), shown=6)}

    @classmethod
    def initial_rows(cls, case: Any) -> dict[str, list[dict[str, Any]]]:
        """Who stands on the list already, else the contact. Stored numbers stay masked and are not repeated."""
        persons = [founder.person for founder in founders_of(case)] or ([case.contact] if case.contact else [])
        return {"rows": [{"full_name": p.full_name, "sex": p.sex, "birth_year": p.birth_year} for p in persons]}

    def clean_rows(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        """As many and as old as the law asks, nobody twice."""
        faults = faults_of_founders(self.case, rows["rows"], timezone.localdate())
        if faults:
            raise ValidationError([ValidationError(fault) for fault in faults])


def _marks(case: Any) -> dict[str, list[tuple[str, Any]]]:
    """Places of the plan and of the charter by their labels, to be ticked."""
    return {"marked_in_plan": list(PLACES.items()), "marked_in_charter": places_of_charter(case)}


class ReviewPlanForm(StepForm):
    """Approve, or return with the places that need a correction."""

    outcome = OneOf(label=_("Outcome of the review"), choices=PlanReview.Outcome.choices)
    marked_in_plan = forms.MultipleChoiceField(
        label=_("To correct in the business plan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    marked_in_charter = forms.MultipleChoiceField(
        label=_("To correct in the charter"), required=False, widget=forms.CheckboxSelectMultiple
    )
    remarks = LongText(
        label=_("What must be corrected, and how?"),
        required=False,
        rows=5,
        help_text=_("The advisor reads this beside every field that you tick."),
        error_messages={"required": _("Write what must be corrected, so that the advisor knows what to do.")},
    )

    when = dict.fromkeys(("marked_in_plan", "marked_in_charter", "remarks"), ("outcome", ("return",)))
    required_then = frozenset({"remarks"})

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, choices in _marks(self.case).items():
            field: Any = self.fields[name]
            field.choices = choices
            field.error_messages["invalid_choice"] = field.error_messages["invalid_list"] = _(
                "Tick only fields that are listed here."
            )
        self.fields["outcome"].help_text = format_html(
            '<a href="{}">{}</a>', reverse("plans:plan", args=[self.case.code]), _g("Read the plan with its tables")
        )

    def clean(self) -> dict[str, Any]:
        """A return marks at least one place."""
        cleaned = super().clean()
        marked = [*(cleaned.get("marked_in_plan") or []), *(cleaned.get("marked_in_charter") or [])]
        unreadable = {"marked_in_plan", "marked_in_charter"} & set(self.errors)
        if cleaned.get("outcome") == PlanReview.Outcome.RETURN and not marked and not unreadable:
            self.add_error("marked_in_plan", _g("Tick at least one field of the plan or of the charter."))
        return cleaned
