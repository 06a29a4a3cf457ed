"""The one field of the public page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.fields import TextLine


class CodeForm(forms.Form):
    """The code on the slip. Which codes exist is not the form's to say."""

    use_required_attribute = False

    code = TextLine(
        label=_("Your look-up code"),
        max_length=40,
        help_text=_("12 letters and numbers from the slip, for example ABCD-EFGH-2345. Small letters will do."),
        error_messages={"required": _("Write the code that stands on your slip.")},
    )

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["code"].widget.attrs.update({"autocapitalize": "characters", "spellcheck": "false"})
