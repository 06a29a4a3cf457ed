"""Consent, share and the lender's room: what is shown, what was seen, and how it ends at once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.linkage.credit.acts import NoteRepayment, OpenRoom, RecordDisbursement
from casework.linkage.credit.products import breaches, products_on, remarks
from casework.linkage.credit.slice import digest
from casework.linkage.models import CreditApplication, CreditProduct
from casework.sharing.consents import AnswerShare, RecordConsent, RevokeShare, WithdrawConsent, live_share
from casework.sharing.models import CaseAccess, Consent, SharedSlice
from workflows.credit_room.acts import AnswerLender, AskLead
from workflows.credit_room.tasks import task_of
from workflows.engine.models import Task

MILLION = 1_000_000


@pytest.fixture
def asked(world):
    """A case whose application waits for the bank."""
    case = world.open_case(name="HTX Vay Vốn Mẫu")
    world.advance(case, "request_credit")
    world.finish(world.task(case, "request_credit"), lender=world.organisation("bank-kh").pk, amount=200 * MILLION)
    return CreditApplication.latest_of(case)


@pytest.fixture
def room(asked):
    return reverse("credit:room", args=[asked.pk])


def withdraw(world, application, by=None):
    consent = Consent.objects.get(case=application.case, purpose="credit")
    return perform(WithdrawConsent(application.case_id, consent.pk, "Nhóm đổi ý"), by=by or world.lan)


def test_asking_records_the_consent_on_which_the_share_stands(world, asked):
    share = live_share(asked.case_id, asked.lender_id)

    assert share.consent.recipient_id == asked.lender_id
    assert (share.consent.purpose, share.consent.person_id) == ("credit", asked.case.contact_id)
    assert share.profile == "credit"


def test_no_share_without_a_consent(world, asked):
    with pytest.raises(DatabaseError, match="share_has_a_consent"), transaction.atomic():
        CaseAccess.objects.create(
            case=asked.case,
            organisation=world.organisation("fund-kh"),
            kind="share",
            profile="credit",
            valid_from=timezone.now(),
        )


def test_the_room_shows_the_slice_and_nothing_of_people(client, world, asked, room):
    client.force_login(world.ngan)

    text = client.get(room).content.decode()

    assert "200.000.000" in text
    assert "HTX Vay Vốn Mẫu" in text
    assert asked.case.contact.full_name not in text
    assert asked.case.contact.phone not in text
    assert client.get(reverse("cases:file", args=[asked.case.code])).status_code == 404


def test_each_opening_is_an_event_with_exactly_what_was_shown(client, world, asked, room):
    client.force_login(world.ngan)
    client.get(room)
    client.get(room)

    events = AuditEvent.objects.filter(case_id=asked.case_id, verb="share.opened")
    shown = SharedSlice.objects.get(access=live_share(asked.case_id, asked.lender_id))
    assert [event.facts["sha256"] for event in events] == [shown.sha256] * 2
    assert digest(shown.shown) == shown.sha256
    assert {event.organisation_id for event in events} == {asked.lender_id}
    client.force_login(world.lan)
    page = client.get(reverse("sharing:case", args=[asked.case.code])).content.decode()
    assert shown.sha256[:12] in page
    assert str(world.ngan) in page


@pytest.mark.parametrize("who", ["nga", "lan", "hanh", "van", "thanh", "phuong"])
def test_nobody_else_enters_the_room(client, world, asked, room, who):
    client.force_login(getattr(world, who))

    assert client.get(room).status_code == (404 if who == "nga" else 403)
    with pytest.raises(PermissionDenied):
        perform(OpenRoom(asked.pk), by=getattr(world, who))


def test_withdrawing_ends_the_share_the_task_and_the_open_page(client, world, asked, room):
    task = task_of(asked)
    world.claim(task, world.ngan)
    client.force_login(world.ngan)
    assert client.get(reverse("tasks:task", args=[task.pk])).status_code == 200

    withdraw(world, asked)

    asked.refresh_from_db()
    assert (asked.decision, live_share(asked.case_id, asked.lender_id)) == ("withdrawn", None)
    assert not Task.objects.open().filter(case=asked.case, node="decide_credit").exists()
    assert client.get(room).status_code == 404
    assert client.get(reverse("credit:desk")).context["total"] == 0
    for act in (
        AskLead(asked.pk, "Còn gì nữa?"),
        OpenRoom(asked.pk),
        RecordDisbursement(asked.pk, timezone.localdate(), MILLION),
    ):
        with pytest.raises(ActionNotPossible, match="không còn được chia sẻ"):
            perform(act, by=world.ngan)
    sent = client.post(reverse("credit:ask", args=[asked.pk]), {"text": "Còn gì nữa?", "request_id": uuid4()})
    assert sent.status_code == 200
    assert "Còn gì nữa?" in sent.content.decode()


def test_the_case_goes_on_without_the_lender(world, asked):
    world.finish(world.task(asked.case, "link_market"))

    withdraw(world, asked)

    assert world.task(asked.case).node == "confirm_linkage"


def test_a_decision_is_refused_when_the_consent_is_over(world, asked, time_machine):
    withdraw(world, asked)
    again = world.open_case(name="HTX Có Hạn Mẫu")
    world.advance(again, "request_credit")
    until = timezone.localdate() + timedelta(days=3)
    world.finish(
        world.task(again, "request_credit"), lender=world.organisation("bank-kh").pk, consent_until=f"{until:%d/%m/%Y}"
    )
    task = world.task(again, "decide_credit")
    world.claim(task, world.ngan)
    application = CreditApplication.latest_of(again)
    assert live_share(again.pk, application.lender_id)

    time_machine.move_to(timezone.now() + timedelta(days=4), tick=False)

    with pytest.raises(ActionNotPossible):
        world.finish(task, by=world.ngan, decision="full", granted_amount=application.amount)
    assert task.background() == []


def test_a_lender_may_decline_and_says_why(client, world, asked):
    share = live_share(asked.case_id, asked.lender_id)
    client.force_login(world.ngan)
    address = reverse("credit:decline", args=[asked.pk])
    assert client.post(address, {"reason": ""}).status_code == 200

    client.post(address, {"reason": "Ngoài địa bàn", "request_id": uuid4()})

    share.refresh_from_db()
    asked.refresh_from_db()
    assert (share.answer, share.revoked_because, asked.decision) == ("declined", "Ngoài địa bàn", "withdrawn")


def test_a_lender_answers_once(client, world, asked, room):
    client.force_login(world.ngan)

    client.post(reverse("credit:accept", args=[asked.pk]), {"request_id": uuid4()})

    share = live_share(asked.case_id, asked.lender_id)
    assert share.answer == "accepted"
    with pytest.raises(ActionNotPossible):
        perform(AnswerShare(asked.case_id, share.pk, accepts=True), by=world.ngan)


def test_a_question_stops_the_clock_and_the_answer_lets_it_go_on(client, world, asked, room):
    client.force_login(world.ngan)
    client.post(reverse("credit:ask", args=[asked.pk]), {"text": "Ai bảo lãnh?", "request_id": uuid4()})
    question = asked.questions.get()
    assert task_of(asked).held
    with pytest.raises(ActionNotPossible):
        perform(AskLead(asked.pk, "Còn gì?"), by=world.ngan)

    client.force_login(world.lan)
    address = reverse("sharing:answer", args=[asked.case.code, question.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"text": "Các thành viên.", "request_id": uuid4()})

    assert not task_of(asked).held
    client.force_login(world.ngan)
    assert "Các thành viên." in client.get(room).content.decode()
    with pytest.raises(ActionNotPossible):
        perform(AnswerLender(question.pk, "Nữa"), by=world.lan)


def test_money_is_paid_out_in_parts_and_never_more_than_granted(client, world, asked, room):
    today = timezone.localdate()
    with pytest.raises(ActionNotPossible):
        perform(RecordDisbursement(asked.pk, today, MILLION), by=world.ngan)
    world.finish(
        task_of(asked), by=world.ngan, decision="partial", granted_amount=150 * MILLION, conditions="Có bảo lãnh"
    )
    client.force_login(world.ngan)
    for amount in ("100.000.000", "50.000.000", "1.000"):
        client.post(
            reverse("credit:pay", args=[asked.pk]),
            {"amount": amount, "paid_on": f"{today:%d/%m/%Y}", "request_id": uuid4()},
        )

    assert sum(row.amount for row in asked.disbursements.all()) == 150 * MILLION
    perform(NoteRepayment(asked.pk, "on_time", today, 90 * MILLION), by=world.ngan)
    page = client.get(room).content.decode()
    assert "90.000.000" in page
    assert "Có bảo lãnh" in page


def test_what_a_product_does_not_allow(db):
    job = CreditProduct.objects.get(code="nhcsxh-job")
    fund = CreditProduct.objects.get(code="htx-fund")

    assert not breaches(job, {"borrower": "cooperative", "amount": 600 * MILLION, "workers": 3, "term_months": 120})
    assert set(breaches(job, {"borrower": "member", "amount": 601 * MILLION, "workers": 3, "term_months": 121})) == {
        "borrower",
        "amount",
        "term_months",
    }
    assert "amount" in breaches(job, {"amount": 10_000 * MILLION + 1, "workers": 1000})
    low = CreditApplication(product=fund, own_capital=19 * MILLION, amount=81 * MILLION)
    enough = CreditApplication(product=fund, own_capital=20 * MILLION, amount=80 * MILLION)
    assert len(remarks(low)) == 1
    assert remarks(enough) == []


def test_products_are_dated(db):
    assert not products_on(timezone.datetime(2025, 12, 31).date()).filter(code="nhcsxh-job").exists()
    assert products_on(timezone.datetime(2026, 1, 1).date()).filter(code="nhcsxh-job").exists()


def test_the_form_says_what_the_product_allows(world):
    case = world.open_case()
    task = world.advance(case, "request_credit")
    form = task.step.form_class(
        case,
        world.lan,
        data={
            "request": "requested",
            "product": CreditProduct.objects.get(code="nhcsxh-job").pk,
            "amount": "900.000.000",
            "workers": "2",
            "term_months": "200",
        },
    )

    assert {"amount", "term_months"} <= set(form.errors)


def test_consents_are_recorded_and_withdrawn_on_the_page(client, world):
    case = world.open_case()
    client.force_login(world.lan)
    address = reverse("sharing:give", args=[case.code])
    typed = {"purpose": "publicity", "categories": ["photographs"], "valid_from": "01/11/2026", "proof": "paper"}
    assert not client.get(address).context["form"].initial.get("categories")
    assert client.post(address, {**typed, "categories": []}).status_code == 200
    assert client.post(address, {**typed, "purpose": "credit"}).status_code == 200
    assert client.post(address, {**typed, "valid_until": "01/10/2026"}).status_code == 200
    assert not Consent.objects.exists()

    client.post(address, {**typed, "request_id": uuid4()})

    consent = Consent.objects.get()
    gone = reverse("sharing:withdraw", args=[case.code, consent.pk])
    assert client.post(gone, {"reason": " "}).status_code == 200
    client.post(gone, {"reason": "Không muốn nữa", "request_id": uuid4()})
    consent.refresh_from_db()
    assert not consent.is_live
    assert client.get(gone).status_code == 404
    assert "Không muốn nữa" in client.get(reverse("sharing:case", args=[case.code])).content.decode()


def test_a_supervisor_ends_a_share_and_others_may_not(client, world, asked):
    share = live_share(asked.case_id, asked.lender_id)
    for who in (world.binh, world.thanh, world.ngan, world.phuong):
        with pytest.raises(PermissionDenied):
            perform(RevokeShare(asked.case_id, share.pk, "Sai"), by=who)
    client.force_login(world.hanh)

    client.post(
        reverse("sharing:revoke", args=[asked.case.code, share.pk]), {"reason": "Nhầm nơi", "request_id": uuid4()}
    )

    assert live_share(asked.case_id, asked.lender_id) is None
    with pytest.raises(ActionNotPossible):
        perform(RevokeShare(asked.case_id, share.pk, "Sai"), by=world.hanh)


def test_a_consent_alone_shares_nothing(world):
    case = world.open_case()
    values = {
        "purpose": "credit",
        "categories": ["application"],
        "recipient": world.organisation("bank-kh"),
        "valid_from": timezone.localdate(),
        "proof": "paper",
    }
    perform(RecordConsent(case.pk, values), by=world.lan)

    assert live_share(case.pk, world.organisation("bank-kh").pk) is None
