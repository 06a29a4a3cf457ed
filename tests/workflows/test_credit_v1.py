"""Several lenders beside each other: every application has a run of its own, and the case waits for all of them."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.linkage.credit.acts import RecordDisbursement
from casework.linkage.models import CreditApplication, CreditProduct
from casework.models import Case
from casework.sharing.consents import RevokeShare, WithdrawConsent, live_share
from casework.sharing.models import Consent
from workflows.checks import check_stored_flows
from workflows.credit_room.asking import AskAnotherLender, waiting_for_lenders
from workflows.credit_room.tasks import task_of
from workflows.engine.models import Process, Task
from workflows.flows.founding_v1 import FoundingV1
from workflows.steering.closing import CloseCase
from workflows.steering.moving import JumpTo, ReopenCase

MILLION = 1_000_000


@pytest.fixture
def case(world):
    """A case with its market found, whose first application waits for the bank."""
    case = world.open_case(name="HTX Nhiều Nơi Vay Mẫu")
    world.advance(case, "request_credit")
    world.finish(world.task(case, "link_market"))
    world.finish(world.task(case, "request_credit"), lender=world.organisation("bank-kh").pk, amount=200 * MILLION)
    return case


def another(world, case, lender="fund-kh", by=None, **more):
    """One more application of a case, by act."""
    values = {
        "lender": world.organisation(lender),
        "purpose": "Mua máy sấy.",
        "amount": 50 * MILLION,
        "term_months": 24,
        "own_capital": 60 * MILLION,
        "workers": 5,
        "consent_given": True,
        "consent_on": timezone.localdate(),
        **more,
    }
    done = perform(AskAnotherLender(case.pk, values), by=by or world.lan)
    return CreditApplication.objects.get(pk=done.result["application"])


def asked_of(world, case, lender):
    return CreditApplication.objects.filter(case=case, lender=world.organisation(lender)).latest("pk")


def nodes(case):
    return sorted(Task.objects.open().filter(case=case).values_list("node", flat=True))


def grant(world, application):
    task = task_of(application)
    return world.finish(task, decision="full", granted_amount=application.amount)


def refuse(world, application):
    return world.finish(task_of(application), decision="refused", refusal_reason="Vốn tự có quá ít.")


def test_each_lender_has_its_own_run_and_task(world, case):
    bank, fund = asked_of(world, case, "bank-kh"), another(world, case)

    assert nodes(case) == ["decide_credit", "decide_credit"]
    for application in (bank, fund):
        task = task_of(application)
        assert (task.about, task.organisation_id) == (application, application.lender_id)
        assert task.process == application.process
        assert application.process.parent_task == waiting_for_lenders(case)
    assert Process.objects.filter(case=case).count() == 3


def test_one_grants_and_one_refuses_and_the_case_goes_on_after_the_last(world, case):
    bank, fund = asked_of(world, case, "bank-kh"), another(world, case)

    refuse(world, fund)
    assert nodes(case) == ["decide_credit"]
    grant(world, bank)

    assert nodes(case) == ["confirm_linkage", "record_disbursement"]
    assert waiting_for_lenders(case) is None
    bank.refresh_from_db()
    fund.refresh_from_db()
    assert (bank.decision, bank.granted_amount, fund.decision) == ("full", 200 * MILLION, "refused")
    assert fund.process.status == "DONE"
    assert Process.objects.get(pk=fund.process.pk).finished


def test_a_decision_is_stored_on_the_application_of_its_task_and_no_other(world, case):
    bank, fund = asked_of(world, case, "bank-kh"), another(world, case)
    form = task_of(bank).form(world.ngan)

    assert form.initial["granted_amount"] == 200 * MILLION
    assert task_of(fund).form(world.nga).initial["granted_amount"] == 50 * MILLION
    grant(world, bank)

    fund.refresh_from_db()
    assert fund.decision == ""


def _told(amount, page):
    """Whether an amount stands on a page, and not only as the end of a larger one."""
    return re.search(rf"\b{re.escape(f'{amount:,}'.replace(',', '.'))}\b", page)


def test_the_pages_of_two_lenders_show_each_its_own_application(client, world, case):
    bank, fund = asked_of(world, case, "bank-kh"), another(world, case)

    for user, own, other in ((world.ngan, bank, fund), (world.nga, fund, bank)):
        client.force_login(user)
        page = client.get(reverse("tasks:task", args=[task_of(own).pk])).content.decode()
        assert _told(own.amount, page)
        assert not _told(other.amount, page)
        assert client.get(reverse("tasks:task", args=[task_of(other).pk])).status_code == 404
        assert client.get(reverse("credit:room", args=[other.pk])).status_code == 404


def test_ending_one_share_ends_only_that_run(world, case):
    bank, fund = asked_of(world, case, "bank-kh"), another(world, case)

    perform(RevokeShare(case.pk, live_share(case.pk, fund.lender_id).pk, "Nhóm đổi ý"), by=world.lan)

    fund.refresh_from_db()
    assert (fund.decision, task_of(fund)) == ("withdrawn", None)
    assert Process.objects.get(pk=fund.process.pk).finished
    assert nodes(case) == ["decide_credit"]
    refuse(world, bank)
    assert nodes(case) == ["confirm_linkage"]


def test_withdrawing_the_first_of_two_consents_for_a_lender_ends_what_it_reads(world, case):
    product = CreditProduct.objects.get(code="htx-fund")
    bank, other = asked_of(world, case, "bank-kh"), another(world, case, "bank-kh", product=product)
    first = Consent.objects.filter(case=case, recipient=bank.lender_id).earliest("pk")

    perform(WithdrawConsent(case.pk, first.pk, "Nhóm đổi ý"), by=world.lan)

    assert live_share(case.pk, bank.lender_id) is None
    assert set(CreditApplication.objects.filter(case=case).values_list("decision", flat=True)) == {"withdrawn"}
    assert (task_of(bank), task_of(other)) == (None, None)


def test_the_same_lender_is_not_asked_twice_for_the_same_product(world, case):
    product = CreditProduct.objects.get(code="htx-fund")

    with pytest.raises(ActionNotPossible) as again:
        another(world, case, "bank-kh")
    assert again.value.field == "lender"
    another(world, case, "bank-kh", product=product)
    with pytest.raises(ActionNotPossible) as again:
        another(world, case, "bank-kh", product=product)
    assert again.value.field == "product"
    assert CreditApplication.objects.filter(case=case).count() == 2


def test_nobody_else_is_asked_once_the_case_has_gone_on(world, case):
    refuse(world, asked_of(world, case, "bank-kh"))

    with pytest.raises(ActionNotPossible):
        another(world, case)


@pytest.mark.parametrize("who", ["cuc", "hanh", "binh", "ngan", "van", "phuong"])
def test_only_whoever_leads_the_case_asks_another(world, case, who):
    with pytest.raises(PermissionDenied):
        another(world, case, by=getattr(world, who))


def test_another_lender_is_asked_on_the_page_sharing(client, world, case):
    client.force_login(world.lan)
    address = reverse("sharing:another", args=[case.code])
    sharing = reverse("sharing:case", args=[case.code])
    assert address in client.get(sharing).content.decode()
    assert client.get(address).status_code == 200
    typed = {
        "lender": world.organisation("fund-kh").pk,
        "purpose": "Mua máy sấy.",
        "amount": "50 triệu",
        "term_months": "24",
        "own_capital": "60 triệu",
        "workers": "5",
        "consent_on": f"{timezone.localdate():%d/%m/%Y}",
        "request_id": str(uuid4()),
    }

    refused = client.post(address, typed)
    assert "consent_given" in refused.context["form"].errors
    assert "Mua máy sấy." in refused.content.decode()
    assert set(client.post(address, {"amount": "\x00"}).context["form"].errors) >= {"lender", "amount", "purpose"}
    assert client.post(address, {**typed, "consent_given": "on"}).status_code == 302

    assert nodes(case) == ["decide_credit", "decide_credit"]
    refuse(world, asked_of(world, case, "bank-kh"))
    refuse(world, asked_of(world, case, "fund-kh"))
    assert address not in client.get(sharing).content.decode()


@pytest.mark.parametrize(("who", "status"), [("hanh", 403), ("binh", 403), ("ngan", 404), ("phuong", 404)])
def test_nobody_else_opens_the_form(client, world, case, who, status):
    client.force_login(getattr(world, who))

    assert client.get(reverse("sharing:another", args=[case.code])).status_code == status


# ── Money ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_money_does_not_hold_up_the_case(world, case):
    bank = asked_of(world, case, "bank-kh")
    grant(world, bank)

    world.finish(world.task(case, "confirm_linkage"))

    assert Case.objects.get(pk=case.pk).stage == "linked"
    world.finish(task_of(bank), drawn="paid", amount=120 * MILLION, paid_on=f"{timezone.localdate():%d/%m/%Y}")
    assert [row.amount for row in bank.disbursements.all()] == [120 * MILLION]
    assert Process.objects.get(pk=bank.process.pk).finished
    perform(RecordDisbursement(bank.pk, timezone.localdate(), 80 * MILLION), by=world.ngan)
    assert bank.disbursements.count() == 2


def test_a_payment_in_the_room_finishes_the_task_that_waits_for_it(world, case):
    bank = asked_of(world, case, "bank-kh")
    grant(world, bank)
    task = task_of(bank)

    perform(RecordDisbursement(bank.pk, timezone.localdate(), MILLION), by=world.ngan)

    task.refresh_from_db()
    assert (task.status, task.outcome, task_of(bank)) == ("DONE", "paid", None)


def test_money_that_is_not_drawn_has_a_reason_and_is_not_paid_out_later(client, world, case):
    bank = asked_of(world, case, "bank-kh")
    grant(world, bank)

    form = task_of(bank).form(world.ngan, data={"drawn": "not_drawn"})
    assert "reason" in form.errors
    world.finish(task_of(bank), drawn="not_drawn", reason="Nhóm dùng vốn khác.")

    bank.refresh_from_db()
    assert bank.undrawn_reason == "Nhóm dùng vốn khác."
    with pytest.raises(ActionNotPossible, match="Nhóm dùng vốn khác"):
        perform(RecordDisbursement(bank.pk, timezone.localdate(), MILLION), by=world.ngan)
    client.force_login(world.ngan)
    assert "Nhóm dùng vốn khác." in client.get(reverse("credit:room", args=[bank.pk])).content.decode()


def test_the_task_for_the_money_ends_with_the_share(world, case):
    bank = asked_of(world, case, "bank-kh")
    grant(world, bank)

    perform(RevokeShare(case.pk, live_share(case.pk, bank.lender_id).pk, "Nhóm đổi ý"), by=world.lan)

    bank.refresh_from_db()
    assert (bank.decision, nodes(case)) == ("full", ["confirm_linkage"])


# ── Closing, jumping, returning, holding ─────────────────────────────────────────────────────────────


def test_closing_the_case_ends_every_run(world, case):
    another(world, case)

    perform(CloseCase(case.pk, "no_contact"), by=world.lan)

    assert nodes(case) == []
    assert not Process.objects.filter(case=case, finished=None).exists()
    assert set(CreditApplication.objects.filter(case=case).values_list("decision", flat=True)) == {"withdrawn"}
    perform(ReopenCase(case.pk, "linking", "Nhóm trở lại"), by=world.hanh)
    world.finish(world.task(case, "request_credit"), lender=world.organisation("bank-kh").pk)
    assert task_of(asked_of(world, case, "bank-kh")).round == 2


def test_a_jump_ends_what_waits_for_an_answer_but_not_the_money(world, case):
    bank, fund = asked_of(world, case, "bank-kh"), another(world, case)
    grant(world, bank)

    perform(JumpTo(case.pk, "linking", "Hỏi lại từ đầu"), by=world.hanh)

    fund.refresh_from_db()
    assert (fund.decision, task_of(fund)) == ("withdrawn", None)
    assert nodes(case) == ["link_market", "record_disbursement", "request_credit"]
    event = AuditEvent.objects.filter(case_id=case.pk, verb="case.jumped").latest("seq")
    assert [one["node"] for one in event.facts["cancelled"]] == ["decide_credit"]


def test_a_returned_linkage_begins_a_new_round_with_new_runs(world, case):
    bank = asked_of(world, case, "bank-kh")
    refuse(world, bank)
    world.finish(world.task(case, "confirm_linkage"), decision="return", reason="Hỏi thêm nơi khác.")

    world.finish(world.task(case, "request_credit"), lender=world.organisation("bank-kh").pk)
    again = asked_of(world, case, "bank-kh")

    assert again.process != bank.process
    assert (task_of(again).round, waiting_for_lenders(case).round) == (2, 2)


def test_the_case_page_shows_every_lenders_task_and_where_the_case_waits(client, world, case):
    another(world, case)
    client.force_login(world.lan)

    page = client.get(reverse("cases:file", args=[case.code]))

    assert [task.node for task in Task.objects.open().filter(case=case)] == ["decide_credit"] * 2
    assert len(page.context["tasks"]) == 2
    points = [point for stage in page.context["way"].stages for point in stage.points]
    assert any(point.label == str(FoundingV1.credit_answers.task_title) and point.state == "now" for point in points)


# ── Cases that were with a lender before ─────────────────────────────────────────────────────────────


@pytest.fixture
def old_case(world, monkeypatch):
    """A case whose decision waits inside its own run, as it was before every application had one."""
    ways = {**FoundingV1.request_credit._by_outcome, "requested": FoundingV1.decide_credit}
    with monkeypatch.context() as before:
        before.setattr(FoundingV1.request_credit, "_by_outcome", ways)
        case = world.open_case(name="HTX Đang Vay Mẫu")
        world.advance(case, "decide_credit")
    return case


def test_an_open_decision_of_the_old_kind_is_still_made(client, world, old_case):
    application = CreditApplication.latest_of(old_case)
    task = world.task(old_case, "decide_credit")
    assert not hasattr(application, "process")
    assert (task_of(application), task.about) == (task, application)
    assert task.process == Process.objects.get(case=old_case)
    client.force_login(world.worker(task))
    assert client.get(reverse("tasks:task", args=[task.pk])).status_code == 200

    world.finish(task, decision="full", granted_amount=application.amount)

    application.refresh_from_db()
    assert application.decision == "full"
    assert world.advance(old_case, "confirm_linkage")
    client.force_login(world.lan)
    assert client.get(reverse("cases:file", args=[old_case.code])).status_code == 200
    assert [fault for fault in check_stored_flows(None, ["default"]) if fault.id == "workflows.E008"] == []


def test_an_old_decision_ends_with_its_share_and_a_new_round_has_a_run(world, old_case):
    application = CreditApplication.latest_of(old_case)
    perform(RevokeShare(old_case.pk, live_share(old_case.pk, application.lender_id).pk, "Nhóm đổi ý"), by=world.lan)
    application.refresh_from_db()
    assert application.decision == "withdrawn"

    world.finish(world.advance(old_case, "confirm_linkage"), decision="return", reason="Hỏi lại.")
    world.finish(world.task(old_case, "request_credit"), lender=application.lender_id)

    again = CreditApplication.latest_of(old_case)
    assert task_of(again).process == again.process
    assert task_of(application) is None or task_of(application).about == again


def test_the_flow_of_a_new_case_never_comes_to_the_old_node(world, case):
    assert FoundingV1.decide_credit not in [edge.dst for edge in FoundingV1.request_credit._outgoing()]
    assert not Task.objects.filter(case=case, node="decide_credit", process__application=None).exists()
