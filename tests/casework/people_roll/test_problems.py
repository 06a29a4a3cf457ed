"""What is wrong is said at its place, with what to write; and nothing is guessed."""

import datetime as dt
import io
import re
import resource

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.people.roll import messages
from casework.people.roll.model import MemberList, RollRefused
from casework.people.roll.reading import MOST_MEMBERS, read_list, read_member_sheets
from casework.people.roll.safe import read_members_safely
from casework.programme.roster.grid import Sheet
from casework.programme.roster.model import RosterRefused
from casework.programme.roster.reader import load
from tests.casework.people_roll.files import as_csv, as_xlsx
from tests.casework.roster.hostile import FILES, workbook

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
CELLS = st.one_of(st.none(), st.text(max_size=20), st.integers(), NUMBERS, st.dates())
TODAY = dt.date(2026, 11, 23)
HEAD = ["TT", "Họ và tên", "Năm sinh", "Giới tính", "Số CCCD", "Điện thoại", "Loại thành viên", "Vốn góp (đồng)"]
HEAD += ["Đã góp", "Tài sản góp vốn", "Giá trị tài sản", "Chức vụ", "Người đại diện", "Ghi chú"]
GOOD = {
    "Họ và tên": "Nguyễn Thị Mẫu Hoa",
    "Năm sinh": 1985,
    "Giới tính": "Nữ",
    "Loại thành viên": "chính thức",
    "Vốn góp (đồng)": 5_000_000,
}


def row(number=1, **cells):
    named = {HEAD[at]: value for at, value in enumerate([number], 0)} | GOOD | cells
    return [named.get(title) for title in HEAD]


def read(*rows, head=HEAD, merges=()):
    return read_list(as_xlsx([head, *rows], merges), "a.xlsx", today=TODAY)


def said(found):
    return [(f"{i.letter or ''}{i.excel_row}", i.code) for row in found.rows for i in row.issues]


@pytest.mark.parametrize(
    ("cells", "place", "code"),
    [
        ({"Họ và tên": None}, "B2", "name_missing"),
        ({"Họ và tên": "Mẫu 🌸"}, "B2", "name_not_a_name"),
        ({"Năm sinh": 41}, "C2", "age_is_no_birth"),
        ({"Năm sinh": "32/01/1985"}, "C2", "invalid_date"),
        ({"Giới tính": "N"}, "D2", "sex_not_understood"),
        ({"Số CCCD": 56185001234}, "E2", "id_number_lost_zeros"),
        ({"Số CCCD": "5,6185E+10"}, "E2", "id_number_scientific"),
        ({"Số CCCD": "056085001234"}, "E2", "id_number_against_sex"),
        ({"Số CCCD": "056186001234"}, "E2", "id_number_against_birth"),
        ({"Điện thoại": "12"}, "F2", "phone_not_understood"),
        ({"Loại thành viên": "liên kết"}, "G2", "kind_unclear"),
        ({"Vốn góp (đồng)": 5}, "H2", "money_too_small"),
        ({"Vốn góp (đồng)": -5_000_000}, "H2", "negative_number"),
        ({"Vốn góp (đồng)": "khoảng 5 triệu"}, "H2", "capital_not_exact"),
        ({"Vốn góp (đồng)": "5 - 7 triệu"}, "H2", "range_in_number_cell"),
        ({"Vốn góp (đồng)": "năm triệu"}, "H2", "text_in_number_cell"),
        ({"Vốn góp (đồng)": 10**30}, "H2", "money_too_large"),
        ({"Đã góp": "6.000.000đ"}, "I2", "paid_more_than_committed"),
        ({"Tài sản góp vốn": "máy xay và tiền"}, "J2", "asset_without_value"),
        ({"Giá trị tài sản": "1 triệu"}, "K2", "asset_without_name"),
        ({"Tài sản góp vốn": "máy xay", "Giá trị tài sản": "7 triệu"}, "K2", "asset_worth_more"),
        ({"Tài sản góp vốn": "máy xay"}, "J2", "asset_is_whole_capital"),
        ({"Loại thành viên": "liên kết không góp vốn"}, "H2", "capital_of_associate_without"),
        ({"Chức vụ": "Tổ trưởng"}, "L2", "office_not_known"),
        ({"Họ và tên": "Hộ bà Mẫu"}, "B2", "body_without_representative"),
        ({"Người đại diện": "Trần Mẫu Tâm"}, "M2", "representative_of_a_person"),
        ({"Ghi chú": "chữ " * 100}, "N2", "text_too_long"),
        ({"Ghi chú": "a\u202eb"}, "N2", "text_with_hidden_marks"),
    ],
)
def test_one_wrong_cell_is_named(cells, place, code):
    assert said(read(row(**cells), row(2, **{"Họ và tên": "Trần Thị Mẫu Lan"}))) == [(place, code)]


def test_a_sentence_says_what_was_found_and_what_to_write():
    [issue] = read(row(**{"Số CCCD": 56185001234})).rows[0].errors

    with translation.override("en"):
        assert issue.message == (
            "“••••••••234” has 11 digits instead of 12: Excel has dropped the zeros in front. Format the column as "
            "text and type all 12 digits again."
        )


def test_what_is_said_never_repeats_a_whole_number():
    cells = {"Số CCCD": "56185001234", "Điện thoại": 901234567}
    found = read(row(1, **cells), row(2, **{"Số CCCD": "5,6185001E+10", "Điện thoại": "0901 234 567; 0912 345 678"}))

    with translation.override("en"):
        told = " ".join(issue.message for r in found.rows for issue in r.issues)
    assert len(told) > 200
    assert not re.search(r"[0-9]{5}", re.sub(r"[ .,]", "", told))


def test_parts_of_the_capital_must_add_up():
    head = ["TT", "Họ và tên", "Bằng tiền", "Bằng tài sản", "Tổng vốn góp", "Tài sản góp vốn"]
    found = read([1, "Nguyễn Thị Mẫu", "2 triệu", "3 triệu", "6 triệu", "máy"], head=head)

    assert said(found) == [("E2", "parts_differ_from_sum")]


def test_a_household_is_entered_with_its_representative():
    [found] = read(row(**{"Họ và tên": "Hộ bà Mẫu Hoa", "Người đại diện": "Bà Nguyễn Thị Mẫu Hoa"})).rows

    assert found.issues == []
    assert (found.member.nature, found.member.body_name) == ("household", "Hộ bà Mẫu Hoa")
    assert (found.member.full_name, found.member.name) == ("Nguyễn Thị Mẫu Hoa", "Hộ bà Mẫu Hoa")


def test_repeats_of_one_member_count_once():
    card = {"Số CCCD": "056185001234"}
    found = read(row(1, **card), row(2, **card), row(3, **{"Họ và tên": "NGUYỄN THỊ MẪU HOA"}))

    assert [r.duplicate_of for r in found.rows] == [None, 2, 2]
    assert [r.number for r in found.good] == [2]


def test_two_people_of_one_name_are_two():
    found = read(row(1), row(2, **{"Năm sinh": 1990}))

    assert [r.duplicate_of for r in found.rows] == [None, None]
    assert said(found) == [("B3", "possible_repeat")]


def test_one_card_for_two_people_is_refused():
    card = {"Số CCCD": "056185001234"}
    found = read(row(1, **card), row(2, **card, **{"Họ và tên": "Trần Thị Mẫu Lan"}))

    assert said(found) == [("E3", "same_id_number")]
    assert [r.number for r in found.good] == [2]


def test_a_wrong_total_is_said():
    total = [None, "Tổng cộng", None, None, None, None, None, 11_000_000]
    found = read(row(1), row(2, **{"Họ và tên": "Trần Thị Mẫu Lan"}), total)

    assert [(i.letter, i.excel_row, i.code) for i in found.remarks] == [("H", 4, "total_of_list_differs")]
    with translation.override("en"):
        assert "11.000.000 đồng; the rows add up to 10.000.000 đồng" in found.remarks[0].message


def test_a_line_that_is_neither_member_nor_heading_is_shown():
    stray = [None, "Lê Thị Mẫu Cúc", *[None] * 12]
    found = read(row(1), stray, row(2, **{"Họ và tên": "Trần Thị Mẫu Lan"}))

    assert [(i.letter, i.excel_row, i.code) for i in found.remarks] == [("B", 3, "row_not_understood")]
    assert len(found.rows) == 2


def test_preprinted_empty_rows_are_no_members():
    found = read(row(1), [2], [3], [4])

    assert len(found.rows) == 1


def test_a_formula_that_was_never_calculated_is_said():
    found = read(row(1, **{"Vốn góp (đồng)": "=A1*5"}))

    assert ("H2", "formula_without_value") in said(found)


def test_one_amount_merged_over_two_rows_counts_once():
    second = row(2, **{"Họ và tên": "Trần Thị Mẫu Lan", "Vốn góp (đồng)": None})
    found = read(row(1), second, merges=[(1, 7, 2, 7)])

    assert said(found) == [("H2", "merged_number")]
    assert [r.member.committed for r in found.rows] == [5_000_000, None]


def test_the_list_and_not_the_other_sheet_is_read():
    cover = Sheet("Bìa", [["HTX Hoa Sen", None], [None, "2026"]])
    small = Sheet("BKS", [["TT", "Họ và tên", "Chức vụ"], [1.0, "Lê Thị Mẫu", "Trưởng BKS"]])
    names = ["Nguyễn Thị Mẫu", "Trần Thị Mẫu", "Lê Thị Mẫu"]
    large = Sheet("TV", [["TT", "Họ và tên", "Vốn góp"], *[[n, name, "5tr"] for n, name in enumerate(names, 1)]])

    found = read_member_sheets([cover, small, large], "a.xlsx", today=TODAY)

    assert (found.sheet, len(found.rows)) == ("TV", 3)
    assert found.facts["other_lists"] == [{"sheet": "BKS", "rows": 1}]


def test_the_facts_tell_what_was_understood():
    found = read(row(1))

    assert found.facts["columns"]["id_number"] == "E"
    assert found.facts["header_rows"] == [1]
    assert (found.facts["first_row"], found.facts["last_row"]) == (2, 2)


def test_what_is_sent_over_is_what_was_read():
    found = read(row(1), row(2, **{"Số CCCD": 5}), [None, "Tổng cộng", *[None] * 5, 1_000_000])

    again = MemberList.from_wire(found.wire())

    assert again.wire() == found.wire()
    assert [(r.member, r.errors) for r in again.rows] == [(r.member, r.errors) for r in found.rows]


# ── Files ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [name for name in FILES if FILES[name][2] != "no_rows"])
def test_hostile_files_are_refused_for_their_own_reason(name):
    filename, make, code = FILES[name]

    with pytest.raises(RosterRefused) as refused:
        read_list(load(io.BytesIO(make())), filename)

    assert refused.value.code == code


@pytest.mark.parametrize("name", ["empty", "bomb", "cut off", "entities in the strings", "no header"])
def test_the_child_process_refuses_with_a_sentence(name):
    filename, make, code = FILES[name]

    with pytest.raises(RollRefused) as refused:
        read_members_safely(io.BytesIO(make()), filename)

    assert refused.value.code == code
    with translation.override("en"):
        assert str(refused.value).endswith(".")


def test_a_number_without_end_is_a_mistake_of_its_cell():
    def cell(place, text):
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    heads = cell("A3", "Họ và tên") + cell("B3", "Vốn góp") + cell("C3", "SĐT")
    numbers = '<c r="B4"><v>1e999</v></c><c r="C4"><v>1e999</v></c>'
    rows = f'<row r="3">{heads}</row><row r="4">{cell("A4", "Nguyễn Thị Mẫu")}{numbers}</row>'

    found = read_list(workbook(rows), "a.xlsx", today=TODAY)

    assert [code for _place, code in said(found)] == ["phone_not_understood", "text_in_number_cell"]


def test_a_roster_of_cooperatives_is_no_member_list():
    rows = [["TT", "Tên HTX", "Xã", "Năm thành lập", "Số thành viên"], [1, "HTX Thử Mẫu", "xã Mẫu", 2020, 7]]

    with pytest.raises(RollRefused) as refused:
        read_list(as_xlsx(rows), "a.xlsx")

    assert refused.value.code == "no_table"


def test_a_header_alone_is_no_list():
    with pytest.raises(RollRefused) as refused:
        read()

    assert refused.value.code == "no_rows"


def many(number):
    words = [f"{a}{b}" for a in ("Hoa", "Lan", "Mai", "Cúc", "Đào") for b in "aăâbcdđeêghiklmnoôơpqrstuưvxy"]
    for n in range(number):
        name = f"Nguyễn {words[n % len(words)]} Mẫu {words[n // len(words) % len(words)]}"
        yield [n + 1, name, f"{1 + n % 28}/{1 + n % 12}/{1960 + n % 40}", "Nữ", f"056{n:09d}", f"090{n:07d}"]


def work_of_children():
    """Seconds of the processor, not of the clock: other tests run beside this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_ten_thousand_members_are_read_in_time():
    head = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD", "Điện thoại"]
    data, before = as_xlsx([head, *many(MOST_MEMBERS)]), work_of_children()

    found = read_members_safely(io.BytesIO(data), "danh sach.xlsx")

    assert work_of_children() - before < 8
    assert len(found.rows) == MOST_MEMBERS


def test_one_more_is_refused_with_a_sentence():
    head = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD", "Điện thoại"]

    with pytest.raises(RollRefused) as refused:
        read_list(as_csv([head, *many(MOST_MEMBERS + 1)]), "a.csv")

    assert refused.value.code == "too_many_members"
    with translation.override("en"):
        assert str(refused.value).startswith("The list has 10.001 members. At most 10.000")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, max_size=9)))
def test_no_sheet_breaks_the_reader(rows):
    sheet = Sheet("S", [HEAD, [1, "Nguyễn Thị Mẫu", 1985], *rows])

    found = read_member_sheets([sheet], "a.xlsx", today=TODAY)

    assert found.rows
    for read_row in found.rows:
        assert all(issue.message for issue in read_row.issues)


def test_every_sentence_can_be_written():
    for table in (messages.ERRORS, messages.WARNINGS, messages.REFUSALS):
        for code, sentence in table.items():
            names = set(re.findall(r"%\((\w+)\)s", str(sentence)))
            shown = messages.render(code, {name: "female" if name == "sex" else "x" for name in names})
            assert "%(" not in shown
