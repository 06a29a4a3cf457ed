"""One cell at a time: what is read, what is refused, what is read and said."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.people.roll.identity import Told, parse_birth, parse_id_number, parse_phone, told_by
from casework.people.roll.names import read_name
from casework.people.roll.words import asset_kind, body_in, kind_in, parse_kind, parse_offices, parse_sex

TODAY = dt.date(2026, 11, 23)


def code(reading):
    return reading.problems[0].code if reading.problems else None


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("056185001234", "056185001234", None),
        ("056 185 001 234", "056185001234", None),
        ("056.185.001.234", "056185001234", None),
        ("'056185001234", "056185001234", None),
        ("-", None, None),
        (56185001234, None, "id_number_lost_zeros"),
        (56185001234.0, None, "id_number_lost_zeros"),
        ("56185001234", None, "id_number_lost_zeros"),
        (1185001234, None, "id_number_lost_zeros"),
        ("5.6185E+10", None, "id_number_scientific"),
        ("5,6E+10", None, "id_number_scientific"),
        ("3.8E+10", None, "id_number_scientific"),
        ("221234567", None, "old_card_number"),
        (221234567, None, "old_card_number"),
        ("0561850012345", None, "id_number_wrong_length"),
        ("0561850", None, "id_number_wrong_length"),
        ("097185001234", None, "id_number_unknown_place"),
        ("000185001234", None, "id_number_unknown_place"),
        ("chưa có", None, "id_number_not_understood"),
        ("B1234567", None, "id_number_not_understood"),
        ("٠٥٦١٨٥٠٠١٢٣٤", None, "id_number_not_understood"),
        (5.5, None, "id_number_not_understood"),
    ],
)
def test_id_numbers(cell, value, said):
    reading = parse_id_number(cell)

    assert (reading.value, code(reading)) == (value, said)


def test_a_foreigner_shows_a_passport():
    assert parse_id_number("b1234567", foreign=True).value == "B1234567"


def test_a_number_tells_sex_and_year():
    assert told_by("056185001234") == Told("female", 1985)
    assert told_by("056205001234") == Told("male", 2005)
    assert told_by("221234567") is None


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("0901 234 567", "+84901234567", None),
        ("0901.234.567", "+84901234567", None),
        ("+84 901 234 567", "+84901234567", None),
        ("0258 3822 123", "+842583822123", None),
        (901234567, "+84901234567", "leading_zero_restored"),
        (901234567.0, "+84901234567", "leading_zero_restored"),
        ("901234567", "+84901234567", "leading_zero_restored"),
        ("84901234567", "+84901234567", None),
        ("…", None, None),
        ("0901 234 567 / 0912 345 678", None, "several_phones"),
        ("0901 234", None, "phone_not_understood"),
        ("9.01E+08", None, "phone_not_understood"),
        ("không nhớ", None, "phone_not_understood"),
        (True, None, "phone_not_understood"),
    ],
)
def test_phones(cell, value, said):
    reading = parse_phone(cell)

    assert (reading.value, code(reading)) == (value, said)


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        (1985, "1985", None),
        ("1985", "1985", None),
        (1948, "1948", None),
        ("12/03/1985", "1985-03-12", None),
        ("12.3.85", "1985-03-12", None),
        ("1-9-05", "2005-09-01", None),
        ("ngày 12 tháng 3 năm 1985", "1985-03-12", None),
        (dt.date(1985, 3, 12), "1985-03-12", None),
        (dt.date(1905, 6, 7), "1985", "year_in_date_cell"),
        (31_118, "1985-03-12", "date_serial_number"),
        ("03/1985", "1985", "birth_month_not_kept"),
        (41, None, "age_is_no_birth"),
        ("41 tuổi", None, "age_is_no_birth"),
        ("31/02/1985", None, "invalid_date"),
        ("12/13/1985", None, "invalid_date"),
        ("1/12/2026", None, "born_in_the_future"),
        (2027, None, "date_in_future"),
        (1890, None, "birth_too_early"),
        ("12/3", None, "date_without_year"),
        ("không rõ", None, "date_not_understood"),
        (10**20, None, "date_not_understood"),
    ],
)
def test_births(cell, value, said):
    reading = parse_birth(cell, TODAY)

    assert (reading.value, code(reading)) == (value, said)


@given(st.dates(dt.date(1930, 1, 1), TODAY))
def test_every_day_reads_the_same_however_it_is_typed(day):
    serial = (day - dt.date(1899, 12, 30)).days
    typed = [day, f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}", day.isoformat(), serial]

    assert {parse_birth(cell, TODAY).value for cell in typed} == {day.isoformat()}


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.dates()))
def test_no_cell_breaks_a_reader(cell):
    for parse in (parse_id_number, parse_phone, parse_sex, parse_kind, parse_offices):
        parse(cell)
    parse_birth(cell, TODAY)
    read_name(cell, titles=True)


@pytest.mark.parametrize(
    ("cell", "name", "said"),
    [
        ("NGUYỄN THỊ MẪU HOA", "Nguyễn Thị Mẫu Hoa", None),
        ("nguyễn thị mẫu hoa", "Nguyễn Thị Mẫu Hoa", None),
        ("Nguye\u0302\u0303n Thi\u0323 Ma\u0302\u0303u", "Nguyễn Thị Mẫu", None),
        ("  Nguyễn\u00a0 Thị\u200b Mẫu ", "Nguyễn Thị Mẫu", None),
        ("H'Mẫu Niê", "H'Mẫu Niê", None),
        ("Hồ Thị Mẫu", "Hồ Thị Mẫu", None),
        ("Tống Thị Mẫu", "Tống Thị Mẫu", None),
        (None, "", "name_missing"),
        ("Mẫu", "Mẫu", "name_too_short"),
        ("Nguyễn Thị Mẫu 1", "Nguyễn Thị Mẫu 1", "name_not_a_name"),
        ("Nguyễn Thị Mẫu 🌸", "Nguyễn Thị Mẫu 🌸", "name_not_a_name"),
        ("{{ ''.__class__ }}", "{{ ''.__class__ }}", "name_not_a_name"),
        ("Nguyễn Mẫu, Trần Thị Mẫu", "Nguyễn Mẫu, Trần Thị Mẫu", "several_names"),
        ("Nguyễn Thị \u202eMẫu", "Nguyễn Thị Mẫu", "name_with_hidden_marks"),
        ("Bà Nguyễn Thị Mẫu", "Bà Nguyễn Thị Mẫu", "title_or_surname"),
        ("Nguyễn " * 30, ("Nguyễn " * 30)[:120], "name_too_long"),
        (12, "12", "name_not_a_name"),
    ],
)
def test_names(cell, name, said):
    read = read_name(cell, titles=False)

    assert (read.text, read.problem.code if read.problem else None) == (name, said)


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Hộ gia đình bà Nguyễn Thị Mẫu", "household"),
        ("Hộ bà Mẫu", "household"),
        ("Hồ Thị Mẫu", ""),
        ("Công ty TNHH Mẫu", "legal_person"),
        ("Tổ hợp tác Hoa Mẫu", "group"),
        ("Tô Hợp Mẫu", ""),
        ("HTX Nông nghiệp Mẫu", "cooperative"),
        ("Hội Mẫu", "group"),
        ("Hoi Thi Mau", ""),
    ],
)
def test_bodies_are_no_persons(text, nature):
    assert body_in(text) == nature


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thành viên chính thức", "official"),
        ("CT", "official"),
        ("liên kết góp vốn", "assoc_capital"),
        ("TV liên kết có góp vốn", "assoc_capital"),
        ("LKGV", "assoc_capital"),
        ("Liên kết không góp vốn", "assoc_noncapital"),
        ("thành viên LK không góp vốn", "assoc_noncapital"),
        ("liên kết", "assoc"),
        ("xã viên", ""),
    ],
)
def test_kinds_of_members(text, kind):
    assert kind_in(text) == kind


def test_an_open_kind_is_refused():
    assert code(parse_kind("liên kết")) == "kind_unclear"
    assert code(parse_kind("xã viên")) == "kind_not_understood"


@pytest.mark.parametrize(
    ("text", "offices", "said"),
    [
        ("Chủ tịch HĐQT", ("board_chair",), None),
        ("Chủ tịch HĐQT kiêm Giám đốc", ("board_chair", "director"), None),
        ("Giám đốc HTX Hoa Sen", ("director",), None),
        ("Phó Giám đốc", ("deputy_director",), None),
        ("Trưởng Ban kiểm soát", ("supervisory_head",), None),
        ("TV BKS", ("supervisory_member",), None),
        ("Kiểm soát viên, Thủ quỹ", ("controller", "treasurer"), None),
        ("Kế toán trưởng", ("chief_accountant",), None),
        ("Thành viên HĐQT", ("board_member",), None),
        ("Thành viên", (), None),
        ("Tổ trưởng", (), "office_not_known"),
        ("Kế toán", (), "office_not_known"),
        ("-", None, None),
    ],
)
def test_offices(text, offices, said):
    reading = parse_offices(text)

    assert (reading.value, code(reading)) == (offices, said)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tiền mặt", ""),
        ("góp bằng tiền", ""),
        ("Quyền sử dụng đất 500m2", "land_use"),
        ("Máy xay", "other"),
        ("tiền mặt và máy xay", "other"),
        ("2 cây vàng", "gold"),
        ("nhãn hiệu", "intellectual"),
    ],
)
def test_assets(text, kind):
    assert asset_kind(text) == kind


@pytest.mark.parametrize(("text", "sex"), [("Nữ", "female"), ("nu", "female"), ("NAM", "male"), ("Bà", "female")])
def test_sexes(text, sex):
    assert parse_sex(text).value == sex


@pytest.mark.parametrize("text", ["N", "khác", "1"])
def test_no_sex_is_guessed(text):
    assert code(parse_sex(text)) == "sex_not_understood"
