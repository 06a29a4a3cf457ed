"""The second half that flows share: market and credit, confirmation, two visits."""

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
from workflows.engine.nodes import End, Join, Split, Task


class LinkageHalf:
    """Not a flow by itself: a flow that names it as a base gets its own copy of each node. Entered at `linking`."""

    linking = Split().Always(this.link_market).Always(this.request_credit)
    link_market = Task(link_market).Next(this.linked_both)
    request_credit = Task(request_credit).On("requested", this.decide_credit).On("not_needed", this.linked_both)
    decide_credit = Task(decide_credit).Next(this.linked_both)
    linked_both = Join().Next(this.confirm_linkage)
    confirm_linkage = Task(confirm_linkage).On("confirm", this.follow_up_6_months).On("return", this.linking)

    follow_up_6_months = Task(follow_up_6_months, opens_after=6).Next(this.follow_up_12_months)
    follow_up_12_months = Task(follow_up_12_months, opens_after=12).Next(this.finished)
    finished = End(_("Finished"))
