"""Single cells: numbers, money, dates, places, stars, legal forms, tones."""

import datetime as dt
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.programme.roster.dates import parse_date
from casework.programme.roster.figures import parse_count, parse_figure
from casework.programme.roster.legal_forms import parse_form
from casework.programme.roster.money import Money, MoneyColumn, parse_income, parse_money, unit_in
from casework.programme.roster.names import write_out, write_out_lender
from casework.programme.roster.places import parse_place, section_place
from casework.programme.roster.stars import parse_stars
from casework.programme.roster.text import clean, fold, place_tones, tidy

DONG, THOUSAND, MILLION, UNKNOWN = MoneyColumn(1), MoneyColumn(1_000), MoneyColumn(1_000_000), MoneyColumn(None)


def codes(reading):
    return [said.code for said in reading.problems]


# --- text -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("hoà", "hòa"), ("Hoá", "Hóa"), ("xoè", "xòe"), ("thuỷ", "thủy"), ("Uỷ ban", "Ủy ban"), ("khoẻ", "khỏe"),
        ("HOÀ", "HÒA"),
        ("quý", "quý"), ("Quỳ", "Quỳ"), ("hoàn", "hoàn"), ("hoài", "hoài"), ("huyện", "huyện"),
        ("khuỷu", "khuỷu"), ("quà", "quà"),
    ],
)  # fmt: skip
def test_tone_marks_move_only_in_open_syllables(typed, kept):
    assert tidy(unicodedata.normalize("NFD", typed)) == kept


@given(st.text(alphabet="hoaàáảãạeèéuyỳýỷỹỵOAÀUYỶqQn c", max_size=30))
def test_placing_tones_twice_changes_nothing_and_folds_alike(text):
    once = place_tones(clean(text))

    assert place_tones(once) == once
    assert fold(once) == fold(text)


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)
    assert tidy(tidy(text)) == tidy(text)


def test_spaces_and_invisible_characters_disappear():
    assert tidy("\ufeff HTX\u00a0 Hoa\u200b  Ban\n") == "HTX Hoa Ban"
    assert fold("Ðắk Lắk – ĐÔNG") == "dak lak - dong"


# --- numbers ----------------------------------------------------------------------------------------------------


def grouped(number, mark="."):
    return f"{number:,}".replace(",", mark)


@given(
    st.integers(0, 9_999_999),
    st.sampled_from([".", " "]),
    st.sampled_from(["", " người", " TV", " LĐ", "  DTTS", " nữ"]),
)
def test_head_counts_survive_grouping_and_words(number, mark, word):
    assert parse_count(grouped(number, mark) + word).value == number
    assert parse_count(float(number)).value == number


@given(st.integers(0, 10**12), st.integers(1, 99))
def test_vietnamese_decimals_are_exact(whole, hundredths):
    text = f"{grouped(whole)},{hundredths:02d}"

    assert parse_figure(text).value == Decimal(whole) + Decimal(hundredths) / 100


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("chưa thống kê", "text_in_number_cell"), ("không có", "text_in_number_cell"),
        ("15 (10 nữ)", "text_in_number_cell"),
        ("20-25", "range_in_number_cell"), ("-5", "negative_number"), (-1.0, "negative_number"),
        (12.5, "not_a_whole_number"),
        ("12,5", "not_a_whole_number"), (True, "text_in_number_cell"), (dt.date(2020, 1, 1), "text_in_number_cell"),
        (1e9, "number_too_large"), ("x" * 500, "text_in_number_cell"), ("1.23.456", "text_in_number_cell"),
    ],
)  # fmt: skip
def test_what_is_no_head_count_is_an_error(typed, code):
    reading = parse_count(typed)

    assert (reading.value, codes(reading)) == (None, [code])


@pytest.mark.parametrize("typed", ["hơn 40", "~40", "khoảng 40 người", "trên 40"])
def test_an_inexact_count_is_kept_and_said(typed):
    assert (parse_count(typed).value, codes(parse_count(typed))) == (40, ["approximate_number"])


@pytest.mark.parametrize("typed", [None, "", " ", "-", "–", "…", "..."])
def test_dashes_state_nothing(typed):
    assert parse_count(typed) == parse_money(typed, DONG) == parse_stars(typed) == parse_date(typed, latest_year=2026)
    assert parse_count(typed).value is None


# --- money ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("350 triệu", 350_000_000), ("350tr", 350_000_000), ("350 tr.đ", 350_000_000), ("350 trđ", 350_000_000),
        ("350triệuđồng", 350_000_000),
        ("1,2 tỷ đồng", 1_200_000_000), ("1 tỷ 200 triệu", 1_200_000_000), ("1 tỉ rưỡi", 1_500_000_000),
        ("50.000.000 đ", 50_000_000),
        ("500 nghìn", 500_000), ("500k", 500_000), ("500 ngàn đồng", 500_000), ("1.200 triệu", 1_200_000_000),
        ("15.000.000.000  đ", 15 * 10**9),
        ("50 000 000", 50_000_000), ("50,000,000", 50_000_000), (100_000_000.0, 100_000_000), ("0", 0),
    ],
)  # fmt: skip
def test_amounts_in_a_column_of_dong(typed, amount):
    assert parse_money(typed, DONG).value == Money(amount)
    assert codes(parse_money(typed, DONG)) == []


@given(
    st.integers(1, 999_999),
    st.sampled_from(["triệu", "tr", "tr.đ", "triệu đồng", "trđ"]),
    st.sampled_from([DONG, THOUSAND, MILLION, UNKNOWN]),
)
def test_a_unit_in_the_cell_wins_over_the_column(millions, word, column):
    assert parse_money(f"{grouped(millions)} {word}", column).value == Money(millions * 10**6)


@given(st.integers(1, 9_999_999), st.integers(1, 9))
def test_plain_numbers_count_in_the_unit_of_the_column(number, tenth):
    assert parse_money(f"{grouped(number)},{tenth}", MILLION).value in (Money(number * 10**6 + tenth * 10**5), None)
    if number < 10**6:
        assert parse_money(float(number), MILLION).value == Money(number * 10**6)
        assert parse_money(number + tenth / 10, MILLION).value == Money(number * 10**6 + tenth * 10**5)


@pytest.mark.parametrize(
    ("typed", "qualifier"),
    [("trên 300 tr.đ", "gt"), ("hơn  300 triệu", "gt"), ("> 300tr", "gt"), ("gần 300 triệu", "lt"),
    ("khoảng 300 triệu", "about"),
     ("300 triệu trở lên", "gte"), ("không quá 300 triệu", "lte")],
)  # fmt: skip
def test_qualifiers_are_kept(typed, qualifier):
    assert parse_money(typed, DONG).value == Money(300_000_000, qualifier)


@pytest.mark.parametrize(
    ("typed", "column", "code"),
    [
        ("chưa vay", DONG, "text_in_number_cell"), ("50 triệu + 30 triệu", DONG, "several_amounts"),
        ("1tỷ2", DONG, "several_amounts"),
        ("50-60 triệu", DONG, "range_in_number_cell"), ("-5 triệu", DONG, "negative_number"),
        (-5.0, MILLION, "negative_number"),
        ("20.000 USD", DONG, "foreign_currency"), ("350", UNKNOWN, "money_unit_missing"),
        (350.0, UNKNOWN, "money_unit_missing"),
        (350.0, DONG, "money_too_small"), (50_000_000.0, MILLION, "money_too_large"),
        ("0,0000001", MILLION, "fraction_of_dong"),
        (dt.date(2020, 1, 1), DONG, "text_in_number_cell"), (True, DONG, "text_in_number_cell"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_an_error(typed, column, code):
    reading = parse_money(typed, column)

    assert (reading.value, codes(reading)) == (None, [code])


def test_what_can_be_read_in_two_ways_is_said():
    assert codes(parse_money("1.5", MILLION)) == ["ambiguous_number"]
    assert codes(parse_money("1,500", MILLION)) == ["ambiguous_number"]
    assert parse_money("1,500,000", DONG).value == Money(1_500_000)
    assert codes(parse_money("Không", DONG)) == ["read_as_none"]


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("4 - 7 tr/tháng", 4, 7), ("6-10 triệu", 6, 10), ("từ 4 đến 5 triệu", 4, 5), ("1 – 3 triệu đồng", 1, 3),
        ("9tr", 9, 9), ("5 tr.đ", 5, 5),
        ("3.000.000 - 4.000.000", 3, 4), ("4,5 triệu/người/tháng", 4.5, 4.5), ("4 triệu đồng/tháng/người", 4, 4),
        ("900 nghìn - 1,2 triệu", 0.9, 1.2),
    ],
)  # fmt: skip
def test_incomes(typed, low, high):
    assert parse_income(typed, DONG).value == {"min": int(low * 10**6), "max": int(high * 10**6)}


def test_incomes_of_other_periods_are_not_taken_for_months():
    assert (
        codes(parse_income("60 triệu/năm", DONG))
        == codes(parse_income("200.000 đ/ngày", DONG))
        == ["income_not_per_month"]
    )
    assert codes(parse_income("7 - 4 triệu", DONG)) == ["range_reversed"]
    yearly = parse_income("60", MoneyColumn(10**6, months=12))
    assert (yearly.value, codes(yearly)) == ({"min": 5_000_000, "max": 5_000_000}, ["income_converted_from_year"])


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Vốn (triệu đồng)", 10**6), ("Vốn (tr.đ)", 10**6), ("Vốn vay (trđ)", 10**6), ("ĐVT: 1.000 đồng", 10**3),
        ("Vốn (nghìn đồng)", 10**3),
        ("Vốn (đồng)", 1), ("Thu nhập (đ/người/tháng)", 1), ("Vốn (VNĐ)", 1), ("Vốn (tỷ đồng)", 10**9),
        ("Số lao động", None), ("Vốn", None),
        ("Lĩnh vực hoạt động", None), ("Đồng bào dân tộc", 1),
    ],
)  # fmt: skip
def test_units_of_headers(header, unit):
    assert unit_in(header) == unit


# --- dates ------------------------------------------------------------------------------------------------------


@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2026, 12, 31)),
    st.sampled_from(["/", "-", ".", " / "]),
    st.sampled_from(["", "ngày "]),
)
def test_days_month_second(day, mark, lead):
    wanted = {"value": day.isoformat(), "precision": "day"}

    assert parse_date(f"{lead}{day.day}{mark}{day.month:02d}{mark}{day.year}", latest_year=2026).value == wanted
    assert parse_date(day.isoformat(), latest_year=2026).value == wanted
    assert parse_date(day, latest_year=2026).value == wanted
    assert parse_date(day, precision="month", latest_year=2026).value == {
        "value": day.isoformat()[:7],
        "precision": "month",
    }


@given(
    st.integers(1950, 2026),
    st.integers(1, 12),
    st.sampled_from(["{m}/{y}", "{m:02d}/{y}", "tháng {m}/{y}", "T{m}/{y}", "Tháng {m:02d} năm {y}", "{m}-{y}"]),
)
def test_months(year, month, shape):
    wanted = {"value": f"{year}-{month:02d}", "precision": "month"}

    assert parse_date(shape.format(m=month, y=year), latest_year=2026).value == wanted


@given(st.integers(1950, 2026), st.sampled_from(["{y}", "Năm {y}", " năm  {y} ", "{y}.0"]))
def test_years(year, shape):
    assert parse_date(shape.format(y=year), latest_year=2026).value == {"value": str(year), "precision": "year"}
    assert parse_date(float(year), latest_year=2026).value == {"value": str(year), "precision": "year"}


@pytest.mark.parametrize(
    ("typed", "value", "code"),
    [
        ("31/02/2020", None, "invalid_date"), ("05/21/2018", None, "invalid_date"),
        ("13/2020", None, "invalid_date"), ("20/10", None, "date_without_year"),
        ("2030", None, "date_in_future"), ("1/1/2027", None, "date_in_future"), ("1890", None, "date_too_early"),
        ("chưa rõ", None, "date_not_understood"),
        ("2017-2018", None, "date_not_understood"), (8.202, None, "date_not_understood"),
        (True, None, "date_not_understood"),
        (dt.time(4, 5), None, "date_not_understood"), ("quý II/2021", "2021", "quarter_read_as_year"),
        ("đầu năm 2021", "2021", "approximate_date"),
        (43241.0, "2018-05-21", "date_serial_number"), ("43241", "2018-05-21", "date_serial_number"),
        (dt.date(1905, 7, 9), "2017", "year_in_date_cell"),
    ],
)  # fmt: skip
def test_doubtful_dates_are_said(typed, value, code):
    reading = parse_date(typed, latest_year=2026)

    assert ((reading.value or {}).get("value"), codes(reading)) == (value, [code])


def test_two_digit_years_never_lie_in_the_future():
    assert parse_date("12-3-22", latest_year=2026).value["value"] == "2022-03-12"
    assert parse_date("12-3-98", latest_year=2026).value["value"] == "1998-03-12"


# --- places -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "level", "said"),
    [
        ("X.Hồng Phong  ", "commune", "xã|Hồng Phong|||"), ("X Minh Hoà", "commune", "xã|Minh Hòa|||"),
        ("xã Đông", "commune", "xã|Đông|||"), ("TT.Phước  Dân", "commune", "thị trấn|Phước Dân|||"),
        ("P5", "commune", "phường|5|||"), ("Ea Kao", "commune", "|Ea Kao|||"),
        ("Đặc khu Phú Quốc", "commune", "đặc khu|Phú Quốc|||"), ("XÃ TÂN THỌ", "commune", "xã|Tân Thọ|||"),
        ("TX.Sa Pa", "district", "||thị xã|Sa Pa|"), ("TP Thái Nguyên", "district", "||thành phố|Thái Nguyên|"),
        ("Q.Ô Môn", "district", "||quận|Ô Môn|"), ("TP. Hà Nội", "province", "||||Hà Nội"),
        ("tỉnh Thanh Hoá", "province", "||||Thanh Hóa"), ("Dak Lak", "province", "||||Đắk Lắk"),
        ("Bà Rịa – Vũng Tàu", "province", "||||Bà Rịa - Vũng Tàu"),
        ("xã A Roàng, huyện A Lưới, tỉnh Thừa Thiên Huế", "address", "xã|A Roàng|huyện|A Lưới|Thừa Thiên Huế"),
        ("X. Kỳ Ninh - TX. Kỳ Anh - Hà Tĩnh", "address", "xã|Kỳ Ninh|thị xã|Kỳ Anh|Hà Tĩnh"),
        ("Vi Hương, Bạch Thông, Bắc Kạn", "address", "|Vi Hương||Bạch Thông|Bắc Kạn"),
        ("phường Phú Hội, TP. Huế", "address", "phường|Phú Hội|||Huế"), ("Hà Tĩnh", "address", "||||Hà Tĩnh"),
        ("huyện Tri Tôn, tỉnh Bà Rịa - Vũng Tàu", "address", "||huyện|Tri Tôn|Bà Rịa - Vũng Tàu"),
    ],
)  # fmt: skip
def test_places(typed, level, said):
    found = parse_place(typed, level).as_fields()

    names = ("commune_type", "commune_name", "district_type", "district_name", "province")
    assert "|".join(found[name] or "" for name in names) == said


def test_what_stands_before_the_commune_is_kept():
    assert parse_place("thôn 3, xã Ea Kao, TP. Buôn Ma Thuột, Đắk Lắk", "address").detail == "thôn 3"


@pytest.mark.parametrize(
    ("line", "level", "name"),
    [
        ("I. Huyện Tri Tôn", "district", "Tri Tôn"), ("TỈNH AN GIANG", "province", "An Giang"),
        ("II/ An Giang", "province", "An Giang"),
        ("* TP. CẦN THƠ: 2 HTX", "province", "Cần Thơ"), ("Các HTX thuộc huyện Tri Tôn (3)", "district", "Tri Tôn"),
        ("1. Địa bàn xã Vi Hương", "commune", "Vi Hương"), ("Tỉnh Bà Rịa – Vũng Tàu", "province", "Bà Rịa - Vũng Tàu"),
        ("THÀNH PHỐ THÁI NGUYÊN", "district", "Thái Nguyên"),
    ],
)  # fmt: skip
def test_section_lines_name_places(line, level, name):
    part = section_place(line)

    assert (part.level, part.name) == (level, name)


@pytest.mark.parametrize("line", ["A. HỢP TÁC XÃ", "Ghi chú", "HTX Hoa Ban", "An Giang, ngày 3 tháng 5 năm 2026", ""])
def test_other_lines_do_not(line):
    assert section_place(line) is None


# --- the rest ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stars"),
    [(4.0, 4), ("3* ", 3), ("OCOP 5 sao", 5), ("3", 3), ("***", 3), ("4 sao (2 SP)", 4), ("hạng 3", 3)],
)
def test_stars(typed, stars):
    assert parse_stars(typed).value == stars


@pytest.mark.parametrize(
    ("typed", "code"),
    [(6, "ocop_out_of_range"), ("0 sao", "ocop_out_of_range"), ("3-4 sao", "ocop_not_understood"),
    ("x", "ocop_not_understood"),
     (3.5, "ocop_out_of_range"), ("chưa đạt", "read_as_none")],
)  # fmt: skip
def test_what_is_no_star(typed, code):
    assert (parse_stars(typed).value, codes(parse_stars(typed))) == (None, [code])


@pytest.mark.parametrize(
    ("typed", "name", "form", "said"),
    [
        ("HTX NN", "HTX A", "HTX", []), (None, "Hợp tác xã A", "HTX", []), (None, "Tổ Hợp tác may", "THT", []),
        ("T.H.T", "may", "THT", []),
        ("Tổ LK ", "Tổ liên kết A", "TLK", ["legal_form_out_of_scope"]), (None, "Liên hiệp HTX A", "LHHTX", []),
        (None, "HTX/THT A", None, ["legal_form_missing"]), ("HTX/THT", "A", None, ["legal_form_missing"]),
        (None, "Rau sạch", None, ["legal_form_missing"]),
        ("Công ty TNHH", "A", None, ["other_body_out_of_scope"]), ("abc", "HTX A", "HTX", ["legal_form_unknown"]),
        ("HTX", "THT A", "HTX", ["legal_form_conflict"]),
    ],
)  # fmt: skip
def test_legal_forms(typed, name, form, said):
    reading = parse_form(typed, name, None)

    assert (reading.value, codes(reading)) == (form, said)


def test_the_section_decides_only_where_row_and_name_are_silent():
    assert parse_form(None, "Rau sạch", "THT").value == "THT"
    assert parse_form(None, "HTX Rau sạch", "THT").value == "HTX"
    assert parse_form(None, "HTX/THT Rau sạch", "THT").value is None


def test_abbreviations_are_written_out():
    assert write_out("HTX DV NN Tà Đảnh") == "HTX Dịch vụ Nông nghiệp Tà Đảnh"
    assert write_out_lender("NHCSXH huyện ") == write_out_lender("NH CSXH huyện") == "Ngân hàng CSXH huyện"
    assert write_out_lender("Liên minh HTX") == "Liên minh HTX"
