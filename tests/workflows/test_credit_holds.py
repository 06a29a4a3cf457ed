"""Two lenders beside each other: one asks for more and her clock stands still, the other's goes on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.sharing.consents import RevokeShare, live_share
from tests.workflows.test_credit_v1 import another, asked_of, case, grant, nodes, refuse  # noqa: F401
from tests.workflows.test_races import job, one_effect, race, receipts  # noqa: F401
from workflows.credit_room.acts import AnswerLender, AskLead
from workflows.credit_room.tasks import task_of
from workflows.holds.acts import HoldCase, ResumeCase
from workflows.holds.models import Hold
from workflows.steering.closing import CloseCase


@pytest.fixture
def two(world, case):  # noqa: F811
    return asked_of(world, case, "bank-kh"), another(world, case)


WHO = {"bank-kh": "ngan", "fund-kh": "nga"}


def ask(world, application):
    by = getattr(world, WHO[application.lender.code])
    return perform(AskLead(application.pk, "Ai bảo lãnh?"), by=by).result["question"]


def answer(world, question):
    return perform(AnswerLender(question, "Các thành viên."), by=world.lan)


def held(*applications):
    return [task_of(one).held for one in applications]


def due(application):
    return task_of(application).due_at


@pytest.mark.parametrize("first", [0, 1])
def test_only_the_clock_of_the_one_who_asked_stands_still(world, two, time_machine, first):
    asking, other = two[first], two[1 - first]
    before = due(asking), due(other)
    question = ask(world, asking)
    assert held(asking, other) == [True, False]

    time_machine.move_to(timezone.now() + timedelta(days=14), tick=False)
    answer(world, question)

    assert held(asking, other) == [False, False]
    # Its end moves by the working days between, so by more than a week; on which days off they fall is the calendar's.
    assert due(asking) - before[0] > timedelta(days=7)
    assert due(other) == before[1]


@pytest.mark.parametrize("first", [0, 1])
def test_both_ask_and_each_answer_lets_only_its_own_clock_go_on(world, two, first):
    asking, other = two[first], two[1 - first]
    mine, theirs = ask(world, asking), ask(world, other)
    assert held(*two) == [True, True]

    answer(world, mine)
    assert held(asking, other) == [False, True]
    answer(world, theirs)

    assert held(*two) == [False, False]
    assert not Hold.objects.filter(case=asking.case, ended_at=None).exists()


@pytest.mark.parametrize("first", [0, 1])
def test_the_other_decides_while_one_waits_for_an_answer(world, case, two, first):  # noqa: F811
    asking, other = two[first], two[1 - first]
    question = ask(world, asking)

    grant(world, other)
    assert nodes(case) == ["decide_credit", "record_disbursement"]
    with pytest.raises(ActionNotPossible):
        refuse(world, asking)
    answer(world, question)
    refuse(world, asking)

    assert nodes(case) == ["confirm_linkage", "record_disbursement"]


@pytest.mark.parametrize("first", [0, 1])
def test_the_share_of_the_one_who_asked_ends_and_the_case_waits_for_the_other(world, case, two, first):  # noqa: F811
    asking, other = two[first], two[1 - first]
    question = ask(world, asking)

    perform(RevokeShare(case.pk, live_share(case.pk, asking.lender_id).pk, "Nhóm đổi ý"), by=world.lan)

    assert not Hold.objects.filter(case=case, ended_at=None).exists()
    assert (task_of(asking), held(other)) == (None, [False])
    with pytest.raises(ActionNotPossible):
        answer(world, question)
    refuse(world, other)
    assert nodes(case) == ["confirm_linkage"]


@pytest.mark.parametrize("first", [0, 1])
def test_a_case_on_hold_goes_on_and_the_question_still_waits(world, case, two, first):  # noqa: F811
    asking, other = two[first], two[1 - first]
    question = ask(world, asking)
    perform(HoldCase(case.pk, "Chờ vốn"), by=world.lan)
    assert held(*two) == [True, True]

    perform(ResumeCase(case.pk), by=world.lan)
    assert held(asking, other) == [True, False]
    answer(world, question)
    assert held(*two) == [False, False]


def test_an_answer_while_the_case_is_on_hold_waits_for_the_case(world, case, two):  # noqa: F811
    question = ask(world, two[0])
    perform(HoldCase(case.pk, "Chờ vốn"), by=world.lan)

    answer(world, question)
    assert held(*two) == [True, True]
    perform(ResumeCase(case.pk), by=world.lan)

    assert held(*two) == [False, False]


def test_a_question_asked_while_the_case_is_on_hold_still_stops_the_clock_afterwards(world, case, two):  # noqa: F811
    perform(HoldCase(case.pk, "Chờ vốn"), by=world.lan)
    question = ask(world, two[0])
    perform(ResumeCase(case.pk), by=world.lan)

    assert held(*two) == [True, False]
    answer(world, question)
    assert held(*two) == [False, False]


def test_a_closed_case_leaves_no_hold_and_an_answer_wakes_nothing(world, case, two):  # noqa: F811
    question = ask(world, two[0])
    perform(CloseCase(case.pk, "no_contact"), by=world.lan)

    assert not Hold.objects.filter(case=case, ended_at=None).exists()
    assert nodes(case) == []
    answer(world, question)
    assert nodes(case) == []


def test_each_lender_reads_its_own_question_only(client, world, two):
    question = ask(world, two[0])
    perform(AnswerLender(question, "Câu trả lời riêng."), by=world.lan)

    client.force_login(world.nga)
    assert "Câu trả lời riêng." not in client.get(reverse("credit:room", args=[two[1].pk])).content.decode()
    client.force_login(world.ngan)
    assert "Câu trả lời riêng." in client.get(reverse("credit:room", args=[two[0].pk])).content.decode()


def raced(world):
    """Two lenders of one case, each with her open decision."""
    one = world.open_case(name="HTX Hai Nơi Mẫu")
    world.advance(one, "request_credit")
    world.finish(world.task(one, "link_market"))
    world.finish(world.task(one, "request_credit"), lender=world.organisation("bank-kh").pk)
    return one, asked_of(world, one, "bank-kh"), another(world, one)


def test_both_ask_in_one_moment(committed_world, race):  # noqa: F811
    world = committed_world
    one, bank, fund = raced(world)

    results = race(job(AskLead(bank.pk, "Một?"), world.ngan), job(AskLead(fund.pk, "Hai?"), world.nga))

    assert len(receipts(results)) == 2
    assert held(bank, fund) == [True, True]
    assert Hold.objects.filter(case=one, ended_at=None).count() == 2


def test_two_of_one_lender_ask_in_one_moment_and_one_question_stands(committed_world, race):  # noqa: F811
    world = committed_world
    one, bank, fund = raced(world)

    one_effect(race(job(AskLead(bank.pk, "Một?"), world.ngan), job(AskLead(bank.pk, "Hai?"), world.ngan)))

    assert bank.questions.count() == Hold.objects.filter(case=one, ended_at=None).count() == 1
    assert held(bank, fund) == [True, False]


def test_an_answer_and_the_end_of_the_share_in_one_moment(committed_world, race):  # noqa: F811
    world = committed_world
    one, bank, fund = raced(world)
    question = ask(world, bank)
    share = live_share(one.pk, bank.lender_id)

    results = race(
        job(AnswerLender(question, "Hội."), world.lan), job(RevokeShare(one.pk, share.pk, "Đổi ý"), world.lan)
    )

    assert receipts(results)
    assert (task_of(bank), held(fund)) == (None, [False])
    assert not Hold.objects.filter(case=one, ended_at=None).exists()
