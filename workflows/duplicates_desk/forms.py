"""Why two entries are merged or told apart."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.fields import TextLine

SHORTEST, LONGEST = 5, 300


class ReasonField(TextLine):
    """A reason in a few words."""

    def __init__(self, **options: Any):
        words = {
            "required": _("Write the reason."),
            "min_length": _("Write the reason in a few words."),
        }
        super().__init__(min_length=SHORTEST, max_length=LONGEST, error_messages=words, **options)


class DecideForm(forms.Form):
    """The reason for a decision about a pair. It stays in both histories."""

    reason = ReasonField(
        label=_("Reason"),
        help_text=_("For example: I called both, it is one group. It stays in the history of both."),
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, data: Any = None):
        super().__init__(data, initial={"request_id": uuid4()})
