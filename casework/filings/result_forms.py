"""What is typed about the answer of the registrar."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.cases.stages import LegalForm
from casework.fields import LongText, RegistrationCode, TextLine, VietnameseDate
from casework.filings.filing_forms import day_of
from casework.filings.models import Filing, FilingResult
from casework.filings.register import CodeTaken, entry_for
from casework.rules.founding import law_since
from casework.steps import StepForm
from casework.vietnamese import nfc_clean

_POINT: Any = FilingResult._meta.get_field("amend_items")
LONGEST_POINT: int = _POINT.base_field.max_length
MOST_POINTS = 60


class RecordRegistrationResultForm(StepForm):
    """The answer of the registrar."""

    outcome = OneOf(label=_("What did the registrar answer?"), choices=FilingResult.Outcome.choices)
    registration_code = RegistrationCode(
        label=_("Registration code"), required=False, help_text=_("It is also the tax code.")
    )
    issued_on = VietnameseDate(label=_("Certificate issued on"), required=False, earliest=law_since)
    letter_number = TextLine(
        label=_("Number of the letter"), required=False, max_length=60, help_text=_("Of the notice or the refusal.")
    )
    to_amend = LongText(
        label=_("What must be amended?"),
        required=False,
        rows=5,
        help_text=_(
            "Copy it from the notice, one point on each line. The dossier goes back, and each point is ticked there."
        ),
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
        "letter_number": ("outcome", ("amend", "refused")),
        "to_amend": ("outcome", ("amend",)),
        "refusal_reasons": ("outcome", ("refused",)),
    }
    required_then = frozenset({"registration_code", "issued_on", "to_amend", "refusal_reasons"})

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["registration_code"]
        field.legal_person = self.case.legal_form != LegalForm.THT

    def clean_to_amend(self) -> str:
        """Points short and few enough to be ticked one by one."""
        text: str = self.cleaned_data["to_amend"]
        points = points_in(text)
        if len(points) > MOST_POINTS:
            raise ValidationError(_g("At most %(most)s points can be noted.") % {"most": MOST_POINTS})
        for number, point in enumerate(points, 1):
            if len(point) > LONGEST_POINT:
                raise ValidationError(
                    _g("Point %(number)s is too long: at most %(most)s characters on one line.")
                    % {"number": number, "most": LONGEST_POINT}
                )
        return text

    def clean(self) -> dict[str, Any]:
        """Issued after the filing, with a code that no other case has."""
        cleaned = super().clean()
        issued_on, filing = cleaned.get("issued_on"), Filing.latest_of(self.case)
        if issued_on and filing and issued_on < filing.filed_on:
            self.add_error("issued_on", _g("This is before the filing of %(day)s.") % day_of(filing.filed_on))
        try:
            entry_for(self.case, cleaned.get("registration_code") or "")
        except CodeTaken as error:
            self.add_error("registration_code", str(error))
        cleaned["amend_items"] = points_in(cleaned.get("to_amend") or "")
        return cleaned


def points_in(text: str) -> list[str]:
    """The lines of a text, without dashes and empty ones."""
    lines = (nfc_clean(line).lstrip("-–•+* ").strip() for line in text.splitlines())
    return [line for line in lines if line]
