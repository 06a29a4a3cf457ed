"""What is typed about an entry of the register."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import LegalForm
from casework.cooperatives.models import Alias, Cooperative, Fact, StatePeriod, Succession
from casework.fields import LARGEST_SUM, LongText, RegistrationCode, TextLine
from casework.organisations.models import AdministrativeUnit
from casework.reading import parse_money, parse_whole
from casework.vietnamese import VnKey, nfc_clean

_PARTIAL = re.compile(r"(?:(?:([0-9]{1,2})[/.\-])?([0-9]{1,2})[/.\-])?([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_EARLIEST_YEAR = 1945


class PartialDay(forms.CharField):
    """A year, a month or a day, as precise as the source: `2017`, `3/2022`, `05/03/2022`. Cleans to 2022-03-05."""

    default_error_messages = {
        "required": _("Write a year, a month or a day, for example 2024, 6/2024 or 30/06/2024."),
        "invalid": _("This day cannot be read. Write 2024, 6/2024 or 30/06/2024."),
        "no_such_day": _("There is no such day. Check day and month."),
        "future": _("This day is still to come."),
        "too_early": _("This year is too long ago. Check it."),
    }

    def __init__(self, **options: Any):
        super().__init__(max_length=20, **options)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        """The day in ISO form, cut to what is known; "" when nothing was typed."""
        text = nfc_clean(str(value or ""))
        if not text:
            return ""
        day, month, year = self._parts(text)
        try:
            known = date(int(year), int(month or 1), int(day or 1))
        except ValueError as error:
            raise self._fault("no_such_day") from error
        if known > timezone.localdate():
            raise self._fault("future")
        if known.year < _EARLIEST_YEAR:
            raise self._fault("too_early")
        return known.isoformat()[: 10 if day else 7 if month else 4]

    def _parts(self, text: str) -> tuple[str | None, str | None, str]:
        if iso := _ISO.fullmatch(text):
            return iso[3], iso[2], iso[1]
        if typed := _PARTIAL.fullmatch(text):
            return typed[1], typed[2], typed[3]
        raise self._fault("invalid")

    def _fault(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code)


class _NoteForm(forms.Form):
    """A note about an entry, with its source."""

    use_required_attribute = False
    title: Any = ""

    def __init__(self, cooperative: Cooperative, data: Any = None):
        self.cooperative = cooperative
        super().__init__(data)


def _source() -> TextLine:
    return TextLine(
        label=_("Source"), max_length=200, help_text=_("Where this stands: a certificate, a report, who said it.")
    )


class FigureForm(_NoteForm):
    """One figure of one day."""

    title = _("Write down a figure")

    indicator = forms.ChoiceField(label=_("What is counted"), choices=Fact.Indicator.choices)
    value = TextLine(
        label=_("Figure"), max_length=40, help_text=_("A count such as 25, or an amount such as 350 triệu.")
    )
    as_of = PartialDay(label=_("As of"), help_text=_("As precise as you know: 2024, 6/2024 or 30/06/2024."))
    source = _source()

    def clean(self) -> dict[str, Any]:
        """The figure is a sum for money, else a count."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("value") and cleaned.get("indicator"):
            self._read(cleaned)
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> None:
        money = cleaned["indicator"] in Fact.MONEY
        try:
            cleaned["value"] = value = (parse_money if money else parse_whole)(cleaned["value"])
        except ValueError:
            self.add_error(
                "value",
                _("Write an amount, for example 350 triệu or 350.000.000.")
                if money
                else _("Write a whole number, for example 12 or 1.200."),
            )
            return
        if not 0 <= value <= (LARGEST_SUM if money else 1_000_000):
            self.add_error("value", _("This figure cannot be meant. Check it."))


class FormForm(_NoteForm):
    """The legal form from a day on."""

    title = _("Write down a legal form")

    legal_form = forms.ChoiceField(label=_("Legal form"), choices=[c for c in LegalForm.choices if c[0]])
    registration_code = RegistrationCode(label=_("Registration code"), required=False)
    since = PartialDay(label=_("Since"))
    source = _source()

    def __init__(self, cooperative: Cooperative, data: Any = None):
        super().__init__(cooperative, data)
        typed = (data or {}).get("legal_form")
        field: Any = self.fields["registration_code"]
        field.legal_person = typed in (LegalForm.HTX, LegalForm.LHHTX)

    def clean_registration_code(self) -> str:
        """A code that no other entry has."""
        code: str = self.cleaned_data["registration_code"] or ""
        other = Cooperative.objects.filter(registration_code=code).exclude(pk=self.cooperative.pk).first()
        if code and other:
            raise forms.ValidationError(_("Another cooperative is already registered with this code."))
        return code


class NameForm(_NoteForm):
    """Another name."""

    title = _("Write down a name")

    name = TextLine(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of name"), choices=[("new", _("New name from now on")), *Alias.Kind.choices])
    since = PartialDay(label=_("Since"), required=False)
    source = _source()


class SeatForm(_NoteForm):
    """The address from a day on."""

    title = _("Write down an address")

    commune = forms.ModelChoiceField(
        label=_("Commune"),
        queryset=AdministrativeUnit.objects.none(),
        required=False,
        empty_label=_("– Choose –"),
        error_messages={"invalid_choice": _("Choose a commune from the list.")},
    )
    address = TextLine(label=_("Address as written"), max_length=250)
    since = PartialDay(label=_("Since"))
    source = _source()

    def __init__(self, cooperative: Cooperative, data: Any = None):
        super().__init__(cooperative, data)
        field: Any = self.fields["commune"]
        communes = AdministrativeUnit.objects.filter(level="commune", valid_until=None).select_related("parent")
        if cooperative.province_id:
            communes = communes.filter(parent_id=cooperative.province_id)
        field.queryset = communes.order_by(VnKey("name"), "pk")


class StateForm(_NoteForm):
    """Working, suspended, dissolved."""

    title = _("Write down suspension, resumption or dissolution")

    state = forms.ChoiceField(label=_("State"), choices=StatePeriod.State.choices)
    since = PartialDay(label=_("Since"))
    reason = TextLine(label=_("Reason"), max_length=300, required=False)
    source = _source()


class SuccessionForm(_NoteForm):
    """From which other cooperative this one came."""

    title = _("Write down a predecessor")

    earlier = forms.ModelChoiceField(
        label=_("Predecessor"),
        queryset=Cooperative.objects.none(),
        empty_label=_("– Choose –"),
        error_messages={
            "required": _("Choose the predecessor."),
            "invalid_choice": _("Choose a cooperative from the list."),
        },
    )
    kind = forms.ChoiceField(label=_("How this one came out of it"), choices=Succession.Kind.choices)
    on = PartialDay(label=_("On"), required=False)
    source = _source()

    def __init__(self, cooperative: Cooperative, data: Any = None):
        super().__init__(cooperative, data)
        field: Any = self.fields["earlier"]
        same_place = Cooperative.objects.current().filter(province_id=cooperative.province_id)
        field.queryset = same_place.exclude(pk=cooperative.pk).order_by(VnKey("name"), "pk")


class WithdrawForm(forms.Form):
    """Why a note was a mistake."""

    use_required_attribute = False
    reason = LongText(
        label=_("Why is this wrong?"),
        max_length=300,
        rows=2,
        error_messages={"required": _("Write why this is wrong; the note stays readable with it.")},
    )
