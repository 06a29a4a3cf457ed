"""A task outside the steps, version 1: one task, given by a person to an organisation or a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow import this

from workflows.clock.deadline import give_deadline
from workflows.engine.flow import CaseFlow
from workflows.engine.nodes import End, Start, Task
from workflows.errands.step import do_errand


class ErrandTask(Task):
    """Its title, organisation and day come from the errand, not from the step."""

    def fill(self, row: Any) -> None:
        """As the errand says; without a day, the time limit of the step holds."""
        super().fill(row)
        errand = row.process.errand
        # Whoever of the organisation may do such tasks, in whatever role.
        row.title, row.organisation_id, row.role, row.stage = errand.title, errand.organisation_id, "", row.case.stage
        if errand.due_on:
            give_deadline(row, row.term_begins, None, errand.due_on)


class ErrandStart(Start):
    """Started with the errand that the process carries."""

    @staticmethod
    def _begin(activation: Any, *, case: Any, errand: Any = None) -> Any:
        activation.process.case = activation.task.case = case
        activation.process.errand = errand
        return activation.process


class ErrandV1(CaseFlow):
    """A task outside the steps"""

    process_title = _("Task outside the steps")

    start = ErrandStart().Next(this.do_errand)
    do_errand = ErrandTask(do_errand).Next(this.ended)
    ended = End(_("Ended"))
