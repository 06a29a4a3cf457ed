"""Shape and wording of what is typed when a lender is asked and when it decides."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf, TickBox
from casework.facts import dong
from casework.fields import LongText, MoneyInput, PercentInput, TextLine, VietnameseDate, WholeNumber
from casework.linkage.credit.products import breaches, products_on
from casework.linkage.models import CreditApplication, CreditProduct
from casework.organisations.models import Organisation
from casework.plans.models import BusinessPlan
from casework.sharing.models import Proof
from casework.steps import StepForm
from casework.vietnamese import VnKey


class _LenderChoice(forms.ModelChoiceField):
    def label_from_instance(self, lender: Organisation) -> str:
        return lender.name


class RequestCreditForm(StepForm):
    """An application to one lender, with the consent that its slice of the case is shared."""

    request = OneOf(label=_("Does the cooperative ask for credit?"), choices=CreditApplication.Request.choices)
    lender = _LenderChoice(
        label=_("Lender"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="–",
        error_messages={
            "required": _("Choose the lender."),
            "invalid_choice": _("Choose one of the lenders that work in the province."),
        },
    )
    product = forms.ModelChoiceField(
        label=_("Credit product"),
        queryset=CreditProduct.objects.none(),
        required=False,
        empty_label=_("Not chosen yet"),
        help_text=_("Its limits are checked with what you enter below."),
    )
    borrower = OneOf(
        label=_("Who borrows?"),
        choices=CreditApplication.Borrower.choices,
        required=False,
        initial=CreditApplication.Borrower.COOPERATIVE,
    )
    entrusted_to = TextLine(
        label=_("Entrusted lending through"),
        required=False,
        help_text=_("The body that handles the loan for the lender, such as a savings and credit group."),
    )
    purpose = LongText(
        label=_("What is the money for?"),
        required=False,
        error_messages={"required": _("Write what the money is for.")},
    )
    amount = MoneyInput(label=_("Amount asked for"), required=False, least=1_000)
    term_months = WholeNumber(label=_("Term"), required=False, least=1, most=360, suffix=_("months"))
    own_capital = MoneyInput(label=_("Own capital in the plan"), required=False)
    workers = WholeNumber(label=_("Workers who gain"), required=False, suffix=_("people"))
    consent_given = TickBox(
        label=_("The cooperative agrees that this application is shared with the lender."),
        help_text=_("Only this application is shared, with this lender only. The consent can be withdrawn."),
    )
    consent_on = VietnameseDate(label=_("Day of the consent"), required=False)
    consent_proof = OneOf(
        label=_("How is the consent proven?"), choices=Proof.choices, required=False, initial=Proof.PAPER
    )
    consent_until = VietnameseDate(
        label=_("Consent valid until"),
        required=False,
        past=False,
        help_text=_("Empty: until it is withdrawn. After that day the lender sees nothing more."),
    )
    reason = LongText(
        label=_("Why is no credit needed?"),
        required=False,
        error_messages={"required": _("Write why no credit is needed.")},
    )

    when = {
        **dict.fromkeys(
            (
                "lender",
                "product",
                "borrower",
                "entrusted_to",
                "purpose",
                "amount",
                "term_months",
                "own_capital",
                "workers",
                "consent_given",
                "consent_on",
                "consent_proof",
                "consent_until",
            ),
            ("request", ("requested",)),
        ),
        "reason": ("request", ("not_needed",)),
    }
    required_then = frozenset(when) - {
        *("product", "borrower", "entrusted_to", "consent_given", "consent_proof", "consent_until")
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lender"]
        field.queryset = lenders_for(self.case)
        self.fields["product"].queryset = products_on()  # type: ignore[attr-defined]
        self.fields["consent_given"].wide = True  # type: ignore[attr-defined]

    @classmethod
    def initial_for(cls, case: Any) -> dict[str, Any]:
        """The figures of the plan."""
        plan = BusinessPlan.latest_of(case)
        if plan is None:
            return {}
        return {"amount": plan.loan_wanted or None, "own_capital": plan.own_capital, "workers": plan.women_workers}

    @property
    def gives_data_away(self) -> bool:
        """The lender reads the application from then on."""
        return bool(self.cleaned_data.get("request") == CreditApplication.Request.REQUESTED)

    def clean(self) -> dict[str, Any]:
        """Nothing is shared without consent."""
        cleaned = super().clean()
        if cleaned.get("request") == CreditApplication.Request.REQUESTED and not cleaned.get("consent_given"):
            self.add_error("consent_given", _g("Without this consent you cannot go on. Ask for it, then tick the box."))
        for name, sentence in breaches(cleaned["product"], cleaned).items() if cleaned.get("product") else ():
            self.add_error(name, sentence)
        since, until = cleaned.get("consent_on"), cleaned.get("consent_until")
        if since and until and until < since:
            self.add_error("consent_until", _g("It would end before it begins."))
        cleaned["borrower"] = cleaned.get("borrower") or CreditApplication.Borrower.COOPERATIVE
        cleaned["consent_proof"] = cleaned.get("consent_proof") or Proof.PAPER
        return cleaned


class AnotherLenderForm(RequestCreditForm):
    """One more application beside those that wait: the same fields, without the question whether there is one."""

    when = {name: rule for name, rule in RequestCreditForm.when.items() if name != "reason"}
    required_then = RequestCreditForm.required_then - {"reason"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("request", "reason"):
            del self.fields[name]
        for field in self.fields.values():
            field.shown_when = ""  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """There is one, so all that an application needs is asked for."""
        self.cleaned_data["request"] = CreditApplication.Request.REQUESTED
        return super().clean()


def lenders_for(case: Any) -> Any:
    """The lenders at work in the province of a case, and those of the whole country."""
    province_id = case.area.parent_id or case.area_id
    near = Q(level=Organisation.Level.NATIONAL) | Q(area_id=province_id) | Q(area__parent_id=province_id)
    lenders = Organisation.objects.live().filter(near, kind=Organisation.Kind.LENDER)
    return lenders.order_by(VnKey("name"), "pk")


class DecideCreditForm(StepForm):
    """The answer of the lender."""

    decision = OneOf(label=_("Decision"), choices=CreditApplication.Decision.choices[:3])
    granted_amount = MoneyInput(label=_("Amount granted"), required=False, least=1_000)
    rate = PercentInput(label=_("Interest"), required=False, suffix=_("% a year"))
    granted_months = WholeNumber(label=_("Term granted"), required=False, least=1, most=360, suffix=_("months"))
    conditions = LongText(
        label=_("Conditions"),
        required=False,
        help_text=_("Security, papers, own capital: what must hold before the money comes."),
    )
    refusal_code = OneOf(label=_("Kind of reason"), choices=CreditApplication.Refusal.choices, required=False)
    refusal_reason = LongText(
        label=_("Why is the credit refused?"),
        required=False,
        help_text=_("The cooperative reads this. Write what it could change."),
        error_messages={"required": _("Write why the credit is refused.")},
    )

    when = {
        **dict.fromkeys(("granted_amount", "rate", "granted_months", "conditions"), ("decision", ("full", "partial"))),
        **dict.fromkeys(("refusal_code", "refusal_reason"), ("decision", ("refused",))),
    }
    required_then = frozenset(when) - {"conditions", "refusal_code"}

    about: CreditApplication

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # What was asked for.
        self.initial.update(granted_amount=self.about.amount, granted_months=self.about.term_months)

    def clean(self) -> dict[str, Any]:
        """Never more than was asked for; in full means all of it."""
        cleaned = super().clean()
        asked, granted = self.about, cleaned.get("granted_amount")
        if asked.amount is None or granted is None:
            return cleaned
        params = {"amount": dong(asked.amount)}
        if granted > asked.amount:
            self.add_error("granted_amount", _g("This is more than was asked for: %(amount)s.") % params)
        elif granted < asked.amount and cleaned.get("decision") == CreditApplication.Decision.FULL:
            self.add_error(
                "granted_amount", _g("Granted in full means %(amount)s. For less choose “granted in part”.") % params
            )
        return cleaned
