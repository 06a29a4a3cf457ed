"""Every step: what its form refuses with which field, and what its completion changes in the case."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cases.stages import LegalForm, Outcome, Stage, Status
from casework.documents.models import ChecklistItem
from casework.filings import facts as filing_facts
from casework.linkage import facts as linkage_facts
from casework.linkage.models import CreditApplication, FollowUp, MarketLink
from casework.organisations.acts import Appoint
from casework.people.models import Person, founders_of
from casework.plans import facts as plan_facts
from casework.plans.models import (
    BusinessPlan,
    Charter,
    CharterGroup,
    PlanReview,
    must_draft_charter,
    must_draft_plan,
)
from casework.reference import load_reference
from casework.rules.founding import least_members, votes_needed
from casework.rules.models import LegalParameter, NoParameter, parameter
from casework.rules.names import fault_of_name, proposed_name, protected_name_in
from casework.sharing.models import CaseAccess
from workflows.demo.answers import answer_for
from workflows.demo.play import AnswerRefused, posted
from workflows.engine.models import Task

# Early enough for every later day of the answers.
EARLIER = {"hold_founding_conference": {"held_on": (timezone.localdate() - timedelta(days=60)).strftime("%d/%m/%Y")}}


@pytest.fixture
def case(world):
    return world.open_case()


@pytest.fixture
def arrive(world):
    """Finish tasks until one of the step is open."""

    def arrive(case, node, **answers):
        for _attempt in range(30):
            tasks = {task.node: task for task in Task.objects.open().filter(case=case).order_by("pk")}
            if node in tasks:
                return tasks[node]
            first = next(iter(tasks.values()))
            world.finish(first, **EARLIER.get(first.node, {}), **answers.get(first.node, {}))
        raise AssertionError(node)

    return arrive


def form_of(task, **fields):
    """The form of a task with plausible answers, some of them replaced."""
    fields = {**answer_for(task), **EARLIER.get(task.node, {}), **fields}
    return task.form(task.case.opened_by, data=posted(fields))


def assert_refused(task, field, part="", **fields):
    """The form has a sentence at this field and at no other."""
    form = form_of(task, **fields)

    assert list(form.errors) == [field], form.errors
    assert part in str(form.errors[field][0])
    assert not form.errors[field][0].startswith("This field")


def day(days_ago):
    return (timezone.localdate() - timedelta(days=days_ago)).strftime("%d/%m/%Y")


# ── Every form ──────────────────────────────────────────────────────────────────────────────────────────

NODES = [
    "survey_needs",
    "hold_consultation",
    "form_founding_group",
    "draft_plan",
    "draft_charter",
    "review_plan",
    "hold_founding_conference",
    "prepare_dossier",
    "file_dossier",
    "record_registration_result",
    "link_market",
    "request_credit",
    "decide_credit",
    "record_disbursement",
    "confirm_linkage",
    "follow_up_6_months",
    "follow_up_12_months",
]


@pytest.mark.parametrize("node", NODES)
def test_rubbish_in_every_field_is_answered_by_a_sentence_and_changes_nothing(node, case, arrive):
    task = arrive(case, node)
    blank = task.form(task.case.opened_by)

    for rubbish in ("", "\x00", "☃" * 5000, "-1", "99999999999999999999", "31/02/2026"):
        fields = dict.fromkeys(blank.fields, rubbish)
        rows = {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "rows-0-full_name": rubbish, "rows-0-sex": rubbish}
        form = task.form(task.case.opened_by, data=posted({**fields, **rows}))

        assert not form.is_valid()
        assert form.errors
        assert all(message for messages in form.errors.values() for message in messages)


@pytest.mark.parametrize("node", NODES)
def test_every_step_says_what_to_do_why_and_by_which_article(node, case, arrive):
    task = arrive(case, node)
    step = task.step

    assert all(str(text).strip() for text in (step.title, step.instruction, step.why, step.basis))
    assert task.form(task.case.opened_by).as_div()
    for section in task.background():
        assert section.title
        assert section.facts


@pytest.mark.parametrize("node", NODES)
def test_a_draft_of_nothing_shows_no_mistakes(node, case, arrive):
    task = arrive(case, node)

    form = task.form(task.case.opened_by, draft=posted({}))

    assert not form.errors


def test_the_two_follow_ups_share_one_right(case, arrive):
    assert arrive(case, "follow_up_6_months").permission == "follow_up_cooperative"


# ── Consultation ────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_stored_without_consent(case, arrive):
    task = arrive(case, "survey_needs")
    without = {name: value for name, value in answer_for(task).items() if name != "consent_given"}

    form = task.step.form_class(case, case.opened_by, data=posted(without))

    assert list(form.errors) == ["consent_given"]
    assert "checked" not in str(task.step.form_class(case, case.opened_by)["consent_given"])


def test_the_survey_tells_the_case_how_many_women_and_which_trade(case, arrive, world):
    world.finish(arrive(case, "survey_needs"), women_interested="12", ethnic_minority_women="4", trade="Dệt thổ cẩm")

    case = Case.objects.get(pk=case.pk)
    assert (case.women_interested, case.trade) == (12, "Dệt thổ cẩm")


def test_a_part_of_the_women_is_not_more_than_all(case, arrive):
    task = arrive(case, "survey_needs")

    assert_refused(task, "ethnic_minority_women", women_interested="9", ethnic_minority_women="10")
    assert_refused(task, "women_interested", women_interested="0", ethnic_minority_women="")


def test_stopping_needs_a_reason_and_closes_the_case(case, arrive, world):
    task = arrive(case, "hold_consultation")
    assert_refused(task, "reason", outcome="stop", reason=" ")

    world.finish(task, outcome="stop", reason="Các chị chưa sẵn sàng.")

    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.outcome) == (Status.CLOSED, Outcome.STOPPED)
    assert case.closing_reason == "Các chị chưa sẵn sàng."


def test_a_group_needs_two_founders_where_a_cooperative_needs_five(case, arrive, world):
    task = arrive(case, "form_founding_group", hold_consultation={"outcome": "group"})
    case = Case.objects.get(pk=case.pk)

    assert case.legal_form == LegalForm.THT
    assert form_of(task, **founders(2)).is_valid()
    assert_refused(task, "__all__", "2", **founders(1))


def founders(count, **last):
    """Rows of founders as posted; the last one with other values."""
    fields = {"rows-TOTAL_FORMS": count, "rows-INITIAL_FORMS": 0}
    for number in range(count):
        row = {"full_name": f"Nguyễn Mẫu {'ABCDEFGH'[number]}", "sex": "female", "birth_year": "1985", "phone": ""}
        for name, value in {**row, **(last if number == count - 1 else {})}.items():
            fields[f"rows-{number}-{name}"] = value
    return {f"rows-{n}-{f}": "" for n in range(count, 12) for f in ("full_name", "sex", "birth_year")} | fields


def test_five_founders_are_enough_and_four_are_not(case, arrive):
    task = arrive(case, "form_founding_group")

    assert form_of(task, **founders(5)).is_valid()
    assert_refused(task, "__all__", "5", **founders(4))


def test_a_founder_is_of_age_and_stands_on_the_list_once(case, arrive):
    task = arrive(case, "form_founding_group")
    this_year = timezone.localdate().year

    assert form_of(task, **founders(5, birth_year=str(this_year - 18))).is_valid()
    assert_refused(task, "__all__", "Nguyễn Mẫu E", **founders(5, birth_year=str(this_year - 17)))
    assert_refused(task, "__all__", "NGUYỄN MẪU A", **founders(6, full_name="NGUYỄN  MẪU A"))
    assert form_of(task, **founders(6, full_name="Nguyễn Mẫu A", birth_year="1990")).is_valid()


@pytest.mark.parametrize(
    "wrong",
    [
        {"full_name": ""},
        {"full_name": "0901"},
        {"sex": ""},
        {"sex": "x"},
        {"birth_year": "85"},
        {"birth_year": "2999"},
        {"phone": "123"},
    ],
)
def test_a_wrong_value_in_a_row_is_told_in_the_row(wrong, case, arrive):
    form = form_of(arrive(case, "form_founding_group"), **founders(6, **wrong))

    assert not form.is_valid()
    assert list(form.rows["rows"].errors[5]) == list(wrong)


def test_the_founding_group_begins_the_plan_and_takes_up_the_contact(case, arrive, world):
    task = arrive(case, "form_founding_group")
    world.finish(task, **founders(6, full_name=case.contact.full_name, phone="0901 234 567"))

    case = Case.objects.get(pk=case.pk)
    assert case.stage == Stage.BUSINESS_PLAN
    assert len(founders_of(case)) == 6
    contact = Person.objects.get(pk=case.contact_id)
    assert contact.foundings.get().case_id == case.pk
    assert (contact.phone, contact.birth_year) == ("+84901234567", 1985)


def test_names_and_numbers_of_founders_stay_out_of_the_history(case, arrive, world):
    receipt = world.finish(arrive(case, "form_founding_group"), **founders(5, phone="0901 234 567"))

    told = AuditEvent.objects.get(chain=receipt.link.chain, seq=receipt.link.seq).canon
    assert "founder:" in told
    assert "Nguyễn Mẫu A" not in told
    assert "901234567" not in told


def test_a_stored_number_is_never_shown_in_the_form_again(case, arrive):
    task = arrive(case, "form_founding_group")

    form = task.step.form_class(case, case.opened_by)

    assert form.rows["rows"].forms[0].initial["full_name"] == case.contact.full_name
    assert case.contact.phone[3:] not in str(form.rows["rows"].as_div())


# ── Plan and charter ────────────────────────────────────────────────────────────────────────────────────


def test_names_are_read_as_the_law_spells_them(world):
    assert fault_of_name("HỢP TÁC XÃ DỊCH VỤ F&B Hoa Sen 2", LegalForm.HTX) == ""
    assert fault_of_name("Nhóm Hoa Sen", LegalForm.THT) == ""
    assert protected_name_in("Hợp tác xã Công đoạn May") == ""
    assert protected_name_in("Hợp tác xã công đoàn may") == "Công đoàn"
    assert proposed_name("HTX Nấm  Hoa Sen", LegalForm.HTX) == "Hợp tác xã Nấm Hoa Sen"
    assert proposed_name("Nấm Hoa Sen", LegalForm.HTX) == "Hợp tác xã Nấm Hoa Sen"
    assert proposed_name("Hợp tác xã Nấm", LegalForm.HTX) == "Hợp tác xã Nấm"
    assert proposed_name("THT Nấm", LegalForm.THT) == "Nấm"


def test_a_return_marks_something_and_says_what(case, arrive):
    task = arrive(case, "review_plan")

    assert_refused(task, "marked_in_plan", outcome="return", remarks="Sửa lại.")
    assert_refused(task, "remarks", outcome="return", marked_in_plan=["market"])
    assert_refused(task, "marked_in_charter", outcome="return", remarks="Sửa.", marked_in_charter=["name_of_cat"])
    assert form_of(task, outcome="return", remarks="Sửa.", marked_in_charter=["seat"]).is_valid()


def test_only_what_was_marked_is_drafted_again(case, arrive, world):
    assert must_draft_plan(case)
    assert must_draft_charter(case)
    review = arrive(case, "review_plan")

    world.finish(review, outcome="return", remarks="Nói rõ <b>người mua</b>.", marked_in_plan=["market", "products"])

    assert [task.node for task in Task.objects.open().filter(case=case)] == ["draft_plan"]
    assert (must_draft_plan(case), must_draft_charter(case)) == (True, False)
    task = world.task(case, "draft_plan")
    form = task.step.form_class(case, case.opened_by)
    assert form.initial["market"] == BusinessPlan.latest_of(case).market
    assert "Nói rõ &lt;b&gt;người mua&lt;/b&gt;." in form["market"].help_text
    assert "Nói rõ" in form.rows["products"].note
    assert "người mua" not in str(form["marketing"].help_text)
    assert "Nói rõ" in str(task.step.background(case)[0].facts)


def test_each_draft_is_a_version_and_the_review_names_both(case, arrive, world):
    world.finish(arrive(case, "review_plan"), outcome="return", remarks="Sửa.", marked_in_charter=["seat"])
    world.finish(arrive(case, "review_plan"))

    assert list(Charter.objects.filter(case=case).order_by("pk").values_list("version", flat=True)) == [1, 2]
    assert BusinessPlan.objects.filter(case=case).count() == 1
    last = PlanReview.latest_of(case)
    assert (last.round, last.outcome, last.charter.version, last.plan.version) == (2, "approve", 2, 1)
    assert must_draft_plan(case)


# ── Market and credit ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("needs", ["kind", "partner", "proof", "linked_on"])
def test_a_market_link_needs_its_proof(needs, case, arrive):
    assert_refused(arrive(case, "link_market"), needs, result="linked", **{needs: ""})


def test_going_on_without_a_market_needs_a_reason(case, arrive, world):
    task = arrive(case, "link_market")
    assert_refused(task, "reason", result="skipped")

    world.finish(task, result="skipped", reason="Chờ vụ thu hoạch.")

    link = MarketLink.latest_of(case)
    assert (link.kind, link.partner, link.linked_on, link.reason) == ("", "", None, "Chờ vụ thu hoạch.")


@pytest.mark.parametrize(
    "needs", ["lender", "purpose", "amount", "term_months", "own_capital", "workers", "consent_given", "consent_on"]
)
def test_an_application_is_complete_and_agreed_to(needs, case, arrive):
    task = arrive(case, "request_credit")
    fields = {name: value for name, value in answer_for(task).items() if name != needs}

    form = task.form(task.case.opened_by, data=posted(fields))

    assert list(form.errors) == [needs]


def test_lenders_are_those_of_the_province(case, arrive, world):
    task = arrive(case, "request_credit")

    assert_refused(task, "lender", lender=world.organisation("wu-kh").pk)
    assert_refused(task, "amount", amount="0")


def test_the_application_goes_to_its_lender_with_a_share_and_nothing_more(case, arrive, world):
    task = arrive(case, "request_credit")
    world.finish(task, lender=world.organisation("fund-kh").pk)

    decision = world.task(case, "decide_credit")
    assert decision.organisation == world.organisation("fund-kh")
    shares = CaseAccess.objects.filter(case=case, kind=CaseAccess.Kind.SHARE)
    assert [share.organisation.code for share in shares] == ["fund-kh"]
    assert not Case.objects.visible_to(world.standing("nga")).filter(pk=case.pk).exists()
    assert all(len(part.facts) for part in decision.background())


def test_no_credit_needs_a_reason_and_asks_no_lender(case, arrive, world):
    task = arrive(case, "request_credit")
    assert_refused(task, "reason", request="not_needed")

    world.finish(task, request="not_needed", reason="Đủ vốn tự có.")

    application = CreditApplication.latest_of(case)
    assert (application.lender, application.amount, application.consent_given) == (None, None, False)
    assert not Task.objects.open().filter(case=case, node="decide_credit").exists()


def test_a_lender_grants_at_most_what_was_asked_for(case, arrive):
    task = arrive(case, "decide_credit")

    assert_refused(task, "granted_amount", "100.000.000", decision="partial", granted_amount="101 triệu")
    assert_refused(task, "granted_amount", "100.000.000", decision="full", granted_amount="99 triệu")
    assert_refused(task, "rate", decision="full", granted_amount="100 triệu", rate="")
    assert_refused(task, "rate", decision="full", granted_amount="100 triệu", rate="7,925")
    assert_refused(task, "refusal_reason", decision="refused")
    assert form_of(task, decision="full", granted_amount="100 triệu").is_valid()


def test_a_refusal_of_credit_is_stored_with_its_reason(case, arrive, world):
    world.finish(arrive(case, "decide_credit"), decision="refused", refusal_reason="Vốn tự có quá ít.")

    application = CreditApplication.latest_of(case)
    assert (application.decision, application.granted_amount, application.rate) == ("refused", None, None)
    assert application.decided_by.memberships.get().role == "credit_officer"


@pytest.mark.parametrize("step", ["link_market", "request_credit", "decide_credit"])
def test_who_prepared_the_linkage_cannot_confirm_it(step, case, arrive, world):
    worker = world.worker(arrive(case, step))
    confirm = arrive(case, "confirm_linkage")
    perform(Appoint(worker, confirm.organisation, "supervisor", date(2025, 7, 1)), by=world.owner)

    with pytest.raises(ActionNotPossible):
        world.finish(confirm, by=worker)

    assert Case.objects.get(pk=case.pk).stage == Stage.LINKAGE


def test_a_supervisor_confirms_and_the_case_is_linked(case, arrive, world):
    world.finish(arrive(case, "confirm_linkage"))

    assert Case.objects.get(pk=case.pk).stage == Stage.LINKED


def test_a_return_needs_a_reason_stays_in_linkage_and_is_read_there(case, arrive, world):
    task = arrive(case, "confirm_linkage")
    assert_refused(task, "reason", decision="return")

    world.finish(task, decision="return", reason="Thiếu hợp đồng.")

    assert Case.objects.get(pk=case.pk).stage == Stage.LINKAGE
    again = world.task(case, "link_market")
    assert "Thiếu hợp đồng." in str(again.step.background(case)[0].facts)
    open_tasks = Task.objects.open().filter(case=case, process__application=None)
    assert {task.node for task in open_tasks} == {"link_market", "request_credit"}


def test_a_stranger_to_the_organisation_cannot_confirm(case, arrive, world):
    with pytest.raises((PermissionDenied, AnswerRefused)):
        world.finish(arrive(case, "confirm_linkage"), by=world.son)


# ── Follow-up ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_second_visit_completes_the_case(case, arrive, world):
    task = arrive(case, "follow_up_12_months")
    assert_refused(task, "women", members="5", women="6")

    world.finish(task, wants_strengthening="on")

    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.outcome) == (Status.CLOSED, Outcome.COMPLETED)
    visits = FollowUp.objects.filter(case=case).order_by("months")
    assert [(visit.months, visit.wants_strengthening) for visit in visits] == [(6, False), (12, True)]


def test_the_facts_of_a_whole_case_can_be_read(case, arrive, world):
    world.finish(arrive(case, "follow_up_12_months"))

    sections = [s for room in (plan_facts, filing_facts, linkage_facts) for s in room.facts_of(case)]

    assert len(sections) == 15
    assert all(section.facts for section in sections)
    assert "+84" not in str(sections)


# ── Reference data ──────────────────────────────────────────────────────────────────────────────────────


def test_the_numbers_of_the_law_are_dated(case):
    assert parameter("members_at_least_htx", date(2024, 6, 30)) == 7
    assert parameter("members_at_least_htx", date(2024, 7, 1)) == 5
    with pytest.raises(NoParameter):
        parameter("members_at_least_htx", date(2000, 1, 1))
    assert least_members(case, timezone.localdate()) == 5
    assert [votes_needed(n, timezone.localdate()) for n in (5, 6, 7)] == [3, 4, 4]


def test_a_new_law_is_a_new_row(case, arrive):
    today = timezone.localdate()
    LegalParameter.objects.create(name="members_at_least_htx", value=6, valid_from=today, source="Luật mới")

    assert_refused(arrive(case, "form_founding_group"), "__all__", "6", **founders(5))


def test_reference_data_are_loaded_again_without_doubles(db):
    before = (LegalParameter.objects.count(), ChecklistItem.objects.count(), CharterGroup.objects.count())

    told = load_reference()

    assert (LegalParameter.objects.count(), ChecklistItem.objects.count(), CharterGroup.objects.count()) == before
    assert (told["legalparameter"], told["checklistitem"], told["chartergroup"]) == before
