"""The task of a lender for one application."""

from django.db.models import F, Q

from casework.linkage.models import CreditApplication
from workflows.engine.models import Task

DECIDE, PAY = "decide_credit", "record_disbursement"


def task_of(application: CreditApplication, *nodes: str) -> Task | None:
    """The open task of the lender for an application, of certain steps if named. One query.

    Cases that were with a lender before each application had its own run hold its task themselves, and had no
    other application to the same lender at that time.
    """
    own = Q(process__application=application)
    old = Q(process__application=None, organisation_id=application.lender_id, node=DECIDE)
    found = Task.objects.open().filter(own | old, node__in=nodes or (DECIDE, PAY), case_id=application.case_id)
    found = found.beyond_sight("of an application in hand").select_related("limit", "process")
    # A run of its own stands before an old task.
    return found.order_by(F("process__application").desc(nulls_last=True), "-pk").first()  # type: ignore[no-any-return]
