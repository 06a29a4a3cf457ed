"""From the survey of needs to the founding conference."""

from typing import Any

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.acts import Unit
from casework.cases.models import Case
from casework.cases.stages import LegalForm, Outcome, Stage
from casework.facts import Section
from casework.organisations.roles import Role
from casework.people.founding import keep_founders
from casework.plans import facts
from casework.plans.attendance import note_attendance
from casework.plans.charter_forms import DraftCharterForm
from casework.plans.conference import register_facts
from casework.plans.conference_forms import HoldFoundingConferenceForm
from casework.plans.conference_record import record_conference
from casework.plans.consultation_forms import HoldConsultationForm
from casework.plans.figures import figures_of
from casework.plans.forms import FormFoundingGroupForm, ReviewPlanForm, SurveyNeedsForm
from casework.plans.models import (
    BusinessPlan,
    Charter,
    Consultation,
    NeedsSurvey,
    PlanReview,
)
from casework.plans.plan_forms import DraftPlanForm
from casework.plans.tables import checked
from casework.rules.gate import gate
from casework.steps import lead_organisation, reviewing_organisation, step


@step(
    form_class=SurveyNeedsForm,
    stage=Stage.CONSULTATION,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    correctable=True,
    record=NeedsSurvey,
    title=_("Survey the needs"),
    instruction=_("Visit the women, ask what they make, what they lack and what they can bring, and note it here."),
    why=_("Advice that fits begins with what the women themselves want. Without their consent nothing may be stored."),
    basis=_("Law on the Protection of Personal Data 91/2025/QH15: consent before storing"),
)
def survey_needs(unit: Unit, **answers: Any) -> str:
    """Note what the group needs; the case learns how many women and which trade."""
    survey = unit.add(NeedsSurvey(case=unit.case, recorded_by=unit.by, **answers))
    unit.change(unit.case, women_interested=survey.women_interested, trade=survey.trade)
    return "done"


@step(
    form_class=HoldConsultationForm,
    stage=Stage.CONSULTATION,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    background=facts.survey_facts,
    correctable=True,
    record=Consultation,
    title=_("Hold the consultation"),
    instruction=_(
        "Explain what a cooperative and a cooperative group are, invite the Cooperative Alliance, and note what the "
        "group decides."
    ),
    why=_("The women choose the form themselves, knowing what each one gives and asks."),
    basis=_("Law on Cooperatives 17/2023/QH15, Articles 4 and 38"),
    outcomes={
        "cooperative": _("As a cooperative"),
        "group": _("As a cooperative group"),
        "stop": _("Stopped"),
    },
)
def hold_consultation(
    unit: Unit, *, outcome: str, present: list[dict[str, Any]], reason: str = "", **answers: Any
) -> str:
    """Note the decision of the group: it fixes the legal form aimed at, or closes the case."""
    held = unit.add(Consultation(case=unit.case, recorded_by=unit.by, outcome=outcome, reason=reason, **answers))
    note_attendance(unit, present, consultation=held)
    unit.reason = reason
    if outcome == Consultation.Outcome.STOP:
        with unit.changing(unit.case):
            unit.case.close(Outcome.STOPPED, reason)
    elif outcome == Consultation.Outcome.GROUP:
        unit.change(unit.case, legal_form=LegalForm.THT)
    elif unit.case.legal_form != LegalForm.LHHTX:
        unit.change(unit.case, legal_form=LegalForm.HTX)
    return outcome


@step(
    form_class=FormFoundingGroupForm,
    stage=Stage.CONSULTATION,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    background=facts.consultation_facts,
    correctable=True,
    title=_("Form the founding group"),
    instruction=_("List the founders, as many as the law asks for; the form says so if somebody is missing."),
    why=_("The founders draft plan and charter and call the founding conference; without enough of them it cannot be."),
    basis=_("Law on Cooperatives 17/2023/QH15, Articles 4, 30 and 38"),
)
def form_founding_group(unit: Unit, *, rows: list[dict[str, Any]]) -> str:
    """Bring the list of founders up to date and begin the plan. Who is no longer on it is taken off."""
    keep_founders(unit, unit.case, rows)
    unit.facts["founders"] = len(rows)
    if unit.case.stage == Stage.CONSULTATION:
        # A correction of the list moves a case that has gone further nowhere.
        with unit.changing(unit.case):
            unit.case.start_planning(unit.by)
    return "done"


def _for_draft(case: Case) -> list[Section]:
    return [*facts.return_facts(case), *facts.survey_facts(case), *facts.founder_facts(case)]


@step(
    form_class=DraftPlanForm,
    stage=Stage.BUSINESS_PLAN,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    background=_for_draft,
    correctable=True,
    title=_("Draft the business plan"),
    instruction=_(
        "Work the plan out with the founders: market, products, the figures of three years, and where the money comes "
        "from."
    ),
    why=_("The founding conference decides on this plan, and lenders ask for it. Own capital and loan must cover it."),
    basis=_("Law on Cooperatives 17/2023/QH15, Articles 38 and 39.3"),
)
def draft_plan(unit: Unit, *, tables: dict[str, Any], **answers: Any) -> str:
    """Store the next version of the plan, with the sums of its tables. Raises ValueError for tables of no shape."""
    plan = checked(tables)
    products = "; ".join(row["name"] for row in plan["products"])
    number = BusinessPlan.next_number(unit.case)
    told = {**answers, **figures_of(plan).columns, "products": products, "tables": plan}
    unit.add(BusinessPlan(case=unit.case, recorded_by=unit.by, version=number, **told))
    return "done"


@step(
    form_class=DraftCharterForm,
    stage=Stage.BUSINESS_PLAN,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    background=_for_draft,
    correctable=True,
    title=_("Draft the charter"),
    instruction=_(
        "Write the charter with the founders: its main points above, then one text for each content that the law asks "
        "for. Words in braces, such as {vốn điều lệ}, are replaced by the figures when you finish."
    ),
    why=_("The charter is the law of the cooperative. A name that breaks the rules gets no certificate."),
    basis=_("Law on Cooperatives 17/2023/QH15, Articles 40, 50, 56 and 74"),
)
def draft_charter(unit: Unit, **answers: Any) -> str:
    """Store the next version of the charter."""
    number = Charter.next_number(unit.case)
    unit.add(Charter(case=unit.case, recorded_by=unit.by, version=number, **answers))
    return "done"


def missing_drafts(case: Case) -> str:
    """Why a case cannot be steered to the review or beyond: there is no plan or no charter yet."""
    drafted = BusinessPlan.latest_of(case) and Charter.latest_of(case)
    return "" if drafted else _g("There is no business plan or no charter yet.")


def _for_review(case: Case) -> list[Section]:
    return [*facts.review_facts(case), *facts.plan_facts(case), *facts.charter_facts(case)]


@step(
    form_class=ReviewPlanForm,
    stage=Stage.BUSINESS_PLAN,
    role=Role.REVIEWER,
    organisation=reviewing_organisation,
    background=_for_review,
    missing=missing_drafts,
    not_by=("draft_plan", "draft_charter"),
    title=_("Review plan and charter"),
    instruction=_("Read plan and charter. Approve them, or tick what must be corrected and write how."),
    why=_("What is found now costs a day; what the registrar finds later costs the group weeks."),
    basis=_("Law on Cooperatives 17/2023/QH15, Article 38: advice of the representative organisation"),
    outcomes={"approve": _("Approved"), "return": _("Returned")},
)
def review_plan(unit: Unit, *, outcome: str, remarks: str = "", **marked: list[str]) -> str:
    """Approve the newest plan and charter, or send back what was marked."""
    case = unit.case
    unit.add(
        PlanReview(
            case=case,
            recorded_by=unit.by,
            round=PlanReview.next_number(case),
            plan=BusinessPlan.latest_of(case),
            charter=Charter.latest_of(case),
            outcome=outcome,
            remarks=remarks,
            **marked,
        )
    )
    unit.reason = remarks
    return outcome


def _for_conference(case: Case) -> list[Section]:
    return [*register_facts(case), *facts.charter_facts(case), *facts.plan_facts(case)]


@step(
    form_class=HoldFoundingConferenceForm,
    stage=Stage.BUSINESS_PLAN,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    background=_for_conference,
    missing=missing_drafts,
    title=_("Hold the founding conference"),
    instruction=_(
        "Help the founders to hold the conference. It adopts the charter, decides on the plan, elects the officers and "
        "names who files. Enter the resolution."
    ),
    why=_("The resolution of the conference is a part of the registration dossier."),
    basis=_("Law on Cooperatives 17/2023/QH15, Articles 39 and 62"),
)
def hold_founding_conference(unit: Unit, **answers: Any) -> str:
    """Store the resolution with those it elected, and begin the registration."""
    held = record_conference(unit, **answers)
    with unit.changing(unit.case):
        unit.case.start_registration(unit.by)
    gate(unit, "hold_founding_conference", held.held_on)
    return "done"
