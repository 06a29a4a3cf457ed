"""Ticks: one for each moment, caught up once, by the database's clock; `worker --once` does all of it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django.utils.module_loading import import_string

from casework.background import periodic
from casework.background.models import PeriodicTick
from casework.background.periodic import make_ticks
from casework.background.state import last_good_run
from casework.background.state import periodic as state_of_periodic
from casework.background.tasks import run_ready
from tests.casework.background import jobs
from tests.casework.background.harness import JOBS, TABLES, runs_of, statuses
from tests.owner import as_owner

pytestmark = pytest.mark.django_db
GOOD, BAD = f"{JOBS}.periodic", f"{JOBS}.periodic_that_fails"
DAY = 24 * 60 * 60


@pytest.fixture(autouse=True)
def _tables(db, settings):
    as_owner(TABLES)
    settings.WORKER_PERIODIC = {GOOD: DAY}
    settings.WORKER_PUMPS = []


def move_ticks(**back) -> None:
    for tick in PeriodicTick.objects.order_by("due_at"):
        PeriodicTick.objects.filter(pk=tick.pk).update(due_at=tick.due_at - timedelta(**back))


def test_a_tick_is_made_and_done_once():
    assert make_ticks() == 1
    assert make_ticks() == 0
    assert run_ready() == 1
    assert make_ticks() == 0
    tick = PeriodicTick.objects.get()
    assert (tick.result, tick.error, runs_of("periodic")) == ({"rows": 3}, "", 1)
    assert tick.due_at.timestamp() % DAY == 0
    assert tick.due_at <= tick.began_at <= tick.ended_at


def test_what_was_missed_for_ten_days_is_caught_up_once():
    make_ticks()
    run_ready()
    move_ticks(days=10)
    assert make_ticks() == 1
    assert run_ready() == 1
    assert make_ticks() == 0
    assert runs_of("periodic") == 2


def test_no_second_tick_while_the_first_is_under_way():
    make_ticks()
    move_ticks(days=1)
    assert make_ticks() == 0
    run_ready()
    assert make_ticks() == 1


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_host_whose_clock_is_a_day_off_makes_no_tick_of_another_day(shift):
    with time_machine.travel(timezone.now() + timedelta(days=shift)):
        assert make_ticks() == 1
        assert run_ready() == 1
    assert make_ticks() == 0
    assert abs(PeriodicTick.objects.get().ended_at - timezone.now()) < timedelta(minutes=1)


def test_work_that_comes_soon_again_is_not_tried_again(settings):
    settings.WORKER_PERIODIC = {BAD: 60}
    make_ticks()
    run_ready()
    assert "RuntimeError: no" in PeriodicTick.objects.get().error
    assert statuses() == {"SUCCESSFUL": 1}
    assert last_good_run(BAD) == (None, None)


def test_work_of_every_day_is_tried_again(settings, transactional_db):
    settings.WORKER_PERIODIC = {BAD: DAY, "no.such.function": DAY}
    assert make_ticks() == 2
    run_ready()
    assert statuses() == {"READY": 2}
    assert PeriodicTick.objects.exclude(error="").count() == 2


def test_old_ticks_go(monkeypatch):
    monkeypatch.setattr(periodic, "KEPT", 3)
    for _n in range(5):
        make_ticks()
        run_ready()
        move_ticks(days=1)
    assert PeriodicTick.objects.count() == 3


def test_lateness_is_told_in_periods(settings):
    make_ticks()
    run_ready()
    assert not state_of_periodic()[0].is_late
    PeriodicTick.objects.update(ended_at=timezone.now() - timedelta(days=4))
    assert state_of_periodic()[0].is_late


@pytest.mark.django_db(transaction=True)  # the sealer commits on a connection of its own
def test_the_settings_name_functions_that_exist_and_run(settings):
    from config import settings as product

    for name in [*product.WORKER_PERIODIC, *product.WORKER_PUMPS]:
        assert callable(import_string(name)), name
    settings.WORKER_PERIODIC, settings.WORKER_PUMPS = product.WORKER_PERIODIC, product.WORKER_PUMPS
    call_command("worker", "--once", verbosity=0)
    assert not PeriodicTick.objects.exclude(error="").exists()
    assert PeriodicTick.objects.filter(ended_at__isnull=False).count() == len(product.WORKER_PERIODIC)


def test_once_says_how_much_it_did(capsys):
    jobs.add.enqueue(1, 1)
    call_command("worker", "--once")
    assert capsys.readouterr().out == "2 done.\n"
