"""The steps of a case that belong to no other room."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.acts import Unit
from casework.cases.forms import ScreenLeadForm
from casework.cases.models import LeadScreening
from casework.cases.stages import Outcome, Stage
from casework.duplicates.acts import tell_apart
from casework.organisations.roles import Role
from casework.steps import lead_organisation, step


@step(
    form_class=ScreenLeadForm,
    stage=Stage.LEAD,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    begins=lambda case: case.received_on,
    title=_("Screen the lead"),
    instruction=_("Call the contact, hear what the women want to do together, and decide whether to take the case up."),
    why=_("A quick and honest answer keeps the trust of a group that has just asked for help."),
    outcomes={
        "accept": _("Taken up"),
        "decline": _("Declined"),
        "duplicate": _("Duplicate"),
    },
)
def screen_lead(
    unit: Unit,
    *,
    decision: str,
    reason: str = "",
    duplicate_of: Any = None,
    not_the_same: Iterable[str] = (),
    why_not_the_same: str = "",
) -> str:
    """Decide on a lead. Accepting moves the case to consultation; anything else closes it.

    `not_the_same`: keys of what looks alike and is another group (casework/duplicates/find.py).
    """
    case = unit.case
    for key in not_the_same:
        tell_apart(unit, key, why_not_the_same)
    known = LeadScreening.objects.filter(case=case).first()
    if known:
        # A closed lead that was reopened is decided on anew; the history keeps what was said before.
        unit.change(known, decision=decision, reason=reason or "", decided_at=timezone.now())
    else:
        unit.add(LeadScreening(case=case, decision=decision, reason=reason or ""))
    unit.reason = reason or ""
    with unit.changing(case):
        if decision == LeadScreening.Decision.ACCEPT:
            case.accept_lead(unit.by)
        elif decision == LeadScreening.Decision.DECLINE:
            case.close(Outcome.DECLINED, reason)
        else:
            case.duplicate_of = duplicate_of
            case.close(Outcome.DUPLICATE)
    return decision
