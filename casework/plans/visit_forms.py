"""What is typed about a visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.documents.models import Visibility
from casework.fields import LongText, TextLine, VietnameseDate
from casework.plans.attendance import PRESENT
from casework.plans.models import Visit
from casework.steps import StepForm


class VisitForm(StepForm):
    """A visit or talk: when, where, who, what was found and agreed, and who was present."""

    visited_on = VietnameseDate(label=_("Day of the visit"))
    purpose = OneOf(label=_("Purpose"), choices=Visit.Purpose.choices)
    place = TextLine(label=_("Place"))
    visitors = TextLine(
        label=_("Who visited"), max_length=250, help_text=_("You and those who came with you, with their office.")
    )
    conclusion = LongText(label=_("What was found and agreed"), rows=5)
    note = LongText(
        label=_("Note beside it"),
        required=False,
        help_text=_("For example what only your own organisation should read."),
    )
    visibility = forms.ChoiceField(
        label=_("Who may read the note"),
        choices=Visibility.choices,
        required=False,
        initial=Visibility.OWN,
        error_messages={"invalid_choice": _("Choose one of the answers offered here.")},
    )

    row_groups = {"present": PRESENT}

    @classmethod
    def initial_for(cls, case: Any) -> dict[str, Any]:
        """The commune of the case."""
        return {"place": str(case.area), "visibility": Visibility.OWN}

    def clean_visibility(self) -> str:
        """The narrowest when nothing was chosen."""
        return self.cleaned_data["visibility"] or Visibility.OWN
