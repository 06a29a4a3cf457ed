"""The steps that strengthen an existing cooperative (củng cố)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.acts import Unit
from casework.cases.models import Case
from casework.cases.stages import Outcome, Stage
from casework.cooperatives.acts import note_figures
from casework.cooperatives.models import Fact
from casework.facts import Section
from casework.organisations.roles import Role
from casework.steps import lead_organisation, reviewing_organisation, step
from casework.strengthening.facts import agreed_plan, market_links
from casework.strengthening.forms import (
    AgreePlanForm,
    ChangeRegistrationForm,
    ReviewOperationsForm,
    ReviewStrengtheningForm,
)
from casework.strengthening.models import (
    OperationsReview,
    PlanAction,
    RegistrationChange,
    StrengtheningPlan,
    StrengtheningReview,
)

_FIGURES = {
    Fact.Indicator.MEMBERS: "members",
    Fact.Indicator.WOMEN_MEMBERS: "women",
    Fact.Indicator.MINORITY_MEMBERS: "minority",
    Fact.Indicator.WORKERS: "workers",
    Fact.Indicator.WOMEN_WORKERS: "women_workers",
    Fact.Indicator.REVENUE: "revenue",
    Fact.Indicator.INCOME: "income",
    Fact.Indicator.LOAN: "loan",
}
_ENDS = {"no_need": Outcome.COMPLETED, "stop": Outcome.STOPPED}


@step(
    form_class=ReviewOperationsForm,
    stage=Stage.CONSULTATION,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    title=_("Review the operations"),
    background=lambda case: market_links(case, case.lead_organisation_id),
    instruction=_("Visit the cooperative, enter its figures and difficulties, and say what follows."),
    why=_("A plan helps only where the difficulties are known."),
    basis=_("Decision 01/QĐ-TTg of 2023"),
    outcomes={"plan": _("A plan follows"), "no_need": _("No need"), "stop": _("Stopped")},
)
def review_operations(unit: Unit, *, outcome: str, reason: str | None = None, **answers: Any) -> str:
    """Store how the cooperative does; its figures go to the register. Without a plan the case is closed."""
    case, unit.reason = unit.case, reason or ""
    number = OperationsReview.next_number(case)
    own = {"case": case, "recorded_by": unit.by, "round": number, "outcome": outcome, "reason": reason or ""}
    review = unit.add(OperationsReview(**own, **answers))
    figures: dict[str, int | None] = {indicator: getattr(review, name) for indicator, name in _FIGURES.items()}
    note_figures(unit, case.cooperative, figures, review.reviewed_on.isoformat(), f"Rà soát hoạt động ({case.code})")
    with unit.changing(case):
        if outcome in _ENDS:
            case.close(_ENDS[outcome], reason or "")
        else:
            case.start_planning(unit.by)
    return outcome


@step(
    form_class=AgreePlanForm,
    stage=Stage.BUSINESS_PLAN,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    title=_("Agree on a plan"),
    instruction=_("Write down with the cooperative what it will do, who does it and until when."),
    why=_("What was agreed in writing can be followed up."),
    basis=_("Decision 01/QĐ-TTg of 2023"),
)
def agree_plan(unit: Unit, *, actions: list[dict[str, Any]], **answers: Any) -> str:
    """Store a new version of the plan with its actions."""
    own = {"case": unit.case, "recorded_by": unit.by}
    plan = unit.add(StrengtheningPlan(**own, version=StrengtheningPlan.next_number(unit.case), **answers))
    for action in actions:
        unit.add(PlanAction(**own, plan=plan, **action))
    return "done"


def _for_review(case: Case) -> list[Section]:
    return [*agreed_plan(case), *market_links(case, case.reviewing_organisation_id)]


@step(
    form_class=ReviewStrengtheningForm,
    stage=Stage.BUSINESS_PLAN,
    role=Role.REVIEWER,
    organisation=reviewing_organisation,
    title=_("Review the strengthening plan"),
    background=_for_review,
    instruction=_("Read the plan. Approve it, or return it with your remarks."),
    why=_("The Alliance knows what other cooperatives could not keep."),
    basis=_("Decision 01/QĐ-TTg of 2023"),
    outcomes={
        "approve": _("Approved"),
        "register": _("Approved; a change is to be registered"),
        "return": _("Returned"),
    },
)
def review_strengthening(unit: Unit, *, decision: str, remarks: str | None = None) -> str:
    """Store the Alliance's word. An approved plan goes on to the registrar only if it changes the registration."""
    case, unit.reason = unit.case, remarks or ""
    number = StrengtheningReview.next_number(case)
    own = {"case": case, "recorded_by": unit.by, "round": number}
    unit.add(StrengtheningReview(**own, decision=decision, remarks=remarks or ""))
    if decision == StrengtheningReview.Decision.RETURN:
        return "return"
    plan = StrengtheningPlan.latest_of(case)
    with unit.changing(case):
        if plan and plan.changes:
            case.start_registration(unit.by)
            return "register"
        case.start_linkage(unit.by)
    return "approve"


@step(
    form_class=ChangeRegistrationForm,
    stage=Stage.REGISTRATION,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    title=_("Register the change"),
    instruction=_("Help the cooperative to file the change, and enter the receipt and the answer."),
    why=_("A change that is not registered does not hold against others."),
    basis=_("Law on Cooperatives 17/2023/QH15, Articles 47 and 48"),
    outcomes={"done": _("Registered"), "amend": _("Refused; back to the plan")},
)
def change_registration(unit: Unit, *, result: str, reason: str | None = None, **answers: Any) -> str:
    """Store the registrar's answer (LHTX Articles 47 and 48). A refusal leads back to the plan."""
    case, unit.reason = unit.case, reason or ""
    plan = StrengtheningPlan.latest_of(case)
    own = {"case": case, "recorded_by": unit.by, "changes": plan.changes if plan else []}
    unit.add(RegistrationChange(**own, result=result, reason=reason or "", **answers))
    with unit.changing(case):
        if result == RegistrationChange.Result.REFUSED:
            case.return_to_business_plan(unit.by, reason)
            return "amend"
        case.start_linkage(unit.by)
    return "done"
