"""What a form asks for, by name and label, so that single fields can be marked for correction."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.facts import Section
from casework.organisations.models import User
from casework.steps import Step, StepForm


def marks_of(step: Step, case: Case, by: User) -> dict[str, str]:
    """Fields and tables of the form of a step, by their labels, in the order of the form."""
    form = step.form_class(case, by)
    fields = {name: str(field.label or name) for name, field in form.fields.items() if not field.widget.is_hidden}
    return fields | {name: str(group.heading or group.title) for name, group in form.row_groups.items()}


def show_marks(form: StepForm, task: Any) -> None:
    """A correction opens with the last answers; what was marked says so beside its field or above its table."""
    if task.step.record:
        form.initial = {**form.initial, **task.step.record.answers_of(task.case)}
    for name in task.marks:
        if name in form.fields:
            form.fields[name].help_text = _marked(form.fields[name].help_text)
        elif name in form.rows:
            form.rows[name].note = _("Marked: please correct this.")


def _marked(help_text: Any) -> str:
    return format_html("<strong>{}</strong> {}", _("Marked: please correct this."), help_text)


def asked_back(task: Any) -> list[Section]:
    """What is to be corrected, and who waits for it, to be read before the form. One query for a correction."""
    if not task.back_to_id or not task.is_open:
        return []
    asked = task.back_to
    words = [(_("Returned from"), str(asked.step.title) if asked.step else asked.node)]
    if asked.owner:
        words.append((_("Returned by"), str(asked.owner)))
    return [Section(_("Sent back for correction"), [*words, (_("To be corrected"), task.correction)], correction=True)]
