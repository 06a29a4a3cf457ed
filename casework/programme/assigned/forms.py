"""What is typed about the programmes of a case."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.fields import TextLine
from casework.programme.indicators.models import Programme


class ProgrammesForm(forms.Form):
    """Under which programmes a case counts, and why."""

    programmes = forms.MultipleChoiceField(
        label=_("The case counts under"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave all empty if it counts under none."),
        error_messages={"invalid_choice": _("Choose among the programmes offered here.")},
    )
    reason = TextLine(
        label=_("Why?"),
        max_length=300,
        help_text=_("For example the decision or the list that names the cooperative."),
        error_messages={"required": _("Write the reason.")},
    )

    use_required_attribute = False

    def __init__(self, programmes: Iterable[Programme], data: Any = None, **options: Any):
        super().__init__(data, **options)
        choice: Any = self.fields["programmes"]
        choice.choices = [(one.code, one.name) for one in programmes]
