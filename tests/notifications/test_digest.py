"""The summary: in the morning of a working day, once, and only when there is something to tell."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from casework.models import User
from notifications import delivery
from notifications.digest import digest_tick
from notifications.models import Delivery, Notification, Reader
from workflows.clock.models import CalendarDay
from workflows.engine.models import Task

TODAY = timezone.localdate()
# Of the week before, since what is told bears the database's clock.
MONDAY = TODAY - timedelta(days=TODAY.weekday() + 7)
TUESDAY, SATURDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=5)


def at(day, hour=7, minute=5):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@pytest.fixture(autouse=True)
def _ordinary_weeks(request):
    """No days off but Saturdays and Sundays."""
    request.getfixturevalue("committed_world" if "committed_world" in request.fixturenames else "world")
    CalendarDay.objects.all().delete()


@pytest.fixture
def lan(world):
    """Lan has an address and one task of her own."""
    User.objects.filter(username="lan").update(email="lan@example.test")
    world.claim(world.task(world.open_case("lan")), world.lan)
    return world.lan


def wishes(user, digest):
    Reader.objects.update_or_create(user=user, defaults={"language": "vi", "digest": digest})


def due(**shift):
    """As if all tasks were due some time from that Monday morning. The guard looks at the commit, which never comes."""
    Task.objects.filter(status="ASSIGNED").update(due_at=at(MONDAY) + timedelta(**shift))


def test_it_is_made_once_a_day_however_often_the_worker_asks(lan):
    due(hours=-1)

    assert [digest_tick(at(MONDAY, hour))["made"] for hour in (6, 7, 7, 8, 9, 12)] == [0, 1, 0, 0, 0, 0]

    row = Delivery.objects.get()
    assert (row.user, row.digest_of, row.notification) == (lan, MONDAY, None)
    assert digest_tick(at(TUESDAY))["made"] == 1


def test_it_says_what_is_late_and_what_was_told(world, lan):
    due(hours=-1)
    wishes(lan, "daily")
    task = Task.objects.open().get(owner=lan)
    Notification.objects.create(
        user=lan, kind="deadline.moved", chain="c", event_seq=1, task_id=task.pk, case=task.case
    )
    digest_tick(at(MONDAY))
    Delivery.objects.update(next_at=timezone.now() - timedelta(hours=1))

    assert delivery.pump() == 1

    [sent] = mail.outbox
    assert task.case.code in sent.body
    assert f"/tasks/{task.pk}/" in sent.body
    assert Delivery.objects.get().state == "sent"
    assert f"{MONDAY:%d/%m/%Y}" in sent.subject


def test_nothing_to_tell_is_no_mail(lan):
    due(days=90)

    assert digest_tick(at(MONDAY))["made"] == 0


def test_what_is_due_soon_is_told(lan):
    due(days=1)

    assert digest_tick(at(MONDAY))["made"] == 1


@pytest.mark.parametrize(("digest", "days"), [("daily", [MONDAY, TUESDAY]), ("weekly", [MONDAY]), ("none", [])])
def test_daily_weekly_or_never_and_not_on_a_day_off(lan, digest, days):
    due(hours=-1)
    wishes(lan, digest)

    for day in (MONDAY, TUESDAY, SATURDAY):
        digest_tick(at(day))

    assert [row.digest_of for row in Delivery.objects.order_by("digest_of")] == days


def test_a_monday_off_moves_the_weekly_one_to_tuesday(lan):
    due(hours=-1)
    wishes(lan, "weekly")
    CalendarDay.objects.create(day=MONDAY, kind=CalendarDay.Kind.OFF, name="Nghỉ", source="thử nghiệm")

    made = [digest_tick(at(day))["made"] for day in (MONDAY, TUESDAY)]

    assert made == [0, 1]


def test_quiet_hours_hold_for_it_too(lan):
    due(hours=-1)
    wishes(lan, "daily")
    Reader.objects.update(quiet_from="20:00", quiet_until="08:30")

    digest_tick(at(MONDAY))

    assert Delivery.objects.get().next_at == at(MONDAY, 8, 30)


def test_three_workers_at_once_make_one(committed_world):
    User.objects.filter(username="lan").update(email="lan@example.test")
    Notification.objects.create(user=committed_world.lan, kind="deadline.moved", chain="c", event_seq=1)

    def tick(_n):
        try:
            return digest_tick(at(MONDAY))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(tick, range(3)))

    assert Delivery.objects.count() == 1
