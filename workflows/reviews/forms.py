"""Until when a review waits, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.fields import LongText, VietnameseDate


class PostponeForm(forms.Form):
    """A day that is still to come, and a reason."""

    until = VietnameseDate(label=_("Postpone until"), past=False)
    reason = LongText(
        label=_("Why?"),
        rows=2,
        max_length=300,
        error_messages={"required": _("Write why the review waits.")},
    )

    use_required_attribute = False
