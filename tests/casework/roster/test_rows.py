"""Whole sheets: kinds of rows, merged cells, formulas, totals, what is kept by its header."""

import datetime as dt
import io
import re

import pytest
import xlsxwriter
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.programme.roster import messages
from casework.programme.roster.grid import Sheet
from casework.programme.roster.model import Roster, RosterRefused
from casework.programme.roster.reader import read_roster
from casework.programme.roster.reading import read_sheets

TODAY = dt.date(2026, 11, 22)
HEAD = ["TT", "Tên HTX", "Xã", "Thành viên", "Vốn vay (triệu đồng)"]


def read(*rows, head=HEAD, **about):
    cells = [[None if cell == "" else cell for cell in row] for row in (head, *rows)]
    return read_sheets([Sheet("S", cells, **about)], "a.xlsx", today=TODAY)


def kinds(roster):
    return {row.excel_row: row.kind for row in roster.rows}


def issues(roster):
    return [(issue.excel_row, issue.column, issue.code) for issue in [*roster.errors, *roster.warnings]]


def test_a_section_hands_its_place_down_until_the_next():
    roster = read(
        ["I", "Tỉnh An Giang"], [1, "HTX A", "xã B", 7, 50], ["II", "Đắk Lắk", "", 9, ""], [1, "HTX C", "xã D", 9, ""]
    )

    assert [row.parsed["province"] for row in roster.cases] == ["An Giang", "Đắk Lắk"]
    assert kinds(roster)[4] == "section"


def test_a_new_province_forgets_the_district():
    roster = read(
        ["", "Tỉnh An Giang"],
        ["", "Huyện Tri Tôn"],
        [1, "HTX A", "xã B", 7, 5],
        ["", "Tỉnh Lào Cai"],
        [2, "HTX C", "xã D", 7, 5],
    )

    assert [row.parsed["district_name"] for row in roster.cases] == ["Tri Tôn", None]


def test_a_cooperative_named_community_is_no_total():
    roster = read([1, "Cộng đồng Dao đỏ", "xã B", 7, 5], ["", "Tổng cộng", "", 7, 5])

    assert kinds(roster) == {2: "case", 3: "total"}


def test_numbered_rows_without_content_are_blank():
    roster = read([1, "HTX A", "xã B", 7, 5], [2], [3, "HTX C", "xã B", 7, 5], [4], [5])

    assert kinds(roster) == {2: "case", 3: "blank", 4: "case"}


def test_a_row_with_data_but_no_name_is_an_error():
    roster = read([1, "HTX A", "xã B", 7, 5], [2, "", "xã C", 9, ""], [3, "HTX D", "xã E", 5, ""])

    assert issues(roster) == [(3, "name", "name_missing")]


def test_merged_texts_count_for_every_row_and_merged_numbers_for_the_first():
    roster = read([1, "HTX A", "xã B", 7, 50], [2, "HTX C", "", "", ""], merges=[(1, 2, 2, 2), (1, 4, 2, 4)])

    assert [row.parsed["commune_name"] for row in roster.cases] == ["B", "B"]
    assert [row.parsed["loan_vnd"] for row in roster.cases] == [50_000_000, None]
    assert issues(roster) == [(2, "loan", "merged_number")]


def test_the_second_line_of_a_merged_name_is_said():
    roster = read(
        [1, "HTX A", "xã B", 7, 50],
        ["", "", "", "", 30],
        [2, "HTX C", "xã D", 8, ""],
        merges=[(1, 1, 2, 1), (1, 0, 2, 0)],
    )

    assert kinds(roster)[3] == "continuation"
    assert issues(roster) == [(3, "name", "continuation_row")]


def test_formulas_without_value_and_errors_of_excel_are_reported():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, [1, "HTX A", "xã B"])
    sheet.write_formula(1, 3, "=3+4", None, "")
    sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    book.close()

    roster = read_roster(io.BytesIO(buffer.getvalue()), "a.xlsx")

    assert issues(roster) == [(2, "members", "formula_without_value"), (2, "loan", "excel_error_value")]
    assert roster.errors[1].typed == "#DIV/0!"


def test_a_wrong_total_is_said_once_and_names_its_columns():
    roster = read([1, "HTX A", "xã B", 7, 50], [2, "HTX C", "xã D", 8, 50], ["", "Tổng cộng", "", 16, 200])

    assert [(i.code, i.params["columns"]) for i in roster.warnings] == [("total_differs", ["members", "loan"])]


def test_subtotals_cover_their_section():
    roster = read(
        ["", "Huyện A"], [1, "HTX B", "xã C", 7, ""], ["", "Cộng", "", 7, ""],
        ["", "Huyện D"], [1, "HTX E", "xã F", 8, ""], ["", "Cộng", "", 9, ""], ["", "Tổng cộng", "", 15, ""],
    )  # fmt: skip

    assert kinds(roster)[4] == "subtotal"
    assert issues(roster) == [(7, "members", "total_differs")]


def test_a_total_over_an_unreadable_cell_proves_nothing():
    roster = read([1, "HTX A", "xã B", "chưa rõ", ""], ["", "Tổng cộng", "", 12, ""])

    assert [code for _, _, code in issues(roster)] == ["text_in_number_cell"]


def test_unknown_columns_are_kept_by_their_header():
    head = [*HEAD, "Giám đốc", "Điện thoại", "Ghi chú"]

    roster = read([1, "HTX A", "xã B", 7, 50, "Người Mẫu", 900000000, "mới"], head=head)

    assert roster.facts["extra_columns"] == {"F": "Giám đốc", "G": "Điện thoại"}
    assert roster.cases[0].extra == {"extras": {"Giám đốc": "Người Mẫu", "Điện thoại": "900000000"}, "note": "mới"}
    assert issues(roster) == [(2, "Điện thoại", "leading_zero_lost")]


def test_more_women_than_members_is_said():
    head = ["TT", "Tên HTX", "Số thành viên", "Nữ", "DTTS"]

    assert issues(read([1, "HTX A", 7, 9, 8], head=head)) == [
        (2, "women", "women_exceed_members"),
        (2, "em", "minority_exceed_members"),
    ]


def test_a_place_named_twice_differently_is_said():
    head = ["TT", "Tên HTX", "Địa chỉ", "Huyện", "Số thành viên"]
    roster = read([1, "HTX A", "xã B, huyện C", "huyện D", 7], head=head)

    assert roster.cases[0].parsed["district_name"] == "D"
    assert issues(roster) == [(2, "address", "place_conflict")]


def test_the_list_is_found_on_any_sheet_and_the_others_are_named():
    sheets = [
        Sheet("Bìa", [["BÁO CÁO"]]),
        Sheet("Ẩn", [HEAD, *([i, f"HTX {i}", "xã B", 7, 5] for i in range(30))], visible=False),
        Sheet("DS", [[None], ["DANH SÁCH"], HEAD, [1, "HTX A", "xã B", 7, 5]]),
    ]

    roster = read_sheets(sheets, "a.xlsx", today=TODAY)

    assert (roster.sheet, roster.facts["other_sheets"]) == ("DS", ["Bìa", "Ẩn"])
    assert roster.facts["other_tables"] == [{"sheet": "Ẩn", "rows": 30, "visible": False}]
    assert (roster.facts["title_rows"], roster.facts["header_rows"]) == ([1, 2], [3])


def test_a_column_of_names_is_found_by_its_content():
    head = ["TT", "Nội dung", "Địa phương", "HTX/THT", "Tổng số TV"]
    rows = [[1, "HTX Rau A", "xã B", "HTX", 7], [2, "THT May C", "xã D", "THT", 8]]

    roster = read(*rows, head=head)

    assert roster.facts["column_map"] == {"stt": "A", "name": "B", "commune": "C", "form": "D", "members": "E"}


def test_what_goes_through_the_pipe_comes_back_whole():
    roster = read([1, "HTX A", "xã B", "x", 50], [2, "HTX A", "xã B", 7, 50])

    assert Roster.from_wire(roster.wire()).as_json() == roster.as_json()


@pytest.mark.parametrize("code", [*messages.ERRORS, *messages.WARNINGS, *messages.REFUSALS])
def test_every_sentence_can_be_said(code):
    text = str((messages.ERRORS | messages.WARNINGS | messages.REFUSALS)[code])
    params = dict.fromkeys(re.findall(r"%\((\w+)\)s", text), "7")

    with translation.override("vi"):
        said = messages.render(code, params)

    assert said
    assert "%(" not in said


CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.integers(-5, 10**9), st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(), st.datetimes(), st.times(),
    st.sampled_from([*HEAD, "Tổng cộng", "I", "Huyện A", "HTX B", "12 TV", "3 triệu", "(1)"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=7), max_size=9), st.booleans())
def test_no_sheet_breaks_the_reader(rows, with_head):
    sheet = Sheet("S", [HEAD, *rows] if with_head else rows, merges=[(1, 1, 3, 1), (0, 2, 0, 4), (2, 0, 2, 6)])
    try:
        roster = read_sheets([sheet], "a.xlsx", today=TODAY)
    except RosterRefused:
        return
    assert roster.as_json()["counts"]["case_rows"] >= 1
