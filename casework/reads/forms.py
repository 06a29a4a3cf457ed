"""Which readings somebody looks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.fields import VietnameseDate
from casework.reads.readers import Wanted


class FindReads(forms.Form):
    """A person and days. What makes no sense is left out, never an error page."""

    person = forms.ChoiceField(
        label=_("Who"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the answers offered here.")},
    )
    since = VietnameseDate(label=_("From"), required=False, past=False)
    until = VietnameseDate(label=_("Until"), required=False, past=False)

    use_required_attribute = False

    def __init__(self, people: list[tuple[int, str]], data: Any = None, **options: Any):
        super().__init__(data, **options)
        field: Any = self.fields["person"]
        field.choices = [("", _("All")), *((str(pk), name) for pk, name in people)]

    def wanted(self) -> Wanted:
        """What is looked for, as far as it can be read."""
        self.is_valid()
        person = self.cleaned_data.get("person")
        return Wanted(int(person) if person else None, self.cleaned_data.get("since"), self.cleaned_data.get("until"))
