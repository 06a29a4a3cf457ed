"""What is typed in the lender's room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.fields import LongText, MoneyInput, TextLine, VietnameseDate
from casework.linkage.models import CreditApplication, Repayment

ANY = ("", _("All"))
WAITING, TO_PAY = "waiting", "to_pay"
OPEN = {WAITING: _("Waiting for a decision"), TO_PAY: _("Waiting to be paid out")}


class Find(forms.Form):
    """Which applications; what makes no sense is left out."""

    state = forms.ChoiceField(
        label=_("Answer"),
        required=False,
        choices=[ANY, *OPEN.items(), *CreditApplication.Decision.choices],
    )
    use_required_attribute = False

    @property
    def chosen(self) -> str:
        """The state that was asked for, or ""."""
        return self.cleaned_data.get("state", "") if self.is_valid() else ""


class RoomForm(forms.Form):
    """A form of the room."""

    use_required_attribute = False


class AskForm(RoomForm):
    """A question to whoever leads the case."""

    text = LongText(
        label=_("What do you need to know?"),
        help_text=_("Your time limit stands still until the answer is here."),
        error_messages={"required": _("Write what you need to know.")},
    )
    expected_on = VietnameseDate(label=_("Answer expected on"), required=False, past=False)


class DeclineForm(RoomForm):
    """Why a lender does not take an application."""

    reason = LongText(
        label=_("Why does your organisation not take this application?"),
        help_text=_("The advisor reads this. Your organisation then sees nothing of it any more."),
        error_messages={"required": _("Write why your organisation does not take it.")},
    )


class PaidForm(RoomForm):
    """One disbursement."""

    amount = MoneyInput(label=_("Amount paid out"), least=1_000)
    paid_on = VietnameseDate(label=_("Paid on"))
    note = TextLine(label=_("Note"), required=False, max_length=200)


class RepaymentForm(RoomForm):
    """How a credit is paid back."""

    state = OneOf(label=_("How is it paid back?"), choices=Repayment.State.choices)
    state_on = VietnameseDate(label=_("As of"))
    outstanding = MoneyInput(label=_("Still owed"), required=False)
    note = TextLine(label=_("Note"), required=False, max_length=200)


class AnswerForm(RoomForm):
    """The answer to a lender."""

    text = LongText(label=_("Your answer"), error_messages={"required": _("Write the answer.")})
