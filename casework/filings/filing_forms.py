"""What is typed when the dossier is handed in, and what the one-stop desk says of it later."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from casework.answer_fields import OneOf
from casework.fields import TextLine, VietnameseDate
from casework.filings.models import Filing, OuterStatus
from casework.organisations.models import AdministrativeUnit
from casework.plans.models import Charter, FoundingConference
from casework.rules.founding import law_since
from casework.rules.models import parameter
from casework.steps import StepForm
from casework.vietnamese import VnKey, fold


class _RegistrarChoice(forms.ModelChoiceField):
    def label_from_instance(self, unit: AdministrativeUnit) -> str:
        return registrar_name(unit)


def registrar_name(unit: AdministrativeUnit) -> str:
    """What the registrar of a commune is called."""
    return _g("People's Committee of %(place)s") % {"place": f"{unit.get_type_display()} {unit.name}"}


class FileDossierForm(StepForm):
    """Where, when and how the dossier was handed in."""

    filed_on = VietnameseDate(label=_("Day of filing"), earliest=law_since)
    authority = _RegistrarChoice(
        label=_("Registrar"),
        queryset=AdministrativeUnit.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choose the registrar."),
            "invalid_choice": _("Choose one of the registrars of the province."),
        },
    )
    channel = OneOf(label=_("How was it filed?"), choices=Filing.Channel.choices)
    receipt_code = TextLine(
        label=_("Code of the receipt"), max_length=60, help_text=_("It stands on the receipt of the registrar.")
    )
    promised_on = VietnameseDate(label=_("Answer promised for"), required=False, past=False, earliest=law_since)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        registrars = registrars_for(self.case)
        seat = seat_of(self.case)
        proposed = commune_in(seat, registrars)
        field: Any = self.fields["authority"]
        field.queryset = registrars
        field.help_text = _why(proposed, seat)
        if proposed:
            self.initial["authority"] = proposed.pk
        days = parameter("registrar_days", timezone.localdate())
        self.fields["promised_on"].help_text = _g(
            "It stands on the receipt. By law the answer is due within %(days)s working days."
        ) % {"days": days}

    @classmethod
    def initial_for(cls, case: Any) -> dict[str, Any]:
        """The commune of the case, until the seat says another."""
        return {"authority": case.area_id}

    def clean(self) -> dict[str, Any]:
        """After the conference, at a body that was the registrar on that day; the answer after the filing."""
        cleaned = super().clean()
        filed_on, promised_on = cleaned.get("filed_on"), cleaned.get("promised_on")
        conference = FoundingConference.latest_of(self.case)
        if filed_on and conference and filed_on < conference.held_on:
            self.add_error(
                "filed_on", _g("This is before the founding conference of %(day)s.") % day_of(conference.held_on)
            )
        if filed_on and promised_on and promised_on < filed_on:
            self.add_error("promised_on", _g("The answer cannot be promised for a day before the filing."))
        self._clean_registrar(cleaned.get("authority"), filed_on)
        return cleaned

    def _clean_registrar(self, authority: AdministrativeUnit | None, filed_on: date | None) -> None:
        """Communes register only since they are what they are; before, the districts did (Decree 125/2025/NĐ-CP)."""
        if authority and filed_on and filed_on < authority.valid_from:
            self.add_error(
                "filed_on",
                _g("Communes register cooperatives only since %(day)s; before, the district did. Check the day.")
                % day_of(authority.valid_from),
            )


def registrars_for(case: Any) -> Any:
    """The communes of the province, which register cooperatives since 1 July 2025."""
    today = timezone.localdate()
    live = Q(valid_until=None) | Q(valid_until__gte=today)
    province_id = case.area.parent_id or case.area_id
    units = AdministrativeUnit.objects.filter(live, level="commune", parent_id=province_id, valid_from__lte=today)
    return units.order_by(VnKey("name"), "pk")


def seat_of(case: Any) -> str:
    """The address of the head office by the newest charter; "" before the first. One query."""
    charter = Charter.latest_of(case)
    return charter.seat if charter else ""


def commune_in(seat: str, communes: Any) -> AdministrativeUnit | None:
    """The commune that an address names with its kind ("xã Bác Ái"): the longest such name, or None. One query."""
    words = f" {_plain(seat)} "
    with override("vi"):  # an address is Vietnamese, whatever the language of the page
        named = [one for one in communes if f" {_plain(str(one))} " in words]
    return max(named, key=lambda one: len(one.name), default=None)


def _plain(text: str) -> str:
    """Folded words with one space between them, without commas and dots."""
    return " ".join(re.findall(r"\w+", fold(text)))


def _why(proposed: AdministrativeUnit | None, seat: str) -> str:
    """Why this registrar is proposed, or which one to choose."""
    if proposed is None:
        return _g("The People's Committee of the commune or ward where the head office is (Decree 125/2025/NĐ-CP).")
    return format_html(
        _g(
            "Proposed because the head office of the charter, “{}”, is there (Decree 125/2025/NĐ-CP). Change it if not."
        ),
        seat,
    )


class StatusForm(forms.Form):
    """What the one-stop desk says about the newest filing."""

    status = forms.TypedChoiceField(
        label=_("Status at the one-stop desk"),
        choices=[("", "–"), *((str(value), label) for value, label in OuterStatus.Status.choices)],
        coerce=int,
        error_messages={
            "required": _("Choose the status that the desk shows."),
            "invalid_choice": _("Choose the status that the desk shows."),
        },
    )
    seen_on = VietnameseDate(label=_("Seen on"), earliest=law_since)
    note = TextLine(label=_("Note"), required=False, max_length=300)

    use_required_attribute = False


def day_of(day: date) -> dict[str, str]:
    """A day for a sentence."""
    return {"day": f"{day:%d/%m/%Y}"}
