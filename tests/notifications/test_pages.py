"""The bell, the preferences and the log of deliveries, as a browser without scripts meets them."""

from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.audit.models import AuditEvent
from casework.models import User
from notifications.kinds import GROUPS
from notifications.models import Delivery, Notification, OutboxMessage, Reader, Wish
from workflows.engine.models import Task

LIST = "/notifications/"
PREFERENCES = "/notifications/preferences/"
LOG = "/settings/deliveries/"


@pytest.fixture
def as_lan(client, world):
    client.force_login(world.lan)
    client.cookies["django_language"] = "en"
    return client


def told(user, kind="task.assigned", task=None, case=None, number=1, **facts):
    return Notification.objects.create(
        user=user,
        kind=kind,
        chain="case:1",
        event_seq=number,
        task_id=task.pk if task else None,
        case=case or (task.case if task else None),
        facts=facts,
    )


def body(response):
    assert response.status_code == 200, response
    assert len(response.content) < 60_000
    HTMLParser().feed(response.content.decode())
    return response.content.decode()


def statements(client, url):
    with CaptureQueriesContext(connection) as captured:
        body(client.get(url))
    return len(captured)


# ── The list ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_bell_counts_what_is_not_read(as_lan, world):
    assert "not read yet" not in body(as_lan.get(LIST))
    for number in range(3):
        told(world.lan, number=number)
    told(world.mai)

    page = body(as_lan.get(reverse("tasks:inbox")))

    assert '<span class="count">3</span>' in page


def test_the_bell_counts_no_further_than_it_can_show(as_lan, world):
    Notification.objects.bulk_create(Notification(user=world.lan, kind="x", chain="c", event_seq=n) for n in range(120))
    assert '<span class="count">99+</span>' in body(as_lan.get(LIST))


def test_the_list_names_step_case_and_reason_and_leads_there(as_lan, world):
    task = world.task(world.open_case("lan"))
    row = told(world.lan, "task.returned", task, reason="Thiếu <b>chữ ký</b>")

    page = body(as_lan.get(LIST))

    assert task.case.code in page
    assert "was sent back for correction" in page
    assert "Thiếu &lt;b&gt;chữ ký&lt;/b&gt;" in page
    response = as_lan.get(f"/notifications/open/{row.pk}/")
    assert response.url == f"/tasks/{task.pk}/"
    row.refresh_from_db()
    assert row.read_at is not None


def test_what_she_may_no_longer_see_is_not_named(as_lan, world):
    task = world.task(world.open_case("phuong", name="HTX Bí Mật"))
    row = told(world.lan, task=task, reason="bí mật")

    page = body(as_lan.get(LIST))

    assert "can no longer see" in page
    assert "Bí Mật" not in page
    assert "bí mật" not in page
    assert as_lan.get(f"/notifications/open/{row.pk}/").url == LIST


@pytest.mark.parametrize("kind", [*GROUPS, "something.new"])
def test_every_kind_can_be_read_with_and_without_its_task(as_lan, world, kind):
    case = world.open_case("lan")
    told(world.lan, kind, world.task(case), number=1)
    told(world.lan, kind, case=case, number=2)
    told(world.lan, kind, number=3)

    page = body(as_lan.get(LIST))

    assert page.count("told__words") == 3
    assert "%(" not in page


def test_a_page_of_many_costs_what_a_page_of_one_costs(as_lan, world):
    tasks = [world.task(world.open_case("lan", name=f"HTX {n}")) for n in range(8)]
    told(world.lan, task=tasks[0], number=100)
    as_lan.get(LIST)
    one = statements(as_lan, LIST)
    for number, task in enumerate(tasks):
        told(world.lan, task=task, number=number)
        told(world.lan, "case.held", case=task.case, number=50 + number)

    assert statements(as_lan, LIST) == one <= 8


def test_older_ones_are_on_the_next_page(as_lan, world):
    for number in range(40):
        told(world.lan, number=number)

    first = as_lan.get(LIST).context["page"]
    second = as_lan.get(first.older_url).context["page"]

    assert (len(first.rows), len(second.rows), second.older_url) == (30, 10, "")
    assert {row.id for row in first.rows} & {row.id for row in second.rows} == set()


@pytest.mark.parametrize("before", ["x", "-1", "9" * 19, "9" * 30, "\x00", "²"])
def test_a_strange_address_shows_the_list(as_lan, world, before):
    told(world.lan)
    assert as_lan.get(LIST, {"before": before}).status_code == 200


def test_one_or_all_are_marked_as_read_and_nobody_elses(as_lan, world):
    rows = [told(world.lan, number=number) for number in range(3)]
    other = told(world.mai)

    assert as_lan.post(f"/notifications/{rows[0].pk}/read/").url == LIST
    assert Notification.objects.filter(user=world.lan, read_at=None).count() == 2
    assert as_lan.post(f"/notifications/{other.pk}/read/").status_code == 404
    assert as_lan.get(f"/notifications/open/{other.pk}/").status_code == 404
    as_lan.post("/notifications/read/")

    assert list(Notification.objects.filter(read_at=None)) == [other]


# ── Preferences ─────────────────────────────────────────────────────────────────────────────────────────


def answers(client, **changed):
    form = client.get(PREFERENCES).context["form"]
    initial = {name: form[name].value() for name in form.fields}
    sent = {name: value.strftime("%H:%M") if hasattr(value, "strftime") else value for name, value in initial.items()}
    return {**sent, "request_id": uuid4(), **changed}


def test_a_choice_is_kept_as_an_event(as_lan, world):
    sent = answers(as_lan, language="en", digest="weekly", quiet_from="22:15", **{"late-email": "off"})

    assert as_lan.post(PREFERENCES, sent).url == PREFERENCES

    reader = Reader.objects.get(user=world.lan)
    assert (reader.language, reader.digest, str(reader.quiet_from)) == ("en", "weekly", "22:15:00")
    # Only what differs from the default is written down.
    assert [(w.kind, w.channel, w.mode) for w in Wish.objects.all()] == [("late", "email", "off")]
    event = AuditEvent.objects.get(verb="preferences.set")
    assert event.chain == f"user:{world.lan.pk}"
    assert answers(as_lan)["late-email"] == "off"


def test_it_can_be_changed_again_and_the_same_request_changes_nothing(as_lan, world):
    sent = answers(as_lan, **{"late-email": "off"})
    as_lan.post(PREFERENCES, sent)
    as_lan.post(PREFERENCES, sent)
    as_lan.post(PREFERENCES, answers(as_lan, **{"late-email": "digest"}, quiet_from="", quiet_until=""))

    assert AuditEvent.objects.filter(verb="preferences.set").count() == 2
    assert Wish.objects.get().mode == "digest"
    assert Reader.objects.get().quiet_from is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quiet_from", "25:00"),
        ("quiet_from", "\x00"),
        ("quiet_until", ""),
        ("language", "😀"),
        ("digest", "9" * 400),
        ("late-email", "shout"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(as_lan, field, value):
    response = as_lan.post(PREFERENCES, answers(as_lan, **{field: value}))

    assert field in response.context["form"].errors
    assert "Error:" in body(response)
    assert not Reader.objects.exists()


def test_every_field_has_a_label(as_lan):
    page = body(as_lan.get(PREFERENCES))
    for name in as_lan.get(PREFERENCES).context["form"].fields:
        if "-" in name:
            assert f'for="id_{name}"' in page


# ── The log ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def as_van(client, world):
    User.objects.filter(username="lan").update(email="lan.mau@example.test")
    client.force_login(world.van)
    client.cookies["django_language"] = "en"
    return client


def delivery(user, number=1, **more):
    return Delivery.objects.create(
        channel="email", user=user, notification=told(user, number=number), idem_key=f"{number}", **more
    )


def test_the_log_is_for_those_who_keep_the_background(as_lan):
    assert as_lan.get(LOG).status_code == 403
    assert as_lan.post(f"{LOG}1/again/").status_code == 403


def test_the_log_says_what_went_wrong_and_masks_the_address(as_van, world):
    delivery(world.lan, state="dead", attempts=10, last_error="ConnectionRefusedError: nobody there")
    OutboxMessage.objects.create(kind="x", chain="c", event_seq=1, user=world.lan, idem_key="k", state="failed")

    page = body(as_van.get(LOG))

    assert "nobody there" in page
    assert "l…@example.test" in page
    assert "lan.mau@" not in page
    assert "Not sent" in page


def test_the_log_is_filtered_and_costs_the_same_for_many(as_van, world):
    delivery(world.lan, 1, state="dead")
    as_van.get(LOG)
    one = statements(as_van, LOG)
    for number in range(2, 70):
        delivery(world.lan, number)

    assert statements(as_van, LOG) == one <= 8
    assert len(as_van.get(LOG, {"state": "dead"}).context["page"].rows) == 1
    first = as_van.get(LOG, {"state": "waiting"}).context["page"]
    assert len(as_van.get(first.older_url).context["page"].rows) == 30
    assert as_van.get(LOG, {"state": "\x00", "before": "x"}).status_code == 200


def test_one_given_up_is_tried_again_by_an_act(as_van, world):
    row = delivery(world.lan, state="dead", attempts=10)

    response = as_van.post(f"{LOG}{row.pk}/again/", {"request_id": uuid4()})

    assert response.url == LOG
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)
    assert AuditEvent.objects.get(verb="delivery.sent_again").facts["delivery"] == row.pk


def test_one_that_was_sent_is_left_alone(as_van, world):
    row = delivery(world.lan, state="sent")

    response = as_van.post(f"{LOG}{row.pk}/again/", {"request_id": uuid4()}, follow=True)

    assert "was sent already" in body(response)
    assert as_van.post(f"{LOG}99999999/again/").status_code == 404
    assert not AuditEvent.objects.filter(verb="delivery.sent_again").exists()


def test_a_finished_task_keeps_its_words(as_lan, world):
    task = world.task(world.open_case("lan"))
    told(world.lan, task=task)
    world.finish(task, world.lan)
    assert Task.objects.get(pk=task.pk).finished

    assert "was given to you" in body(as_lan.get(LIST))


def test_somebody_elses_term_is_not_called_late_work(as_lan, world):
    told(world.lan, "clock.late", world.task(world.open_case("lan")), watched=True)

    assert "has not come in time" in body(as_lan.get(LIST))
