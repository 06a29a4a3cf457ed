"""Shape and wording of what is typed while a cooperative is strengthened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.cases.models import Case
from casework.fields import LongText, MoneyInput, TextLine, VietnameseDate, WholeNumber
from casework.steps import RowGroup, StepForm
from casework.strengthening.models import OperationsReview, RegistrationChange, StrengtheningPlan, StrengtheningReview

_NOT_MORE = _("This cannot be more than the whole.")


class ReviewOperationsForm(StepForm):
    """How the cooperative does, and what follows."""

    reviewed_on = VietnameseDate(label=_("Reviewed on"))
    condition = OneOf(label=_("Condition"), choices=OperationsReview.Condition.choices)
    members = WholeNumber(label=_("Official members"))
    women = WholeNumber(label=_("of them women"))
    minority = WholeNumber(label=_("of them of ethnic minorities"), required=False)
    workers = WholeNumber(label=_("Workers"))
    women_workers = WholeNumber(label=_("Women workers"))
    revenue = MoneyInput(label=_("Revenue of the last year"), required=False)
    income = MoneyInput(label=_("Average monthly income of a worker"), required=False)
    loan = MoneyInput(label=_("Loans outstanding"), required=False)
    strengths = LongText(label=_("What is good"), required=False)
    difficulties = LongText(label=_("Difficulties"))
    outcome = OneOf(label=_("What follows"), choices=OperationsReview.Outcome.choices)
    reason = LongText(label=_("Reason"), required=False, error_messages={"required": _("Write the reason.")})

    when = {"reason": ("outcome", ("no_need", "stop"))}
    required_then = frozenset(when)

    def clean(self) -> dict[str, Any]:
        """No part is larger than its whole."""
        cleaned = super().clean()
        for part, whole in (("women", "members"), ("minority", "members"), ("women_workers", "workers")):
            if (cleaned.get(part) or 0) > (cleaned.get(whole) or 0) and whole in cleaned:
                self.add_error(part, _NOT_MORE)
        return cleaned


class PlanActionForm(forms.Form):
    """One thing that the plan promises."""

    what = TextLine(label=_("What"), max_length=200)
    who = TextLine(label=_("Who"), max_length=160)
    until = VietnameseDate(label=_("Until"), required=False, past=False)
    cost = MoneyInput(label=_("Cost"), required=False)


class AgreePlanForm(StepForm):
    """The plan, its actions, and what it changes in the registration."""

    agreed_on = VietnameseDate(label=_("Agreed on"))
    goals = LongText(label=_("Goals"))
    organisation = LongText(label=_("Organisation and members"), required=False)
    production = LongText(label=_("Production and business"), required=False)
    market = LongText(label=_("Market"), required=False)
    capital = LongText(label=_("Capital"), required=False)
    changes = forms.MultipleChoiceField(
        label=_("What changes in the registration?"),
        choices=StrengtheningPlan.Change.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave all empty if the registration stays as it is."),
    )
    row_groups = {"actions": RowGroup(PlanActionForm, _("Action"), _("Actions"))}

    @classmethod
    def initial_for(cls, case: Case) -> dict[str, Any]:
        """The plan as it was agreed last."""
        return StrengtheningPlan.answers_of(case)

    @classmethod
    def initial_rows(cls, case: Case) -> dict[str, list[dict[str, Any]]]:
        """The actions of the plan as it was agreed last."""
        plan = StrengtheningPlan.latest_of(case)
        actions = plan.actions.order_by("pk").values("what", "who", "until", "cost") if plan else ()
        return {"actions": [dict(action) for action in actions]}


class ReviewStrengtheningForm(StepForm):
    """Approve a plan, or return it with remarks."""

    decision = OneOf(label=_("Your decision"), choices=StrengtheningReview.Decision.choices)
    remarks = LongText(
        label=_("What is to be corrected?"),
        required=False,
        error_messages={"required": _("Write what is to be corrected.")},
    )

    when = {"remarks": ("decision", ("return",))}
    required_then = frozenset(when)


class ChangeRegistrationForm(StepForm):
    """The filing of a change and the registrar's answer."""

    decided_on = VietnameseDate(label=_("Decided by the members on"))
    filed_on = VietnameseDate(label=_("Filed on"))
    receipt = TextLine(label=_("Receipt code"), max_length=60)
    answered_on = VietnameseDate(label=_("Answered on"))
    result = OneOf(label=_("Result"), choices=RegistrationChange.Result.choices)
    reason = LongText(
        label=_("Reason of the refusal"),
        required=False,
        error_messages={"required": _("Write why it was refused.")},
    )

    when = {"reason": ("result", ("refused",))}
    required_then = frozenset(when)

    def clean(self) -> dict[str, Any]:
        """Decided, then filed, then answered."""
        cleaned = super().clean()
        for earlier, later in (("decided_on", "filed_on"), ("filed_on", "answered_on")):
            if cleaned.get(earlier) and cleaned.get(later) and cleaned[later] < cleaned[earlier]:
                self.add_error(later, _("This day is before the day above."))
        return cleaned
