"""Credit in the numbers of the programme, where one case has asked two lenders for two products each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.acts import perform
from casework.linkage.models import CreditApplication, CreditProduct
from casework.organisations.models import Organisation
from casework.programme.indicators.counting import count
from casework.programme.indicators.measures import MEASURES
from casework.programme.indicators.models import Indicator
from casework.programme.indicators.rows import Scope
from casework.sharing.consents import RevokeShare, live_share
from tests.workflows.test_credit_v1 import another, asked_of
from workflows.credit_room.rows import found, row, shared_applications
from workflows.credit_room.tasks import task_of

MILLION = 1_000_000


@pytest.fixture
def case(world):
    """Bank: 200 in full, and 50 refused; fund: 30 of 80, and 40 that still wait."""
    case = world.open_case(name="HTX Bốn Đơn Vay Mẫu")
    world.advance(case, "request_credit")
    world.finish(world.task(case, "link_market"))
    world.finish(world.task(case, "request_credit"), lender=world.organisation("bank-kh").pk, amount=200 * MILLION)
    product = CreditProduct.objects.get(code="htx-fund")
    first = asked_of(world, case, "bank-kh")
    second = another(world, case, "bank-kh", product=product, amount=50 * MILLION)
    third = another(world, case, "fund-kh", amount=80 * MILLION)
    another(world, case, "fund-kh", product=product, amount=40 * MILLION)
    world.finish(task_of(first), decision="full", granted_amount=200 * MILLION)
    world.finish(task_of(second), decision="refused", refusal_reason="Vốn tự có quá ít.")
    world.finish(task_of(third), decision="partial", granted_amount=30 * MILLION)
    return case


def scope(world, organisation="wu-kh-a"):
    today = timezone.localdate()
    return Scope(world.organisation(organisation), today - timedelta(days=30), today)


def numbers(scope):
    names = [name for name in MEASURES if name.startswith("credit_")]
    return {name: MEASURES[name].source(scope).total() for name in names}


@pytest.mark.parametrize("organisation", ["wu-kh-a", "wu-kh"])
def test_applications_are_counted_each_and_cooperatives_once(world, case, organisation):
    assert numbers(scope(world, organisation)) == {
        "credit_decided": 3,
        "credit_granted": 2,
        "credit_cooperatives": 1,
        "credit_amount": 230 * MILLION,
        "credit_refused_amount": 50 * MILLION,
    }
    assert set(numbers(scope(world, "wu-ld")).values()) == {0}


def test_the_indicators_of_the_report_say_the_same(world, case):
    said = {one.code: count(one, scope(world)).value for one in Indicator.objects.filter(code__startswith="credit-")}

    assert said["credit-cooperatives"] == 1
    assert said["credit-amount"] == 230 * MILLION
    assert float(said["credit-success"]) == pytest.approx(66.67)
    assert said["credit-refused"] == 50 * MILLION


def test_two_cases_of_two_cooperatives_count_twice(world, case):
    other = world.open_case(name="HTX Thứ Hai Mẫu")
    world.advance(other, "request_credit")
    world.finish(world.task(other, "request_credit"), lender=world.organisation("bank-kh").pk, amount=10 * MILLION)
    application = asked_of(world, other, "bank-kh")
    world.finish(task_of(application), decision="full", granted_amount=10 * MILLION)

    told = numbers(scope(world))
    assert (told["credit_cooperatives"], told["credit_granted"]) == (2, 3)


def test_money_is_split_among_the_lenders_that_granted_it(world, case):
    split = MEASURES["credit_amount"].source(scope(world)).sums("organisation")

    assert {name: amount for (name,), amount in split} == {
        str(Organisation.objects.get(code="bank-kh").name): 200 * MILLION,
        str(Organisation.objects.get(code="fund-kh").name): 30 * MILLION,
    }


def test_an_application_that_waits_counts_when_it_is_answered(world, case):
    open_one = CreditApplication.objects.get(case=case, decision="")
    before = numbers(scope(world))
    world.finish(task_of(open_one), decision="refused", refusal_reason="Hết vốn.")

    after = numbers(scope(world))
    assert after["credit_decided"] == before["credit_decided"] + 1
    assert after["credit_cooperatives"] == before["credit_cooperatives"]


def test_what_was_paid_is_summed_for_each_application(world, case):
    bank, fund = asked_of(world, case, "bank-kh"), world.organisation("fund-kh")
    first = CreditApplication.objects.filter(case=case, lender=bank.lender).earliest("pk")
    third = CreditApplication.objects.filter(case=case, lender=fund).earliest("pk")
    for application, amount in ((first, 120), (third, 30)):
        day = f"{timezone.localdate():%d/%m/%Y}"
        world.finish(task_of(application), drawn="paid", amount=amount * MILLION, paid_on=day)

    rows = {
        (one.amount, one.paid)
        for lender, who in (("bank-kh", "ngan"), ("fund-kh", "nga"))
        for one in found(shared_applications(world.standing(who), [world.organisation(lender).pk]), "")
        if row(one)
    }
    assert rows == {
        (200 * MILLION, 120 * MILLION),
        (50 * MILLION, None),
        (80 * MILLION, 30 * MILLION),
        (40 * MILLION, None),
    }


def test_a_withdrawn_application_is_no_answer_of_a_lender(world, case):
    before = numbers(scope(world))
    fund = world.organisation("fund-kh")
    perform(RevokeShare(case.pk, live_share(case.pk, fund.pk).pk, "Nhóm đổi ý"), by=world.lan)

    assert CreditApplication.objects.filter(case=case, decision="withdrawn").count() == 1
    assert numbers(scope(world)) == before
