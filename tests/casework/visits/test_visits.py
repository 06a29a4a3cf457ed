"""Consultations and visits: who was there, what was agreed, who reads the note beside it."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.notes.models import Note
from casework.plans.models import Attendance, Consultation, Visit
from casework.plans.visits import RecordVisit
from tests.casework.arriving import arrive, assert_refused, blank_form, day, form_of

TYPED = {
    "visited_on": day(3),
    "purpose": "check",
    "place": "Thôn Mẫu 2, xã Bác Ái",
    "visitors": "Nguyễn Mẫu Lan, Hội LHPN xã",
    "conclusion": "Các chị đã dựng xong nhà nấm.",
    "note": "Cần giúp chị Mẫu về sổ sách.",
    "visibility": "own",
    "present-TOTAL_FORMS": 2,
    "present-INITIAL_FORMS": 0,
    "present-0-full_name": "Lê Thị Mẫu",
    "present-0-sex": "female",
    "present-0-role": "Sáng lập viên",
    "present-1-full_name": "",
}


@pytest.fixture
def case(world):
    return world.open_case()


def address(case, name=""):
    return f"/cases/{case.code}/plan/visits/{name}"


def record(client, world, case, by="lan", **changed):
    client.force_login(getattr(world, by))
    return client.post(address(case, "new/"), {**TYPED, **changed, "request_id": str(uuid4())})


def test_a_visit_is_recorded_with_who_was_present_and_a_note(client, world, case):
    response = record(client, world, case)

    assert response.status_code == 302
    visit = Visit.objects.get(case=case)
    assert (visit.place, visit.purpose, visit.recorded_by) == (TYPED["place"], "check", world.lan)
    assert [(a.full_name, a.sex, a.role) for a in visit.attendances.all()] == [
        ("Lê Thị Mẫu", "female", "Sáng lập viên")
    ]
    note = Note.objects.get(visit=visit)
    assert (note.visibility, note.organisation) == ("own", world.organisation("wu-kh-a"))
    event = AuditEvent.objects.get(verb="visit.recorded", case_id=case.pk)
    assert event.facts == {"visit": visit.pk, "present": 1}
    assert "Lê Thị Mẫu" not in event.canon


def test_the_same_form_sent_twice_is_one_visit(client, world, case):
    client.force_login(world.lan)
    sent = {**TYPED, "request_id": str(uuid4())}

    assert [client.post(address(case, "new/"), sent).status_code for _time in range(2)] == [302, 302]
    assert Visit.objects.filter(case=case).count() == 1


def test_a_visit_without_note_and_attendance_is_complete(client, world, case):
    nobody = {f"present-0-{name}": "" for name in ("full_name", "sex", "role")}

    assert record(client, world, case, note="", **nobody).status_code == 302
    assert not Note.objects.exists()
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("visited_on", ""),
        ("visited_on", day(-1)),
        ("visited_on", "31/02/2026"),
        ("purpose", "tea"),
        ("purpose", ""),
        ("place", ""),
        ("place", "x" * 161),
        ("visitors", ""),
        ("conclusion", ""),
        ("conclusion", "x" * 4001),
        ("conclusion", "a\x00b"),
        ("visibility", "everybody"),
    ],
)
def test_what_cannot_be_meant_is_told_and_all_that_was_typed_stays(field, value, client, world, case):
    response = record(client, world, case, **{field: value})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    body = response.content.decode()
    assert "Lê Thị Mẫu" in body
    assert "Cần giúp chị Mẫu" in body
    assert not Visit.objects.filter(case=case).exists()


def test_a_wrong_row_is_told_in_its_row(client, world, case):
    response = record(client, world, case, **{"present-0-full_name": "0901", "present-0-sex": "x"})

    assert set(response.context["form"].rows["present"].errors[0]) == {"full_name", "sex"}


@pytest.mark.parametrize("count", ["10000", "-1", "x", "", "201"])
def test_a_strange_number_of_rows_is_no_error(count, client, world, case):
    assert record(client, world, case, **{"present-TOTAL_FORMS": count}).status_code in (200, 302)


def test_more_rows_are_added_without_sending(client, world, case):
    response = record(client, world, case, add_rows="present")

    body = response.content.decode()
    assert "present-4-full_name" in body
    assert "Lê Thị Mẫu" in body
    assert not Visit.objects.filter(case=case).exists()


@pytest.mark.parametrize(
    ("by", "shown", "asked"),
    [
        ("lan", 200, 200),
        ("mai", 200, 200),
        ("binh", 200, 200),
        ("hanh", 200, 403),
        ("van", 200, 403),
        ("cuc", 404, 404),
        ("ngan", 404, 404),
        ("quynh", 404, 404),
    ],
)
def test_who_sees_visits_and_who_records_them(by, shown, asked, client, world, case):
    client.force_login(getattr(world, by))

    assert client.get(address(case)).status_code == shown
    assert client.get(address(case, "new/")).status_code == asked


def test_a_note_is_read_by_its_circle_only(client, world, case):
    record(client, world, case)

    seen = {}
    for name in ("lan", "binh"):
        client.force_login(getattr(world, name))
        seen[name] = "Cần giúp chị Mẫu" in client.get(address(case)).content.decode()

    assert seen == {"lan": True, "binh": False}


def test_a_partner_note_is_read_by_the_partner(client, world, case):
    record(client, world, case, visibility="partners")
    client.force_login(world.binh)

    assert "Cần giúp chị Mẫu" in client.get(address(case)).content.decode()


def test_a_closed_case_takes_no_visit(client, world, case):
    world.finish(world.task(case), decision="decline", reason="Trùng tên.")

    response = record(client, world, case)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert not Visit.objects.filter(case=case).exists()


def test_the_act_itself_asks_for_the_right(world, case):
    act = RecordVisit(case.pk, Visit().recorded_at.date(), "check", "Nhà Mẫu", "Chị Mẫu", "Xong.")

    for name in ("hanh", "cuc", "phuong", "thanh"):
        with pytest.raises(PermissionDenied):
            perform(act, by=getattr(world, name))
    assert not Visit.objects.exists()


def test_the_list_costs_the_same_for_one_visit_and_for_ten(client, world, case):
    world.finish(arrive(world, case, "hold_consultation"))
    record(client, world, case)
    first = queries_of(client, case)
    for _time in range(9):
        record(client, world, case)

    assert queries_of(client, case) == first <= 16


def queries_of(client, case):
    with CaptureQueriesContext(connection) as told:
        assert client.get(address(case)).status_code == 200
    return len(told)


# ── The consultation, which is a step ───────────────────────────────────────────────────────────────────


def test_the_choice_of_the_form_needs_its_reasons(world, case):
    task = arrive(world, case, "hold_consultation")

    assert_refused(task, "form_reasons", outcome="cooperative", form_reasons=" ")
    assert_refused(task, "form_reasons", outcome="group", form_reasons="")
    stopped = form_of(task, outcome="stop", reason="Chưa sẵn sàng.", form_reasons="Vì")
    assert stopped.is_valid()
    assert stopped.cleaned_data["form_reasons"] == ""


def test_attendance_of_the_consultation_is_kept_and_shown(client, world, case):
    world.finish(arrive(world, case, "hold_consultation"))

    held = Consultation.latest_of(case)
    names = [one.full_name for one in Attendance.objects.filter(consultation=held)]
    assert len(names) == 2
    client.force_login(world.lan)
    body = client.get(address(case)).content.decode()
    assert all(name in body for name in names)
    assert held.form_reasons in body


def test_nobody_is_listed_beyond_those_who_were_counted(world, case):
    task = arrive(world, case, "hold_consultation")

    assert_refused(task, "__all__", "2", attendees="1", women="1")
    assert_refused(task, "__all__", "2", attendees="5", women="1")


def test_more_women_than_people_present_is_refused(world, case):
    assert_refused(arrive(world, case, "hold_consultation"), "women", attendees="5", women="6")


def test_a_reason_typed_before_another_answer_is_forgotten(world, case):
    form = form_of(arrive(world, case, "hold_consultation"), outcome="cooperative", reason="Dừng")

    assert form.is_valid()
    assert form.cleaned_data["reason"] == ""
    assert blank_form(world.task(case)).rows["present"].total_form_count() == 4


def test_a_refused_act_leaves_nothing_behind(world, case):
    world.finish(world.task(case), decision="decline", reason="Trùng tên.")

    with pytest.raises(ActionNotPossible):
        perform(RecordVisit(case.pk, Visit().recorded_at.date(), "check", "N", "C", "X"), by=world.lan)
