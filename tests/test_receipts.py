"""Whoever did something sees the receipt of it, and the history names the same."""

from django.urls import reverse

from casework.audit.codes import short_code
from casework.models import AuditEvent


def test_after_an_act_the_next_page_shows_its_receipt(client, world):
    case = world.open_case()
    client.force_login(world.lan)

    page = client.post(reverse("tasks:claim", args=[world.task(case).pk]), follow=True)

    event = AuditEvent.objects.filter(chain=f"case:{case.pk}").latest("seq")
    assert event.verb == "task.claimed"
    assert short_code(bytes(event.hash)) in page.content.decode()
    history = client.get(reverse("cases:history", args=[case.code]))
    assert short_code(bytes(event.hash)) in history.content.decode()


def test_a_page_that_only_shows_gives_none(client, world):
    case = world.open_case()
    client.force_login(world.lan)

    assert "notice--receipt" not in client.get(reverse("cases:file", args=[case.code])).content.decode()
