"""What is typed about market links outside the steps."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.fields import LongText, MoneyInput, VietnameseDate
from casework.linkage.market.kinds import How
from casework.linkage.market.links import outcome_missing
from casework.linkage.models import MarketLink
from casework.months import add_months
from casework.vietnamese import VnFold, fold

ENDING_MONTHS = 6


class VerifyForm(forms.Form):
    """How a named person made sure."""

    how = OneOf(label=_("How did you make sure?"), choices=How.choices)

    use_required_attribute = False


class OutcomeForm(forms.Form):
    """What came of a link."""

    state = OneOf(label=_("What came of it"), choices=MarketLink.State.choices)
    on = VietnameseDate(label=_("As of"))
    sales = MoneyInput(label=_("Sales through it"), required=False)
    note = LongText(label=_("In words"), required=False, max_length=1000)

    use_required_attribute = False


class Find(forms.Form):
    """Search among the links of all cases that a person may see."""

    q = forms.CharField(
        label=_("Cooperative, partner, product or number"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of link"), required=False, choices=[("", _("All")), *MarketLink.Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("verified", _("Verified")),
            ("unverified", _("Not verified")),
            ("ending", _("Ends within six months")),
            ("ended", _("Has ended")),
            ("no_outcome", _("What came of it is missing")),
        ],
    )

    use_required_attribute = False

    def found(self, rows: Any) -> Any:
        """The rows that are looked for; what cannot be read narrows nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        if text := chosen.get("q"):
            rows = _saying(rows, fold(text.replace("\x00", "")))
        if kind := chosen.get("kind"):
            rows = rows.filter(kind=kind)
        return _in_state(rows, chosen.get("state", ""))


def _saying(rows: Any, part: str) -> Any:
    paths = ("case__working_name", "partner", "product", "number")
    folded = {f"said{place}": VnFold(path) for place, path in enumerate(paths)}
    says = reduce(or_, (Q(**{f"{name}__contains": part}) for name in folded))
    return rows.alias(**folded).filter(says)


def _in_state(rows: Any, state: str) -> Any:
    today = timezone.localdate()
    if state in ("verified", "unverified"):
        return rows.filter(verified_at__isnull=state == "unverified")
    if state == "ending":
        return rows.filter(valid_until__range=(today, add_months(today, ENDING_MONTHS)))
    if state == "ended":
        return rows.filter(valid_until__lt=today)
    return rows.filter(outcome_missing(today)) if state == "no_outcome" else rows
