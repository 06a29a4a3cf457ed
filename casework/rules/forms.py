"""What is typed about the law: the day whose law is asked for, why a rule may be passed, a new number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.fields import LongText, MoneyInput, TextLine, VietnameseDate
from casework.rules.acts import SHORTEST_REASON
from casework.rules.models import LegalParameter
from casework.rules.words import number_label


class DayForm(forms.Form):
    """The law of which day. Nothing typed means the day that binds the case."""

    on = VietnameseDate(label=_("The law of this day"), past=False, required=False)

    use_required_attribute = False


class OverrideForm(forms.Form):
    """Why a case may pass a rule whose reading is open."""

    reason = LongText(
        label=_("Why may the case pass this rule?"),
        help_text=_("Your name and this reason stay in the history of the case and in every later check."),
        min_length=SHORTEST_REASON,
        max_length=500,
        error_messages={
            "required": _("Write the reason; without one nobody may pass a rule."),
            "min_length": _("Write the reason in a full sentence; it stays in the history."),
        },
    )

    use_required_attribute = False


class WholeAmount(MoneyInput):
    """A number of the law: people, percent, days or đồng."""

    default_error_messages = {
        "required": _("Write the new value."),
        "invalid": _("Write a whole number, for example 5 or 1.000.000.000."),
        "negative": _("The value cannot be below zero."),
        "too_large": _("This number cannot be meant."),
    }

    def __init__(self, **options: Any):
        super().__init__(suffix="", **options)

    def validate(self, value: int | None) -> None:
        """Any number that is not negative; unlike an amount of money it may be small."""
        forms.Field.validate(self, value)
        if value is not None and value > 10**15:
            raise self.fault("too_large")


class DraftForm(forms.Form):
    """A new value of a number of the law, from a day, with its source."""

    name = forms.ChoiceField(
        label=_("Number of the law"),
        error_messages={
            "required": _("Choose the number."),
            "invalid_choice": _("Choose one of the numbers listed here."),
        },
    )
    value = WholeAmount(label=_("New value"))
    valid_from = VietnameseDate(label=_("In force from"), past=False)
    source = TextLine(
        label=_("Source"),
        max_length=200,
        help_text=_("Document and article that set the new value, for example: Luật Hợp tác xã 17/2023/QH15, Điều 74."),
        error_messages={"required": _("Name the document and article that set the new value.")},
    )

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = LegalParameter.objects.order_by("name").values_list("name", flat=True).distinct()
        field: Any = self.fields["name"]
        field.choices = [("", "–"), *sorted(((name, number_label(name)) for name in names), key=lambda pair: pair[1])]
