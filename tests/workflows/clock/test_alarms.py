"""The alarm beside each open task, kept by the database whatever an act does to the task."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.acts import perform
from tests.workflows.clock.shift import ALL_PASSED, HALF_PASSED, NOTHING_PASSED, WARN_PASSED, alarm_of, moments, shift
from workflows.clock.models import Alarm
from workflows.engine.models import Task
from workflows.holds.acts import HoldCase, ResumeCase


@pytest.fixture
def task(world):
    return world.task(world.open_case())


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def morning(day):
    return timezone.make_aware(datetime.combine(day, time(7)))


def test_a_task_that_is_born_open_waits_for_its_half(task):
    assert alarm_of(task) == (Alarm.Level.OPENED, task.half_at)
    assert task.half_at <= task.warn_at <= task.due_at


def test_a_task_born_with_half_of_its_time_gone_is_spoken_of_at_once(world):
    late = world.task(world.open_case(received_on=timezone.localdate() - timedelta(days=30)))

    level, at = alarm_of(late)

    assert level == Alarm.Level.OPENED
    assert at == late.half_at < timezone.now()


def test_gateways_have_no_alarm(task):
    rows = Task.objects.filter(case=task.case).exclude(flow_task_type="HUMAN")

    assert rows.exists()
    assert not Alarm.objects.filter(task__in=rows).exists()


def test_a_finished_task_has_no_alarm_and_the_next_one_has(world, task):
    world.finish(task)

    assert alarm_of(task) is None
    assert alarm_of(world.task(task.case)) is not None


def test_each_open_task_has_one_and_no_other(world):
    world.advance(world.open_case(), "review_plan")

    assert set(Alarm.objects.values_list("task", flat=True)) == set(Task.objects.open().values_list("pk", flat=True))


def test_taking_and_giving_back_changes_nothing(world, task):
    before = alarm_of(task)
    world.claim(task)

    assert alarm_of(task) == before


def test_a_task_that_opens_later_waits_for_the_morning_of_its_day(world, task):
    shift(world, task, opens_on=tomorrow(), **moments(*NOTHING_PASSED))

    assert alarm_of(task) == (Alarm.Level.NOTHING, morning(tomorrow()))


def test_on_hold_nothing_is_spoken_of_and_afterwards_it_is_again(world, task):
    perform(HoldCase(task.case_id, "Chờ vốn"), by=world.lan)
    assert alarm_of(task)[1] is None

    perform(ResumeCase(task.case_id), by=world.lan)
    task.refresh_from_db()
    assert alarm_of(task) == (Alarm.Level.OPENED, task.half_at)


def test_a_day_that_came_on_hold_is_told_when_the_work_goes_on(world, task):
    shift(world, task, opens_on=tomorrow(), **moments(*NOTHING_PASSED))
    shift(world, task, held=True)
    day = timezone.localdate() - timedelta(days=1)
    # Born before that day, as a follow-up is.
    shift(world, task, opens_on=day, created=timezone.now() - timedelta(days=9))
    assert alarm_of(task) == (Alarm.Level.NOTHING, None)

    shift(world, task, held=False)

    assert alarm_of(task) == (Alarm.Level.NOTHING, morning(day))


@pytest.mark.parametrize(
    ("told", "times", "level"),
    [
        (Alarm.Level.OPENED, NOTHING_PASSED, Alarm.Level.OPENED),
        (Alarm.Level.OPENED, ALL_PASSED, Alarm.Level.OPENED),  # nothing of it has been told
        (Alarm.Level.WARN, NOTHING_PASSED, Alarm.Level.OPENED),  # it all lies ahead again
        (Alarm.Level.WARN, HALF_PASSED, Alarm.Level.HALF),
        (Alarm.Level.HALF, WARN_PASSED, Alarm.Level.HALF),
        (Alarm.Level.LATE, WARN_PASSED, Alarm.Level.WARN),
        (Alarm.Level.LATE, ALL_PASSED, Alarm.Level.LATE),
    ],
)
def test_what_was_told_stays_told_unless_its_moment_lies_ahead_again(world, task, told, times, level):
    Alarm.objects.filter(task=task).update(level=told)

    row = shift(world, task, **moments(*times))

    next_one = {Alarm.Level.OPENED: row.half_at, Alarm.Level.HALF: row.warn_at, Alarm.Level.WARN: row.due_at}
    assert alarm_of(task) == (level, next_one.get(level))


def test_the_next_alarm_is_found_by_index(task):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT task_id FROM workflows_alarm WHERE at <= now() ORDER BY at LIMIT 10")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "alarm_next" in plan


hours = st.integers(-100, 100).filter(bool)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    times=st.lists(hours, min_size=3, max_size=3).map(sorted),
    held=st.booleans(),
    told=st.sampled_from(list(Alarm.Level)),
)
def test_an_alarm_never_forgets_nor_repeats(world, task, times, held, told):
    """After any change: nothing told before its moment, never held, and the next word is the first not told."""
    shift(world, task, held=False, **moments(*NOTHING_PASSED))
    Alarm.objects.filter(task=task).update(level=told)

    row = shift(world, task, held=held, **moments(*times))

    level, at = alarm_of(task)
    steps = [row.half_at, row.warn_at, row.due_at]
    passed = 1 + sum(moment <= timezone.now() for moment in steps)
    assert level == min(told, passed)
    if held or level == Alarm.Level.LATE:
        assert at is None
    elif level:
        assert at == steps[level - 1]


def test_days_before_the_calendar_are_no_fault(world, task):
    shift(world, task, opens_on=date(2001, 1, 1))

    assert alarm_of(task)[0] == Alarm.Level.OPENED
