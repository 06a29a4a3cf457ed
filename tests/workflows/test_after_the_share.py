"""A valid form of a lender that is sent when nothing is shared with it any more: a sentence, and nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from casework.acts import perform
from casework.linkage.credit.acts import RecordDisbursement
from casework.linkage.models import CreditApplication, CreditProduct
from casework.models import Document, DocumentVersion
from casework.sharing.consents import RevokeShare, WithdrawConsent, live_share
from casework.sharing.models import Consent
from tests.casework.documents.test_papers import add
from tests.workflows.test_credit_v1 import MILLION, another, grant
from workflows.credit_room.acts import AskLead
from workflows.credit_room.ran_out import end_ran_out
from workflows.credit_room.tasks import task_of

DAYS = 3


@dataclass
class Room:
    """One lender, four applications, each where another act is possible; the pages of all are open."""

    case: Any
    open: CreditApplication
    asked: CreditApplication
    granted: CreditApplication
    paid: CreditApplication
    paper: DocumentVersion
    tasks: dict[str, int]
    question: int


@pytest.fixture
def room(world, client, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    case = world.open_case(name="HTX Hết Chia Sẻ Mẫu")
    world.advance(case, "request_credit")
    world.finish(world.task(case, "link_market"))
    world.finish(
        world.task(case, "request_credit"),
        lender=world.organisation("bank-kh").pk,
        consent_until=f"{timezone.localdate() + timedelta(days=DAYS):%d/%m/%Y}",
    )
    more = [
        another(world, case, "bank-kh", product=CreditProduct.objects.get(code=code))
        for code in ("htx-fund", "women-fund", "rural-unsecured")
    ]
    first = CreditApplication.objects.filter(case=case).earliest("pk")
    asked, granted, paid = more
    for one in (granted, paid):
        grant(world, one)
    perform(RecordDisbursement(paid.pk, timezone.localdate(), MILLION), by=world.ngan)
    question = perform(AskLead(asked.pk, "Ai bảo lãnh?"), by=world.ngan).result["question"]
    tasks = {"decide": task_of(first), "pay": task_of(granted)}
    for task in tasks.values():
        world.claim(task, by=world.ngan)
    client.force_login(world.lan)
    add(client, case, type="other", visibility="lender")
    paper = DocumentVersion.objects.get(document=Document.objects.get(case=case, visibility="lender"))
    return Room(case, first, asked, granted, paid, paper, {name: t.pk for name, t in tasks.items()}, question)


def today():
    return f"{timezone.localdate():%d/%m/%Y}"


def task_page(name: str, **typed: str) -> Callable[[Room], tuple[str, dict[str, str]]]:
    return lambda room: (reverse("tasks:task", args=[room.tasks[name]]), typed)


def in_room(name: str, which: str, **typed: str) -> Callable[[Room], tuple[str, dict[str, str]]]:
    return lambda room: (reverse(f"credit:{name}", args=[getattr(room, which).pk]), typed)


def dated(made, name):
    """The same form with the day on which it is sent."""
    return lambda room: (made(room)[0], {**made(room)[1], name: today()})


# Name of the act → who sends it, and where to with what. Each is valid while the share lasts (the first test).
FORMS: dict[str, tuple[str, Callable[[Room], tuple[str, dict[str, str]]]]] = {
    "grant": ("ngan", task_page("decide", decision="partial", granted_amount="1000000", rate="7", granted_months="12")),
    "refuse": ("ngan", task_page("decide", decision="refused", refusal_reason="Vốn tự có quá ít.")),
    "pay, as the task": ("ngan", dated(task_page("pay", drawn="paid", amount="1000000"), "paid_on")),
    "not drawn": ("ngan", task_page("pay", drawn="not_drawn", reason="Nhóm dùng vốn khác.")),
    "accept": ("ngan", in_room("accept", "open")),
    "decline": ("ngan", in_room("decline", "open", reason="Ngoài địa bàn")),
    "ask": ("ngan", in_room("ask", "open", text="Còn gì nữa?")),
    "pay, in the room": ("ngan", dated(in_room("pay", "paid", amount="1000000"), "paid_on")),
    "repayment": ("ngan", dated(in_room("repay", "paid", state="on_time", outstanding="1000000"), "state_on")),
    "answer": ("lan", lambda room: (reverse("sharing:answer", args=[room.case.code, room.question]), {"text": "Hội."})),
}


def withdraw(world, room, time_machine):
    consent = Consent.objects.filter(case=room.case, purpose="credit").earliest("pk")
    perform(WithdrawConsent(room.case.pk, consent.pk, "Nhóm đổi ý"), by=world.lan)


def revoke(world, room, time_machine):
    share = live_share(room.case.pk, room.open.lender_id)
    perform(RevokeShare(room.case.pk, share.pk, "Nhóm đổi ý"), by=world.lan)


def run_out(world, room, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=DAYS + 1), tick=False)


def run_out_and_swept(world, room, time_machine):
    run_out(world, room, time_machine)
    assert end_ran_out()["ended"] == 1


# What a refusal may keep: the draft of what was typed, for her alone.
KEPT = {"Draft", "Session"}


def written():
    """How many rows every table has, events and notices among them."""
    models = [model for model in apps.get_models() if model.__name__ not in KEPT and not model._meta.proxy]
    return {model.__name__: model._base_manager.count() for model in models if model._meta.managed}


def rows_of(room):
    return list(CreditApplication._base_manager.filter(case=room.case).order_by("pk").values())


def told(answer):
    """The sentence with which a form was refused."""
    context = answer.context or {}
    form = context.get("form")
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    said += [str(context["refusal"])] if context.get("refusal") else []
    return said + ([error for errors in form.errors.values() for error in errors] if form else [])


def send(client, world, room, name):
    who, made = FORMS[name]
    client.force_login(getattr(world, who))
    address, typed = made(room)
    return client.post(address, {**typed, "request_id": str(uuid4())})


def test_each_form_is_valid_while_the_share_lasts(world, client, room):
    for name in FORMS:
        with transaction.atomic():
            before = written()["AuditEvent"]
            assert send(client, world, room, name).status_code == 302, name
            assert written()["AuditEvent"] == before + 1, name
            transaction.set_rollback(True)
    client.force_login(world.ngan)
    assert client.get(reverse("documents:download", args=[room.case.code, room.paper.pk])).status_code == 200


@pytest.mark.parametrize("ends", [withdraw, revoke, run_out, run_out_and_swept])
def test_a_valid_form_after_the_share_is_refused_with_a_sentence(world, client, room, time_machine, ends):
    ends(world, room, time_machine)
    for who in ("ngan", "lan"):
        client.force_login(getattr(world, who))
    before, rows = written(), rows_of(room)

    for name in FORMS:
        answer = send(client, world, room, name)
        assert answer.status_code in (200, 302, 409), name
        assert told(answer), name
        assert written() == before, name
        assert rows_of(room) == rows, name
    client.force_login(world.ngan)
    assert client.get(reverse("documents:download", args=[room.case.code, room.paper.pk])).status_code == 404
    assert written() == before
