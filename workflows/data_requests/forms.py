"""What is typed about a request, its answer, and whose data are looked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf, TickBox, standing_alone
from casework.data_requests.models import Right, Via
from casework.fields import LongText, NameField, PhoneInput, TextLine, VietnameseDate


class RequestForm(forms.Form):
    """A new request."""

    organisation: Any = forms.ModelChoiceField(queryset=None, label=_("Registered at"), empty_label=None)
    asked_by = NameField(label=_("Who asks"))
    contact = TextLine(label=_("How to reach her"), required=False, max_length=200)
    right = OneOf(label=_("Which right"), choices=standing_alone(Right))
    via = OneOf(label=_("How it came in"), choices=standing_alone(Via))
    received_on = VietnameseDate(label=_("Received on"), help_text=_("The terms of the law count from this day."))
    details = LongText(label=_("What she asks for"), max_length=1000)
    paper = TextLine(label=_("Paper"), required=False, max_length=200, help_text=_("Its number, and where it is kept."))

    use_required_attribute = False

    def __init__(self, offices: Any, data: Any = None, **options: Any):
        super().__init__(data, **options)
        field: Any = self.fields["organisation"]
        field.queryset = offices
        field.initial = offices.first()

    def values(self) -> dict[str, Any]:
        """What the act takes, without the organisation."""
        return {name: value or "" for name, value in self.cleaned_data.items() if name != "organisation"}


class AnswerDataForm(forms.Form):
    """The answer, or the refusal."""

    answered_on = VietnameseDate(label=_("Answered on"))
    answer = LongText(label=_("What was answered or done"), required=False, max_length=2000)
    refused = TickBox(label=_("The request is refused"))
    refusal_reason = LongText(
        label=_("Why it is refused"),
        required=False,
        max_length=1000,
        help_text=_("With the article of the law. Only for a refusal."),
    )
    answer_paper = TextLine(label=_("Paper of the answer"), required=False, max_length=200)

    use_required_attribute = False


class LookUpForm(forms.Form):
    """Whose data are looked for. The name finds lists; the number or the phone says who she is."""

    full_name = NameField(label=_("Full name"))
    id_number = TextLine(
        label=_("Personal identification number"), required=False, max_length=20, help_text=_("Twelve digits.")
    )
    phone = PhoneInput(label=_("Phone"), required=False)
    reason = TextLine(
        label=_("Reason"), max_length=300, error_messages={"required": _("Write the reason; it is kept.")}
    )

    use_required_attribute = False

    def clean_id_number(self) -> str:
        """Digits only, as it is stored."""
        typed = "".join((self.cleaned_data.get("id_number") or "").split())
        if typed and not (typed.isascii() and typed.isdigit()):
            raise forms.ValidationError(_("Write the number with digits only."), "digits")
        return typed
