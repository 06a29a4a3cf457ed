"""The loops and branches of the founding flow: plans returned, market and credit side by side, four eyes."""

import pytest
from django.core.exceptions import PermissionDenied

from casework.acts import perform
from casework.facts import grouped
from casework.models import (
    BusinessPlan,
    Case,
    Charter,
    CreditApplication,
    LinkageReview,
    PlanReview,
)
from casework.organisations.acts import Appoint
from tests.workflows.walk import Walk
from workflows.acts import ClaimTask
from workflows.demo.play import AnswerRefused
from workflows.engine.models import Task

RETURN_PLAN = {"outcome": "return", "marked_in_plan": ["market", "products"], "remarks": "Who buys in the dry season?"}
RETURN_CHARTER = {"outcome": "return", "marked_in_charter": ["seat"], "remarks": "The seat is no address yet."}
RETURN_BOTH = {**RETURN_PLAN, **RETURN_CHARTER}
NO_CREDIT = {"request": "not_needed", "reason": "Their own savings are enough."}


@pytest.fixture
def walk(world):
    return Walk(world, world.open_case())


# ── Plan and charter ─────────────────────────────────────────────────────────────────────────────────


def test_plan_and_charter_are_drafted_side_by_side_and_reviewed_once_both_are_there(walk):
    walk.to("draft_plan")
    assert walk.open() == ["draft_plan", "draft_charter"]

    walk.finish("draft_charter")
    assert walk.open() == ["draft_plan"]

    walk.finish("draft_plan")
    assert walk.open() == ["review_plan"]


@pytest.mark.parametrize(
    ("marks", "reopened", "not_reopened"),
    [(RETURN_PLAN, "draft_plan", "draft_charter"), (RETURN_CHARTER, "draft_charter", "draft_plan")],
)
def test_only_the_marked_draft_is_returned_and_the_review_follows_it(walk, marks, reopened, not_reopened):
    walk.to("review_plan").finish("review_plan", **marks)

    assert walk.open() == [reopened]
    assert walk.stage[0] == "business_plan"
    walk.finish(reopened)
    assert walk.open() == ["review_plan"]
    assert (walk.rounds(reopened), walk.rounds(not_reopened), walk.rounds("review_plan")) == ([1, 2], [1], [1, 2])


def test_both_drafts_are_returned_and_joined_again(walk):
    walk.to("review_plan").finish("review_plan", **RETURN_BOTH)
    assert walk.open() == ["draft_plan", "draft_charter"]

    walk.finish("draft_plan")
    assert walk.open() == ["draft_charter"]
    walk.finish("draft_charter")

    assert walk.open() == ["review_plan"]
    assert (walk.rounds("draft_plan"), walk.rounds("draft_charter")) == ([1, 2], [1, 2])


def test_plans_are_returned_again_and_again_until_they_are_approved(walk):
    for marks in (RETURN_PLAN, RETURN_BOTH, RETURN_CHARTER, RETURN_PLAN):
        walk.to("review_plan").finish("review_plan", **marks)
    walk.to("review_plan").finish("review_plan", outcome="approve")

    assert walk.open() == ["hold_founding_conference"]
    assert walk.rounds("review_plan") == [1, 2, 3, 4, 5]
    assert list(PlanReview.objects.filter(case=walk.case).order_by("pk").values_list("round", flat=True)) == [
        1, 2, 3, 4, 5,
    ]  # fmt: skip
    assert BusinessPlan.objects.filter(case=walk.case).count() == 4
    assert Charter.objects.filter(case=walk.case).count() == 3


def test_a_returned_draft_opens_with_what_was_written_before(world, walk):
    walk.to("draft_plan").finish("draft_plan", market="The market of Phan Rang").to("review_plan")
    walk.finish("review_plan", **RETURN_PLAN)

    task = walk.task("draft_plan")
    form = task.step.form_class(Case.objects.get(pk=walk.case.pk), world.lan)

    before = BusinessPlan.objects.get(case=walk.case)
    assert form["market"].value() == before.market == "The market of Phan Rang"
    typed = form.rows["products"].forms[0]["price_1"].value()
    assert typed == grouped(before.tables["products"][0]["price_1"])


def test_a_plan_is_not_returned_without_marks_or_without_a_remark(walk):
    walk.to("review_plan")

    for fields in ({**RETURN_PLAN, "marked_in_plan": []}, {**RETURN_PLAN, "remarks": ""}):
        with pytest.raises(AnswerRefused):
            walk.finish("review_plan", **fields)
    assert walk.open() == ["review_plan"]


def test_a_review_keeps_what_was_marked(walk):
    walk.to("review_plan").finish("review_plan", **RETURN_BOTH)

    review = PlanReview.objects.get(case=walk.case)
    assert (review.marked_in_plan, review.marked_in_charter) == (["market", "products"], ["seat"])


# ── Market and credit ────────────────────────────────────────────────────────────────────────────────


def test_market_and_credit_go_on_side_by_side(walk):
    walk.to("link_market")
    assert walk.open() == ["link_market", "request_credit"]

    walk.finish("request_credit")
    assert walk.open() == ["link_market", "decide_credit"]
    walk.finish("link_market")
    assert walk.open() == ["decide_credit"]
    walk.finish("decide_credit")

    assert walk.open() == ["confirm_linkage", "record_disbursement"]


def test_a_cooperative_that_needs_no_credit_asks_no_lender(walk):
    walk.to("request_credit").finish("request_credit", **NO_CREDIT)
    assert walk.open() == ["link_market"]

    walk.finish("link_market")

    assert walk.open() == ["confirm_linkage"]
    assert not Task.objects.filter(case=walk.case, node="decide_credit").exists()


def test_a_case_may_go_on_without_a_market_for_a_reason(walk):
    walk.to("link_market").finish("link_market", result="skipped", reason="The first harvest is in autumn.")

    assert "link_market" not in walk.open()


@pytest.mark.parametrize(
    ("decision", "granted", "reason"),
    [("full", 100_000_000, ""), ("partial", 1_000_000, ""), ("refused", None, "Nợ xấu.")],
)
def test_a_lender_grants_all_some_or_nothing_and_the_case_goes_on(walk, decision, granted, reason):
    walk.to("decide_credit")
    walk.finish("decide_credit", decision=decision, granted_amount=granted or "", refusal_reason=reason)

    credit = CreditApplication.objects.get(case=walk.case)
    assert (credit.amount, credit.decision, credit.granted_amount) == (100_000_000, decision, granted)
    assert (credit.refusal_reason, credit.decided_by) == (reason, _done(walk, "decide_credit").owner)
    assert walk.to("confirm_linkage").open() == ["confirm_linkage", *["record_disbursement"] * bool(granted)]


def _done(walk, node):
    return Task.objects.filter(case=walk.case, node=node, status="DONE").latest("pk")


def test_the_lender_who_was_asked_decides_and_no_other(walk):
    fund = walk.world.organisation("fund-kh")
    walk.to("request_credit").finish("request_credit", lender=fund.pk)
    task = walk.task("decide_credit")

    assert (task.organisation, CreditApplication.objects.get(case=walk.case).lender) == (fund, fund)
    with pytest.raises(PermissionDenied):
        perform(ClaimTask(task.pk), by=walk.world.ngan)
    walk.finish("decide_credit", walk.world.nga)


def test_a_returned_linkage_is_worked_on_again_until_it_is_confirmed(walk):
    for _round in range(2):
        walk.to("confirm_linkage").finish("confirm_linkage", decision="return", reason="The contract is unsigned.")
        assert [node for node in walk.open() if node != "record_disbursement"] == ["link_market", "request_credit"]
        assert walk.stage[0] == "linkage"
    walk.finish("request_credit", **NO_CREDIT).to("confirm_linkage").finish("confirm_linkage")

    assert walk.stage[0] == "linked"
    assert walk.rounds("link_market") == walk.rounds("confirm_linkage") == [1, 2, 3]
    assert walk.rounds("decide_credit") == [1, 2]
    decisions = LinkageReview.objects.filter(case=walk.case).order_by("pk").values_list("decision", flat=True)
    assert list(decisions) == ["return", "return", "confirm"]


def test_another_supervisor_confirms_instead(world, walk):
    walk.to("link_market")
    perform(Appoint(world.hanh, world.organisation("al-kh"), "reviewer"), by=world.owner)
    perform(Appoint(world.stranger, world.organisation("wu-kh"), "supervisor"), by=world.owner)
    walk.finish("link_market", world.hanh).to("confirm_linkage")

    walk.finish("confirm_linkage", world.stranger)

    assert walk.stage[0] == "linked"
