"""A consent or a share whose day is over: the clock ends the lender's work by itself, once, and the case goes on."""

import threading
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.linkage.models import CreditApplication, CreditProduct
from casework.models import User
from casework.sharing.consents import RevokeShare, live_share
from casework.sharing.models import CaseAccess, Consent
from notifications.models import OutboxMessage
from tests.workflows.test_credit_v1 import another, grant, nodes
from workflows.credit_room.ran_out import EndShare, end_ran_out
from workflows.credit_room.tasks import task_of
from workflows.engine.models import Process
from workflows.holds.acts import HoldCase

DAYS = 3
MILLION = 1_000_000


def until(days=DAYS):
    return timezone.localdate() + timedelta(days=days)


def ask_the_bank(world, until_day=None):
    """A case whose market is found and whose bank may read until a day."""
    case = world.open_case(name="HTX Có Hạn Mẫu")
    world.advance(case, "request_credit")
    world.finish(world.task(case, "link_market"))
    world.finish(
        world.task(case, "request_credit"),
        lender=world.organisation("bank-kh").pk,
        amount=200 * MILLION,
        consent_until=f"{until_day or until():%d/%m/%Y}",
    )
    return case


@pytest.fixture
def case(world):
    return ask_the_bank(world)


@pytest.fixture
def later(time_machine):
    """The day after the consent."""
    return lambda days=DAYS + 1: time_machine.move_to(timezone.now() + timedelta(days=days), tick=False)


def events(case):
    return AuditEvent.objects.filter(case_id=case.pk, verb="share.ran_out").order_by("seq")


def test_nothing_ends_on_its_last_day(case, later):
    later(DAYS)

    assert end_ran_out() == {"ended": 0, "left": 0}
    assert nodes(case) == ["decide_credit"]


def test_the_run_ends_by_itself_and_the_case_goes_on_once(case, later):
    bank = CreditApplication.latest_of(case)
    later()

    assert [end_ran_out()["ended"] for _ in range(3)] == [1, 0, 0]

    bank.refresh_from_db()
    assert (bank.decision, bank.decided_by.username, task_of(bank)) == ("withdrawn", "system", None)
    assert Process.objects.get(pk=bank.process.pk).finished
    assert nodes(case) == ["confirm_linkage"]
    [event] = events(case)
    assert (event.actor_id, event.channel) == (User.objects.system().pk, "worker")
    assert event.reason
    share = CaseAccess.objects.get(case=case, kind="share")
    assert (share.revoked_because, bool(share.revoked_at)) == (event.reason, True)
    assert event.facts["access"] == share.pk


def test_advisors_and_lender_are_told_once(case, later):
    bank = CreditApplication.latest_of(case)
    later()
    end_ran_out()
    end_ran_out()

    told = OutboxMessage.objects.filter(kind__in=("share.ran_out", "share.ended"))
    assert sorted(told.values_list("kind", "organisation_id", "audience")) == [
        ("share.ended", bank.lender_id, ""),
        ("share.ran_out", case.lead_organisation_id, "request_credit"),
    ]


def test_while_another_lender_is_asked_the_case_waits_for_it(world, case, later):
    fund = another(world, case)
    later()
    end_ran_out()

    assert nodes(case) == ["decide_credit"]
    grant(world, fund)
    assert nodes(case) == ["confirm_linkage", "record_disbursement"]


def test_money_that_was_granted_is_not_paid_out_after_that_day(world, case, later):
    bank = CreditApplication.latest_of(case)
    grant(world, bank)
    later()

    assert end_ran_out()["ended"] == 1
    bank.refresh_from_db()
    assert (bank.decision, nodes(case)) == ("full", ["confirm_linkage"])


def test_a_case_on_hold_stays_on_hold(world, case, later):
    perform(HoldCase(case.pk, "Chờ vốn"), by=world.lan)
    later()

    assert end_ran_out()["ended"] == 1
    assert nodes(case) == ["confirm_linkage"]
    assert world.task(case, "confirm_linkage").held


@dataclass(frozen=True)
class _Shorten(RevokeShare):
    """A share whose own day comes before that of its consent; no page offers it."""

    def change(self, unit):
        share = CaseAccess.objects.get(pk=self.access_id)
        unit.change(share, valid_until=timezone.now() + timedelta(days=1))


def test_a_share_that_ends_before_its_consent_ends_the_same_way(world, case, later):
    share = CaseAccess.objects.get(case=case, kind="share")
    perform(_Shorten(case.pk, share.pk, "Chỉ một ngày"), by=world.lan)
    later(2)

    assert Consent.objects.get(case=case, purpose="credit").is_live
    assert end_ran_out()["ended"] == 1
    assert nodes(case) == ["confirm_linkage"]


def test_two_products_of_a_lender_end_with_the_first_consent_that_runs_out(world, case, later):
    product = CreditProduct.objects.get(code="htx-fund")
    bank = CreditApplication.latest_of(case)
    other = another(world, case, "bank-kh", product=product)
    day = timezone.localtime(live_share(case.pk, bank.lender_id).valid_until).date()
    assert day == until(DAYS + 1)
    later()

    assert end_ran_out()["ended"] == 1
    assert (task_of(bank), task_of(other), nodes(case)) == (None, None, ["confirm_linkage"])


def test_a_lender_is_asked_again_only_after_the_old_share_was_ended(world, case, later):
    another(world, case)
    later()
    product = CreditProduct.objects.get(code="htx-fund")

    with pytest.raises(ActionNotPossible) as refused:
        another(world, case, "bank-kh", product=product)
    assert refused.value.field == "lender"
    end_ran_out()
    again = another(world, case, "bank-kh", product=product)

    assert live_share(case.pk, again.lender_id)
    assert nodes(case) == ["decide_credit", "decide_credit"]


def test_a_consent_that_is_over_already_is_refused_with_a_sentence(world, case):
    yesterday = until(-1)

    with pytest.raises(ActionNotPossible) as refused:
        another(world, case, consent_on=until(-9), consent_until=yesterday)
    assert refused.value.field == "consent_until"


@pytest.mark.parametrize("who", ["lan", "hanh", "ngan", "van"])
def test_no_person_does_it(world, case, later, who):
    share = CaseAccess.objects.get(case=case, kind="share")
    later()

    with pytest.raises(PermissionDenied):
        perform(EndShare(case.pk, share.pk), by=getattr(world, who))


def test_a_share_that_has_not_run_out_is_not_ended(case):
    share = CaseAccess.objects.get(case=case, kind="share")

    with pytest.raises(ActionNotPossible):
        perform(EndShare(case.pk, share.pk), by=User.objects.system())
    assert not events(case).exists()


def test_two_sweeps_at_once_end_it_once(committed_world, later):
    case = ask_the_bank(committed_world)
    later()
    start, done = threading.Barrier(2), []

    def run():
        start.wait(20)
        done.append(end_ran_out()["ended"])
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(done) == [0, 1]
    assert events(case).count() == 1
    assert nodes(case) == ["confirm_linkage"]
