"""Forms of this room: why, until when, for whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.fields import LongText, VietnameseDate
from workflows.engine.models import Priority
from workflows.holds.words import ANSWERS


def _reason(help_text: Any) -> LongText:
    return LongText(
        label=_("Why?"),
        max_length=500,
        help_text=help_text,
        error_messages={"required": _("Write the reason.")},
    )


def _answer() -> LongText:
    return LongText(
        label=_("What came of it? (if you want to say it)"),
        max_length=500,
        required=False,
        help_text=_("It stays in the history of the case."),
    )


def _expected() -> VietnameseDate:
    return VietnameseDate(
        label=_("Expected until"),
        past=False,
        required=False,
        help_text=_("Leave it empty when nobody knows. The supervisors are told when this day has passed."),
    )


class HoldForm(forms.Form):
    """Why a case is put on hold, and until about when."""

    use_required_attribute = False

    reason = _reason(_("Whoever has a task of this case reads it, and it stays in the history of the case."))
    expected_on = _expected()


class ResumeForm(forms.Form):
    """A case goes on."""

    use_required_attribute = False

    answer = _answer()


class WaitForm(forms.Form):
    """For whose answer a task waits."""

    use_required_attribute = False

    waits_for = OneOf(
        label=_("Whose answer is missing?"),
        choices=[(kind.value, kind.label) for kind in ANSWERS],
        error_messages={"required": _("Choose for whose answer you wait.")},
    )
    reason = _reason(_("What was asked, and when. It stays in the history of the case."))
    expected_on = _expected()


class AnswerForm(forms.Form):
    """The answer is there."""

    use_required_attribute = False

    answer = _answer()


class ExtendForm(forms.Form):
    """Until when a task gets more time."""

    use_required_attribute = False

    until = VietnameseDate(
        label=_("New day"),
        past=False,
        help_text=_("A working day after the one on which it is due now."),
        error_messages={"required": _("Choose the new day.")},
    )
    reason = _reason(_("Whoever has the task reads it, and it stays in the history of the case."))


class PriorityForm(forms.Form):
    """How much a task presses."""

    use_required_attribute = False

    priority = forms.TypedChoiceField(
        label=_("How much does it press?"),
        choices=Priority.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much it presses.")},
    )
    reason = _reason(_("Whoever has the task reads it, and it stays in the history of the case."))
