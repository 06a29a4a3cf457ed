"""Strengthening a cooperative, version 1: from a look at how it works to a market and credit."""

from django.utils.translation import gettext_lazy as _
from viewflow import this

from casework.strengthening.actions import agree_plan, change_registration, review_operations, review_strengthening
from workflows.engine.flow import CaseFlow
from workflows.engine.nodes import End, Start, Task
from workflows.flows.linkage_half import LinkageHalf


class ConsolidationV1(LinkageHalf, CaseFlow):
    """Strengthening a cooperative"""

    process_title = _("Strengthening a cooperative")

    start = Start().Next(this.review_operations)

    review_operations = (
        Task(review_operations).On("plan", this.agree_plan).On("no_need", this.no_need).On("stop", this.stopped)
    )
    no_need = End(_("No support was needed"))
    stopped = End(_("Could not be helped"))
    agree_plan = Task(agree_plan).Next(this.review_strengthening)
    review_strengthening = (
        Task(review_strengthening)
        .On("approve", this.linking)
        .On("register", this.change_registration)
        .On("return", this.agree_plan)
    )
    change_registration = Task(change_registration).On("done", this.linking).On("amend", this.agree_plan)
