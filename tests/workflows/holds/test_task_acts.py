"""Waiting for an answer, extending a deadline, setting how much a task presses."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.models import AuditEvent
from notifications.models import OutboxMessage
from workflows.clock.models import Alarm, TimeLimit
from workflows.engine.models import Task
from workflows.holds.acts import HoldCase
from workflows.holds.models import Extension, Hold
from workflows.holds.task_acts import AnswerCame, ExtendTask, SetPriority, WaitForAnswer


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def wait(task, by, waits_for="founder", reason="Hỏi thêm", **more):
    return perform(WaitForAnswer(task.pk, waits_for, reason, **more), by=by)


def test_a_task_that_waited_is_due_later_by_the_working_days_it_waited(clocked, world):
    task = clocked.on(2, 3).task_at("screen_lead")
    world.claim(task, world.lan)
    clocked.on(4, 3)
    wait(task, world.lan)
    assert Alarm.objects.get(task=task).at is None
    clocked.on(9, 3)
    perform(AnswerCame(task.pk, "Đã trả lời"), by=world.lan)

    assert clocked.due(task) == date(2026, 3, 10)  # 4, 5 and 6 March waited
    hold = Hold.objects.get(task=task)
    assert (hold.answer, hold.ended_by) == ("Đã trả lời", world.lan)
    assert AuditEvent.objects.get(verb="task.answered").facts["working_days"] == 3


@pytest.mark.parametrize("who", ["lan", "mai", "hanh"])
def test_its_owner_and_who_may_hold_cases_let_it_wait(world, task, who):
    wait(task, getattr(world, who))

    assert Task.objects.get(pk=task.pk).held


@pytest.mark.parametrize("who", ["cuc", "binh", "ngan", "van", "thanh", "phuong", "son", "stranger"])
def test_nobody_else_lets_it_wait_or_go_on(world, task, who):
    with pytest.raises(PermissionDenied):
        wait(task, getattr(world, who))
    wait(task, world.lan)
    with pytest.raises(PermissionDenied):
        perform(AnswerCame(task.pk), by=getattr(world, who))


def test_a_reviewer_waits_with_her_own_task_only(world):
    task = world.advance(world.open_case(), "review_plan")
    world.claim(task, world.binh)
    with pytest.raises(PermissionDenied):
        wait(task, world.bao, "partner")

    wait(task, world.binh, "partner")
    perform(AnswerCame(task.pk), by=world.bao)  # she may do it too, and took the call

    assert not Task.objects.get(pk=task.pk).held


@pytest.mark.parametrize(
    ("waits_for", "reason", "days", "field"),
    [
        ("pause", "x", 5, "waits_for"),
        ("correction", "x", 5, "waits_for"),
        ("nobody", "x", 5, "waits_for"),
        ("founder", " ", 5, "reason"),
        ("founder", "x", 0, "expected_on"),
    ],
)
def test_a_wait_says_for_whom_and_why_and_ends_later(world, task, waits_for, reason, days, field):
    with pytest.raises(ActionNotPossible) as refusal:
        wait(task, world.lan, waits_for, reason, expected_on=in_days(days))

    assert refusal.value.field == field


def test_a_task_waits_once_and_only_one_that_waits_is_answered(world, task):
    with pytest.raises(ActionNotPossible):
        perform(AnswerCame(task.pk), by=world.lan)
    wait(task, world.lan)
    with pytest.raises(ActionNotPossible):
        wait(task, world.lan)


def test_an_extension_moves_the_day_and_keeps_the_first_one(clocked, world):
    task = clocked.on(2, 3).task_at("screen_lead")
    world.claim(task, world.lan)
    perform(ExtendTask(task.pk, date(2026, 3, 12), "Đi vắng"), by=world.hanh)
    perform(ExtendTask(task.pk, date(2026, 3, 16), "Vẫn vắng"), by=world.hanh)

    assert clocked.due(task) == date(2026, 3, 16)
    assert Task.objects.get(pk=task.pk).first_due_at == task.first_due_at
    days = Extension.objects.filter(task=task).values_list("before", "until")
    assert list(days) == [(date(2026, 3, 5), date(2026, 3, 12)), (date(2026, 3, 12), date(2026, 3, 16))]
    told = OutboxMessage.objects.filter(kind="deadline.extended")
    assert {row.user.username for row in told} == {"lan"}


@pytest.mark.parametrize("until", [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 14), None])
def test_only_a_later_working_day_will_do(clocked, world, until):
    task = clocked.on(2, 3).task_at("screen_lead")  # due on 5 March; the 14th is a Saturday

    with pytest.raises(ActionNotPossible) as refusal:
        perform(ExtendTask(task.pk, until, "Đi vắng"), by=world.hanh)

    assert refusal.value.field == "until"
    assert clocked.due(task) == date(2026, 3, 5)


def test_a_day_off_is_told_with_the_next_working_day(clocked, world):
    task = clocked.on(2, 2).task_at("screen_lead")

    with pytest.raises(ActionNotPossible) as refusal:
        perform(ExtendTask(task.pk, date(2026, 2, 17), "Đi vắng"), by=world.hanh)

    assert "23/02/2026" in str(refusal.value)


def test_a_year_and_a_day_is_too_far(world, task):
    with pytest.raises(ActionNotPossible) as refusal:
        perform(ExtendTask(task.pk, in_days(370), "x"), by=world.hanh)
    assert refusal.value.field == "until"
    with pytest.raises(ActionNotPossible):
        perform(ExtendTask(task.pk, date(9999, 12, 31), "x"), by=world.hanh)


def test_a_held_a_finished_and_a_watched_task_are_not_extended(world, task):
    perform(HoldCase(task.case_id, "Chờ vốn"), by=world.lan)
    with pytest.raises(ActionNotPossible) as refusal:
        perform(ExtendTask(task.pk, in_days(30), "x"), by=world.hanh)
    assert refusal.value.field is None
    TimeLimit.objects.filter(node="screen_lead").update(watched=True)
    watched = world.task(world.open_case(name="HTX Khác"))
    with pytest.raises(ActionNotPossible) as refusal:
        perform(ExtendTask(watched.pk, in_days(30), "x"), by=world.hanh)
    assert refusal.value.field is None
    done = watched
    world.finish(done)
    with pytest.raises(ActionNotPossible):
        perform(ExtendTask(done.pk, in_days(30), "x"), by=world.hanh)


def test_how_much_a_task_presses_is_set_with_a_reason_and_read_in_the_history(world, task):
    perform(SetPriority(task.pk, 2, "Hạn của cơ quan thuế"), by=world.hanh)

    assert Task.objects.get(pk=task.pk).priority == 2
    event = AuditEvent.objects.get(verb="task.prioritised")
    assert (event.reason, event.facts["priority"]) == ("Hạn của cơ quan thuế", 2)


@pytest.mark.parametrize(
    ("priority", "reason", "field"), [(7, "x", "priority"), (0, "x", "priority"), (1, "", "reason")]
)
def test_another_number_the_same_or_no_reason_is_refused(world, task, priority, reason, field):
    with pytest.raises(ActionNotPossible) as refusal:
        perform(SetPriority(task.pk, priority, reason), by=world.hanh)

    assert refusal.value.field == field


@pytest.mark.parametrize("who", ["lan", "mai", "cuc", "binh", "ngan", "van", "thanh", "phuong", "son", "stranger"])
def test_only_a_supervisor_extends_and_prioritises(world, task, who):
    with pytest.raises(PermissionDenied):
        perform(ExtendTask(task.pk, in_days(30), "x"), by=getattr(world, who))
    with pytest.raises(PermissionDenied):
        perform(SetPriority(task.pk, 1, "x"), by=getattr(world, who))
