"""Requests about personal data: terms, answers, and finding one person's data."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.data_requests.finding import Asked, find
from casework.models import DataRequest, LegalParameter, Person
from casework.sharing import scope
from casework.signing_in.sessions import ENTERED_AT
from workflows.data_requests.acts import AnswerDataRequest, LookUpPerson, RegisterDataRequest
from workflows.data_requests.terms import terms_of
from workflows.demo.data_requests import show_data_requests

pytestmark = pytest.mark.django_db
NAME, PHONE = "Trần Thị Mẫu", "+84900000001"


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def register(world, by="hanh", office="wu-kh", **more):
    values = {
        "asked_by": NAME,
        "right": "copy",
        "via": "desk",
        "received_on": timezone.localdate(),
        "details": "Xin bản sao dữ liệu của tôi",
        **more,
    }
    receipt = perform(RegisterDataRequest(world.organisation(office).pk, values), by=getattr(world, by))
    return DataRequest.objects.get(pk=receipt.result["data_request"])


# ── Terms ──────────────────────────────────────────────────────────────────────────────────────────────
def test_two_working_days_to_acknowledge_and_days_by_the_kind_of_right(world):
    friday = date(2026, 11, 6)
    acknowledge, answer = terms_of("withdraw", friday, None)
    # The fifteenth day is a Saturday.
    assert (acknowledge, answer) == (date(2026, 11, 10), date(2026, 11, 23))
    assert terms_of("copy", friday, None)[1] == date(2026, 11, 16)


def test_the_terms_of_a_request_are_data_and_stay_when_the_law_changes(world):
    row = register(world, right="object")
    today = timezone.localdate()
    assert row.due_on >= today + timedelta(days=15)
    LegalParameter.objects.filter(name="data_request_stop_days").update(value=3)
    assert register(world, right="object").due_on < row.due_on
    row.refresh_from_db()
    assert row.due_on >= today + timedelta(days=15)


def test_terms_name_their_source_and_what_is_not_confirmed():
    for row in LegalParameter.objects.filter(name__startswith="data_request_"):
        assert "356/2025/NĐ-CP" in row.source
        assert "chưa xác nhận" in row.source


def test_before_the_law_was_in_force_there_are_no_terms(world):
    with pytest.raises(ActionNotPossible) as refusal:
        register(world, received_on=date(2025, 12, 31))
    assert refusal.value.field == "received_on"


# ── Acts ───────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("who", "office"), [("lan", "wu-kh-a"), ("binh", "al-kh"), ("ngan", "bank-kh"), ("son", "wu-kh")]
)
def test_without_the_right_nothing_is_registered(world, who, office):
    with pytest.raises(PermissionDenied):
        register(world, by=who, office=office)


def test_a_commune_keeps_no_requests(world):
    with pytest.raises(ActionNotPossible):
        register(world, office="wu-kh-a")


def test_the_history_says_that_she_asked_and_never_who(world):
    row = register(world, contact="0900000001")
    event = AuditEvent.objects.get(verb="data_request.registered")
    assert NAME not in event.canon
    assert "0900000001" not in event.canon
    assert event.facts["data_request"] == row.pk


def test_answered_once(world):
    row, today = register(world), timezone.localdate()
    perform(AnswerDataRequest(row.pk, today, "Đã gửi bản sao"), by=world.hanh)
    row.refresh_from_db()
    assert (row.answered_on, row.answer, row.answered_by) == (today, "Đã gửi bản sao", world.hanh)
    with pytest.raises(ActionNotPossible):
        perform(AnswerDataRequest(row.pk, today, "Lần nữa"), by=world.hanh)


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("answer", {}),
        ("refusal_reason", {"refused": True}),
        ("answered_on", {"answered_on": timezone.localdate() + timedelta(days=1), "answer": "x"}),
        ("answered_on", {"answered_on": date(2026, 1, 1), "answer": "x"}),
    ],
)
def test_an_answer_that_says_too_little_is_refused_at_its_field(world, field, more):
    row = register(world)
    with pytest.raises(ActionNotPossible) as refusal:
        perform(AnswerDataRequest(row.pk, **{"answered_on": timezone.localdate(), **more}), by=world.hanh)
    assert refusal.value.field == field


def test_another_province_does_not_answer(world):
    row = register(world)
    with pytest.raises(PermissionDenied):
        perform(AnswerDataRequest(row.pk, timezone.localdate(), "x"), by=world.son)


# ── Finding ────────────────────────────────────────────────────────────────────────────────────────────
def found_by(world, who, **asked):
    with scope.page():
        return find(Asked(NAME, **asked), world.standing(who))


def test_found_within_sight_and_counted_beyond(world):
    here, there = world.open_case(by="lan"), world.open_case(by="phuong")
    found = found_by(world, "hanh", phone=PHONE)
    assert {place.case_code for place in found.places} == {here.code}
    assert found.beyond >= 1
    assert {place.case_code for place in found_by(world, "son", phone=PHONE).places} == {there.code}


def test_the_same_number_joins_rows_of_different_names(world):
    here = world.open_case(by="lan")
    Person.objects.filter(cases_as_contact=here).update(id_number="056185000001", full_name="Trần Mẫu Khác", phone="")
    found = found_by(world, "hanh", id_number="056185000001")
    assert [place.case_code for place in found.places if place.sure] == [here.code]


def test_another_person_with_the_same_phone_is_not_taken_for_her(world):
    world.open_case(by="lan", contact_name="Lê Mẫu Khác")
    assert found_by(world, "hanh", phone=PHONE).places == []


def test_a_founded_case_shows_every_place(world):
    case = world.open_case()
    world.advance(case, "prepare_dossier")
    person = case.founders.select_related("person").first().person
    Person.objects.filter(pk=person.pk).update(id_number="056185000002")
    with scope.page():
        found = find(Asked(person.full_name, "056185000002"), world.standing("hanh"))
    assert {place.case_code for place in found.places} == {case.code}
    assert len(found.places) >= 1
    assert found.beyond == 0


def test_looking_up_is_an_event_without_her_name(world):
    row = register(world)
    perform(LookUpPerson(row.pk, "Trả lời đơn", "page", 3, 1), by=world.hanh)
    event = AuditEvent.objects.get(verb="data_request.looked_up")
    assert event.facts == {"data_request": row.pk, "how": "page", "places": 3, "beyond": 1}
    assert event.reason == "Trả lời đơn"


# ── Pages ──────────────────────────────────────────────────────────────────────────────────────────────
TYPED = {
    "asked_by": NAME,
    "right": "erase",
    "via": "letter",
    "details": "Xóa số điện thoại của tôi",
}


def test_register_and_answer_by_the_pages(world):
    client = client_of(world.hanh)
    today = f"{timezone.localdate():%d/%m/%Y}"
    office = world.organisation("wu-kh").pk
    sent = client.post(reverse("datarequests:new"), {**TYPED, "organisation": office, "received_on": today})
    assert sent.status_code == 302
    row = DataRequest.objects.get()
    assert NAME in client.get(reverse("datarequests:list")).content.decode()
    client.post(reverse("datarequests:one", args=[row.pk]), {"answered_on": today, "answer": "Đã xóa"})
    row.refresh_from_db()
    assert row.answer == "Đã xóa"
    assert "Đã xóa" in client.get(reverse("datarequests:one", args=[row.pk])).content.decode()


@pytest.mark.parametrize(
    "bad", [{"asked_by": "a\x00b"}, {"received_on": "99/99/9999"}, {"right": "🌸"}, {"organisation": "9" * 40}]
)
def test_nonsense_is_said_at_its_field(world, bad):
    typed = {**TYPED, "organisation": world.organisation("wu-kh").pk, "received_on": "01/13/2026", **bad}
    answer = client_of(world.hanh).post(reverse("datarequests:new"), typed)
    assert answer.status_code == 200
    assert TYPED["details"] in answer.content.decode()
    assert not DataRequest.objects.exists()


@pytest.mark.parametrize(
    ("who", "listed", "one"),
    [
        ("hanh", 200, 200),
        ("van", 200, 404),
        ("son", 200, 404),
        ("lan", 403, 403),
        ("ngan", 403, 403),
        ("thanh", 403, 403),
    ],
)
def test_who_sees_requests(world, who, listed, one):
    row = register(world)
    client = client_of(getattr(world, who))
    assert client.get(reverse("datarequests:list")).status_code == listed
    assert client.get(reverse("datarequests:one", args=[row.pk])).status_code == one
    assert client.get(reverse("datarequests:look_up", args=[row.pk])).status_code == one


def test_look_up_shows_and_hands_out_a_safe_file(world):
    case, row = world.open_case(), register(world)
    client, url = client_of(world.hanh), reverse("datarequests:look_up", args=[row.pk])
    typed = {"full_name": NAME, "phone": PHONE, "reason": "Trả lời đơn"}
    page = client.post(url, typed)
    assert case.code in page.content.decode()
    assert PHONE not in page.content.decode().replace(f'value="{PHONE}"', "")
    file = client.post(url, {**typed, "file": "1"})
    book = load_workbook(BytesIO(file.content))
    assert case.code in [cell.value for cell in book.worksheets[0]["A"]]
    hows = AuditEvent.objects.filter(verb="data_request.looked_up").order_by("seq").values_list("facts__how", flat=True)
    assert list(hows) == ["page", "file"]
    row.refresh_from_db()
    assert row.person_id == case.contact_id
    changes = [event.changes for event in AuditEvent.objects.filter(verb="data_request.looked_up").order_by("seq")]
    [change] = [change for change in changes[0] if change["field"] == "person_id"]
    assert change == {"object": f"datarequest:{row.pk}", "field": "person_id", "personal": True}  # never who
    assert not changes[1]


def test_the_password_is_asked_again_and_a_reason(world, settings):
    row = register(world)
    client, url = client_of(world.hanh), reverse("datarequests:look_up", args=[row.pk])
    assert client.post(url, {"full_name": NAME, "phone": PHONE}).status_code == 200
    assert not AuditEvent.objects.filter(verb="data_request.looked_up").exists()
    session = client.session
    session[ENTERED_AT] = 0
    session.save()
    asked = client.post(url, {"full_name": NAME, "phone": PHONE, "reason": "x", "file": "1"})
    assert asked.status_code == 302
    assert reverse("sign_in_again") in asked.url


def test_the_list_costs_the_same_for_one_and_for_many(world, django_assert_max_num_queries):
    client, url = client_of(world.hanh), reverse("datarequests:list")
    register(world)
    client.get(url)
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    for _turn in range(4):
        register(world)
    with django_assert_max_num_queries(20) as many:
        client.get(url)
    assert len(few.captured_queries) == len(many.captured_queries)


def test_the_demo_shows_one_open_and_one_answered(world):
    show_data_requests({"hanh": world.hanh})
    assert DataRequest.objects.filter(answered_on=None).count() == 1
    assert DataRequest.objects.exclude(answered_on=None).count() == 1
