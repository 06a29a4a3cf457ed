"""One worker as a process: it works, drains, keeps limits, outlives its children."""

import os
import signal
import time

import pytest

from casework.background.identity import alive
from casework.background.models import PeriodicTick, Worker
from tests.casework.background import jobs
from tests.casework.background.harness import JOBS, cut_sessions, runners, runs_of, statuses, until, worker

pytestmark = pytest.mark.usefixtures("tables")


def test_it_works_and_drains_on_sigterm():
    with worker() as process:
        jobs.add.enqueue(2, 3)
        until(lambda: statuses() == {"SUCCESSFUL": 1})
        jobs.effect.enqueue("long", 1.5)
        jobs.effect.enqueue("second", 1.5)
        jobs.effect.enqueue("third", 1.5)
        until(lambda: runs_of("long") and runs_of("second"))
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    # What was at hand was ended, nothing new was begun, and everybody said goodbye.
    assert statuses() == {"SUCCESSFUL": 3, "READY": 1}
    assert not alive()
    assert Worker.objects.filter(ended_at=None).count() == 0


def test_a_second_sigterm_ends_at_once_and_nothing_is_lost():
    with worker("--processes", "1") as process:
        jobs.effect.enqueue("long", 20)
        until(lambda: runs_of("long"))
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 0
    assert statuses() == {"RUNNING": 1}
    until(lambda: not alive())
    with worker("--processes", "1"):
        until(lambda: runs_of("long") == 2)


def test_runners_end_with_a_parent_that_was_killed():
    with worker() as process:
        until(lambda: len(alive()) == 2)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        until(lambda: not alive(), 5)


def test_the_soft_limit_is_told_to_the_task_and_the_hard_one_kills():
    with worker() as process:
        jobs.slow.enqueue(20)
        jobs.deaf.enqueue(20)
        until(lambda: statuses() == {"FAILED": 2})
        assert process.poll() is None
        assert runs_of("told") == 2
    rows = jobs.execute("SELECT task_path, exception_class_path FROM django_tasks_database_dbtaskresult ORDER BY 1")
    assert rows == [
        (f"{JOBS}.deaf", "casework.background.Killed"),
        (f"{JOBS}.slow", "casework.background.policy.TookTooLong"),
    ]


def test_a_task_that_always_kills_its_worker_becomes_a_dead_letter():
    with worker():
        jobs.fatal.enqueue()
        jobs.add.enqueue(1, 1)
        until(lambda: statuses() == {"FAILED": 1, "SUCCESSFUL": 1})


def test_two_workers_do_periodic_work_once_a_period_and_a_failing_pump_stops_nobody():
    names = {f"{JOBS}.periodic": 2, f"{JOBS}.periodic_that_fails": 2}
    with worker(periodic=names, pumps=[f"{JOBS}.bad_pump"]), worker(periodic=names):
        until(lambda: PeriodicTick.objects.filter(ended_at__isnull=False).count() >= 6)
        jobs.add.enqueue(1, 1)
        until(lambda: runs_of("periodic") >= 3)
    good = PeriodicTick.objects.filter(name=f"{JOBS}.periodic")
    assert abs(runs_of("periodic") - good.count()) <= 1  # one may have been made and not done
    assert good.filter(result={"rows": 3}, error="").count() >= 2
    bad = PeriodicTick.objects.filter(name=f"{JOBS}.periodic_that_fails", ended_at__isnull=False)
    assert all("RuntimeError: no" in tick.error for tick in bad)
    assert "FAILED" not in statuses()


def test_a_worker_takes_its_queues_only():
    with worker("--queues", "mail"):
        jobs.add.using(queue_name="mail").enqueue(1, 2)
        jobs.add.enqueue(1, 2)
        until(lambda: statuses() == {"SUCCESSFUL": 1, "READY": 1})
        time.sleep(1)
        assert statuses() == {"SUCCESSFUL": 1, "READY": 1}


def test_a_process_that_lost_its_session_cannot_write_its_result():
    with worker("--processes", "1") as process:
        jobs.effect.enqueue("x", 2)
        until(lambda: runs_of("x") == 1)
        first = runners(process)
        cut_sessions()
        until(lambda: statuses() == {"SUCCESSFUL": 1})
        assert runners(process) == first  # no process ended
    assert runs_of("x") == 2
    assert jobs.execute("SELECT jsonb_array_length(workers) FROM t_finished") == [(2,)]
