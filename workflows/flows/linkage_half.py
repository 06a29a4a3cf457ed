"""The second half that flows share: market and credit, confirmation, two visits."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow import this

from casework.linkage.actions import (
    confirm_linkage,
    decide_credit,
    follow_up_6_months,
    follow_up_12_months,
    link_market,
    request_credit,
)
from casework.linkage.models import CreditApplication
from workflows.engine.nodes import End, Join, Split, Task, Wait
from workflows.flows.credit_v1 import CreditV1, begin_application


class CreditAnswers(Wait):
    """Waits until every lender that was asked in this round has answered; each has a run of its own."""

    task_title = _("Answers of the lenders")
    runs = CreditV1

    def begin(self, activation: Any) -> None:
        """The step before has just recorded the first application of the round."""
        case = activation.process.case
        asked = CreditApplication.objects.filter(case=case, request=CreditApplication.Request.REQUESTED)
        begin_application(case, asked.latest("pk"), activation.task)


class OldDecision(Task):
    """The decision as it stood before every application had its own run: nothing leads here any more.

    It stays for the tasks that were open then, and for those that are done (docs/decisions/0013).
    """

    replaced_by = "credit_answers"

    def about(self, row: Any) -> CreditApplication | None:
        """In those days a case asked one lender at a time: the newest application to this one without a run."""
        asked = CreditApplication.objects.filter(case=row.case, lender=row.organisation_id, process=None)
        return asked.order_by("-pk").first()


class LinkageHalf:
    """Not a flow by itself: a flow that names it as a base gets its own copy of each node. Entered at `linking`."""

    linking = Split().Always(this.link_market).Always(this.request_credit)
    link_market = Task(link_market).Next(this.linked_both)
    request_credit = Task(request_credit).On("requested", this.credit_answers).On("not_needed", this.linked_both)
    credit_answers = CreditAnswers().Next(this.linked_both)
    decide_credit = OldDecision(decide_credit).Next(this.linked_both)
    linked_both = Join().Next(this.confirm_linkage)
    confirm_linkage = Task(confirm_linkage).On("confirm", this.follow_up_6_months).On("return", this.linking)

    follow_up_6_months = Task(follow_up_6_months, opens_after=6).Next(this.follow_up_12_months)
    follow_up_12_months = Task(follow_up_12_months, opens_after=12).Next(this.finished)
    finished = End(_("Finished"))
