"""A lender asks for more, and is answered: its clock stands still in between."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Notice, Unit
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.linkage.credit.acts import OnApplication
from casework.linkage.models import CreditQuestion
from casework.sharing.consents import live_share
from workflows.clock.deadline import count_again
from workflows.credit_room.tasks import DECIDE, task_of
from workflows.engine.models import Task
from workflows.holds.acts import end_hold, say_if_past
from workflows.holds.models import Hold

ANSWER = "request_credit"


@dataclass(frozen=True)
class AskLead(OnApplication):
    """The lender needs to know more before it decides: whoever leads the case is asked, and the clock stops."""

    verb: ClassVar[str] = "credit.asked"

    text: str
    expected_on: date | None = None

    def change(self, unit: Unit) -> dict[str, Any]:
        self.share(unit)
        application = self.application(unit)
        task = task_of(application, DECIDE)
        if application.decision or task is None:
            raise ActionNotPossible(_("This application is decided already."))
        if application.questions.filter(answered_at=None).exists():
            raise ActionNotPossible(_("Your last question is not answered yet."))
        say_if_past(self.expected_on)
        question = CreditQuestion(case=unit.case, application=application, text=self.text, recorded_by=unit.by)
        unit.facts["application"] = application.pk
        unit.add(question)
        # A case on hold goes on one day; the question then still waits, with a hold of its own.
        if not Hold.objects.filter(task=task, ended_at=None).exists():
            self._stop(unit, task)
        unit.tell(Notice("credit.asked", organisation_id=unit.case.lead_organisation_id))
        return {"question": question.pk}

    def _stop(self, unit: Unit, task: Task) -> None:
        hold = Hold(
            case=unit.case,
            task=task,
            waits_for=Hold.Waits.FOUNDER,
            reason=_("The lender asked for more."),
            expected_on=self.expected_on,
            began_by=unit.by,
        )
        unit.add(hold)
        unit.change(task, held=True)


@dataclass(frozen=True)
class AnswerLender(Act):
    """Whoever leads the case answers; the lender's clock runs again, later by the days that it stood still."""

    verb: ClassVar[str] = "credit.answered"

    question_id: int
    text: str

    def lock(self, unit: Unit) -> None:
        case_id = CreditQuestion.objects.values_list("case_id", flat=True).get(pk=self.question_id)
        unit.about_case(Case.objects.locked(case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise(ANSWER, unit.case.lead_organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        question = CreditQuestion.objects.select_related("application").get(pk=self.question_id)
        if question.answered_at:
            raise ActionNotPossible(_("This question is answered already."))
        if not self.text.strip():
            raise ActionNotPossible(_("Write the answer."), "text")
        if live_share(unit.case.pk, question.application.lender_id) is None:
            raise ActionNotPossible(_("The lender sees nothing of this case any more, so nobody reads an answer."))
        unit.change(question, answer=self.text, answered_by_id=unit.by.pk, answered_at=timezone.now())
        unit.facts["application"] = question.application_id
        task = task_of(question.application, DECIDE)
        hold = Hold.objects.filter(task=task, ended_at=None).first() if task else None
        if task and hold:
            task.case = task.process.case = unit.case
            end_hold(unit, hold, _("Answered."))
            unit.change(task, held=unit.case.status == Status.ON_HOLD)
            count_again(unit, task)
        unit.tell(Notice("credit.answered", organisation_id=question.application.lender_id))
        return {"question": question.pk}
