"""Member lists the way officers lay them out, in every kind of file: each reads to the same members."""

import datetime as dt
import unicodedata

import pytest

from casework.people.roll.reading import read_list
from tests.casework.people_roll.files import as_csv, as_ods, as_xls, as_xlsx

TODAY = dt.date(2026, 11, 23)
HOA, TAM = "Nguyễn Thị Mẫu Hoa", "Trần Mẫu Tâm"
LABELS = {"official": "Chính thức", "assoc_capital": "LK góp vốn"}


def plain(member):
    """What a row says, without what it does not say."""
    told = {
        "name": member.name,
        "sex": member.sex,
        "birth": member.birth,
        "kind": member.kind,
        "committed": member.committed,
        "paid": member.paid,
        "phone": member.phone,
        "id": member.id_number,
        "address": member.address,
        "offices": member.offices,
        "ethnicity": member.ethnicity,
        "asset": (member.asset_kind, member.asset, member.asset_value) if member.asset else None,
    }
    return {name: value for name, value in told.items() if value not in ("", None, [])}


SIMPLE = [
    ["STT", "Họ và tên", "Năm sinh", "Giới tính", "Vốn góp (đồng)"],
    [1, HOA, 1985, "Nữ", 5_000_000],
    [2, TAM, 1990, "Nam", 10_000_000],
]
SIMPLE_READ = [
    {"name": HOA, "sex": "female", "birth": "1985", "committed": 5_000_000},
    {"name": TAM, "sex": "male", "birth": "1990", "committed": 10_000_000},
]

CAPITALS_AND_TITLES = [
    ["HỘI LIÊN HIỆP PHỤ NỮ XÃ BÁC ÁI", None, None, None, None, None],
    ["DANH SÁCH THÀNH VIÊN HTX HOA SEN NĂM 2026", None, None, None, None, None],
    [None, None, None, None, None, "ĐVT: triệu đồng"],
    ["TT", "HỌ TÊN", "NGÀY SINH", "SỐ CCCD", "ĐIỆN THOẠI", "VỐN GÓP"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    ["1", "NGUYỄN THỊ MẪU HOA", "12/03/1985", "056185001234", "0901 234 567", "5"],
    ["2", "TRẦN MẪU TÂM", "1/9/90", "056 090 001 235", "+84 912.345.678", "0,5"],
    [None, "TỔNG CỘNG", None, None, None, "5,5"],
    [None, None, None, "Bác Ái, ngày 20 tháng 11 năm 2026", None, None],
    [None, "NGƯỜI LẬP BIỂU", None, None, "CHỦ TỊCH", None],
    [None, "Lê Thị Mẫu Cúc", None, None, "Phạm Thị Mẫu", None],
]
CAPITALS_READ = [
    {"name": HOA, "birth": "1985-03-12", "id": "056185001234", "phone": "+84901234567", "committed": 5_000_000},
    {"name": TAM, "birth": "1990-09-01", "id": "056090001235", "phone": "+84912345678", "committed": 500_000},
]

TWO_ROW_HEADER = [
    ["STT", "Họ và tên", "Năm sinh", None, "Vốn góp (triệu đồng)", None, "Ghi chú"],
    [None, None, "Nam", "Nữ", "Cam kết", "Đã góp", None],
    [1, HOA, None, 1985, 5, 5, None],
    [2, TAM, 1990, None, 10, "chưa", None],
]
TWO_ROW_MERGES = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5), (0, 6, 1, 6)]
TWO_ROW_READ = [
    {"name": HOA, "sex": "female", "birth": "1985", "committed": 5_000_000, "paid": 5_000_000},
    {"name": TAM, "sex": "male", "birth": "1990", "committed": 10_000_000, "paid": 0},
]

TICKS = [
    [
        "Stt",
        "Họ tên thành viên",
        "Nam",
        "Nữ",
        "Chính thức",
        "Liên kết góp vốn",
        "Liên kết không góp vốn",
        "Số tiền góp",
    ],
    [1, HOA, None, "x", "x", None, None, "5tr"],
    [2, TAM, "x", None, None, "x", None, "10 triệu đồng"],
]
TICKS_READ = [
    {"name": HOA, "sex": "female", "kind": "official", "committed": 5_000_000},
    {"name": TAM, "sex": "male", "kind": "assoc_capital", "committed": 10_000_000},
]

SECTIONS = [
    ["TT", "Họ và tên", "Ngày tháng năm sinh", "Dân tộc", "Địa chỉ", "Vốn góp"],
    ["I", "Thành viên chính thức", None, None, None, None],
    [1, HOA, dt.date(1985, 3, 12), "Raglay", "Thôn Tà Lú", "5.000.000"],
    [None, None, None, None, None, None],
    ["II", "Thành viên liên kết góp vốn", None, None, None, None],
    [2, TAM, dt.date(1990, 9, 1), "KINH", "Thôn Mẫu", "10,000,000 đ"],
    ["Cộng", None, None, None, None, 15_000_000],
]
SECTIONS_READ = [
    {
        "name": HOA,
        "birth": "1985-03-12",
        "ethnicity": "Raglay",
        "address": "Thôn Tà Lú",
        "kind": "official",
        "committed": 5_000_000,
    },
    {
        "name": TAM,
        "birth": "1990-09-01",
        "ethnicity": "Kinh",
        "address": "Thôn Mẫu",
        "kind": "assoc_capital",
        "committed": 10_000_000,
    },
]

OTHER_ORDER = [
    ["Chức vụ", "Điện thoại", "Vốn đã góp", "Vốn cam kết góp", "Loại thành viên", "Tên thành viên", "Xã", "Thôn"],
    ["Chủ tịch HĐQT kiêm Giám đốc", 901234567, 2_000_000, 5_000_000, "chính thức", HOA, "xã Bác Ái", "Tà Lú"],
    ["Thành viên", None, 0, 10_000_000, "TV liên kết góp vốn", TAM, "xã Bác Ái", "Tà Lú"],
]
OTHER_ORDER_READ = [
    {
        "name": HOA,
        "phone": "+84901234567",
        "paid": 2_000_000,
        "committed": 5_000_000,
        "kind": "official",
        "offices": ["board_chair", "director"],
        "address": "Tà Lú, xã Bác Ái",
    },
    {
        "name": TAM,
        "paid": 0,
        "committed": 10_000_000,
        "kind": "assoc_capital",
        "address": "Tà Lú, xã Bác Ái",
    },
]

NAME_IN_TWO = [
    ["STT", "Họ và tên", None, "Ngày sinh", None, None, "Giới tính"],
    [None, None, None, "Ngày", "Tháng", "Năm", None],
    [1, "Nguyễn Thị Mẫu", "Hoa", 12, 3, 1985, "Nữ"],
    [2, "Trần Mẫu", "Tâm", None, None, 1990, "Nam"],
]
NAME_IN_TWO_MERGES = [(0, 0, 1, 0), (0, 1, 1, 2), (0, 3, 0, 5), (0, 6, 1, 6)]
NAME_IN_TWO_READ = [
    {"name": HOA, "sex": "female", "birth": "1985-03-12"},
    {"name": TAM, "sex": "male", "birth": "1990"},
]

MONEY_AND_ASSETS = [
    ["STT", "Họ và tên", "Vốn góp (1.000 đồng)", None, None, "Tài sản góp vốn"],
    [None, None, "Bằng tiền", "Bằng tài sản", "Tổng cộng", None],
    [1, HOA, 2_000, 3_000, 5_000, "Quyền sử dụng đất 500 m2"],
    [2, TAM, 10_000, None, 10_000, "tiền mặt"],
]
MONEY_AND_ASSETS_MERGES = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4), (0, 5, 1, 5)]
MONEY_AND_ASSETS_READ = [
    {"name": HOA, "committed": 5_000_000, "asset": ("land_use", "Quyền sử dụng đất 500 m2", 3_000_000)},
    {"name": TAM, "committed": 10_000_000},
]

FORMS_OF_ADDRESS = [
    ["Số TT", "Họ, tên", "CMND/CCCD", "Chỗ ở hiện nay", "Góp vốn"],
    ["1.", "Bà Nguyễn Thị Mẫu Hoa", "056185001234", "Tổ 2, thôn Tà Lú", "5 triệu"],
    ["2.", "Ông Trần Mẫu Tâm", "056090001235", "như trên", "0,01 tỷ"],
]
FORMS_OF_ADDRESS_READ = [
    {"name": HOA, "sex": "female", "id": "056185001234", "address": "Tổ 2, thôn Tà Lú", "committed": 5_000_000},
    {"name": TAM, "sex": "male", "id": "056090001235", "address": "như trên", "committed": 10_000_000},
]

NO_NUMBERS_NO_MARKS = [
    ["ho ten", "nam sinh", "gioi tinh", "von gop"],
    ["nguyễn thị mẫu hoa", "1985", "nu", "5tr"],
    ["Trần Mẫu Tâm", "1990", "nam", "10 tr"],
]

WITH_LEFT_COLUMN = [[None, *row] for row in [[None] * 5, [None] * 5, *SIMPLE]]

ONE_LINE_OF_GROUPS = [
    ["Thông tin cá nhân", None, None, None, "Góp vốn", None],
    ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số tiền", "Đã nộp"],
    [1, HOA, "12-3-1985", "Nữ", "5.000.000đ", "đủ"],
    [2, TAM, "Tháng 9/1990", "Nam", "10.000.000đ", "0"],
]
ONE_LINE_OF_GROUPS_MERGES = [(0, 0, 0, 3), (0, 4, 0, 5)]
ONE_LINE_OF_GROUPS_READ = [
    {"name": HOA, "sex": "female", "birth": "1985-03-12", "committed": 5_000_000, "paid": 5_000_000},
    {"name": TAM, "sex": "male", "birth": "1990", "committed": 10_000_000, "paid": 0},
]

REPEATED_HEADER = [*SIMPLE[:2], [None] * 5, SIMPLE[0], SIMPLE[2]]

YEARS_TYPED_INTO_DATES = [
    ["STT", "Họ và tên", "Năm sinh", "Giới tính", "Vốn góp (đồng)"],
    [1, HOA, (dt.date(1905, 6, 7), "yyyy"), "Nữ", 5_000_000],
    [2, TAM, (dt.date(1990, 9, 1), "yyyy"), "Nam", 10_000_000],
]
SERIAL_NUMBERS = [
    ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Vốn góp (đồng)"],
    [1, HOA, 31_118, "Nữ", 5_000_000],
    [2, TAM, "33117", "Nam", 10_000_000],
]
SERIAL_READ = [{**SIMPLE_READ[0], "birth": "1985-03-12"}, {**SIMPLE_READ[1], "birth": "1990-09-01"}]


def nfd(rows):
    return [[unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


LAYOUTS = {
    "simple": (SIMPLE, [], SIMPLE_READ),
    "letters in NFD": (nfd(SIMPLE), [], SIMPLE_READ),
    "capitals, titles, unit above, total and signatures": (CAPITALS_AND_TITLES, [], CAPITALS_READ),
    "birth under Nam and Nữ, merged header": (TWO_ROW_HEADER, TWO_ROW_MERGES, TWO_ROW_READ),
    "ticks": (TICKS, [], TICKS_READ),
    "headings for kinds of members": (SECTIONS, [], SECTIONS_READ),
    "another order, places in columns": (OTHER_ORDER, [], OTHER_ORDER_READ),
    "name in two, birth in three columns": (NAME_IN_TWO, NAME_IN_TWO_MERGES, NAME_IN_TWO_READ),
    "money and assets": (MONEY_AND_ASSETS, MONEY_AND_ASSETS_MERGES, MONEY_AND_ASSETS_READ),
    "Bà and Ông": (FORMS_OF_ADDRESS, [], FORMS_OF_ADDRESS_READ),
    "no numbers, no marks in the header": (NO_NUMBERS_NO_MARKS, [], SIMPLE_READ),
    "not in the corner": (WITH_LEFT_COLUMN, [], SIMPLE_READ),
    "groups above the header": (ONE_LINE_OF_GROUPS, ONE_LINE_OF_GROUPS_MERGES, ONE_LINE_OF_GROUPS_READ),
    "header typed again": (REPEATED_HEADER, [], SIMPLE_READ),
    "serial numbers": (SERIAL_NUMBERS, [], SERIAL_READ),
}
FILES = {"xlsx": as_xlsx, "xls": as_xls, "ods": as_ods}


def read(name, data):
    return [row.member for row in read_list(data, name, today=TODAY).rows]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", FILES)
def test_it_is_read_whole(layout, kind):
    rows, merges, expected = LAYOUTS[layout]

    members = read(f"a.{kind}", FILES[kind](rows, merges))

    assert [plain(member) for member in members] == expected


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-16")])
def test_it_is_read_as_text(layout, delimiter, encoding):
    rows, _, expected = LAYOUTS[layout]

    members = read("a.csv", as_csv(rows, delimiter=delimiter, encoding=encoding))

    assert [plain(member) for member in members] == expected


def test_a_year_typed_into_a_date_is_that_year():
    members = read("a.xlsx", as_xlsx(YEARS_TYPED_INTO_DATES))

    assert [plain(member) for member in members] == SIMPLE_READ


@pytest.mark.parametrize("layout", LAYOUTS)
def test_good_lists_give_no_errors(layout):
    rows, merges, _ = LAYOUTS[layout]

    read_rows = read_list(as_xlsx(rows, merges), "a.xlsx", today=TODAY)

    assert [issue.code for row in read_rows.rows for issue in row.errors] == []
    assert read_rows.remarks == []
    assert len(read_rows.good) == 2


OFFICIAL_FORM = [
    [
        "STT", "Tên thành viên", "Ngày, tháng, năm sinh đối với thành viên là cá nhân", "Giới tính", "Quốc tịch",
        "Dân tộc", "Chỗ ở hiện tại đối với thành viên là cá nhân", "Nơi đăng ký hộ khẩu thường trú",
        "Số, ngày, cơ quan cấp Căn cước/Hộ chiếu hoặc giấy tờ pháp lý khác", "Vốn góp", None, None,
        "Thời điểm góp vốn", "Chữ ký của thành viên", "Ghi chú",
    ],
    [None] * 9 + ["Giá trị phần vốn góp (VNĐ)", "Tỷ lệ (%)", "Loại tài sản, số lượng, giá trị tài sản góp vốn"],
    [str(n) for n in range(1, 16)],
    [
        1, HOA, "12/03/1985", "Nữ", "Việt Nam", "Raglay", "Thôn Tà Lú, xã Bác Ái", "Thôn Cũ",
        "056185001234, cấp ngày 1/1/2022, Cục CS QLHC về TTXH", 5_000_000, 33, "Tiền mặt", "1/12/2026",
    ],
    [
        2, TAM, "01/09/1990", "Nam", "Việt Nam", "Kinh", "Thôn Mẫu, xã Bác Ái", "Thôn Cũ",
        "056090001235", 10_000_000, 67, "Tiền mặt",
    ],
]  # fmt: skip
OFFICIAL_MERGES = [(0, c, 1, c) for c in (*range(9), 12, 13, 14)] + [(0, 9, 0, 11)]


def test_the_form_of_the_registrar_is_read():
    read_list_ = read_list(as_xlsx(OFFICIAL_FORM, OFFICIAL_MERGES), "a.xlsx", today=TODAY)

    assert [plain(r.member) for r in read_list_.rows] == [
        {
            "name": HOA,
            "sex": "female",
            "birth": "1985-03-12",
            "id": "056185001234",
            "ethnicity": "Raglay",
            "address": "Thôn Tà Lú, xã Bác Ái",
            "committed": 5_000_000,
        },
        {
            "name": TAM,
            "sex": "male",
            "birth": "1990-09-01",
            "id": "056090001235",
            "ethnicity": "Kinh",
            "address": "Thôn Mẫu, xã Bác Ái",
            "committed": 10_000_000,
        },
    ]
    assert [issue.code for r in read_list_.rows for issue in r.issues] == []


# Names that resemble words of a list, in lists without running numbers.
NAMES = ["Lưu Thị Mẫu", "Bàn Thị Mẫu", "Tô Thị Mẫu", "Tống Thị Mẫu", "Hồ Thị Mẫu", "Lang Thị Mẫu", "Công Thị Mẫu"]
NAMES += ["Ngụy Thị Mẫu", "Nguồn Thị Mẫu", "Cao Kế Mẫu", "Khu Thị Mẫu", "Đồng Thị Mẫu", "Ông Thị Mẫu", "Nam Thị Mẫu"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("name", NAMES)
def test_no_name_is_taken_for_a_word_of_the_list(name, kind):
    rows = [["Họ và tên", "Năm sinh"], [name, 1985], ["Lê Thị Mẫu", 1970], [name.upper(), 1950]]

    found = read_list(as_xlsx(rows) if kind == "xlsx" else as_csv(rows), f"a.{kind}", today=TODAY)

    assert [r.member.name for r in found.rows] == [name, "Lê Thị Mẫu", name]


SIGNATURES = [
    [None, "Người lập biểu", "TM. HĐQT"],
    [None, "(Ký, ghi rõ họ tên)", None],
    [None, "Lê Thị Mẫu Cúc", "Phạm Thị Mẫu"],
]


@pytest.mark.parametrize("number", [1, None])
def test_who_signs_is_no_member(number):
    rows = [["TT", "Họ và tên", "Năm sinh"], [number, HOA, 1985], [number and 2, TAM, 1990], *SIGNATURES]

    found = read_list(as_xlsx(rows), "a.xlsx", today=TODAY)

    assert [r.member.name for r in found.rows] == [HOA, TAM]
    assert found.remarks == []


def test_parts_may_have_totals_and_numbers_of_their_own():
    rows = [
        ["TT", "Họ và tên", "Vốn góp"],
        [1, "Thành viên chính thức", None],
        [1, HOA, "5 triệu"],
        [None, "Cộng", "5 triệu"],
        [2, "Thành viên liên kết góp vốn", None],
        [1, TAM, "10 triệu"],
        [None, "Cộng", "10 triệu"],
    ]

    found = read_list(as_xlsx(rows), "a.xlsx", today=TODAY)

    assert [(r.member.name, r.member.kind) for r in found.rows] == [(HOA, "official"), (TAM, "assoc_capital")]
    assert found.remarks == []


def test_members_below_a_line_that_looks_like_the_end_are_read_on():
    rows = [["TT", "Họ và tên", "Vốn góp"], [1, HOA, "5tr"], [None, "Ghi chú: bổ sung", None], [2, TAM, "10tr"]]

    found = read_list(as_xlsx(rows), "a.xlsx", today=TODAY)

    assert [r.member.name for r in found.rows] == [HOA, TAM]
