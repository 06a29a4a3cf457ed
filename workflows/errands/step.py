"""The one step of an errand: do it and say what came of it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.acts import Unit
from casework.answer_fields import OneOf
from casework.cases.models import Case
from casework.fields import LongText
from casework.organisations.roles import Role
from casework.steps import StepForm, lead_organisation, step
from workflows.errands.models import Errand


class DoErrandForm(StepForm):
    """What came of it."""

    outcome = OneOf(label=_("Is it done?"), choices=[("done", _("Done")), ("not_done", _("It could not be done"))])
    result = LongText(
        label=_("What came of it"),
        max_length=2000,
        error_messages={"required": _("Write in a sentence what came of it, or why it could not be done.")},
    )


def stage_of(case: Case) -> str:
    """An errand belongs to the stage in which it was given."""
    return case.stage


@step(
    form_class=DoErrandForm,
    stage="",
    role=Role.ADVISOR,
    organisation=lead_organisation,
    title=_("Task outside the steps"),
    instruction=_("Do what was asked and say what came of it."),
    why=_("Somebody who works on this case asked for it."),
    outcomes={"done": _("Done"), "not_done": _("Not done")},
)
def do_errand(unit: Unit, *, outcome: str, result: str) -> str:
    """Store what came of the errand whose task is being finished."""
    errand = Errand.objects.get(process_id=unit.task.process_id)
    unit.change(errand, result=result, ended_at=timezone.now())
    unit.facts["errand"] = errand.pk
    return outcome
