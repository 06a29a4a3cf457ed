"""The sweep: the right people, at the highest level that has passed, exactly once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from casework import signals
from casework.acts import perform
from casework.cases.models import Case
from notifications.models import OutboxMessage
from tests.workflows.clock.shift import (
    ALL_PASSED,
    HALF_PASSED,
    NOTHING_PASSED,
    WARN_PASSED,
    Heard,
    alarm_of,
    moments,
    shift,
)
from workflows.clock.models import Alarm
from workflows.clock.sweep import sweep, sweep_tick
from workflows.holds.acts import HoldCase


@pytest.fixture
def heard():
    receiver = Heard()
    yield receiver
    signals.clock_told.disconnect(receiver)


@pytest.fixture
def task(world):
    return world.task(world.open_case())


def numbers(world, *codes):
    return [world.organisation(code).pk for code in codes]


def test_nothing_is_told_before_its_moment(world, task, heard):
    shift(world, task, **moments(*NOTHING_PASSED))

    assert sweep() == {"handled": 0, "lag_seconds": 0}
    assert heard.told == []


def test_at_half_the_owner_is_told_and_nobody_else(world, task, heard):
    world.claim(task, by=world.lan)
    row = shift(world, task, **moments(*HALF_PASSED))

    done = sweep()

    assert done["handled"] == 1
    assert 3590 < done["lag_seconds"] < 3700
    assert heard.words() == [("clock.half", world.lan.pk, 0, "")]
    assert alarm_of(task) == (Alarm.Level.HALF, row.warn_at)
    [one] = heard.told
    day = timezone.localdate(row.due_at)
    assert (one.key, one.number, one.case_id) == (f"clock:{task.pk}", day.toordinal() * 10 + 2, task.case_id)
    assert one.notice.facts == {"due": day.isoformat(), "watched": False}


def test_while_nobody_has_it_the_organisation_is_told(world, task, heard):
    shift(world, task, **moments(*HALF_PASSED))
    sweep()

    assert heard.words() == [("clock.half", 0, task.organisation_id, "")]


def test_at_four_fifths_the_supervisors_are_told_too(world, task, heard):
    world.claim(task, by=world.lan)
    shift(world, task, **moments(*WARN_PASSED))
    sweep()

    commune, province = numbers(world, "wu-kh-a", "wu-kh")
    assert heard.words() == sorted(
        [
            ("clock.warn", world.lan.pk, 0, ""),
            ("clock.warn", 0, commune, "supervisor"),
            ("clock.warn", 0, province, "supervisor"),
        ]
    )


def test_when_it_is_late_the_office_is_told_too_and_only_for_that_level(world, task, heard):
    world.claim(task, by=world.lan)
    shift(world, task, **moments(*ALL_PASSED))
    sweep()

    commune, province, office = numbers(world, "wu-kh-a", "wu-kh", "office-kh")
    assert heard.words() == sorted(
        [
            ("clock.late", world.lan.pk, 0, ""),
            ("clock.late", 0, commune, "supervisor"),
            ("clock.late", 0, province, "supervisor"),
            ("clock.late", 0, office, "reassign_task"),
        ]
    )
    assert alarm_of(task) == (Alarm.Level.LATE, None)


def test_of_somebody_elses_term_only_the_owner_hears(world, task, heard):
    world.claim(task, by=world.lan)
    shift(world, task, watched=True, **moments(*ALL_PASSED))
    sweep()

    assert heard.words() == [("clock.late", world.lan.pk, 0, "")]
    assert heard.told[0].notice.facts["watched"] is True


def test_a_task_whose_day_has_come_is_told(world, task, heard):
    now = timezone.now()
    shift(world, task, opens_on=now.date() + timedelta(days=9), **moments(*NOTHING_PASSED))
    shift(world, task, opens_on=now.date() - timedelta(days=1), created=now - timedelta(days=9))

    sweep()

    assert heard.kinds() == ["clock.opened"]
    assert alarm_of(task)[0] == Alarm.Level.OPENED


def test_a_held_task_is_never_told(world, task, heard):
    shift(world, task, **moments(*ALL_PASSED))
    perform(HoldCase(task.case_id, "Chờ vốn"), by=world.lan)

    assert sweep()["handled"] == 0
    assert heard.told == []


def test_it_is_told_once_however_often_it_runs(world, task, heard):
    shift(world, task, **moments(*HALF_PASSED))

    assert [sweep_tick()["handled"] for _ in range(3)] == [1, 0, 0]
    assert OutboxMessage.objects.filter(chain=f"clock:{task.pk}").count() == len(heard.told) == 1


def test_a_deadline_that_moved_is_told_anew(world, task):
    shift(world, task, **moments(*WARN_PASSED))
    sweep()
    shift(world, task, **moments(*NOTHING_PASSED))
    assert sweep()["handled"] == 0
    shift(world, task, **moments(-1, 40, 80))
    sweep()

    kinds = OutboxMessage.objects.filter(chain=f"clock:{task.pk}", audience="").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["clock.warn", "clock.half"]


def test_a_deadline_that_moved_away_and_back_is_not_told_twice(world, task):
    late = moments(*HALF_PASSED)
    shift(world, task, **late)
    sweep()
    shift(world, task, **moments(*NOTHING_PASSED))
    shift(world, task, **late)
    sweep()

    assert OutboxMessage.objects.filter(chain=f"clock:{task.pk}").count() == 1


def test_a_sweep_that_dies_tells_again_and_once(world, task):
    shift(world, task, **moments(*HALF_PASSED))

    def die(sender, **_kwargs):
        raise RuntimeError("killed")

    signals.clock_told.connect(die)
    with pytest.raises(RuntimeError), transaction.atomic():
        sweep()
    signals.clock_told.disconnect(die)
    assert alarm_of(task)[0] == Alarm.Level.OPENED
    assert not OutboxMessage.objects.filter(chain=f"clock:{task.pk}").exists()

    assert sweep()["handled"] == 1
    assert OutboxMessage.objects.filter(chain=f"clock:{task.pk}").count() == 1


def test_small_batches_tell_everything_once(world, heard):
    tasks = [world.task(world.open_case(name=f"HTX Mẫu {n}")) for n in range(5)]
    for one in tasks:
        shift(world, one, **moments(*HALF_PASSED))

    assert sweep(limit=2)["handled"] == 5
    assert sorted(one.notice.task_id for one in heard.told) == [one.pk for one in tasks]


@pytest.mark.parametrize("count", [1, 6])
def test_a_batch_takes_the_same_statements_for_one_and_for_many(world, count, django_assert_max_num_queries):
    for n in range(count):
        shift(world, world.task(world.open_case(name=f"HTX Mẫu {n}")), **moments(*ALL_PASSED))

    # Two batches' savepoints, the lock, the alarms, the offices, the outbox, the note; the lock again and the holds.
    with django_assert_max_num_queries(13):
        sweep()


def hold(world, task, expected_on):
    perform(HoldCase(task.case_id, "Chờ vốn", expected_on), by=world.lan)


def test_a_hold_whose_day_has_passed_is_told_to_the_supervisors_once(world, task, heard, time_machine):
    hold(world, task, timezone.localdate() + timedelta(days=3))
    time_machine.move_to(timezone.now() + timedelta(days=4))

    sweep()
    sweep()

    commune, province = numbers(world, "wu-kh-a", "wu-kh")
    assert set(heard.words()) == {
        ("hold.expected_over", 0, commune, "supervisor"),
        ("hold.expected_over", 0, province, "supervisor"),
    }
    assert OutboxMessage.objects.filter(kind="hold.expected_over").count() == 2


def test_a_hold_on_its_last_day_is_not_told(world, task, heard, time_machine):
    hold(world, task, timezone.localdate() + timedelta(days=3))
    time_machine.move_to(timezone.now() + timedelta(days=3))
    sweep()

    assert heard.told == []


def test_a_second_sweep_at_once_returns_at_once_and_a_case_at_work_is_left(committed_world):
    world = committed_world
    tasks = [world.task(world.open_case(name=f"HTX Mẫu {n}")) for n in range(2)]
    for one in tasks:
        shift(world, one, **moments(*HALF_PASSED))
    seen = {}

    def elsewhere(name, work):
        def run():
            seen[name] = work()
            connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join(timeout=20)

    with transaction.atomic():
        Case.objects.locked(tasks[0].case_id)
        elsewhere("beside an act", sweep)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('workflows.clock.sweep', 0))")
        elsewhere("beside a sweep", sweep)
    elsewhere("alone", sweep)

    assert {name: done["handled"] for name, done in seen.items()} == {
        "beside an act": 1,
        "beside a sweep": 0,
        "alone": 1,
    }
