"""Shape and wording of what is typed from the survey of needs to the founding conference."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from casework.fields import (
    Consent,
    LongText,
    MoneyInput,
    NameField,
    OneOf,
    PhoneInput,
    TextLine,
    TickBox,
    VietnameseDate,
    WholeNumber,
)
from casework.people.models import Person, founders_of
from casework.plans.models import (
    BusinessPlan,
    Charter,
    Consultation,
    NeedsSurvey,
    PlanReview,
    open_return,
)
from casework.plans.names import fault_of_name, proposed_name, protected_name_in
from casework.plans.rules import LAW_SINCE, faults_of_founders, least_members, votes_needed
from casework.steps import StepForm
from casework.vietnamese import fold


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


class HoldConsultationForm(StepForm):
    """The meeting at which the group chooses its legal form."""

    held_on = VietnameseDate(label=_("Day of the consultation"))
    place = TextLine(label=_("Meeting place"))
    attendees = WholeNumber(label=_("People present"), least=1, suffix=_("people"))
    women = WholeNumber(label=_("Of them women"), suffix=_("people"))
    alliance_attended = TickBox(label=_("The Cooperative Alliance was there"))
    conclusion = LongText(
        label=_("What was agreed"), help_text=_("Questions asked, answers given, and what the group wants.")
    )
    outcome = OneOf(label=_("How does the group go on?"), choices=Consultation.Outcome.choices)
    reason = LongText(
        label=_("Why does the group stop?"),
        required=False,
        help_text=_("The case is closed with this reason."),
        error_messages={"required": _("Write why the group stops.")},
    )

    when = {"reason": ("outcome", ("stop",))}
    required_then = frozenset({"reason"})

    def clean(self) -> dict[str, Any]:
        """A part is not larger than the whole."""
        cleaned = super().clean()
        within(self, "women", "attendees", _g("This is more than all people present."))
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

    row_form = FounderRow
    row_title = _("Founder")
    shown_rows = 6

    @classmethod
    def initial_rows(cls, case: Any) -> list[dict[str, Any]]:
        """Who stands on the list already, else the contact. Stored numbers stay masked and are not repeated."""
        persons = [founder.person for founder in founders_of(case)] or ([case.contact] if case.contact else [])
        return [{"full_name": p.full_name, "sex": p.sex, "birth_year": p.birth_year} for p in persons]

    def clean_rows(self, rows: list[dict[str, Any]]) -> None:
        """As many and as old as the law asks, nobody twice."""
        faults = faults_of_founders(self.case, rows, timezone.localdate())
        if faults:
            raise ValidationError([ValidationError(fault) for fault in faults])


class _DraftForm(StepForm):
    """A new version begins as the last one was left; what the review marked says so beside the field."""

    model: ClassVar[Any]
    marks: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        returned = open_return(self.case)
        for name in getattr(returned, self.marks, []):
            self.fields[name].help_text = format_html(
                "<strong>{}</strong> {}", _g("Marked in the review:"), returned.remarks if returned else ""
            )

    @classmethod
    def initial_for(cls, case: Any) -> dict[str, Any]:
        """The last version, or what earlier steps know."""
        last = cls.model.latest_of(case)
        return {name: getattr(last, name) for name in cls.base_fields} if last else cls.first_proposal(case)

    @classmethod
    def first_proposal(cls, case: Any) -> dict[str, Any]:
        """What earlier steps know before the first version."""
        return {}


class DraftPlanForm(_DraftForm):
    """The business plan with its figures for three years."""

    model = BusinessPlan
    marks = "marked_in_plan"

    market = LongText(
        label=_("Market and customers"), help_text=_("Who buys today, who could buy, and who else sells it.")
    )
    products = LongText(label=_("Products and services"))
    revenue_1 = MoneyInput(label=_("Revenue, year 1"))
    cost_1 = MoneyInput(label=_("Cost, year 1"))
    revenue_2 = MoneyInput(label=_("Revenue, year 2"))
    cost_2 = MoneyInput(label=_("Cost, year 2"))
    revenue_3 = MoneyInput(label=_("Revenue, year 3"))
    cost_3 = MoneyInput(label=_("Cost, year 3"))
    investment = MoneyInput(
        label=_("Capital that is needed"), help_text=_("Investment and working capital until the first sales.")
    )
    own_capital = MoneyInput(label=_("Own capital"), help_text=_("What the members put in."))
    loan_wanted = MoneyInput(label=_("Loan wanted"), help_text=_("0 if no loan is wanted."))
    women_workers = WholeNumber(label=_("Women who will work"), suffix=_("women"))

    @classmethod
    def first_proposal(cls, case: Any) -> dict[str, Any]:
        """What the survey found."""
        survey = NeedsSurvey.latest_of(case)
        return {"products": survey.trade, "own_capital": survey.expected_capital} if survey else {}

    def clean(self) -> dict[str, Any]:
        """Own capital and loan together pay for what is needed."""
        cleaned = super().clean()
        needed, own, loan = (cleaned.get(name) for name in ("investment", "own_capital", "loan_wanted"))
        if needed is not None and own is not None and loan is not None and own + loan < needed:
            missing = MoneyInput().prepare_value(needed - own - loan)
            self.add_error(
                "loan_wanted",
                _g("Own capital and loan do not cover what is needed: %(missing)s đồng are missing.")
                % {"missing": missing},
            )
        return cleaned


class DraftCharterForm(_DraftForm):
    """The figures of the charter that later papers need."""

    model = Charter
    marks = "marked_in_charter"

    cooperative_name = TextLine(
        label=_("Name of the cooperative"),
        max_length=200,
        help_text=_("Begins with “Hợp tác xã”. Whether another one has this name, the registrar will say."),
    )
    name_agreed = TickBox(
        label=_("The organisation whose name stands in it has agreed in writing"),
        help_text=_("Only for the name of a state body or of a political or socio-political organisation."),
    )
    seat = TextLine(
        label=_("Address of the seat"), max_length=250, help_text=_("House, hamlet, commune or ward, province.")
    )
    lines_of_business = LongText(label=_("Lines of business"))
    governance = OneOf(
        label=_("Governance"),
        choices=Charter.Governance.choices,
        help_text=_("A very small cooperative may choose the reduced form."),
    )
    charter_capital = MoneyInput(label=_("Charter capital"), least=1_000)
    min_contribution = MoneyInput(label=_("Smallest contribution of a member"), least=1_000)

    @classmethod
    def first_proposal(cls, case: Any) -> dict[str, Any]:
        """The working name written out, and the commune."""
        with override("vi"):  # the charter is Vietnamese, whatever the language of the page
            seat = str(case.area)
        return {"cooperative_name": proposed_name(case.working_name, case.legal_form), "seat": seat}

    def clean_cooperative_name(self) -> str:
        """A name that the registrar may not refuse for its form."""
        name: str = self.cleaned_data["cooperative_name"]
        fault = fault_of_name(name, self.case.legal_form)
        if fault:
            raise ValidationError(fault)
        return name

    def clean(self) -> dict[str, Any]:
        """Nobody's name is taken unasked; the smallest contribution is a part of the capital."""
        cleaned = super().clean()
        protected = protected_name_in(cleaned.get("cooperative_name") or "")
        if protected and not cleaned.get("name_agreed"):
            self.add_error(
                "cooperative_name",
                _g("“%(name)s” may stand in the name only with the written consent of that organisation.")
                % {"name": protected},
            )
        within(self, "min_contribution", "charter_capital", _g("This is more than the whole charter capital."))
        return cleaned


def _marks(model: Any) -> list[tuple[str, str]]:
    """The fields of a draft by their labels, to be ticked."""
    return [(name, capfirst(model._meta.get_field(name).verbose_name)) for name in model.DRAFTED]


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
        for name, model in (("marked_in_plan", BusinessPlan), ("marked_in_charter", Charter)):
            field: Any = self.fields[name]
            field.choices = _marks(model)
            field.error_messages["invalid_choice"] = field.error_messages["invalid_list"] = _(
                "Tick only fields that are listed here."
            )

    def clean(self) -> dict[str, Any]:
        """A return marks at least one place."""
        cleaned = super().clean()
        marked = [*(cleaned.get("marked_in_plan") or []), *(cleaned.get("marked_in_charter") or [])]
        unreadable = {"marked_in_plan", "marked_in_charter"} & set(self.errors)
        if cleaned.get("outcome") == PlanReview.Outcome.RETURN and not marked and not unreadable:
            self.add_error("marked_in_plan", _g("Tick at least one field of the plan or of the charter."))
        return cleaned


class HoldFoundingConferenceForm(StepForm):
    """What the official members resolved."""

    held_on = VietnameseDate(label=_("Day of the conference"), earliest=LAW_SINCE)
    place = TextLine(label=_("Meeting place"))
    official_members = WholeNumber(label=_("Official members"), least=1, suffix=_("people"))
    women_members = WholeNumber(label=_("Of them women"), suffix=_("people"))
    votes_for = WholeNumber(
        label=_("Votes for the resolution"),
        suffix=_("votes"),
        help_text=_("Each official member has one vote, whatever capital she brings."),
    )
    charter_capital = MoneyInput(label=_("Charter capital resolved"), least=1_000)
    chair_name = NameField(
        label=_("Chair of the board, or director"),
        help_text=_("The chair under full governance, the director under reduced governance."),
    )
    supervisor_name = NameField(label=_("Head of the supervisory board, or supervisor"))
    filer_name = NameField(label=_("Who is authorised to file the registration"))
    resolution_number = TextLine(label=_("Number of the resolution"), max_length=60)

    @classmethod
    def initial_for(cls, case: Any) -> dict[str, Any]:
        """The founders counted, and the capital of the charter."""
        persons = [founder.person for founder in founders_of(case)]
        charter = Charter.latest_of(case)
        return {
            "official_members": len(persons) or None,
            "women_members": sum(person.sex == Person.Sex.FEMALE for person in persons) if persons else None,
            "charter_capital": charter.charter_capital if charter else None,
        }

    def clean(self) -> dict[str, Any]:
        """Enough members, enough votes, and nobody who supervises herself (rules R1, R8, R9)."""
        cleaned = super().clean()
        within(self, "women_members", "official_members", _g("This is more than all official members."))
        within(self, "votes_for", "official_members", _g("There are more votes than official members."))
        self._clean_numbers(cleaned.get("official_members"), cleaned.get("votes_for"), cleaned.get("held_on"))
        chair, supervisor = cleaned.get("chair_name"), cleaned.get("supervisor_name")
        if chair and supervisor and fold(chair) == fold(supervisor):
            self.add_error("supervisor_name", _g("The chair or director cannot supervise herself."))
        return cleaned

    def _clean_numbers(self, members: int | None, votes: int | None, held_on: Any) -> None:
        if members is None or held_on is None:
            return
        least = least_members(self.case, held_on)
        if members < least:
            self.add_error(
                "official_members", _g("The law asks for at least %(least)s official members.") % {"least": least}
            )
        needed = votes_needed(members, held_on)
        if votes is not None and votes < needed:
            self.add_error(
                "votes_for",
                _g("Of %(members)s official members at least %(needed)s must vote for the resolution.")
                % {"members": members, "needed": needed},
            )


def within(form: forms.Form, part: str, whole: str, message: str) -> None:
    """Put a message at the part when it is larger than the whole. Says nothing while one is missing."""
    small, large = form.cleaned_data.get(part), form.cleaned_data.get(whole)
    if small is not None and large is not None and small > large:
        form.add_error(part, message)
