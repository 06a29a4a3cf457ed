"""Taking, running, recording, giving back and trying again, in this process and by the database's clock."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casework.background.identity import Identity, alive
from casework.background.policy import LONGEST_WAIT, Policy, policy_of
from casework.background.tasks import give_back_orphans, run, run_ready, take
from tests.casework.background import jobs
from tests.casework.background.harness import JOBS, TABLES, statuses
from tests.owner import as_owner

pytestmark = pytest.mark.django_db
SECRET = "chị Mẫu 0912345678"


@pytest.fixture
def tables(db):
    as_owner(TABLES)


def row_of(result) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=result.id)


def dead_letter() -> DBTaskResult:
    jobs.fail.enqueue(SECRET)
    while DBTaskResult.objects.filter(status="READY").exists():
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now() - timedelta(days=2))
        assert run_ready() == 1
    return DBTaskResult.objects.get(status="FAILED")


def test_what_is_ready_is_run_and_its_result_kept():
    five, mine = jobs.add.enqueue(2, 3), jobs.my_id.enqueue()

    assert run_ready() == 2

    assert row_of(five).return_value == 5
    assert row_of(mine).return_value == mine.id
    assert row_of(five).finished_at >= row_of(five).started_at
    assert run_ready() == 0


def test_the_limit_of_run_ready_holds_and_the_more_pressing_comes_first():
    last, first = jobs.add.enqueue(1, 1), jobs.add.using(priority=10).enqueue(1, 2)
    assert run_ready(1) == 1
    assert (row_of(first).status, row_of(last).status) == ("SUCCESSFUL", "READY")


def test_a_task_is_tried_again_later_and_then_laid_aside():
    result = jobs.fail.enqueue(SECRET)
    assert run_ready() == 1

    row = row_of(result)
    assert (row.status, len(row.worker_ids)) == ("READY", 1)
    assert row.run_after > timezone.now() - timedelta(seconds=1)

    row.delete()
    row = dead_letter()
    assert len(row.worker_ids) == jobs.fail.func.policy.attempts
    assert row.exception_class_path == "builtins.ValueError"


def test_a_trace_says_where_and_nothing_of_people():
    row = dead_letter()
    assert "jobs.py" in row.traceback
    assert row.traceback.endswith("ValueError: first line")
    assert SECRET not in row.traceback


def test_a_broken_transaction_or_result_is_the_task_s_alone():
    broken, odd, good = jobs.break_the_transaction.enqueue(), jobs.unserialisable.enqueue(), jobs.add.enqueue(1, 1)
    assert run_ready() == 3
    assert row_of(broken).exception_class_path == "django.db.utils.DataError"
    assert row_of(odd).exception_class_path == "builtins.TypeError"
    assert row_of(good).status == "SUCCESSFUL"


def test_a_task_that_is_no_more_is_tried_again_like_any_other():
    gone = jobs.add.enqueue(1, 1)
    DBTaskResult.objects.filter(pk=gone.id).update(task_path=f"{JOBS}.gone")
    assert run_ready() == 1
    assert row_of(gone).exception_class_path == "builtins.ImportError"


def test_who_lost_a_task_meanwhile_writes_nothing(tables):
    """The zombie: its lock went, another took the task and was done, and then it comes back with its own result."""
    result = jobs.add.enqueue(1, 1)
    zombie = take("2000000001")  # nobody holds this number's lock

    assert give_back_orphans() == 1
    assert run_ready() == 1
    DBTaskResult.objects.filter(pk=result.id).update(return_value="of the second")
    run(zombie, nullcontext())

    assert row_of(result).return_value == "of the second"
    assert jobs.execute("SELECT count(*) FROM t_finished WHERE workers ->> -1 = '2000000001'") == [(0,)]


def test_who_lost_a_task_that_waits_again_writes_nothing():
    result = jobs.add.enqueue(1, 1)
    zombie = take("2000000001")
    give_back_orphans()
    run(zombie, nullcontext())
    assert row_of(result).status == "READY"


def test_a_living_worker_keeps_its_task_and_a_dead_one_loses_it():
    me = Identity()
    jobs.add.enqueue(1, 1)
    assert take(me.number)
    assert me.number in alive()
    assert give_back_orphans() == 0
    me.give_up()
    assert me.number not in alive()
    assert give_back_orphans() == 1
    assert statuses() == {"READY": 1}


def test_a_task_whose_workers_are_killed_again_and_again_is_laid_aside():
    result = jobs.add.enqueue(1, 1)
    for n in range(policy_of(f"{JOBS}.add").attempts):
        assert take(str(2_000_000_000 + n))
        assert give_back_orphans() == 1
    row = row_of(result)
    assert (row.status, row.exception_class_path) == ("FAILED", "casework.background.Killed")
    assert "5 times" in row.traceback


def test_the_host_s_clock_changes_nothing():
    """A day ahead, the host would run what is due tomorrow and a day behind, nothing of what is due now."""
    tomorrow = jobs.add.using(run_after=timezone.now() + timedelta(hours=20)).enqueue(1, 1)
    now = jobs.add.using(run_after=timezone.now() - timedelta(seconds=5)).enqueue(1, 1)
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        failing = jobs.fail.enqueue("x")
        assert run_ready() == 2
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert run_ready() <= 1
    assert (row_of(now).status, row_of(tomorrow).status) == ("SUCCESSFUL", "READY")
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        assert abs(row_of(now).finished_at - cursor.fetchone()[0]) < timedelta(minutes=1)
    assert abs(row_of(failing).run_after - timezone.now()) < timedelta(minutes=1)


def test_the_wait_grows_and_ends_at_an_hour():
    policy = Policy(backoff=10)
    for attempt, wait in [(1, 10), (2, 30), (3, 90), (4, 270), (50, LONGEST_WAIT)]:
        assert wait * 0.5 <= policy.wait(attempt) <= wait * 1.5


def test_nothing_runs_before_its_transaction_is_done_or_after_it_was_undone(tables):
    sid = connection.savepoint()
    jobs.effect.enqueue("undone")
    connection.savepoint_rollback(sid)
    assert run_ready() == 0
