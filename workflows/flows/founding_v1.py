"""Founding a cooperative, version 1: from a lead to a cooperative that is linked (design.md §4)."""

from django.utils.translation import gettext_lazy as _
from viewflow import this

from casework.cases.actions import screen_lead
from casework.plans.actions import hold_consultation, survey_needs
from workflows.engine.flow import CaseFlow
from workflows.engine.nodes import End, Start, Task
from workflows.flows.linkage_half import LinkageHalf
from workflows.flows.registration_half import RegistrationHalf


class FoundingV1(RegistrationHalf, LinkageHalf, CaseFlow):
    """Founding a cooperative"""

    process_title = _("Founding a cooperative")

    start = Start().Next(this.screen_lead)

    screen_lead = (
        Task(screen_lead)
        .On("accept", this.survey_needs)
        .On("decline", this.not_taken_up)
        .On("duplicate", this.not_taken_up)
    )
    not_taken_up = End(_("Not taken up"))

    survey_needs = Task(survey_needs).Next(this.hold_consultation)
    hold_consultation = (
        Task(hold_consultation)
        .On("cooperative", this.form_founding_group)
        .On("group", this.form_founding_group)
        .On("stop", this.stopped)
    )
    stopped = End(_("The group stopped"))
