"""Forms of this room. What they offer comes from the case; they never write."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.cases.models import Case
from casework.cases.stages import Outcome
from casework.fields import LongText, TextLine
from casework.organisations.standing import Standing
from workflows.steering.models import ClosingReason


class _Form(forms.Form):
    use_required_attribute = False


def _reason(help_text: Any) -> LongText:
    return LongText(
        label=_("Why?"),
        max_length=500,
        help_text=help_text,
        error_messages={"required": _("Write the reason.")},
    )


class CloseForm(_Form):
    """For which reason a case is closed."""

    reason_code = OneOf(label=_("Why is the case closed?"), error_messages={"required": _("Choose a reason.")})
    duplicate_of = TextLine(
        label=_("Code of the other case"),
        required=False,
        max_length=20,
        help_text=_("Only if this case is the same as another one."),
    )
    text = LongText(
        label=_("In your own words"),
        required=False,
        max_length=500,
        help_text=_("It stays in the history of the case, and those whose tasks end read it."),
    )

    def __init__(self, reasons: Iterable[ClosingReason], standing: Standing, data: Any = None):
        super().__init__(data)
        self.standing, self.reasons = standing, {one.code: one for one in reasons}
        chosen: Any = self.fields["reason_code"]
        chosen.choices = [(one.code, f"{one.get_outcome_display()}: {one}") for one in self.reasons.values()]

    def clean(self) -> dict[str, Any]:
        """A duplicate names a case that the person may see; for all other reasons the code means nothing."""
        cleaned = super().clean() or self.cleaned_data
        reason = self.reasons.get(cleaned.get("reason_code", ""))
        code, cleaned["duplicate_of"] = cleaned.get("duplicate_of"), None
        if reason and reason.outcome == Outcome.DUPLICATE and "duplicate_of" not in self.errors:
            cleaned["duplicate_of"] = self._other(code or "")
        return cleaned

    def _other(self, code: str) -> Case | None:
        found = Case.objects.visible_to(self.standing).filter(code__iexact=code).first() if code else None
        if found is None:
            self.add_error("duplicate_of", _g("There is no case with this code that you may see."))
        return found


class SteerForm(_Form):
    """Why a case goes to another step."""

    reason = _reason(_("It stays in the history of the case, and those whose tasks end read it."))


class ReturnForm(_Form):
    """What is to be corrected in an earlier step."""

    reason = LongText(
        label=_("What is to be corrected?"),
        max_length=500,
        help_text=_("Whoever did the step reads this above her form."),
        error_messages={"required": _("Write what is to be corrected.")},
    )
    marks = forms.MultipleChoiceField(
        label=_("Mark what is wrong"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you tick is marked in her form."),
        error_messages={"invalid_choice": _("Tick only what is offered here.")},
    )

    def __init__(self, marks: dict[str, str], data: Any = None):
        super().__init__(data)
        offered: Any = self.fields["marks"]
        offered.choices = list(marks.items())
