"""Sending: claimed once, sent with one key, tried again, given up; and no server holds anything else up."""

import email
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import policy

import pytest
from django.core import mail
from django.db import connection, connections
from django.utils import timezone

from casework.models import Case, User
from notifications import backoff, delivery, outbox
from notifications.channels import EmailChannel, message_id
from notifications.models import Delivery, Notification, Reader
from tests.notifications import servers
from workflows.engine.models import Task


@pytest.fixture
def reader(world):
    """Lan has an address, and her task was given to her: one mail waits. She has no quiet hours."""
    User.objects.filter(username="lan").update(email="lan@example.test")
    user = world.lan
    Reader.objects.create(user=user, language="vi", digest="none")
    return user


def told(user, task=None, number=1, kind="task.assigned"):
    """One delivery of one notification."""
    notification = Notification.objects.create(
        user=user,
        kind=kind,
        chain="case:1",
        event_seq=number,
        task_id=task.pk if task else None,
        case=task.case if task else None,
    )
    return Delivery.objects.create(
        channel="email", user=user, notification=notification, idem_key=f"case:1/{number}/u{user.pk}/email"
    )


def due_again():
    """As if the waiting were over."""
    past = timezone.now() - timedelta(days=2)
    Delivery.objects.filter(state="waiting").update(next_at=past, leased_until=None)


@pytest.fixture
def by_smtp(settings):
    """Mail goes to a real socket."""

    def use(port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.5

    return use


# ── A message that arrives ──────────────────────────────────────────────────────────────────────────────


def test_a_mail_names_the_step_the_case_and_the_day_and_nothing_personal(world, reader):
    case = world.open_case("lan", contact_name="Trần Thị Mẫu", contact_phone="+84900000001")
    row = told(reader, world.task(case))

    assert delivery.pump() == 1

    [sent] = mail.outbox
    html = sent.alternatives[0][0]
    for words in (sent.body, html):
        assert case.code in words
        assert case.working_name in words
        assert f"/tasks/{row.notification.task_id}/" in words
        for personal in ("Trần Thị Mẫu", "900000001", reader.full_name, "lan@example.test"):
            assert personal not in words
    assert sent.to == ["lan@example.test"]
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert Delivery.objects.get().state == "sent"
    assert delivery.pump() == 0


def test_it_is_in_the_language_of_its_reader(world, reader):
    Reader.objects.filter(user=reader).update(language="en")
    told(reader, world.task(world.open_case("lan")))

    delivery.pump()

    assert "was given to you" in mail.outbox[0].subject


def test_a_hostile_name_is_only_a_name(world, reader):
    case = world.open_case("lan")
    Case.objects.filter(pk=case.pk).update(working_name="<script>x</script>\r\nBcc: evil@example.test")
    told(reader, world.task(case))

    delivery.pump()

    [sent] = mail.outbox
    message = email.message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    assert message["Bcc"] is None
    assert "\n" not in sent.subject
    assert "<script>" not in sent.alternatives[0][0]
    assert "&lt;script&gt;" in sent.alternatives[0][0]


def test_a_case_she_may_no_longer_see_is_not_mailed(world, reader):
    told(reader, world.task(world.open_case("phuong")))

    delivery.pump()

    assert mail.outbox == []
    row = Delivery.objects.get()
    assert (row.state, row.last_error) == ("dead", "Never: no longer hers to see")


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}, {"email": "x\ny@example.test"}])
def test_whoever_cannot_be_reached_any_more_ends_it(world, reader, change):
    told(reader, world.task(world.open_case("lan")))
    User.objects.filter(pk=reader.pk).update(**change)

    delivery.pump()

    assert (mail.outbox, Delivery.objects.get().state) == ([], "dead")


# ── Twice, and never ────────────────────────────────────────────────────────────────────────────────────


def test_killed_between_sending_and_marking_it_goes_again_with_the_same_key(world, reader, monkeypatch):
    told(reader, world.task(world.open_case("lan")))
    send = EmailChannel.send

    class Killed(BaseException):
        """What a kill looks like from inside: nothing after it runs."""

    def sends_and_dies(self, row, letter):
        send(self, row, letter)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(EmailChannel, "send", sends_and_dies)
        with pytest.raises(Killed):
            delivery.pump()
    assert Delivery.objects.get().state == "waiting"
    assert delivery.pump() == 0, "the claim of the dead one still holds"
    due_again()
    assert delivery.pump() == 1

    assert len(mail.outbox) == 2
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 1


def test_whoever_lost_the_claim_marks_nothing(world, reader):
    row = told(reader)
    [claim] = delivery._claim()
    due_again()
    [later] = delivery._claim()

    assert claim.row().update(state="sent") == 0
    assert later.row().update(state="sent") == 1
    assert row.pk == later.delivery_id


def test_keys_differ_by_message_and_stay_the_same():
    assert message_id("a") == message_id("a") != message_id("b")
    assert message_id("a").startswith("<")


def test_three_pumps_at_once_send_each_message_once(committed_world, settings):
    lan = committed_world.lan
    User.objects.filter(pk=lan.pk).update(email="lan@example.test")
    for number in range(60):
        told(lan, number=number)

    def drain(_n):
        sent = 0
        while count := delivery.pump():
            sent += count
        connections.close_all()
        return sent

    with ThreadPoolExecutor(3) as pool:
        sent = list(pool.map(drain, range(3)))

    assert sum(sent) == 60
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == len(mail.outbox) == 60
    assert not Delivery.objects.exclude(state="sent").exists()


# ── Servers that are dead, slow or mad ──────────────────────────────────────────────────────────────────


def dead_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_a_dead_server_loses_nothing_and_the_wait_grows(world, reader, by_smtp):
    by_smtp(dead_port())
    told(reader, world.task(world.open_case("lan")))
    waits = []
    for attempt in range(1, 5):
        due_again()
        assert delivery.pump() == 1
        row = Delivery.objects.get()
        assert (row.state, row.attempts) == ("waiting", attempt)
        assert "ConnectionRefusedError" in row.last_error
        waits.append((row.next_at - timezone.now()).total_seconds())

    assert waits[1] < waits[2] < waits[3]
    assert 20 < waits[0] < 61


def test_it_is_given_up_after_ten_attempts(world, reader, by_smtp):
    by_smtp(dead_port())
    told(reader, world.task(world.open_case("lan")))
    for _attempt in range(10):
        due_again()
        delivery.pump()

    assert Delivery.objects.get().state == "dead"
    due_again()
    assert delivery.pump() == 0


@pytest.mark.parametrize("talk", [servers.nonsense, servers.closes, servers.hangs])
def test_a_bad_server_costs_one_time_out_and_all_others_wait_untried(world, reader, by_smtp, talk):
    task = world.task(world.open_case("lan"))
    for number in range(30):
        told(reader, task, number)
    with servers.serving(talk) as port:
        by_smtp(port)
        begun = time.monotonic()
        delivery.pump()
        took = time.monotonic() - begun
        assert delivery.pump() == 0, "the channel rests"

    assert took < 3
    assert not Delivery.objects.exclude(state="waiting").exists()
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0] * 29 + [1]
    assert not Delivery.objects.filter(leased_until__isnull=False).exists()


def test_the_bell_rings_while_the_server_hangs(world, reader, by_smtp):
    task = world.task(world.open_case("lan"))
    while outbox.pump():
        pass
    told(reader, task)
    with servers.serving(servers.hangs) as port:
        by_smtp(port)
        delivery.pump()
    world.claim(task, world.mai)
    world.finish(Task.objects.get(pk=task.pk), world.mai)
    while outbox.pump():
        pass

    assert Notification.objects.filter(user=reader, case=task.case, kind="task.waiting").exists()


def test_when_the_server_is_back_all_of_it_goes(world, reader, by_smtp):
    task = world.task(world.open_case("lan"))
    for number in range(3):
        told(reader, task, number)
    by_smtp(dead_port())
    delivery.pump()
    due_again()
    taken = []
    with servers.serving(servers.takes(taken)) as port:
        by_smtp(port)
        assert delivery.pump() == 3

    assert len(taken) == 3
    assert all("Auto-Submitted: auto-generated" in one for one in taken)
    assert not Delivery.objects.exclude(state="sent").exists()


def test_an_address_that_the_server_does_not_know_ends_it_and_is_not_written_down(world, reader, by_smtp):
    told(reader, world.task(world.open_case("lan")))
    with servers.serving(servers.refuses) as port:
        by_smtp(port)
        delivery.pump()

    row = Delivery.objects.get()
    assert (row.state, row.last_error) == ("dead", "Never: refused: [550]")


# ── Back-off ────────────────────────────────────────────────────────────────────────────────────────────


def test_waits_grow_to_hours_and_no_further():
    for attempt in (1, 2, 3, 10, 10**6):
        middle = min(backoff.FIRST * 3 ** min(attempt - 1, 20), backoff.LONGEST)
        assert 0.75 * middle <= backoff.wait(attempt) <= 1.25 * middle
    assert backoff.wait(10**6) >= 3600


def test_an_error_is_kept_short_and_without_addresses():
    words = backoff.short_words(OSError("could not send to <Lan.Mau@example.test>: \x00 no\nsecond line" + "x" * 999))
    assert words == "OSError: could not send to <…>:  no"


def test_the_claim_uses_the_index_of_what_waits(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + delivery._CLAIM, {"lease": 1, "batch": 1})
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "delivery_waiting" in plan
