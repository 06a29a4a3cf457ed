"""Trainings, their attendance lists and communication: by acts, on pages, from files."""

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from openpyxl import Workbook

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cooperatives.models import Cooperative
from casework.exports.lists import LISTS
from casework.programme.trainings.acts import (
    CorrectTraining,
    EnterAttendance,
    EnterOutreach,
    EnterTraining,
    RevealTrainee,
    WithdrawTrainee,
    WithdrawTraining,
)
from casework.programme.trainings.lists import read_attendance, role_of
from casework.programme.trainings.models import Outreach, Trainee, Training

pytestmark = pytest.mark.django_db
COURSE = {
    "title": "Lớp quản trị HTX", "topic": "management", "trainer": "Cô Mẫu Giảng", "place": "Nhà văn hóa",
    "first_day": date(2026, 3, 2), "last_day": date(2026, 3, 4),
}  # fmt: skip
TYPED = {**COURSE, "first_day": "02/03/2026", "last_day": "04/03/2026"}
PERSON = {"full_name": "Trần Mẫu Xoan", "sex": "female", "role": "manager", "birth_year": 1985, "phone": "+84900000002"}


def course(world, code="wu-kh-a", by="lan", **more):
    act = EnterTraining(world.organisation(code).pk, {**COURSE, **more})
    return Training.objects.get(pk=perform(act, by=getattr(world, by)).result["training"])


def attend(world, training, *people, by="lan", others=False):
    return perform(EnterAttendance(training.pk, {"rows": list(people), "others": others}), by=getattr(world, by))


def sent(*rows, **more):
    """Lines as the page sends them."""
    fields = {"people-TOTAL_FORMS": len(rows), "people-INITIAL_FORMS": 0, **more}
    for place, row in enumerate(rows):
        fields |= {f"people-{place}-{name}": value for name, value in row.items()}
    return fields


def test_a_course_is_entered_on_a_page(client, world):
    client.force_login(world.lan)
    answer = client.post("/trainings/add/", {**TYPED, "organisation": world.organisation("wu-kh-a").pk})
    training = Training.objects.get()
    assert answer.url == f"/trainings/{training.pk}/"
    assert AuditEvent.objects.get(chain=f"training:{training.pk}").verb == "training.entered"
    assert "Cô Mẫu Giảng" in client.get(answer.url).content.decode()
    typed = {**TYPED, "organisation": world.organisation("wu-kh-a").pk, "last_day": "01/03/2026"}
    assert "trước ngày đầu" in client.post("/trainings/add/", typed).content.decode()


def test_the_attendance_list_is_typed(client, world):
    Cooperative.objects.create(name="HTX Nấm Mẫu", province=world.organisation("wu-kh").area, roster_key="nam")
    training = course(world)
    client.force_login(world.mai)
    line = {"full_name": "trần mẫu xoan", "sex": "female", "role": "manager", "birth_year": "1985",
            "minority": "yes", "body": "htx nam mau", "phone": "0900000002", "signed": "on"}  # fmt: skip
    other = {"full_name": "Đỗ Mẫu Nam", "sex": "male", "role": "member", "body": "Tổ Mẫu"}
    answer = client.post(f"/trainings/{training.pk}/attendance/", sent(line, other, {"full_name": ""}))
    assert answer.status_code == 302
    one, two = Trainee.objects.order_by("pk")
    assert (one.cooperative.name, one.minority, one.signed, one.phone) == ("HTX Nấm Mẫu", True, True, "+84900000002")
    assert (two.cooperative, two.body, two.minority) == (None, "Tổ Mẫu", None)
    page = client.get(f"/trainings/{training.pk}/").content.decode()
    assert "900000002" not in page
    assert "••• 002" in page


def test_what_is_wrong_in_a_line_is_said_and_stays(client, world):
    training = course(world)
    client.force_login(world.lan)
    wrong = {"full_name": "Trần Mẫu Xoan", "sex": "", "role": "manager", "birth_year": "3000", "phone": "12"}
    page = client.post(f"/trainings/{training.pk}/attendance/", sent(wrong)).content.decode()
    assert "Trần Mẫu Xoan" in page
    assert "Hãy chọn giới tính" in page
    assert not Trainee.objects.exists()
    assert "Chưa ghi tên" in client.post(f"/trainings/{training.pk}/attendance/", sent({})).content.decode()
    many = sent({}, **{"people-TOTAL_FORMS": "99999999"})
    assert client.post(f"/trainings/{training.pk}/attendance/", many).status_code == 200
    assert client.post(f"/trainings/{training.pk}/attendance/", {}).status_code == 200


def test_the_same_person_twice_is_asked_about(client, world):
    training = course(world)
    attend(world, training, PERSON)
    client.force_login(world.lan)
    again = {"full_name": "TRẦN MẪU XOAN", "sex": "female", "role": "member", "birth_year": "1985"}
    url = f"/trainings/{training.pk}/attendance/"
    assert "Đã có trong danh sách" in client.post(url, sent(again)).content.decode()
    assert client.post(url, sent(again, others="on")).status_code == 302
    assert Trainee.objects.count() == 2
    with pytest.raises(ActionNotPossible):
        attend(world, training, {**PERSON, "full_name": "Lê Mẫu"}, {**PERSON, "full_name": "Lê mẫu"})


def test_a_name_without_a_year_may_be_the_same_person(world):
    training = course(world)
    attend(world, training, PERSON)
    with pytest.raises(ActionNotPossible):
        attend(world, training, {**PERSON, "birth_year": None})
    attend(world, training, {**PERSON, "birth_year": 1990})


def test_birth_years_are_printed_only_for_who_may_see_personal_data(client, world):
    training = course(world)
    attend(world, training, PERSON)
    for who, shown in (("lan", True), ("hanh", False)):
        client.force_login(getattr(world, who))
        page = client.get(f"/trainings/{training.pk}/print/").content.decode()
        assert "Trần Mẫu Xoan" in page
        assert ("1985" in page) == shown, who


def book(*rows):
    """A spreadsheet as an officer types one."""
    made = Workbook()
    sheet = made.active
    sheet.append(["HỘI LHPN XÃ MẪU"])
    sheet.append(["DANH SÁCH HỌC VIÊN"])
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


HEADER = ["STT", "Họ và tên", "Năm sinh", "Giới tính", "Dân tộc", "Đơn vị", "Chức vụ", "SĐT", "Ký tên"]
LIST = book(
    HEADER,
    [1, "Nguyễn Thị Mẫu Lan", 1980, "Nữ", "Kinh", "HTX Nấm Mẫu", "Giám đốc", "0900000003", ""],
    [2, "Chamaléa Thị Mẫu", 1990, "Nữ", "Raglai", "THT Mẫu", "Thành viên", "", ""],
    [3, "Trần Mẫu Nam", "abc", "Nam", "", "UBND xã", "Cán bộ", "12", ""],
)


def test_a_list_is_read_from_a_file():
    read = read_attendance(LIST, "ds.xlsx")
    assert [row.member.full_name for row in read.people.rows] == [
        "Nguyễn Thị Mẫu Lan", "Chamaléa Thị Mẫu", "Trần Mẫu Nam",
    ]  # fmt: skip
    assert [read.more[row.number]["body"] for row in read.people.rows] == ["HTX Nấm Mẫu", "THT Mẫu", "UBND xã"]
    assert [role_of(read.more[row.number]["role"]) for row in read.people.rows] == ["manager", "member", "official"]


def test_the_file_fills_the_table_and_enters_nothing(client, world):
    training = course(world)
    client.force_login(world.lan)
    url = f"/trainings/{training.pk}/attendance/"
    page = client.post(url, {"read": "1", "file": SimpleUploadedFile("ds.xlsx", LIST)}).content.decode()
    assert 'value="Chamaléa Thị Mẫu"' in page
    assert "Dòng 6" in page  # the cell that was not understood, at its row
    assert not Trainee.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ds.xlsx", b"not a workbook"),
        ("ds.csv", b"a,b\n1,2\n"),
        ("ds.exe", b"MZ"),
        ("ds.xlsx", b""),
        ("ds.csv", b"\x00"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(client, world, name, content):
    training = course(world)
    client.force_login(world.lan)
    answer = client.post(
        f"/trainings/{training.pk}/attendance/", {"read": "1", "file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_a_phone_is_seen_for_a_reason_that_stays(client, world):
    training = course(world)
    attend(world, training, PERSON)
    line = Trainee.objects.get()
    url = f"/trainings/{training.pk}/attendance/{line.pk}/phone/"
    client.force_login(world.lan)
    assert "+84900000002" not in client.get(url).content.decode()
    assert "+84900000002" not in client.post(url, {"reason": ""}).content.decode()
    assert "+84900000002" in client.post(url, {"reason": "Mời học tiếp"}).content.decode()
    event = AuditEvent.objects.filter(chain=f"training:{training.pk}").latest("seq")
    assert (event.verb, event.reason) == ("training.phone_revealed", "Mời học tiếp")
    assert "84900000002" not in str(AuditEvent.objects.filter(chain=f"training:{training.pk}").values())
    with pytest.raises(PermissionDenied):
        perform(RevealTrainee(line.pk, "xem"), by=world.thanh)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({}, "+84900000002"),
        ({"phone": "0911111111"}, "+84911111111"),
        ({"remove_phone": "on"}, ""),
        ({"phone": "0911111111", "remove_phone": "on"}, "+84911111111"),
    ],
)
def test_whoever_corrects_a_line_is_not_shown_the_phone(client, world, typed, kept):
    training = course(world)
    attend(world, training, PERSON)
    line = Trainee.objects.get()
    url = f"/trainings/{training.pk}/attendance/{line.pk}/correct/"
    client.force_login(world.hanh)
    page = client.get(url).content.decode()
    assert "900000002" not in page
    assert "••• 002" in page

    again = {"full_name": PERSON["full_name"], "sex": "female", "role": "member", **typed}
    assert client.post(url, again).status_code == 302
    line.refresh_from_db()
    assert (line.role, line.phone) == ("member", kept)


def test_what_she_may_not_see_of_a_line_is_neither_shown_nor_changed(client, world):
    training = course(world)
    attend(world, training, {**PERSON, "minority": True})
    line = Trainee.objects.get()
    url = f"/trainings/{training.pk}/attendance/{line.pk}/correct/"
    personal = {"birth_year": "1990", "minority": "no"}
    again = {"full_name": PERSON["full_name"], "sex": "female", "role": "member", **personal}
    client.force_login(world.hanh)
    assert not {"birth_year", "minority"} & set(client.get(url).context["form"].fields)
    assert client.post(url, again).status_code == 302
    line.refresh_from_db()
    assert (line.role, line.birth_year, line.minority) == ("member", 1985, True)

    client.force_login(world.lan)
    assert client.get(url).context["form"].initial["birth_year"] == 1985
    assert client.post(url, again).status_code == 302
    line.refresh_from_db()
    assert (line.birth_year, line.minority) == (1990, False)


def test_a_line_is_corrected_and_taken_back(client, world):
    training = course(world)
    attend(world, training, PERSON)
    line = Trainee.objects.get()
    client.force_login(world.lan)
    typed = {
        "full_name": "Trần Mẫu Xoan",
        "sex": "female",
        "role": "worker",
        "certificate": "12/CN",
        "certificate_on": "20/11/2026",
    }
    url = f"/trainings/{training.pk}/attendance/{line.pk}"
    assert client.post(f"{url}/correct/", typed).status_code == 302
    line.refresh_from_db()
    assert (line.role, line.certificate, line.birth_year) == ("worker", "12/CN", None)
    assert f"{line.certificate_on:%d/%m/%Y}" == "20/11/2026"
    assert client.post(f"{url}/withdraw/", {"reason": "Không đến"}).status_code == 302
    with pytest.raises(ActionNotPossible):
        perform(WithdrawTrainee(line.pk, "Không đến"), by=world.lan)


def test_who_keeps_it_and_who_reads_it(client, world):
    training = course(world)
    for by in ("cuc", "binh", "thanh", "ngan", "son", "stranger"):
        with pytest.raises(PermissionDenied):
            attend(world, training, PERSON, by=by)
    attend(world, training, PERSON, by="hanh")
    for who, status in (("hanh", 200), ("mai", 200), ("cuc", 404), ("binh", 404), ("ngan", 404), ("son", 404)):
        client.force_login(getattr(world, who))
        assert client.get(f"/trainings/{training.pk}/").status_code == status, who
    client.force_login(world.ngan)
    assert client.get("/trainings/").status_code == 403
    assert client.get("/trainings/outreach/").status_code == 403


def test_what_was_withdrawn_stays_as_it_is(world):
    training = course(world)
    perform(WithdrawTraining(training.pk, "Nhập nhầm"), by=world.lan)
    with pytest.raises(ActionNotPossible):
        perform(CorrectTraining(training.pk, {"title": "Khác"}), by=world.lan)
    with pytest.raises(ActionNotPossible):
        attend(world, training, PERSON)


def test_every_total_opens_the_lines_that_it_counts(client, world, django_assert_max_num_queries):
    for number in range(3):
        training = course(world, title=f"Lớp {number}")
        people = [{**PERSON, "full_name": f"Trần Mẫu {place}", "role": "manager" if place else "member",
                   "sex": "male" if place == 3 else "female"} for place in range(5)]  # fmt: skip
        attend(world, training, *people)
    client.force_login(world.hanh)
    with django_assert_max_num_queries(9):
        page = client.get("/trainings/?topic=management").content.decode()
    assert "/trainings/people/?topic=management&amp;sex=female&amp;role=manager" in page
    for query, lines in (
        ("topic=management", 15),
        ("topic=law", 0),
        ("sex=female", 12),
        ("sex=female&role=manager", 9),
    ):
        assert f"{lines} dòng" in client.get(f"/trainings/people/?{query}").content.decode()


def test_names_leave_only_for_those_who_may_see_personal_data(world):
    attend(world, course(world), PERSON)
    columns = {column.name: column for column in LISTS["trainees"].columns}
    assert not {"phone", "birth_year", "minority"} & set(columns)
    for who, name in (("lan", "Trần Mẫu Xoan"), ("hanh", "")):
        (row,) = LISTS["trainees"].rows(world.standing(who), QueryDict())
        assert columns["name"].value(row) == name, who


def test_communication_is_entered_corrected_and_counted(client, world):
    client.force_login(world.lan)
    typed = {"organisation": world.organisation("wu-kh-a").pk, "title": "Nói chuyện ở chợ", "channel": "talk",
             "held_on": "05/05/2026", "reached": "1.200", "women": "1.300"}  # fmt: skip
    assert "Số phụ nữ" in client.post("/trainings/outreach/add/", typed).content.decode()
    assert client.post("/trainings/outreach/add/", {**typed, "women": "900"}).status_code == 302
    one = Outreach.objects.get()
    assert "1.200" in client.get("/trainings/outreach/").content.decode()
    client.post(f"/trainings/outreach/{one.pk}/correct/", {**typed, "women": "1000"})
    client.post(f"/trainings/outreach/{one.pk}/withdraw/", {"reason": "Trùng"})
    verbs = list(AuditEvent.objects.filter(chain=f"outreach:{one.pk}").order_by("seq").values_list("verb", flat=True))
    assert verbs == ["outreach.entered", "outreach.corrected", "outreach.withdrawn"]
    with pytest.raises(PermissionDenied):
        perform(EnterOutreach(world.organisation("wu-kh-b").pk, {"title": "x"}), by=world.lan)
