"""What is typed about targets and periods."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.fields import TextLine, VietnameseDate, WholeNumber
from casework.programme.indicators.models import Indicator, ReportingPeriod
from casework.reading import parse_money, parse_whole

LARGEST = Decimal(10) ** 15


class NumberInput(forms.Field):
    """A number as people write it: 1, 12.500, 66,7; for money also 350 triệu."""

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Write the target as a number."),
        "invalid": _("Write a number, for example 12 or 66,7."),
        "large": _("This number is too large."),
        "negative": _("A target is not negative."),
    }

    def __init__(self, *, unit: str, **options: Any):
        super().__init__(**options)
        self.unit = unit

    def to_python(self, value: Any) -> Decimal | None:
        """The number; None when nothing was typed."""
        text = str(value or "").replace("\x00", "").strip().rstrip("%").strip()
        if not text:
            return None
        if text.startswith(("-", "−")):
            raise forms.ValidationError(self.error_messages["negative"], "negative")
        number = self._read(text)
        if number is None:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        if number >= LARGEST:
            raise forms.ValidationError(self.error_messages["large"], "large")
        return number

    def _read(self, text: str) -> Decimal | None:
        left, comma, right = text.partition(",")
        if comma and f"{left}{right}".isascii() and left.isdigit() and right.isdigit() and len(right) < 3:
            return Decimal(f"{left}.{right}")
        try:
            return Decimal(parse_money(text) if self.unit == Indicator.Unit.DONG else parse_whole(text))
        except ValueError:
            return None


class TargetForm(forms.Form):
    """One target of one organisation for one period."""

    source = TextLine(
        label=_("Source"),
        max_length=250,
        help_text=_("The plan or decision that sets it, with its number and day."),
        error_messages={"required": _("Write which plan or decision sets this target.")},
    )

    use_required_attribute = False
    field_order = ["value", "source"]

    def __init__(self, indicator: Indicator, data: Any = None, **options: Any):
        super().__init__(data, **options)
        self.indicator = indicator
        self.fields["value"] = NumberInput(label=_("Target"), unit=indicator.unit)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """A share is at most a hundred percent."""
        cleaned = super().clean() or self.cleaned_data
        if self.indicator.unit == Indicator.Unit.PERCENT and (cleaned.get("value") or 0) > 100:
            self.add_error("value", _g("A share is at most 100 %."))
        return cleaned


class WithdrawForm(forms.Form):
    """Why a target is taken back."""

    reason = TextLine(label=_("Reason"), max_length=300, error_messages={"required": _("Write the reason.")})

    use_required_attribute = False


class PeriodForm(forms.Form):
    """The days of a reporting period."""

    kind = OneOf(label=_("Kind"), choices=ReportingPeriod.Kind.choices, initial=ReportingPeriod.Kind.YEAR)
    year = WholeNumber(label=_("Year"), least=2020, most=2100, years=True)
    first_day = VietnameseDate(label=_("First day"), past=False, earliest=date(2019, 1, 1))
    last_day = VietnameseDate(label=_("Cut-off"), past=False, earliest=date(2019, 1, 1))
    due_on = VietnameseDate(label=_("Report due before"), past=False, earliest=date(2019, 1, 1))
    source = TextLine(
        label=_("Source"), max_length=250, error_messages={"required": _("Write where these days come from.")}
    )

    use_required_attribute = False
