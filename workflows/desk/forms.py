"""Forms of the desk, and how the form of a step is shown again with what was typed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.acts import ActionNotPossible
from casework.organisations.models import User
from casework.steps import StepForm
from workflows.engine.models import Task
from workflows.staff.words import named_with_absence
from workflows.steering.marks import show_marks

# Names of the buttons and of what the page itself sends; none of them was typed.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "request_id", "add_rows", "save_draft", "next", "from"})


class ReassignForm(forms.Form):
    """To whom a task goes, and why. Only people who may do it are offered."""

    to = forms.TypedChoiceField(
        label=_("Who takes it over?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who takes the task over."),
            "invalid_choice": _("This person may not do this task. Choose somebody from the list."),
        },
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both people read this, and it stays in the history of the case."),
        error_messages={"required": _("Write why the task is handed over.")},
    )

    use_required_attribute = False

    def __init__(self, people: Iterable[User], data: Any = None):
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        to: Any = self.fields["to"]
        to.choices = named_with_absence(self.people.values())
        to.coerce = self.people.get


def step_form(task: Task, by: User, data: QueryDict | None = None, draft: QueryDict | None = None) -> StepForm:
    """The form of a task: as sent, as left in a draft, or empty."""
    form: StepForm = task.form(by, data=data, draft=draft)
    if task.back_to_id:
        show_marks(form, task)
    for field in form.fields.values():
        field.wide = getattr(field, "wide", not _is_short(field))  # type: ignore[attr-defined]
    return form


def _is_short(field: forms.Field) -> bool:
    """Numbers, amounts and dates stand two in a line; everything else has the line to itself."""
    return bool({"inputmode", "data-suffix"} & field.widget.attrs.keys())


def show_refusal(form: forms.Form, refusal: ActionNotPossible) -> None:
    """Put the sentence of a refusal at the field that it speaks of, or above the form."""
    name = refusal.field if refusal.field in form.fields else NON_FIELD_ERRORS
    form.add_error(None if name == NON_FIELD_ERRORS else name, str(refusal))


def typed_in(sent: QueryDict) -> QueryDict:
    """The fields that a person filled, without buttons and tokens."""
    typed = sent.copy()
    for name in NOT_TYPED:
        typed.pop(name, None)
    return typed


def has_typed(fields: QueryDict) -> bool:
    """Whether anything was typed at all: the counters of the rows alone are not worth a draft."""
    return any(any(values) for name, values in fields.lists() if not name.endswith("_FORMS"))
