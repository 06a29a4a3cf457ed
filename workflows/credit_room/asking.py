"""While a case waits for lenders, whoever leads it may ask one more."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.linkage.credit.asking import ask_lender
from workflows.acts import tell_of_tasks
from workflows.credit_room.acts import ANSWER
from workflows.engine.models import OPEN_STATUSES, Task
from workflows.flows.credit_v1 import begin_application

WAITING_NODE = "credit_answers"


def waiting_for_lenders(case: Case) -> Task | None:
    """The open row of a case that waits for lenders, or None. One query."""
    found = Task.objects.filter(case=case, node=WAITING_NODE, status__in=OPEN_STATUSES)
    return found.beyond_sight("of a case in hand").order_by("-pk").first()  # type: ignore[no-any-return]


@dataclass(frozen=True)
class AskAnotherLender(Act):
    """Ask one more lender, or the same one for another product, beside those that have not answered yet."""

    verb: ClassVar[str] = "credit.another_asked"

    case_id: int
    values: dict[str, Any] = field(default_factory=dict)

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise(ANSWER, unit.case.lead_organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        now, waiting = timezone.now(), waiting_for_lenders(unit.case)
        if waiting is None:
            raise ActionNotPossible(_("This case does not wait for a lender now, so no other one can be asked."))
        if unit.case.status != Status.OPEN:
            raise ActionNotPossible(_("This case is on hold or closed, so nothing new can be asked for."))
        application = ask_lender(unit, **self.values)
        run = begin_application(unit.case, application, waiting)
        unit.facts.update({"application": application.pk, "lender": application.lender_id, "process": run.pk})
        tell_of_tasks(unit, since=now)
        return {"application": application.pk}
