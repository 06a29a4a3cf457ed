"""Market, credit, confirmation and the two visits that follow."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.acts import ActionNotPossible, Unit
from casework.cases.models import Case
from casework.cases.stages import Kind, Outcome, Stage
from casework.cooperatives.acts import note_figures
from casework.cooperatives.models import Fact
from casework.facts import Section
from casework.filings.models import FilingResult
from casework.linkage import facts
from casework.linkage.credit.acts import DECIDE, pay_out, say_if_not_shared
from casework.linkage.credit.asking import ask_lender
from casework.linkage.credit.forms import DecideCreditForm, RequestCreditForm
from casework.linkage.credit.step_forms import NOT_DRAWN, DisbursementForm
from casework.linkage.forms import ConfirmLinkageForm, FollowUpForm, LinkMarketForm
from casework.linkage.market.links import add_link, is_linked, live_links, note_outcome, put_right, unverified, verify
from casework.linkage.models import CreditApplication, FollowUp, LinkageReview, MarketLink
from casework.organisations.roles import Role
from casework.plans.facts import conference_facts, plan_facts
from casework.sharing.models import Proof
from casework.steps import lead_organisation, reviewing_organisation, step, supervising_organisation


def lender_organisation(case: Case) -> int:
    """The lender that the newest application went to: where a task does not know its own (workflows/flows)."""
    asked = CreditApplication.objects.filter(case=case, request=CreditApplication.Request.REQUESTED)
    lender_id: int = asked.order_by("-pk").values_list("lender_id", flat=True)[0]
    return lender_id


def missing_certificate(case: Case) -> str:
    """Why a case cannot be steered past its registration; a strengthened cooperative has been registered long since."""
    if case.kind == Kind.CONSOLIDATION:
        return ""
    issued = FilingResult.objects.filter(case=case, outcome=FilingResult.Outcome.CERTIFICATE)
    return "" if issued.exists() else _g("There is no certificate of registration yet.")


def _for_linking(case: Case) -> list[Section]:
    return [*facts.return_facts(case), *plan_facts(case)]


@step(
    form_class=LinkMarketForm,
    stage=Stage.LINKAGE,
    role=Role.REVIEWER,
    organisation=reviewing_organisation,
    background=_for_linking,
    correctable=True,
    record=MarketLink,
    missing=missing_certificate,
    title=_("Link to a market"),
    instruction=_("Bring the cooperative together with a buyer or a platform and enter the proof, or say why not now."),
    why=_("A cooperative that does not sell does not last. A proof lets the supervisor confirm without a visit."),
    basis=_("Decision 01/QĐ-TTg of 2023, support for markets"),
)
def link_market(unit: Unit, *, replaces: str = "", **answers: Any) -> str:
    """Store the proof of a market, or why there is none yet; a correction takes the place of what it opened with."""
    old = live_links(unit.case).filter(pk=replaces).first() if replaces.isdecimal() else None
    if old:
        put_right(unit, old, **answers)
    else:
        add_link(unit, unit.case, **answers)
    return "done"


@step(
    form_class=RequestCreditForm,
    stage=Stage.LINKAGE,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    background=_for_linking,
    missing=missing_certificate,
    title=_("Ask for credit"),
    instruction=_(
        "Choose a lender with the cooperative and enter what it asks for, or say why it needs no credit. "
        "Until it has answered you can ask others too: page “Sharing” of the case."
    ),
    why=_("The lender decides on what you enter here and sees nothing else of the case."),
    basis=_("Law on Cooperatives 17/2023/QH15, Articles 64.5 and 70.5: the members decide on borrowing"),
    outcomes={"requested": _("Asked for"), "not_needed": _("Not needed")},
)
def request_credit(
    unit: Unit, *, request: str, consent_proof: str = Proof.PAPER, consent_until: date | None = None, **answers: Any
) -> str:
    """Store the application and open its slice of the case to the lender, or store why none is needed."""
    if request == CreditApplication.Request.REQUESTED:
        ask_lender(unit, consent_proof=consent_proof, consent_until=consent_until, **answers)
    else:
        unit.add(CreditApplication(case=unit.case, recorded_by=unit.by, request=request, **answers))
    return request


@step(
    form_class=DecideCreditForm,
    stage=Stage.LINKAGE,
    role=Role.CREDIT_OFFICER,
    organisation=lender_organisation,
    background=facts.application_facts,
    title=_("Decide on the credit"),
    instruction=_(
        "Examine the application and enter your decision with amount, interest and term, or with the reason."
    ),
    why=_("The women plan with your answer; a clear reason helps them even when it is no."),
    basis=_("The rules of the lender"),
    outcomes={"granted": _("Granted"), "refused": _("Refused"), "withdrawn": _("Withdrawn"), "done": ""},
)
def decide_credit(
    unit: Unit,
    *,
    decision: str,
    granted_amount: int | None = None,
    rate: Any = None,
    granted_months: int | None = None,
    conditions: str = "",
    refusal_code: str = "",
    refusal_reason: str = "",
) -> str:
    """Store the decision of the lender on the application of its task, as long as it is shared with the lender."""
    application: CreditApplication | None = unit.task.about
    if application is None or application.decision:
        raise ActionNotPossible(_("There is no application that waits for a decision."))
    say_if_not_shared(unit, application)
    unit.reason = refusal_reason
    unit.change(
        application,
        decision=decision,
        granted_amount=granted_amount,
        rate=rate,
        granted_months=granted_months,
        conditions=conditions,
        refusal_code=refusal_code,
        refusal_reason=refusal_reason,
        decided_by_id=unit.by.pk,
        decided_at=timezone.now(),
    )
    unit.facts["application"] = application.pk
    return "granted" if application.is_granted else "refused"


@step(
    form_class=DisbursementForm,
    stage=Stage.LINKAGE,
    role=Role.CREDIT_OFFICER,
    organisation=lender_organisation,
    right=DECIDE,
    background=facts.application_facts,
    title=_("Pay out the credit"),
    instruction=_("Enter the first disbursement with its day, or why the money is not drawn."),
    why=_("A credit helps from the day on which the money arrives. The case does not wait for it."),
    basis=_("The rules of the lender"),
    outcomes={"paid": _("Paid out"), "not_drawn": _("Not drawn"), "withdrawn": _("Withdrawn")},
)
def record_disbursement(
    unit: Unit,
    *,
    drawn: str,
    amount: int | None = None,
    paid_on: date | None = None,
    note: str = "",
    reason: str = "",
) -> str:
    """Store the first disbursement of the application of the task, or why the money is not drawn."""
    application: CreditApplication = unit.task.about
    unit.facts["application"] = application.pk
    say_if_not_shared(unit, application)
    if drawn == NOT_DRAWN:
        unit.reason = reason
        unit.change(application, undrawn_reason=reason)
    else:
        pay_out(unit, application, paid_on=paid_on, amount=amount, note=note)
    return drawn


def _for_confirmation(case: Case) -> list[Section]:
    return [*facts.market_facts(case), *facts.credit_facts(case)]


@step(
    form_class=ConfirmLinkageForm,
    stage=Stage.LINKAGE,
    role=Role.SUPERVISOR,
    organisation=supervising_organisation,
    background=_for_confirmation,
    missing=missing_certificate,
    not_by=("link_market", "request_credit", "decide_credit"),
    title=_("Confirm the linkage"),
    instruction=_("Check the proof of the market and the answer on credit. Confirm, or return with what is missing."),
    why=_("Four eyes: who prepared market or credit cannot confirm them."),
    basis=_("Decision 01/QĐ-TTg of 2023: inspection and supervision"),
    outcomes={"confirm": _("Confirmed"), "return": _("Returned")},
)
def confirm_linkage(unit: Unit, *, decision: str, reason: str = "", verified: dict[int, str] | None = None) -> str:
    """Confirm market and credit, or return them. Whoever had a hand in them may not (workflows/four_eyes.py).

    `verified` says of links by their ids how they were verified. Linked is a case with a verified link, or with a
    reason why it goes on without one.
    """
    case = unit.case
    unit.reason = reason
    for link in unverified(case):
        if how := (verified or {}).get(link.pk):
            verify(unit, link, how)
    if decision == LinkageReview.Decision.CONFIRM and not is_linked(case):
        raise ActionNotPossible(_("No market link is verified yet. Say how you verified one, or return the case."))
    number = LinkageReview.next_number(case)
    unit.add(LinkageReview(case=case, recorded_by=unit.by, round=number, decision=decision, reason=reason))
    if decision == LinkageReview.Decision.CONFIRM:
        with unit.changing(case):
            case.link(unit.by)
    return decision


def _for_visit(case: Case) -> list[Section]:
    return [*facts.follow_up_facts(case), *conference_facts(case), *facts.credit_facts(case)]


_visit: dict[str, Any] = {
    "form_class": FollowUpForm,
    "stage": Stage.LINKED,
    "role": Role.ADVISOR,
    "organisation": lead_organisation,
    "background": _for_visit,
    "right": "follow_up_cooperative",
    "missing": missing_certificate,
    "instruction": _("Visit the cooperative, ask how it does, and enter its figures and difficulties."),
    "basis": _("Decision 01/QĐ-TTg of 2023: follow-up of supported cooperatives"),
}


def _follow_up(unit: Unit, months: int, answers: dict[str, Any]) -> None:
    """Store the visit; its figures go to the register too, and what came of each market link stands with it."""
    outcomes = answers.pop("outcomes", {})
    for link in live_links(unit.case):
        state, sales = outcomes.get(link.pk, ("", None))
        if state:
            note_outcome(unit, link, state, answers["visited_on"], sales)
    known = FollowUp.objects.filter(case=unit.case, months=months).first()
    if known:
        # After a jump back the same visit is told again.
        visit = unit.change(known, recorded_by_id=unit.by.pk, recorded_at=timezone.now(), **answers)
    else:
        visit = unit.add(FollowUp(case=unit.case, recorded_by=unit.by, months=months, **answers))
    if unit.case.cooperative:
        figures: dict[str, int | None] = {
            Fact.Indicator.MEMBERS: visit.members,
            Fact.Indicator.WOMEN_MEMBERS: visit.women,
            Fact.Indicator.WORKERS: visit.workers,
        }
        source = f"Theo dõi sau {months} tháng ({unit.case.code})"
        note_figures(unit, unit.case.cooperative, figures, visit.visited_on.isoformat(), source)


@step(
    **_visit,
    title=_("Follow up after 6 months"),
    why=_("Problems that are seen after half a year can still be solved."),
)
def follow_up_6_months(unit: Unit, **answers: Any) -> str:
    """Store how the cooperative does after six months."""
    _follow_up(unit, 6, answers)
    return "done"


@step(
    **_visit,
    title=_("Follow up after 12 months"),
    why=_("The first year shows whether the cooperative stands by itself. With this visit the case is complete."),
)
def follow_up_12_months(unit: Unit, **answers: Any) -> str:
    """Store how the cooperative does after a year and close the case."""
    _follow_up(unit, 12, answers)
    with unit.changing(unit.case):
        unit.case.close(Outcome.COMPLETED)
    return "done"
