"""What is typed about the consultation at which the group chooses its form."""

from typing import Any

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf, TickBox
from casework.fields import LongText, TextLine, VietnameseDate, WholeNumber, within
from casework.plans.attendance import PRESENT, check_attendance
from casework.plans.models import Consultation
from casework.steps import StepForm


class HoldConsultationForm(StepForm):
    """The meeting at which the group chooses its legal form."""

    held_on = VietnameseDate(label=_("Day of the consultation"))
    place = TextLine(label=_("Meeting place"))
    attendees = WholeNumber(label=_("People present"), least=1, suffix=_("people"))
    women = WholeNumber(label=_("Of them women"), suffix=_("people"))
    alliance_attended = TickBox(label=_("The Cooperative Alliance was there"))
    conclusion = LongText(
        label=_("What was agreed"), help_text=_("Questions asked, answers given, and what the group wants.")
    )
    outcome = OneOf(label=_("How does the group go on?"), choices=Consultation.Outcome.choices)
    form_reasons = LongText(
        label=_("Why does the group choose this form?"),
        required=False,
        help_text=_(
            "A cooperative is a legal person: it can borrow, sign contracts and grow, and must keep books. A "
            "cooperative group is simpler, but each member answers with what she owns."
        ),
        error_messages={"required": _("Write why the group chose this form and not the other.")},
    )
    reason = LongText(
        label=_("Why does the group stop?"),
        required=False,
        help_text=_("The case is closed with this reason."),
        error_messages={"required": _("Write why the group stops.")},
    )

    when = {
        "form_reasons": ("outcome", (Consultation.Outcome.COOPERATIVE.value, Consultation.Outcome.GROUP.value)),
        "reason": ("outcome", (Consultation.Outcome.STOP.value,)),
    }
    required_then = frozenset(when)
    row_groups = {"present": PRESENT}

    def clean(self) -> dict[str, Any]:
        """A part is not larger than the whole."""
        cleaned = super().clean()
        within(self, "women", "attendees", _g("This is more than all people present."))
        return cleaned

    def clean_rows(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        """Nobody is listed beyond those who were counted."""
        check_attendance(rows["present"], self.cleaned_data.get("attendees"), self.cleaned_data.get("women"))
