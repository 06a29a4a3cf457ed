"""The half from founders to certificate that founding and conversion share."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow import this

from casework.filings.actions import file_dossier, prepare_dossier, record_registration_result
from casework.plans.actions import draft_charter, draft_plan, form_founding_group, hold_founding_conference, review_plan
from casework.plans.models import must_draft_charter, must_draft_plan
from workflows.engine.nodes import End, Join, Split, Task


class RegistrationHalf:
    """Not a flow by itself, as LinkageHalf. Entered at `form_founding_group`; a certificate leads on to `linking`."""

    form_founding_group = Task(form_founding_group).Next(this.drafting)
    drafting = (
        Split().Next(this.draft_plan, case=this.plan_is_wanted).Next(this.draft_charter, case=this.charter_is_wanted)
    )
    draft_plan = Task(draft_plan).Next(this.drafts_ready)
    draft_charter = Task(draft_charter).Next(this.drafts_ready)
    drafts_ready = Join().Next(this.review_plan)
    review_plan = Task(review_plan).On("approve", this.hold_founding_conference).On("return", this.drafting)
    hold_founding_conference = Task(hold_founding_conference).Next(this.prepare_dossier)

    prepare_dossier = Task(prepare_dossier).Next(this.file_dossier)
    file_dossier = Task(file_dossier).Next(this.record_registration_result)
    record_registration_result = (
        Task(record_registration_result)
        .On("certificate", this.linking)
        .On("amend", this.prepare_dossier)
        .On("refused", this.refused)
    )
    refused = End(_("Registration refused"))

    def plan_is_wanted(self, activation: Any) -> bool:
        """At first, and again when the review marked something in the plan."""
        return must_draft_plan(activation.process.case)

    def charter_is_wanted(self, activation: Any) -> bool:
        """At first, and again when the review marked something in the charter."""
        return must_draft_charter(activation.process.case)
