"""Shape and wording of what is typed about the registration."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import LegalForm
from casework.fields import LongText, OneOf, RegistrationCode, TextLine, VietnameseDate
from casework.filings.models import DossierDocument, Filing, FilingResult
from casework.filings.register import CodeTaken, entry_for
from casework.organisations.models import AdministrativeUnit
from casework.plans.models import FoundingConference
from casework.plans.rules import LAW_SINCE
from casework.steps import StepForm
from casework.vietnamese import VnKey


class PrepareDossierForm(StepForm):
    """The checklist of the dossier, as the law has it today."""

    documents = forms.MultipleChoiceField(
        label=_("Documents in the dossier"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick each document once you hold it, complete and signed."),
        error_messages={
            "required": _("Tick the documents that are in the dossier."),
            "invalid_choice": _("Tick only documents that are listed here."),
            "invalid_list": _("Tick only documents that are listed here."),
        },
    )
    note = LongText(label=_("Note for whoever files"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.wanted = documents_for(self.case)
        field: Any = self.fields["documents"]
        field.wide = True
        field.choices = [
            (d.code, d.title if d.required else _g("%s (only if it applies)") % d.title) for d in self.wanted
        ]

    def clean_documents(self) -> list[str]:
        """Everything that the law always asks for."""
        ticked: list[str] = self.cleaned_data["documents"]
        missing = [document.title for document in self.wanted if document.required and document.code not in ticked]
        if missing:
            raise ValidationError(_("Still missing: %(documents)s."), params={"documents": "; ".join(missing)})
        return ticked


def documents_for(case: Any) -> list[DossierDocument]:
    """The checklist for the legal form that a case aims at, today. One query."""
    legal_form = case.legal_form if case.legal_form in (LegalForm.THT, LegalForm.LHHTX) else LegalForm.HTX
    return list(DossierDocument.objects.wanted(legal_form, timezone.localdate()))


class _RegistrarChoice(forms.ModelChoiceField):
    def label_from_instance(self, unit: AdministrativeUnit) -> str:
        return _g("People's Committee of %(place)s") % {"place": f"{unit.get_type_display()} {unit.name}"}


class FileDossierForm(StepForm):
    """Where, when and how the dossier was handed in."""

    filed_on = VietnameseDate(label=_("Day of filing"), earliest=LAW_SINCE)
    authority = _RegistrarChoice(
        label=_("Registrar"),
        queryset=AdministrativeUnit.objects.none(),
        empty_label=None,
        help_text=_("The People's Committee of the commune or ward where the seat is."),
        error_messages={
            "required": _("Choose the registrar."),
            "invalid_choice": _("Choose one of the registrars of the province."),
        },
    )
    channel = OneOf(label=_("How was it filed?"), choices=Filing.Channel.choices)
    receipt_code = TextLine(
        label=_("Code of the receipt"), max_length=60, help_text=_("It stands on the receipt of the registrar.")
    )
    promised_on = VietnameseDate(label=_("Answer promised for"), required=False, past=False, earliest=LAW_SINCE)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["authority"]
        field.queryset = registrars_for(self.case)

    @classmethod
    def initial_for(cls, case: Any) -> dict[str, Any]:
        """The commune of the case."""
        return {"authority": case.area_id}

    def clean(self) -> dict[str, Any]:
        """After the conference; the answer after the filing."""
        cleaned = super().clean()
        filed_on, promised_on = cleaned.get("filed_on"), cleaned.get("promised_on")
        conference = FoundingConference.latest_of(self.case)
        if filed_on and conference and filed_on < conference.held_on:
            self.add_error(
                "filed_on", _g("This is before the founding conference of %(day)s.") % _day(conference.held_on)
            )
        if filed_on and promised_on and promised_on < filed_on:
            self.add_error("promised_on", _g("The answer cannot be promised for a day before the filing."))
        return cleaned


def registrars_for(case: Any) -> Any:
    """The communes of the province, which register cooperatives since 1 July 2025."""
    today = timezone.localdate()
    live = Q(valid_until=None) | Q(valid_until__gte=today)
    province_id = case.area.parent_id or case.area_id
    units = AdministrativeUnit.objects.filter(live, level="commune", parent_id=province_id, valid_from__lte=today)
    return units.order_by(VnKey("name"), "pk")


class RecordRegistrationResultForm(StepForm):
    """The answer of the registrar."""

    outcome = OneOf(label=_("What did the registrar answer?"), choices=FilingResult.Outcome.choices)
    registration_code = RegistrationCode(
        label=_("Registration code"), required=False, help_text=_("It is also the tax code.")
    )
    issued_on = VietnameseDate(label=_("Certificate issued on"), required=False, earliest=LAW_SINCE)
    to_amend = LongText(
        label=_("What must be amended?"),
        required=False,
        help_text=_("Copy it from the notice; the dossier goes back to be prepared again."),
        error_messages={"required": _("Write what the registrar wants to have amended.")},
    )
    refusal_reasons = LongText(
        label=_("Why was the registration refused?"),
        required=False,
        help_text=_("Copy the reasons from the letter; the case is closed with them."),
        error_messages={"required": _("Write the reasons of the registrar.")},
    )

    when = {
        "registration_code": ("outcome", ("certificate",)),
        "issued_on": ("outcome", ("certificate",)),
        "to_amend": ("outcome", ("amend",)),
        "refusal_reasons": ("outcome", ("refused",)),
    }
    required_then = frozenset(when)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["registration_code"]
        field.legal_person = self.case.legal_form != LegalForm.THT

    def clean(self) -> dict[str, Any]:
        """Issued after the filing, with a code that no other case has."""
        cleaned = super().clean()
        issued_on, filing = cleaned.get("issued_on"), Filing.latest_of(self.case)
        if issued_on and filing and issued_on < filing.filed_on:
            self.add_error("issued_on", _g("This is before the filing of %(day)s.") % _day(filing.filed_on))
        try:
            entry_for(self.case, cleaned.get("registration_code") or "")
        except CodeTaken as error:
            self.add_error("registration_code", str(error))
        return cleaned


def _day(day: Any) -> dict[str, str]:
    return {"day": f"{day:%d/%m/%Y}"}
