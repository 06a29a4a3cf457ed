"""One application to one lender, version 1: its decision, then its money. Any number beside the flow of a case."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow.activation import Activation

from casework.linkage.actions import decide_credit, record_disbursement
from casework.linkage.models import CreditApplication
from workflows.engine.flow import CaseFlow
from workflows.engine.models import OPEN_STATUSES
from workflows.engine.models import Process as Run
from workflows.engine.models import Task as TaskRow
from workflows.engine.nodes import End, If, OwnIfActivation, Start, Task


class CreditStart(Start):
    """Started for one application, by the task of the case that waits for its answer."""

    @staticmethod
    def _begin(
        activation: Any, *, case: Any, application: CreditApplication | None = None, parent_task: TaskRow | None = None
    ) -> Any:
        process = activation.process
        process.case = activation.task.case = case
        process.application, process.parent_task = application, parent_task
        return process


class LenderTask(Task):
    """A task of the lender that the application of its run went to."""

    def about(self, row: TaskRow) -> CreditApplication | None:
        """The application of the run."""
        return row.process.application

    def organisation_of(self, row: TaskRow) -> int | None:
        """The lender."""
        application = row.process.application
        return application.lender_id if application else None

    def round_of(self, row: TaskRow) -> int:
        """The round of the case in which the application was made: lenders asked side by side share it."""
        waiting = row.process.parent_task
        return waiting.round if waiting else 1


class AnsweredActivation(OwnIfActivation):
    """The lender has answered, or nobody waits for its answer any more: the case may go on."""

    @Activation.status.super()
    def activate(self) -> None:
        """Choose the way, and let the case go on when this was the last answer."""
        super().activate.original()
        go_on_if_answered(self.process)


class Answered(If):
    """The answer is there."""

    activation_class = AnsweredActivation


class CreditV1(CaseFlow):
    """Application for credit"""

    process_title = _("Application for credit")

    start = CreditStart().Next(this.decide_credit)
    decide_credit = LenderTask(decide_credit).Next(this.answered)
    answered = Answered(this.is_granted).Then(this.record_disbursement).Else(this.ended)
    record_disbursement = LenderTask(record_disbursement).Next(this.ended)
    ended = End(_("Ended"))

    def is_granted(self, activation: Any) -> bool:
        """Whether there is money to pay out."""
        return bool(activation.process.application.is_granted)


def begin_application(case: Any, application: CreditApplication, waiting: TaskRow) -> Run:
    """Start the run of an application for the task that waits for its answer. Part of an act; the case is locked."""
    run: Run = CreditV1.start.run(case=case, application=application, parent_task=waiting)
    return run


def go_on_if_answered(run: Run) -> None:
    """Let the case go on when no application of its round waits for an answer. At most two queries besides.

    The case is locked by the act, so of two answers in one moment the later one sees the earlier one.
    """
    waiting = TaskRow.objects.select_related("process").filter(pk=run.parent_task_id, status__in=OPEN_STATUSES).first()
    if waiting is None or Run.objects.filter(parent_task=waiting, application__decision="").exists():
        return
    waiting.case = waiting.process.case = run.case
    waiting.flow_task.activation_class(waiting).go_on()
