"""The page of the registration, and the status of the one-stop desk."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.filings.models import Filing, OuterStatus
from casework.filings.status import NoteOuterStatus
from tests.casework.arriving import arrive, day


@pytest.fixture
def case(world):
    return world.open_case()


@pytest.fixture
def filed(world, case):
    """A case whose dossier was handed in ten days ago."""
    arrive(world, case, "record_registration_result", file_dossier={"filed_on": day(10), "promised_on": day(5)})
    return case


def address(case, name=""):
    return f"/cases/{case.code}/plan/filing/{name}"


def note(client, world, case, by="lan", **changed):
    client.force_login(getattr(world, by))
    typed = {"status": "2", "seen_on": day(1), "note": "Theo trang dịch vụ công", "request_id": str(uuid4())}
    return client.post(address(case, "status/"), {**typed, **changed})


def test_before_the_first_dossier_the_page_says_so(client, world, case):
    client.force_login(world.lan)
    response = client.get(address(case))

    assert response.status_code == 200
    assert response.context["form"] is None


def test_every_round_is_shown_with_receipt_and_answer(client, world, filed):
    asked = {"outcome": "amend", "letter_number": "12/TB-UBND", "to_amend": "Thiếu chữ ký.\nSửa vốn."}
    world.finish(arrive(world, filed, "record_registration_result"), **asked)
    world.finish(arrive(world, filed, "record_registration_result"), registration_code="0100233488")
    client.force_login(world.lan)

    body = client.get(address(filed)).content.decode()

    for filing in Filing.objects.filter(case=filed):
        assert filing.receipt_code in body
    for words in ("12/TB-UBND", "Thiếu chữ ký.", "Sửa vốn.", "0100233488", 'id="round-1"', 'id="round-2"', "Điều lệ"):
        assert words in body


def test_a_status_of_the_desk_is_mirrored(client, world, filed):
    assert note(client, world, filed).status_code == 302
    assert note(client, world, filed, status="4", seen_on=day(0)).status_code == 302

    assert list(OuterStatus.objects.filter(case=filed).order_by("pk").values_list("status", flat=True)) == [2, 4]
    assert "Theo trang dịch vụ công" in client.get(address(filed)).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", ""),
        ("status", "11"),
        ("status", "0"),
        ("status", "x"),
        ("status", "2\x00"),
        ("seen_on", ""),
        ("seen_on", day(-1)),
        ("seen_on", day(11)),
        ("seen_on", "hôm qua"),
        ("note", "x" * 301),
    ],
)
def test_a_wrong_status_is_told_and_kept_on_the_page(field, value, client, world, filed):
    response = note(client, world, filed, **{field: value})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not OuterStatus.objects.exists()


def test_the_same_status_sent_twice_is_one(client, world, filed):
    number = str(uuid4())

    assert [note(client, world, filed, request_id=number).status_code for _time in range(2)] == [302, 302]
    assert OuterStatus.objects.count() == 1


@pytest.mark.parametrize(
    ("by", "seen", "noted"),
    [
        ("lan", 200, 302),
        ("mai", 200, 302),
        ("binh", 200, 403),
        ("hanh", 200, 403),
        ("van", 200, 403),
        ("cuc", 404, 404),
        ("ngan", 404, 404),
        ("phuong", 404, 404),
    ],
)
def test_who_sees_the_rounds_and_who_notes_a_status(by, seen, noted, client, world, filed):
    client.force_login(getattr(world, by))

    assert client.get(address(filed)).status_code == seen
    assert note(client, world, filed, by=by).status_code == noted


def test_the_act_itself_asks_for_right_and_filing(world, case, filed):
    act = NoteOuterStatus(filed.pk, 2, timezone.localdate())
    for name in ("binh", "cuc", "hanh"):
        with pytest.raises(PermissionDenied):
            perform(act, by=getattr(world, name))

    fresh = world.open_case(name="HTX Mới")
    with pytest.raises(ActionNotPossible):
        perform(NoteOuterStatus(fresh.pk, 2, timezone.localdate()), by=world.lan)


def test_the_page_costs_the_same_for_one_round_and_for_three(client, world, filed, django_assert_max_num_queries):
    for _time in range(2):
        world.finish(arrive(world, filed, "record_registration_result"), outcome="amend", to_amend="Sửa vốn.")
    note_free = arrive(world, filed, "record_registration_result")
    assert note_free
    client.force_login(world.lan)

    with django_assert_max_num_queries(14):
        response = client.get(address(filed))

    assert len(response.context["rounds"]) == 3
    assert len(response.content) < 60_000
