"""Why somebody wants to see a phone number."""

from uuid import uuid4

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _

from casework.fields import TextLine

SHORTEST, LONGEST = 5, 300


class RevealForm(forms.Form):
    """A reason in a few words. It stays in the history of the case."""

    reason = TextLine(
        label=_("Why do you need the number?"),
        help_text=_("For example: to arrange the visit on Friday. Your name and this reason stay in the history."),
        min_length=SHORTEST,
        max_length=LONGEST,
        error_messages={
            "required": _("Write why you need the number."),
            "min_length": _("Write the reason in a few words."),
        },
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, data: object = None):
        super().__init__(data, initial={"request_id": uuid4()})  # type: ignore[arg-type]


def as_dialled(phone: str) -> str:
    """A stored number as people in Vietnam write it: `0901 234 567`; any other text as it is."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    vietnamese = number.country_code == 84
    kind = phonenumbers.PhoneNumberFormat.NATIONAL if vietnamese else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, kind)
