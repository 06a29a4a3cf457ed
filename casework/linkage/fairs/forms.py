"""What is typed about trade events."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.cooperatives.choice import CooperativeChoice
from casework.fields import MoneyInput, TextLine, VietnameseDate, WholeNumber
from casework.linkage.fairs.acts import KEEP
from casework.linkage.fairs.models import Fair
from casework.programme.indicators.models import Programme
from casework.programme.kept_forms import Choice, KeptForm, Years

_EARLIEST = date(2010, 1, 1)


class FairForm(KeptForm):
    """A trade event; it may lie ahead."""

    right = KEEP

    title = TextLine(label=_("Title"), max_length=200, error_messages={"required": _("Write how the event is called.")})
    kind = OneOf(label=_("Kind of event"), choices=Fair.Kind.choices)
    organiser = TextLine(
        label=_("Organiser"), max_length=160, error_messages={"required": _("Write who holds the event.")}
    )
    place = TextLine(label=_("Place"), max_length=200, error_messages={"required": _("Write where it takes place.")})
    first_day = VietnameseDate(label=_("First day"), past=False, earliest=_EARLIEST)
    last_day = VietnameseDate(label=_("Last day"), past=False, earliest=_EARLIEST)
    programme = Choice(Programme, label=_("Programme"), required=False)


class FairPartForm(KeptForm):
    """A cooperative at the event, and what came of it."""

    cooperative = CooperativeChoice(label=_("Cooperative"))
    products = TextLine(label=_("Products shown"), max_length=200, required=False)
    sales = MoneyInput(label=_("Sales"), required=False)
    agreements = WholeNumber(label=_("Agreements signed"), required=False, most=1000)
    result = TextLine(label=_("Result"), max_length=300, required=False)

    def clean_agreements(self) -> int:
        """Nothing written means none."""
        count: int | None = self.cleaned_data["agreements"]
        return count or 0


class Find(Years):
    """Search among trade events."""

    kind = forms.ChoiceField(label=_("Kind of event"), required=False, choices=[("", _("All")), *Fair.Kind.choices])

    def found(self, rows: Any) -> Any:
        """The rows that are looked for."""
        return self.narrowed(rows, words=("title", "organiser"), day="last_day", same=("kind",))
