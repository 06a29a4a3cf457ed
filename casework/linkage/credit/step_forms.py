"""What a lender types when a granted credit is paid out, or is not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.fields import LongText, MoneyInput, TextLine, VietnameseDate
from casework.linkage.credit.acts import left_to_pay
from casework.linkage.models import CreditApplication
from casework.steps import StepForm

PAID, NOT_DRAWN = "paid", "not_drawn"


class DisbursementForm(StepForm):
    """The first disbursement of what was granted, or why there is none."""

    drawn = OneOf(
        label=_("Was the money paid out?"),
        choices=[(PAID, _("Paid out, in full or the first part")), (NOT_DRAWN, _("Not drawn"))],
    )
    amount = MoneyInput(
        label=_("Amount paid out"),
        required=False,
        least=1_000,
        error_messages={"required": _("Enter the amount.")},
    )
    paid_on = VietnameseDate(label=_("Paid on"), required=False)
    note = TextLine(label=_("Note"), required=False, max_length=200)
    reason = LongText(
        label=_("Why is it not drawn?"),
        required=False,
        help_text=_("The advisor and the cooperative read this."),
        error_messages={"required": _("Write why the money is not drawn.")},
    )

    when = {
        **dict.fromkeys(("amount", "paid_on", "note"), ("drawn", (PAID,))),
        "reason": ("drawn", (NOT_DRAWN,)),
    }
    required_then = frozenset({"amount", "paid_on", "reason"})
    about: CreditApplication

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["amount"] = left_to_pay(self.about)
