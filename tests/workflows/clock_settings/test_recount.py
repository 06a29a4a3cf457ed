"""After a change of calendar or limits the open deadlines are counted anew, as events of their cases, once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casework.acts import perform
from casework.background.tasks import run_ready
from casework.organisations.models import User
from notifications.models import OutboxMessage
from tests.workflows.clock_settings.changes import (
    SOURCE,
    change,
    change_and_recount,
    day_off,
    last_day,
    province,
    recounts,
)
from workflows.clock.affected import Scope, moves
from workflows.clock.models import CalendarDay, CalendarYear
from workflows.clock.recount import RecountDeadlines, recount_after
from workflows.clock.settings.calendar_acts import ConfirmYear, RemoveCalendarDay
from workflows.clock.settings.limit_acts import SetLimit
from workflows.engine.models import Task
from workflows.holds.task_acts import AnswerCame, ExtendTask, WaitForAnswer


def limit(days, node="screen_lead", since=None, **more):
    values = {"kind": "", "organisation": None, "unit": "working_day", "source": SOURCE}
    return SetLimit(node=node, length=days, valid_from=since or timezone.localdate(), **values | more)


def test_a_new_day_off_moves_the_deadline_and_tells_the_owner(world):
    task = world.task(world.open_case())
    world.claim(task)
    before = last_day(task)

    told = change_and_recount(world, day_off(task))

    assert last_day(task) > before
    assert told == {"cases": 1, "moved": 1}
    [event] = recounts(task.case)
    assert event.channel == "worker"
    assert event.actor_id == User.objects.system().pk
    assert event.facts["cause"] == "calendar"
    assert event.facts["changed_by"] == world.van.pk
    [moved] = event.facts["moved"]
    assert (moved["task"], moved["from"], moved["to"]) == (task.pk, before.isoformat(), last_day(task).isoformat())
    message = OutboxMessage.objects.get(kind="deadline.moved")
    assert (message.user_id, message.task_id) == (Task.objects.get(pk=task.pk).owner_id, task.pk)


def test_the_worker_carries_the_order_out(world):
    task = world.task(world.open_case())
    before = last_day(task)
    change(world, day_off(task))

    assert run_ready() == 1

    assert last_day(task) > before
    assert DBTaskResult.objects.get().return_value == {"cases": 1, "moved": 1}


def test_a_waiting_task_is_told_to_its_organisation(world):
    task = world.task(world.open_case())
    change_and_recount(world, day_off(task))

    assert OutboxMessage.objects.get(kind="deadline.moved").organisation_id == task.organisation_id


def test_the_same_recount_again_moves_nothing(world):
    task = world.task(world.open_case())
    order = change(world, day_off(task))

    recount_after.call(order)
    after = last_day(task)

    assert recount_after.call(order) == {"cases": 0, "moved": 0}
    assert last_day(task) == after
    assert len(recounts(task.case)) == 1


def test_a_day_taken_back_moves_the_deadline_back(world):
    task = world.task(world.open_case())
    before = last_day(task)
    act = day_off(task)
    change_and_recount(world, act)
    row = CalendarDay.objects.get(day=act.day, area=None)
    change_and_recount(world, RemoveCalendarDay(row, "Nhập nhầm"))

    assert last_day(task) == before
    assert len(recounts(task.case)) == 2


def test_a_day_of_one_province_moves_only_its_cases(world):
    here, there = world.task(world.open_case()), world.task(world.open_case("phuong"))
    before = last_day(there)

    change_and_recount(world, day_off(here, province("56")))

    assert recounts(here.case)
    assert not recounts(there.case)
    assert last_day(there) == before


def test_a_year_that_is_entered_makes_deadlines_certain(world):
    today = timezone.localdate()
    CalendarYear.objects.filter(year=today.year).delete()
    task = world.task(world.open_case())
    assert task.missing_year == today.year
    before = last_day(task)

    change_and_recount(world, ConfirmYear(today.year, SOURCE))

    task = Task.objects.get(pk=task.pk)
    assert task.missing_year is None
    assert last_day(task) == before
    assert len(recounts(task.case)) == 1
    assert not OutboxMessage.objects.filter(kind="deadline.moved").exists()


def test_days_outside_the_term_move_nothing(world):
    task = world.task(world.open_case())
    order = change(world, day_off(task))
    CalendarDay.objects.filter(source=SOURCE).delete()

    assert recount_after.call(order) == {"cases": 0, "moved": 0}
    assert not recounts(task.case)


def test_a_new_limit_holds_for_terms_that_begin_from_its_day(world):
    begun = world.task(world.open_case())
    before = last_day(begun)

    change_and_recount(world, limit(10))

    begun = Task.objects.get(pk=begun.pk)
    assert begun.limit.length == 10
    assert last_day(begun) > before
    assert recounts(begun.case)[0].facts["cause"] == "limits"
    assert world.task(world.open_case()).limit_id == begun.limit_id


def test_a_limit_of_a_later_day_moves_nothing(world):
    task = world.task(world.open_case())

    assert change_and_recount(world, limit(10, since=timezone.localdate() + timedelta(days=1)))["cases"] == 0
    assert Task.objects.get(pk=task.pk).limit.length == 3


def test_a_limit_of_one_organisation_is_for_its_tasks_only(world):
    ours, theirs = world.task(world.open_case("lan")), world.task(world.open_case("cuc"))

    change_and_recount(world, limit(10, organisation=world.organisation("wu-kh-a")))

    assert Task.objects.get(pk=ours.pk).limit.length == 10
    assert Task.objects.get(pk=theirs.pk).limit.length == 3
    change_and_recount(world, limit(7))
    assert Task.objects.get(pk=ours.pk).limit.length == 10
    assert Task.objects.get(pk=theirs.pk).limit.length == 7


def test_what_the_preview_counts_is_what_the_recount_does(world):
    """Affected deadlines are found for many tasks at once, and recounted one by one: both must agree."""
    for node in ("screen_lead", "survey_needs", "draft_plan", "record_registration_result"):
        world.advance(world.open_case(name=f"HTX {node}"), node)
    task = world.task(world.open_case())
    order = change(world, day_off(task))
    foreseen = {(move.task.pk, move.after) for move in moves(Scope.from_wire(order["scope"]))}

    recount_after.call(order)

    assert len(foreseen) >= 2
    assert _moved() == foreseen


def test_held_and_extended_deadlines_are_foreseen_as_well(world):
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=8)):
        held = world.task(world.open_case())
        world.claim(held)
    with time_machine.travel(now - timedelta(days=5)):
        perform(WaitForAnswer(held.pk, "partner", "Chờ trả lời"), by=Task.objects.get(pk=held.pk).owner)
    perform(AnswerCame(held.pk, "Đã trả lời"), by=Task.objects.get(pk=held.pk).owner)
    extended = world.task(world.open_case())
    until = timezone.localdate() + timedelta(days=30)
    perform(ExtendTask(extended.pk, until, "Chờ mùa vụ"), by=world.hanh)
    order = change(world, day_off(held))
    foreseen = {(move.task.pk, move.after) for move in moves(Scope.from_wire(order["scope"]))}

    recount_after.call(order)

    assert held.pk in {pk for pk, _day in foreseen}
    assert _moved() == foreseen
    assert last_day(extended) == until


def _moved():
    events = [event for task in Task.objects.open().order_by("case").distinct("case") for event in recounts(task.case)]
    return {(move["task"], date.fromisoformat(move["to"])) for event in events for move in event.facts["moved"]}


def test_only_the_installation_recounts(world):
    task = world.task(world.open_case())
    with pytest.raises(PermissionDenied):
        perform(RecountDeadlines(task.case_id, "x", "calendar", 1, Scope()), by=world.van)


def test_as_many_statements_for_many_deadlines(world):
    task = world.task(world.open_case())

    def statements(scope):
        with CaptureQueriesContext(connection) as captured:
            found = moves(scope)
        return len(captured), len(found)

    act = day_off(task)
    world.open_case("phuong")
    for number in range(4):
        world.open_case(name=f"HTX {number}")
    scope = Scope.from_wire(change(world, act)["scope"])
    many, five = statements(Scope(scope.first, scope.last, province("56").pk))
    few, one = statements(Scope(scope.first, scope.last, province("68").pk))
    assert (five, one) == (5, 1)
    assert many == few <= 7
