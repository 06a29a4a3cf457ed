"""The yearly decision is taken in from a spreadsheet or as typed lines: any usual header, nothing stored unseen."""

import io
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from casework.audit.models import AuditEvent
from casework.programme.roster.text import fold
from tests.workflows.clock_settings.changes import SOURCE
from workflows.clock.models import CalendarDay, CalendarYear
from workflows.clock.settings.calendar_acts import DayRow
from workflows.clock.settings.lines import read_lines
from workflows.clock.settings.sheet import read_decision

OFF, WORKED, HALF, _ORDINARY = CalendarDay.Kind.values

DECISION = """01/01/2027; nghỉ; Tết Dương lịch
05/02/2027 - 11/02/2027; nghỉ; Tết Nguyên Đán
2027-02-13; làm bù; Làm bù
31/12/2027; nửa ngày; Chiều cuối năm
"""


@pytest.fixture
def office(client, world):
    client.force_login(world.van)
    client.cookies["django_language"] = "en"
    return client


def fields(**more):
    return {"year": "2027", "source": SOURCE, "days": DECISION, "request_id": str(uuid4()), **more}


def send(office, content, name="lich.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    response = office.post(reverse("calendar:import"), {"file": SimpleUploadedFile(name, data)})
    return response, response.content.decode()


def test_lines_are_read_with_spans_and_without_weekends():
    read = read_lines(DECISION)

    assert not read.faults
    assert [row.day.day for row in read.rows if row.name == "Tết Nguyên Đán"] == [5, 8, 9, 10, 11]
    assert DayRow(date(2027, 2, 13), WORKED, "Làm bù") in read.rows
    assert DayRow(date(2027, 12, 31), HALF, "Chiều cuối năm") in read.rows


@pytest.mark.parametrize(
    "line",
    [
        "01/01/2027",
        "01/01/2027; nghỉ;",
        "32/01/2027; nghỉ; Tết",
        "01/01; nghỉ; Tết",
        "01/01/2027; chơi; Tết",
        "11/02/2027 - 05/02/2027; nghỉ; Tết",
        "01/01/2027 - 31/12/2027; nghỉ; Tết",
        "01/01/2027 - 02/01/2027 - 03/01/2027; nghỉ; Tết",
        "=1+1; nghỉ; Tết",
    ],
)
def test_a_line_that_cannot_be_read_is_named_by_its_number(line):
    [fault] = read_lines(f"\n{line}\n").faults
    assert "2" in fault


def test_a_day_that_stands_twice_is_told_unless_it_says_the_same():
    assert not read_lines("01/01/2027; nghỉ; Tết\n01/01/2027; nghỉ; Tết").faults
    assert read_lines("01/01/2027; nghỉ; Tết\n01/01/2027; làm bù; Tết").faults


@given(st.text(max_size=200))
def test_any_text_is_read_or_told(text):
    read = read_lines(text)
    assert all(isinstance(row.day, date) for row in read.rows)


@pytest.mark.parametrize(
    "header",
    [
        "Ngày,Loại,Tên",
        "TT,Tên ngày lễ,Hình thức,Ngày nghỉ",
        "Nội dung,Từ ngày,Đến ngày,Loại ngày,Ghi chú",
        "Date,Kind,Name",
    ],
)
def test_columns_may_stand_in_any_order_under_usual_headers(header):
    cells = {"tt": "1", "ten": "Tết Dương lịch", "noi": "Tết Dương lịch", "nam": "Tết Dương lịch", "loa": "Nghỉ"}
    cells |= {"hin": "nghỉ", "kin": "off", "nga": "01/01/2027", "dat": "2027-01-01", "tu ": "01/01/2027"}
    cells |= {"den": "01/01/2027", "ghi": ""}
    row = ",".join(cells[fold(title)[:3].ljust(2)] if fold(title) != "tt" else "1" for title in header.split(","))
    lines = read_decision(f"LỊCH NGHỈ NĂM 2027\n\n{header}\n{row}\n".encode(), "lich.csv").lines

    assert read_lines("\n".join(lines)).rows == (DayRow(date(2027, 1, 1), OFF, "Tết Dương lịch"),)


def test_a_column_of_days_worked_instead_gives_a_line_of_its_own():
    data = "Dịp,Ngày nghỉ hoán đổi,Ngày làm bù\nQuốc khánh,01/09/2027,11/09/2027\n".encode()
    rows = read_lines("\n".join(read_decision(data, "a.csv").lines)).rows
    assert [(row.day.day, row.kind) for row in rows] == [(1, OFF), (11, WORKED)]


def test_a_workbook_with_real_dates_is_read(office):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in [["Từ ngày", "Đến ngày", "Tên", "Loại"], [date(2027, 2, 5), date(2027, 2, 9), "Tết", "Nghỉ"]]:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)

    _response, text = send(office, content.getvalue(), "lich.xlsx")
    assert "05/02/2027 - 09/02/2027; Nghỉ; Tết" in text
    assert "The file was read: 3 days." in text


def test_a_file_is_read_looked_at_and_then_saved(office):
    _response, text = send(office, "Ngày,Loại,Tên\n01/01/2027,nghỉ,Tết Dương lịch\n")
    assert "01/01/2027; nghỉ; Tết Dương lịch" in text
    assert 'value="2027"' in text
    assert not AuditEvent.objects.filter(chain="calendar").exists()

    url = reverse("calendar:import_days")
    looked = office.post(url, fields(look="")).content.decode()
    assert "Nothing is saved yet" in looked
    assert "05/02/2027 - 11/02/2027; nghỉ; Tết Nguyên Đán" in looked
    assert office.post(url, fields(save="")).status_code == 302
    assert CalendarYear.objects.get(year=2027).source == SOURCE
    assert CalendarDay.objects.filter(source=SOURCE).count() == 8

    again = office.post(url, fields(save="")).content.decode()
    assert "Nothing was changed" in again
    assert AuditEvent.objects.filter(chain="calendar").count() == 1


def test_the_preview_names_the_predictions_that_would_go(office):
    text = office.post(reverse("calendar:import_days"), fields(whole="on", look="")).content.decode()
    assert "would be removed from the calendar" in text
    assert "30/04/2027" in text


def test_rows_with_faults_are_told_and_kept_for_correction(office):
    _response, text = send(office, "Ngày,Loại,Tên\n32/01/2027,nghỉ,Tết\n01/01/2027,nghỉ,Tết\n")
    assert "Line 1" in text
    assert "32/01/2027; nghỉ; Tết" in text

    text = office.post(reverse("calendar:import_days"), fields(days="32/01/2027; nghỉ; Tết", save="")).content.decode()
    assert "Line 1" in text
    assert "32/01/2027; nghỉ; Tết" in text
    assert not AuditEvent.objects.filter(chain="calendar").exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 nothing", "lich.pdf"),
        (b"%PDF-1.7 nothing", "lich.xlsx"),
        (b"PK\x03\x04 broken", "lich.xlsx"),
        (b"", "lich.csv"),
        (b"a,b\n1,2\n", "lich.csv"),
        (("Ngày,Tên\n" + "01/01/2027,Tết\n" * 500).encode(), "lich.csv"),
        (b"\x00" * 4000, "lich.csv"),
        (b"x" * (10 * 1024 * 1024 + 1), "lich.csv"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(office, content, name):
    response, text = send(office, content, name)
    assert response.status_code == 200
    assert "Not saved yet. Please check:" in text
    assert "Read the file" in text


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"days": ""}, "Write at least one day."),
        ({"days": "02/01/2027; nghỉ; Thứ Bảy"}, "No day is left"),
        ({"days": "\x00"}, "Null characters"),
        ({"days": "x" * 50_000}, "too long"),
        ({"year": "2028"}, "is not in 2028"),
        ({"year": "1999"}, "at least"),
        ({"days": "08/06/2027; làm bù; Thứ Ba"}, "is worked in any case"),
    ],
)
def test_days_that_cannot_be_taken_in_are_refused(office, more, says):
    text = office.post(reverse("calendar:import_days"), fields(save="", **more)).content.decode()
    assert says in text
    assert not AuditEvent.objects.filter(chain="calendar").exists()
