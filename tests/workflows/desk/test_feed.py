"""The calendar address: what it shows, to whom, and when it ends."""

import logging
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from icalendar import Calendar

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.organisations.models import Absence
from config.logs import WithoutKeys
from workflows.acts import ReassignTask
from workflows.desk.feed_acts import MakeFeed, RevokeFeed, digest_of
from workflows.desk.models import FeedKey
from workflows.engine.models import Task
from workflows.errands.acts import GiveErrand
from workflows.holds.acts import HoldCase

SECRET = "a-secret-of-the-tests"
ADDRESS = f"/calendar/{SECRET}.ics"


@pytest.fixture
def address(world):
    perform(MakeFeed(digest_of(SECRET)), by=world.lan)
    return ADDRESS


def events(response):
    return {str(event["uid"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")}


def test_it_is_made_by_a_button_and_shown_once(client, world):
    client.force_login(world.lan)
    sent = {"request_id": uuid4()}

    made = client.post("/calendar/", sent)
    again = client.post("/calendar/", sent, follow=True)
    later = client.get("/calendar/")

    shown = made.context["address"]
    assert shown in made.text
    assert shown not in again.text + later.text
    assert FeedKey.objects.get().user == world.lan
    assert "no-store" in made["Cache-Control"]
    assert client.get(shown.removeprefix("http://testserver")).status_code == 200


def test_only_the_digest_is_kept_and_not_even_that_in_the_history(world, address):
    key = FeedKey.objects.get()
    event = AuditEvent.objects.get(verb="feed.made")

    assert event.chain == f"user:{world.lan.pk}"
    assert SECRET not in key.digest
    assert key.digest not in event.canon
    assert SECRET not in event.canon


def test_a_task_is_a_whole_day_without_names_of_people(client, world, address):
    case = world.open_case(name="HTX Nấm Hoa Sen", contact_name="Trần Thị Mẫu Bí Mật")
    task = world.task(case)
    world.claim(task, world.lan)

    response = client.get(address, headers={"host": "testserver"})
    event = events(response)[f"task-{task.pk}-due@dong-hanh"]

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert event.decoded("dtstart") == timezone.localdate(task.due_at)
    assert event.decoded("dtend") == timezone.localdate(task.due_at) + timedelta(days=1)
    assert str(event["summary"]).endswith(f"{case.code} HTX Nấm Hoa Sen")
    assert str(event["url"]) == f"http://testserver/tasks/{task.pk}/"
    assert "Bí Mật" not in str(Calendar.from_ical(response.content))


def test_the_title_that_somebody_typed_stays_inside(client, world, address):
    case = world.open_case()
    act = GiveErrand(case.pk, title="Gọi chị Hoa 0912345678", organisation=world.organisation("wu-kh-a"))
    perform(act, by=world.lan)
    errand = Task.objects.get(case=case, title__startswith="Gọi")
    if errand.owner_id is None:
        world.claim(errand, world.lan)

    response = client.get(address)

    assert f"task-{errand.pk}-due@dong-hanh" in events(response)
    assert "0912345678" not in response.content.decode()


def test_foreign_free_and_finished_tasks_are_not_in_it(client, world, address):
    free, of_mai, done = (world.task(world.open_case(name=f"HTX {n}")) for n in range(3))
    world.claim(of_mai, world.mai)
    world.finish(done, world.lan)

    assert events(client.get(address)) == {}
    world.claim(free, world.lan)
    assert list(events(client.get(address))) == [f"task-{free.pk}-due@dong-hanh"]


def test_a_later_task_stands_on_the_day_on_which_it_opens(client, world, address):
    follow_up = world.advance(world.open_case(), "follow_up_6_months")

    event = events(client.get(address))[f"task-{follow_up.pk}-opens@dong-hanh"]

    assert event.decoded("dtstart") == follow_up.opens_on


def test_her_absence_is_in_it_until_it_ends(client, world, address):
    first, last = timezone.localdate() + timedelta(days=3), timezone.localdate() + timedelta(days=5)
    away = Absence.objects.create(
        user=world.lan, substitute=world.mai, first_day=first, last_day=last, set_by=world.lan
    )

    event = events(client.get(address))[f"absence-{away.pk}@dong-hanh"]
    away.ended_at = timezone.now()
    away.save()

    assert (event.decoded("dtstart"), event.decoded("dtend")) == (first, last + timedelta(days=1))
    assert "Mai" not in str(event["summary"])
    assert events(client.get(address)) == {}


def test_a_held_task_shows_the_day_on_which_it_should_go_on(client, world, address):
    task, expected = world.task(world.open_case()), timezone.localdate() + timedelta(days=20)
    world.claim(task, world.lan)
    perform(HoldCase(task.case_id, "Chị Hoa ốm", expected), by=world.hanh)

    (event,) = events(client.get(address)).values()

    assert event.decoded("dtstart") == expected
    assert "Chị Hoa" not in str(event["summary"])


def test_the_uid_stays_and_the_version_grows(client, world, address):
    task = world.task(world.open_case())
    world.claim(task, world.lan)
    before = events(client.get(address))
    perform(ReassignTask(task.pk, world.mai, "thử"), by=world.hanh)
    perform(ReassignTask(task.pk, world.lan, "thử"), by=world.hanh)

    after = events(client.get(address))

    (uid,) = before
    assert list(after) == [uid]
    assert after[uid].decoded("sequence") == before[uid].decoded("sequence") + 2
    assert after[uid].decoded("dtstamp") >= before[uid].decoded("dtstamp")


def test_an_unchanged_calendar_is_not_sent_again(client, world, address):
    first = client.get(address)
    same = client.get(address, headers={"If-None-Match": first["ETag"]})
    world.claim(world.task(world.open_case()), world.lan)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (same.status_code, same.content) == (304, b"")
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)
    assert "private" in first["Cache-Control"]


def test_vietnamese_unless_the_address_asks_for_english(client, world, address):
    world.claim(world.task(world.open_case()), world.lan)

    vietnamese, english, nonsense = (
        client.get(address, {"lang": lang} if lang else {}).content.decode() for lang in ("", "en", "xx\0")
    )

    assert "my tasks" in english
    assert vietnamese == nonsense
    assert "Screen the lead" not in vietnamese


def test_a_revoked_a_former_and_an_unknown_address_are_not_there(client, world, address):
    perform(MakeFeed(digest_of("newer")), by=world.lan)
    former = client.get(address).status_code
    newer = client.get("/calendar/newer.ics").status_code
    perform(RevokeFeed(), by=world.lan)

    assert (former, newer) == (404, 200)
    assert client.get("/calendar/newer.ics").status_code == 404
    assert client.get("/calendar/%00%F0%9F%98%80.ics").status_code == 404
    with pytest.raises(ActionNotPossible):
        perform(RevokeFeed(), by=world.lan)


def test_a_closed_account_has_no_calendar(client, world, address):
    user = world.lan
    user.is_active = False
    user.save()

    assert client.get(address).status_code == 404


def test_nobody_revokes_the_address_of_another(client, world, address):
    client.force_login(world.mai)

    client.post("/calendar/revoke/")

    assert FeedKey.objects.get().revoked_at is None


def test_the_pages_ask_for_a_sign_in_but_not_the_calendar(client, world, address):
    assert client.get("/calendar/").status_code == 302
    assert client.post("/calendar/revoke/").status_code == 302
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("tasks", [1, 30])
def test_it_costs_the_same_for_one_task_and_for_many(client, world, address, django_assert_num_queries, tasks):
    for number in range(tasks):
        world.claim(world.task(world.open_case(name=f"HTX {number}")), world.lan)
    client.get(address)

    # Six for her tasks and days, one for trainings and one for trade events to come.
    with django_assert_num_queries(8):
        assert len(events(client.get(address))) == tasks


def test_the_secret_stands_in_no_log(client, world, caplog):
    with caplog.at_level(logging.WARNING):
        client.get("/calendar/very-secret.ics")

    assert caplog.records
    assert all(WithoutKeys().filter(record) for record in caplog.records)
    assert not any("very-secret" in record.getMessage() for record in caplog.records)


def test_days_far_away_do_no_harm(client, world, address):
    Absence.objects.create(
        user=world.lan,
        substitute=world.mai,
        first_day=date(9998, 1, 1),
        last_day=date(9999, 12, 30),
        set_by=world.lan,
    )

    assert client.get(address).status_code == 200
