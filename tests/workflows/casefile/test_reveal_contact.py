"""Looking at a phone number: with the right, for a reason, recorded, and nowhere else."""

from uuid import uuid4

import pytest
from django.urls import reverse

from casework.audit.models import AuditEvent


def address(case) -> str:
    return reverse("cases:reveal_contact", args=[case.code])


def revealed(case) -> int:
    return AuditEvent.objects.filter(case_id=case.pk, verb="contact.revealed").count()


def test_asking_shows_no_number_and_records_nothing(client, world):
    case = world.open_case("lan", contact_phone="+84901234567")
    client.force_login(world.lan)

    response = client.get(address(case))

    assert "901234567" not in response.content.decode().replace(" ", "")
    assert revealed(case) == 0


def test_with_a_reason_the_number_is_shown_and_never_cached(client, world):
    case = world.open_case("lan", contact_phone="+84901234567")
    client.force_login(world.lan)

    response = client.post(address(case), {"reason": "Hẹn gặp thứ Sáu", "request_id": str(uuid4())})

    assert "0901 234 567" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    event = AuditEvent.objects.get(case_id=case.pk, verb="contact.revealed")
    assert (event.actor_id, event.reason) == (world.lan.pk, "Hẹn gặp thứ Sáu")
    assert "901234567" not in event.canon


@pytest.mark.parametrize("reason", ["", "   ", "x", "x" * 301])
def test_without_a_proper_reason_nothing_is_shown(client, world, reason):
    case = world.open_case("lan", contact_phone="+84901234567")
    client.force_login(world.lan)

    response = client.post(address(case), {"reason": reason, "request_id": str(uuid4())})

    assert "reason" in response.context["form"].errors
    assert "901234567" not in response.content.decode().replace(" ", "")
    assert revealed(case) == 0


def test_a_reload_of_the_answer_is_not_recorded_twice(client, world):
    case = world.open_case("lan", contact_phone="+84901234567")
    client.force_login(world.lan)
    form = {"reason": "Hẹn gặp thứ Sáu", "request_id": str(uuid4())}

    client.post(address(case), form)
    again = client.post(address(case), form)

    assert "0901 234 567" in again.content.decode()
    assert revealed(case) == 1


@pytest.mark.parametrize("person", ["hanh", "van"])
def test_without_the_right_the_answer_is_no(client, world, person):
    case = world.open_case("lan", contact_phone="+84901234567")
    client.force_login(getattr(world, person))

    assert client.get(address(case)).status_code == 403
    response = client.post(address(case), {"reason": "Hẹn gặp thứ Sáu", "request_id": str(uuid4())})
    assert response.status_code == 403
    assert revealed(case) == 0


def test_a_case_without_a_number_has_no_such_page(client, world):
    case = world.open_case("lan", contact_phone="")
    client.force_login(world.lan)

    assert client.get(address(case)).status_code == 404
