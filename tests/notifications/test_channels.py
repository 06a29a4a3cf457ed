"""Another channel is a class and a line in the settings."""

import pytest

from notifications import delivery, outbox
from notifications.models import Delivery, OutboxMessage, Reader, Wish
from tests.notifications import channels


@pytest.fixture
def with_sms(settings, world):
    """A second channel, for three people who asked for it."""
    settings.NOTIFICATION_CHANNELS = [*settings.NOTIFICATION_CHANNELS, "tests.notifications.channels.Sms"]
    channels.SENT.clear()
    for user in (world.lan, world.mai, world.hanh):
        Reader.objects.create(user=user, language="en", digest="none")
        Wish.objects.create(user=user, kind="given", channel="sms", mode="now")
    return world


def tell(*users):
    for user in users:
        OutboxMessage.objects.create(
            kind="task.assigned", chain="case:1", event_seq=1, user=user, idem_key=f"case:1/1/u{user.pk}"
        )
    assert outbox.pump() == len(users)


def test_only_who_asked_is_told_by_it(with_sms):
    tell(with_sms.lan, with_sms.binh)

    assert delivery.pump() == 1

    assert [who for who, _subject in channels.SENT] == ["lan"]


def test_busy_waits_and_never_ends(with_sms):
    tell(with_sms.lan, with_sms.mai, with_sms.hanh)

    assert delivery.pump() == 3

    states = dict(Delivery.objects.values_list("user__username", "state"))
    assert states == {"lan": "sent", "mai": "waiting", "hanh": "dead"}
    assert Delivery.objects.get(user=with_sms.mai).last_error == "NotNow: line busy"


def test_it_stands_in_the_preferences(with_sms, client):
    client.force_login(with_sms.lan)

    form = client.get("/notifications/preferences/").context["form"]

    assert form["given-sms"].value() == "now"
    assert form["late-sms"].value() == "off"


def test_a_channel_that_was_taken_out_ends_what_waits_for_it(with_sms, settings):
    tell(with_sms.lan)
    settings.NOTIFICATION_CHANNELS = settings.NOTIFICATION_CHANNELS[:1]

    delivery.pump()

    assert Delivery.objects.get().state == "dead"


def test_one_that_takes_too_long_lets_its_channel_rest(world, settings):
    settings.NOTIFICATION_CHANNELS = ["tests.notifications.channels.Endless"]
    for user in (world.lan, world.mai, world.binh):
        Reader.objects.create(user=user, language="en", digest="none")
        Wish.objects.create(user=user, kind="given", channel="endless", mode="now")
    tell(world.lan, world.mai, world.binh)

    assert [delivery.pump(), delivery.pump()] == [3, 0]

    assert sorted(Delivery.objects.values_list("attempts", "state")) == [(0, "waiting"), (0, "waiting"), (1, "waiting")]
