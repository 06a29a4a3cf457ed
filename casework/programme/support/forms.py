"""What is typed in the ledger of support."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.cases.models import Case
from casework.cooperatives.choice import CooperativeChoice
from casework.fields import LongText, MoneyInput, QuantityInput, TextLine, VietnameseDate
from casework.programme.indicators.models import Programme
from casework.programme.kept_forms import Choice, KeptForm, Years
from casework.programme.support.acts import KEEP
from casework.programme.support.models import Support

_EARLIEST = date(2003, 1, 1)


class SupportForm(KeptForm):
    """One thing that a cooperative was given."""

    right = KEEP

    cooperative = CooperativeChoice(label=_("Cooperative"))
    need = OneOf(label=_("What for"), choices=Support.Need.choices)
    what = TextLine(label=_("What was given"), max_length=200, error_messages={"required": _("Write what was given.")})
    amount = MoneyInput(label=_("Value"), required=False, help_text=_("In money, or what it is worth."))
    quantity = QuantityInput(label=_("Quantity in kind"), required=False)
    unit = TextLine(label=_("Unit of measure"), max_length=40, required=False, help_text=_("kg, machine, day …"))
    fund = OneOf(label=_("Source of funds"), choices=Support.Fund.choices)
    giver = TextLine(label=_("Giver"), error_messages={"required": _("Write who gave it.")})
    given_on = VietnameseDate(label=_("Given on"), earliest=_EARLIEST)
    paper = TextLine(label=_("Number of the paper"), max_length=120, required=False)
    programme = Choice(Programme, label=_("Programme"), required=False)
    case_code = TextLine(
        label=_("Through the case"),
        max_length=30,
        required=False,
        help_text=_("Code of a case about this cooperative."),
    )
    despite = LongText(
        label=_("Why in spite of earlier support"),
        required=False,
        max_length=1000,
        help_text=_("Asked for only where the same need was met shortly before."),
    )

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        if self.row and self.row.through_id:
            if Case.objects.visible_to(self.standing).filter(pk=self.row.through_id).exists():
                self.initial["case_code"] = self.row.through.code
            else:
                # A case that she may not see stays as it is, and unnamed.
                del self.fields["case_code"]

    def clean(self) -> dict[str, Any]:
        """Money or something in kind; a quantity has a unit; the case is hers to see and about the cooperative."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("amount") and not cleaned.get("quantity") and not {"amount", "quantity"} & set(self.errors):
            self.add_error("amount", _g("Write what it is worth, or how much was given in kind."))
        if cleaned.get("quantity") and not cleaned.get("unit"):
            self.add_error("unit", _g("Write the unit of the quantity."))
        cleaned["through"] = self._case(cleaned) if "case_code" in self.fields else self.row.through
        return cleaned

    def _case(self, cleaned: dict[str, Any]) -> Case | None:
        code = cleaned.get("case_code")
        if not code:
            return None
        case = Case.objects.visible_to(self.standing).filter(code=code).first()
        if case is None:
            self.add_error("case_code", _g("There is no such case that you may see."))
        elif case.cooperative_id != getattr(cleaned.get("cooperative"), "pk", None):
            self.add_error("case_code", _g("That case is about another cooperative."))
        return case

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as it is stored."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("organisation", "case_code")}


class Find(Years):
    """Search in the ledger."""

    need = forms.ChoiceField(label=_("What for"), required=False, choices=[("", _("All")), *Support.Need.choices])
    fund = forms.ChoiceField(
        label=_("Source of funds"), required=False, choices=[("", _("All")), *Support.Fund.choices]
    )
    cooperative = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def found(self, rows: Any) -> Any:
        """The rows that are looked for."""
        words = ("cooperative__name", "what", "giver")
        return self.narrowed(rows, words=words, day="given_on", same=("need", "fund", "cooperative"))
