"""Which entries of the register a list shows, for its page and for its file."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from casework.cases.stages import LegalForm
from casework.cooperatives.models import Cooperative
from casework.organisations.standing import Standing
from casework.vietnamese import VnKey, nfc_clean


class Find(forms.Form):
    """Search in the register."""

    q = forms.CharField(
        label=gettext_lazy("Name, code or product"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Legal form"), required=False, choices=[("", gettext_lazy("All")), *LegalForm.choices[:-1]]
    )

    use_required_attribute = False


def found_in(standing: Standing, query: QueryDict) -> Any:
    """The entries that a person may see and looks for, in the order of the Vietnamese alphabet."""
    form = Find(query)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = Cooperative.objects.visible_to(standing).current().select_related("commune", "province")
    if text := nfc_clean(chosen.get("q", "")):
        found = found.named(text)
    if legal_form := chosen.get("form"):
        found = found.filter(legal_form=legal_form)
    return found.order_by(VnKey("name"), "pk")
