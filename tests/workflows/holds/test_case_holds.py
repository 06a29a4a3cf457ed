"""Holding a case: every clock stops, and afterwards every open deadline has moved by the working days held."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.models import AuditEvent, Case
from notifications.models import OutboxMessage
from workflows.acts import CompleteTask, ReleaseTask
from workflows.clock.models import Alarm
from workflows.engine.models import Task
from workflows.holds.acts import HoldCase, ResumeCase
from workflows.holds.days import days_held
from workflows.holds.models import Hold
from workflows.holds.task_acts import AnswerCame, ExtendTask, WaitForAnswer


def test_a_review_held_over_tet_moves_exactly_by_the_working_days_held(clocked):
    task = clocked.on(9, 2).task_at("review_plan")
    assert clocked.due(task) == date(2026, 2, 23)  # 10, 11, 12, 13, Tết, 23

    clocked.on(10, 2).hold(task)
    receipt = clocked.on(25, 2).resume(task)

    assert clocked.due(task) == date(2026, 3, 3)  # six working days held: 10–13, 23, 24
    event = AuditEvent.objects.get(case_id=task.case_id, verb="case.resumed")
    assert (event.facts["days"], event.facts["working_days"]) == (15, 6)
    assert event.facts["moved"] == [
        {"task": task.pk, "node": "review_plan", "from": "2026-02-23", "to": "2026-03-03"},
    ]
    assert receipt.result["days"] == 15
    assert Task.objects.get(pk=task.pk).first_due_at == task.first_due_at


def test_several_holds_add_up_and_no_day_counts_twice(clocked):
    task = clocked.on(2, 3).task_at("screen_lead")  # three working days: 5 March
    clocked.on(3, 3).hold(task)
    clocked.on(4, 3).resume(task)
    clocked.on(4, 3).hold(task)
    clocked.on(6, 3).resume(task)

    assert clocked.due(task) == date(2026, 3, 10)  # 3, 4 and 5 March were held
    holds = Hold.objects.filter(case=task.case_id)
    assert days_held(holds, None) == (3, 3)
    assert days_held([*holds, *holds], None) == (3, 3)
    assert days_held([], None) == (0, 0)


def test_a_hold_that_ends_on_its_day_moves_nothing(clocked):
    task = clocked.on(2, 3).task_at("screen_lead")
    clocked.hold(task)
    clocked.resume(task)

    assert clocked.due(task) == date(2026, 3, 5)


def test_a_task_that_waits_itself_goes_on_waiting_when_the_case_goes_on(clocked, world):
    task = clocked.on(2, 3).task_at("screen_lead")
    world.claim(task, world.lan)
    clocked.on(3, 3)
    perform(WaitForAnswer(task.pk, "founder", "Hỏi số điện thoại"), by=world.lan)
    clocked.on(4, 3).hold(task)
    clocked.on(6, 3).resume(task)
    assert Task.objects.get(pk=task.pk).held

    clocked.on(9, 3)
    perform(AnswerCame(task.pk, "Đã có"), by=world.lan)

    assert not Task.objects.get(pk=task.pk).held
    assert clocked.due(task) == date(2026, 3, 11)  # 3 to 6 March once, not twice: 9, 10, 11


def test_an_answer_that_comes_while_the_case_is_held_ends_only_its_own_wait(clocked, world):
    task = clocked.on(2, 3).task_at("screen_lead")
    world.claim(task, world.lan)
    perform(WaitForAnswer(task.pk, "founder", "Hỏi số điện thoại"), by=world.lan)
    clocked.on(3, 3).hold(task)
    perform(AnswerCame(task.pk, "Đã có"), by=world.lan)
    assert Task.objects.get(pk=task.pk).held

    clocked.on(5, 3).resume(task)

    assert not Task.objects.get(pk=task.pk).held
    assert clocked.due(task) == date(2026, 3, 9)  # 2, 3 and 4 March held; the first day never counts


def test_an_extension_is_moved_by_a_later_hold(clocked, world):
    task = clocked.on(2, 3).task_at("screen_lead")
    perform(ExtendTask(task.pk, date(2026, 3, 12), "Đi vắng"), by=world.hanh)
    clocked.on(3, 3).hold(task)
    clocked.on(5, 3).resume(task)

    assert clocked.due(task) == date(2026, 3, 16)


def test_a_task_that_was_to_open_later_opens_later_by_the_calendar_days_held(clocked, world):
    task = clocked.on(2, 3).task_at("follow_up_6_months")
    before = Task.objects.get(pk=task.pk)
    assert before.opens_on > date(2026, 3, 2)
    clocked.on(6, 3).hold(task)
    clocked.on(16, 3).resume(task)

    after = Task.objects.get(pk=task.pk)
    assert after.opens_on - before.opens_on == timedelta(days=10)
    assert after.due_at - before.due_at >= timedelta(days=7)


def test_while_it_is_held_no_alarm_is_set_and_afterwards_it_is_again(world, task):
    perform(HoldCase(task.case_id, "Chờ vốn"), by=world.lan)
    assert Alarm.objects.get(task=task).at is None

    perform(ResumeCase(task.case_id), by=world.lan)
    assert Alarm.objects.get(task=task).at is not None


def test_nothing_can_be_done_meanwhile_and_the_sentence_says_why_and_until_when(world, task):
    soon = timezone.localdate() + timedelta(days=9)
    perform(HoldCase(task.case_id, "Chờ vốn", soon), by=world.lan)

    for act in (CompleteTask(task.pk), ReleaseTask(task.pk)):
        with pytest.raises(ActionNotPossible) as refusal:
            perform(act, by=world.lan)
        assert "Chờ vốn" in str(refusal.value)
        assert soon.strftime("%d/%m/%Y") in str(refusal.value)


def test_owners_are_told_and_told_again_when_it_goes_on(world, task):
    perform(HoldCase(task.case_id, "Chờ vốn"), by=world.lan)
    perform(ResumeCase(task.case_id), by=world.lan)

    told = OutboxMessage.objects.filter(kind__in=["case.held", "task.resumed"]).order_by("pk")
    assert list(told.values_list("kind", "user__username")) == [("case.held", "lan"), ("task.resumed", "lan")]


@pytest.mark.parametrize("who", ["lan", "hanh"])
def test_an_advisor_of_the_lead_and_her_supervisor_may(world, task, who):
    perform(HoldCase(task.case_id, "Chờ vốn"), by=getattr(world, who))
    perform(ResumeCase(task.case_id), by=getattr(world, who))

    assert Case.objects.get(pk=task.case_id).status == "open"


@pytest.mark.parametrize("who", ["cuc", "binh", "ngan", "van", "thanh", "phuong", "son", "stranger"])
@pytest.mark.parametrize("act", [lambda pk: HoldCase(pk, "x"), ResumeCase])
def test_nobody_else_may(world, task, who, act):
    with pytest.raises(PermissionDenied):
        perform(act(task.case_id), by=getattr(world, who))


@pytest.mark.parametrize(
    ("reason", "days", "field"), [("", None, "reason"), ("x", 0, "expected_on"), ("x", -1, "expected_on")]
)
def test_a_hold_has_a_reason_and_ends_later(world, task, reason, days, field):
    expected = None if days is None else timezone.localdate() + timedelta(days=days)

    with pytest.raises(ActionNotPossible) as refusal:
        perform(HoldCase(task.case_id, reason, expected), by=world.lan)

    assert refusal.value.field == field
    assert not Hold.objects.exists()


def test_a_case_is_not_held_twice_and_one_that_moves_does_not_go_on(world, task):
    with pytest.raises(ActionNotPossible):
        perform(ResumeCase(task.case_id), by=world.lan)
    perform(HoldCase(task.case_id, "Chờ vốn"), by=world.lan)
    with pytest.raises(ActionNotPossible):
        perform(HoldCase(task.case_id, "Chờ vốn"), by=world.lan)
