"""What is typed about a report."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.fields import LongText, TextLine, VietnameseDate
from casework.organisations.models import Organisation
from casework.programme.indicators.models import Block, ReportingPeriod
from casework.programme.reports.models import Report


class _Choice(forms.ModelChoiceField):
    default_error_messages = {
        "required": gettext_lazy("Choose one."),
        "invalid_choice": gettext_lazy("Choose one of those offered here."),
    }


class StartForm(forms.Form):
    """Whose report, and on which period: those that have begun, newest first."""

    organisation = _Choice(queryset=Organisation.objects.none(), label=gettext_lazy("Organisation"))
    period = _Choice(queryset=ReportingPeriod.objects.none(), label=gettext_lazy("Period"))

    def __init__(self, organisations: QuerySet[Organisation], *args: Any, **options: Any):
        super().__init__(*args, **options)
        begun = ReportingPeriod.objects.filter(first_day__lte=timezone.localdate())
        for name, rows in (("organisation", organisations), ("period", begun.order_by("-last_day"))):
            field: Any = self.fields[name]
            field.queryset = rows
            field.empty_label = None


class TextsForm(forms.Form):
    """What no count can say. Fields have the keys under which the report keeps them."""

    def __init__(self, report: Report, typed: Any = None):
        super().__init__(typed, initial=report.texts)
        for block in Block:
            self.fields[f"block_{block.value}"] = LongText(
                label=f"{block.value}. {block.label}",
                help_text=_("What else is to be said beside the numbers."),
                required=False,
                max_length=8000,
            )
        for name, label in _LONG.items():
            self.fields[name] = LongText(label=label, required=False, max_length=8000, rows=5)
        for name, label in _SHORT.items():
            self.fields[name] = TextLine(label=label, required=False)
        self.fields["recipients"] = LongText(
            label=_("Recipients (Nơi nhận), one on a line"), required=False, max_length=2000
        )

    def clean(self) -> dict[str, Any]:
        """A report whose every text is empty was sent by mistake."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Nothing is written here. Write at least one of the texts."))
        return cleaned


_LONG = {
    "difficulties": gettext_lazy("Difficulties"),
    "proposals": gettext_lazy("Proposals"),
    "outlook": gettext_lazy("Outlook and tasks ahead"),
}
_SHORT = {
    "addressee": gettext_lazy("Addressed to (Kính gửi)"),
    "signed_for": gettext_lazy("Signed on behalf of, for example TM. BAN THƯỜNG VỤ"),
    "signer_title": gettext_lazy("Title of the signer, for example CHỦ TỊCH"),
    "signer_name": gettext_lazy("Name of the signer"),
}


class ReviewForm(forms.Form):
    """Nothing but the button."""


class ReturnForm(forms.Form):
    """Why the writers get it back."""

    reason = LongText(label=gettext_lazy("What is to be changed"), max_length=1000)


class FreezeForm(forms.Form):
    """Number and day of the signed report."""

    number = TextLine(
        label=gettext_lazy("Number of the report"),
        help_text=gettext_lazy("As in the register: 125/BC-BTV"),
        max_length=60,
    )
    signed_on = VietnameseDate(label=gettext_lazy("Day of the report"))
