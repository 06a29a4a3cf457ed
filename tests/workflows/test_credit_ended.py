"""What a lender sends, correctly filled in, from a page that was open when its access ended: nothing is written."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.linkage.credit.acts import RecordDisbursement
from casework.linkage.models import CreditApplication, CreditQuestion, Disbursement, Repayment
from casework.sharing.consents import RevokeShare, WithdrawConsent
from casework.sharing.models import CaseAccess, Consent
from workflows.credit_room.tasks import task_of
from workflows.engine.models import Task

MILLION = 1_000_000


def asked(world):
    """An application that waits for the bank's decision; its task is taken."""
    case = world.open_case(name="HTX Vay Vốn Mẫu")
    world.advance(case, "request_credit")
    until = timezone.localdate() + timedelta(days=5)
    fields = {"lender": world.organisation("bank-kh").pk, "amount": 200 * MILLION, "consent_until": f"{until:%d/%m/%Y}"}
    world.finish(world.task(case, "request_credit"), **fields)
    application = CreditApplication.latest_of(case)
    world.claim(task_of(application), world.ngan)
    return application


def granted(world):
    """An application that was granted and is to be paid out."""
    application = asked(world)
    world.finish(task_of(application), by=world.ngan, decision="full", granted_amount=200 * MILLION)
    application.refresh_from_db()
    return application


def paid(world):
    """An application of which a part was paid out."""
    application = granted(world)
    perform(RecordDisbursement(application.pk, timezone.localdate(), 100 * MILLION), by=world.ngan)
    return application


def withdrawn(world, case, time_machine):
    consent = Consent.objects.get(case=case, purpose="credit")
    perform(WithdrawConsent(case.pk, consent.pk, "Nhóm đổi ý"), by=world.lan)


def revoked(world, case, time_machine):
    share = CaseAccess.objects.get(case=case, kind=CaseAccess.Kind.SHARE)
    perform(RevokeShare(case.pk, share.pk, "Nhóm đổi ý"), by=world.lan)


def over(world, case, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=6), tick=False)


TODAY = "{today}"
FORMS = {
    "accept": (asked, "credit:accept", {}),
    "decline": (asked, "credit:decline", {"reason": "Không đúng đối tượng vay."}),
    "ask": (asked, "credit:ask", {"text": "Ai bảo lãnh?"}),
    "decide": (
        asked,
        "tasks:task",
        {"decision": "full", "granted_amount": "200.000.000", "rate": "7,92", "granted_months": "24"},
    ),
    "pay": (granted, "credit:pay", {"amount": "100.000.000", "paid_on": TODAY}),
    "repay": (paid, "credit:repay", {"state": "on_time", "state_on": TODAY, "outstanding": "90.000.000"}),
}


def send(client, world, application, route, typed):
    task = Task.objects.filter(case=application.case, node="decide_credit").latest("pk")
    pk = task.pk if route == "tasks:task" else application.pk
    today = timezone.localdate()
    fields = {name: value.replace(TODAY, f"{today:%d/%m/%Y}") for name, value in typed.items()}
    client.force_login(world.ngan)
    return client.post(reverse(route, args=[pk]), fields | {"request_id": str(uuid4())})


def everything():
    """What could have been written."""
    models = (CreditApplication, CreditQuestion, Disbursement, Repayment, CaseAccess, Task)
    return [list(model.objects.order_by("pk").values()) for model in models], AuditEvent.objects.count()


@pytest.mark.parametrize("ended", [withdrawn, revoked, over])
@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_written_after_it_ended(client, world, time_machine, form, ended):
    state, route, typed = FORMS[form]
    application = state(world)
    with transaction.atomic():  # the form is right: before the end it does something
        before = everything()
        first = send(client, world, application, route, typed)
        assert everything() != before, first.context["form"].errors
        transaction.set_rollback(True)
    ended(world, application.case, time_machine)

    before = everything()
    answer = send(client, world, application, route, typed)

    assert everything() == before
    assert answer.status_code in (200, 302, 403, 404, 409)
    if answer.status_code in (200, 409):
        assert 'role="alert"' in answer.text or "không còn" in answer.text
