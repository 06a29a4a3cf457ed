"""Pages of the people at work and of absences: who may, bad input, constant queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from casework.acts import perform
from casework.organisations.absences import SetAbsence
from casework.organisations.acts import Appoint
from casework.organisations.models import Absence, User
from casework.organisations.standing import standing_of


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def admin(world, of="wu-kh"):
    perform(Appoint(world.stranger, world.organisation(of), "administrator"), by=world.owner)
    return world.stranger


@pytest.mark.parametrize(
    ("who", "status"), [("lan", 403), ("binh", 403), ("thanh", 403), ("hanh", 200), ("van", 200), ("owner", 200)]
)
def test_only_those_who_look_after_people_see_the_list(client, world, who, status):
    client.force_login(getattr(world, who))

    assert client.get(reverse("staff:people")).status_code == status


def test_a_supervisor_sees_her_people_and_nobody_else(client, world):
    client.force_login(world.hanh)

    page = client.get(reverse("staff:people")).text

    assert all(name in page for name in ("Nguyễn Mẫu Lan", "Trần Mẫu Mai", "Lê Mẫu Cúc"))
    assert "Lý Mẫu Phương" not in page
    assert "Võ Mẫu Bình" not in page
    assert client.get(reverse("staff:person", args=[world.lan.pk])).status_code == 200
    assert client.get(reverse("staff:person", args=[world.phuong.pk])).status_code == 404
    assert client.get(reverse("staff:person", args=[999_999])).status_code == 404
    for name in ("appoint", "close"):
        assert client.get(reverse(f"staff:{name}", args=[world.lan.pk])).status_code == 403


@pytest.mark.parametrize("text", ["nguyen mau lan", "LAN", "\x00", "🌾", "x" * 500, "%"])
def test_the_search_reads_anything(client, world, text):
    client.force_login(world.hanh)

    response = client.get(reverse("staff:people"), {"q": text, "page": "99999999999999999999"})

    assert response.status_code == 200
    if text in ("nguyen mau lan", "LAN"):
        assert "Nguyễn Mẫu Lan" in response.text
        assert "Lê Mẫu Cúc" not in response.text


def test_an_administrator_appoints_moves_and_closes(client, world):
    client.force_login(admin(world))
    lan, seat = world.lan, world.lan.memberships.get()
    sent = {"organisation": world.organisation("wu-kh-b").pk, "role": "reviewer"}

    client.post(reverse("staff:appoint", args=[lan.pk]), sent)
    assert {s.role for s in standing_of(lan).seats} == {"advisor", "reviewer"}
    again = client.post(reverse("staff:appoint", args=[lan.pk]), sent)
    assert "already has this role" in again.text

    client.post(reverse("staff:move", args=[lan.pk, seat.pk]), {**sent, "role": "advisor", "reason": "Điều động"})
    assert {s.organisation_code for s in standing_of(lan).seats} == {"wu-kh-b"}
    assert client.get(reverse("staff:relieve", args=[lan.pk, seat.pk])).status_code == 404

    response = client.post(reverse("staff:close", args=[lan.pk]), {"reason": "Nghỉ việc"}, follow=True)
    assert "is closed" in response.text
    assert not User.objects.get(pk=lan.pk).is_active


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"organisation": "x", "role": "x"},
        {"organisation": "9" * 40, "role": "advisor"},
        {"organisation": "\x00", "role": "\x00", "valid_until": "\x00"},
        {"role": "advisor", "valid_until": "31/12/9999"},
        {"role": "advisor", "valid_until": "01/01/2020"},
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(client, world, sent):
    client.force_login(admin(world))
    if "organisation" not in sent and sent:
        sent = {**sent, "organisation": world.organisation("wu-kh-a").pk}

    response = client.post(reverse("staff:appoint", args=[world.cuc.pk]), sent)

    assert response.status_code == 200
    assert "error" in response.text
    assert len(standing_of(world.cuc).seats) == 1


def test_foreign_organisations_are_not_offered(client, world):
    client.force_login(admin(world))

    page = client.get(reverse("staff:appoint", args=[world.cuc.pk])).text

    assert "Hội LHPN xã Bác Ái" in page
    assert "Liên minh HTX tỉnh Khánh Hòa" not in page


def test_one_enters_and_ends_her_own_absence(client, world):
    client.force_login(world.lan)
    today = timezone.localdate()
    sent = {"first_day": f"{today:%d/%m/%Y}", "last_day": f"{today + timedelta(days=2):%d/%m/%Y}"}

    response = client.post(reverse("absence:own"), {**sent, "substitute": world.mai.pk}, follow=True)
    assert "Entered. Trần Mẫu Mai acts on these days." in response.text
    assert "You act" not in response.text

    client.post(reverse("absence:end", args=[Absence.objects.get().pk]))
    assert Absence.objects.get().ended_at


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"first_day": "\x00", "last_day": "🌾", "substitute": "\x00"},
        {"first_day": "01/01/9999", "last_day": "31/12/9999", "substitute": "-1"},
        {"first_day": "01/01/2020", "last_day": "02/01/2020"},
        {"first_day": "2", "last_day": "31/02/2027", "substitute": "99999999999999999999", "reason": "x" * 9000},
    ],
)
def test_a_bad_absence_keeps_what_was_typed(client, world, sent):
    client.force_login(world.lan)
    sent = {"substitute": world.mai.pk, **sent}

    response = client.post(reverse("absence:own"), sent)

    assert response.status_code == 200
    assert not Absence.objects.exists()
    assert "error" in response.text


def test_absences_of_others_are_for_their_supervisors(client, world):
    today = timezone.localdate()
    perform(SetAbsence(world.lan, world.mai, today, today), by=world.lan)
    absence = Absence.objects.get().pk
    expected = [("hanh", 200), ("mai", 404), ("phuong", 404), ("son", 404), ("thanh", 404)]
    for who, status in expected:
        client.force_login(getattr(world, who))
        assert client.get(reverse("absence:of", args=[world.lan.pk])).status_code == status
        if status == 404:
            assert client.post(reverse("absence:end", args=[absence])).status_code == 404
    client.force_login(world.hanh)
    client.post(reverse("absence:end", args=[absence]))
    assert Absence.objects.get().ended_at


def test_the_list_costs_the_same_for_one_and_for_fifty(client, world):
    client.force_login(world.hanh)
    address, today = reverse("staff:people"), timezone.localdate()
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address, {"q": "Lan"})
    for n in range(50):
        user = User.objects.create_user(f"p{n}", full_name=f"Lan Mẫu {n}")
        perform(Appoint(user, world.organisation("wu-kh-a"), "advisor"), by=world.owner)
        if n % 5 == 0:
            perform(SetAbsence(user, world.mai, today, today), by=user)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address, {"q": "Lan"})
    # One more for the level of substitutes.
    assert len(many) <= len(few) + 1
    assert page.text.count("<tr>") > 45
    assert len(page.content) < 60_000
