"""What stands in a cell is never a formula, whatever was typed."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.exports.cells import LARGEST, LONGEST, as_text, plain
from casework.exports.files import write_csv, write_xlsx
from casework.exports.lists import Column

FORMULAS = [
    "=1+1",
    "+84 900",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    '=HYPERLINK("http://x.test","x")',
    "＝1+1",
    "|x",
    "%0a",
]
ONE = [Column("a", "Tên", lambda row: row)]


@pytest.mark.parametrize("typed", FORMULAS)
def test_a_csv_cell_that_looks_like_a_formula_gets_an_apostrophe(typed):
    assert as_text(typed) == f"'{plain(typed)}"


@pytest.mark.parametrize("typed", ["Nguyễn Mẫu Lan", "HTX = tốt", "a@b.test", "0900 000 001", "", "“=1”"])
def test_other_text_stays_as_it_is(typed):
    assert as_text(typed) == typed


@given(st.text(max_size=60))
def test_no_text_becomes_a_formula_in_a_csv(typed):
    assert as_text(typed).strip()[:1] not in {*"=+-@|%"}


@given(st.one_of(st.text(max_size=40), st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.dates()))
def test_a_workbook_keeps_every_value_and_makes_none_a_formula(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("x") / "a.xlsx"

    assert write_xlsx(ONE, [value], path, "Danh sách", []) == 1

    cell = openpyxl.load_workbook(path).worksheets[0]["A2"]
    assert cell.data_type != "f"
    if isinstance(value, int) and abs(value) < LARGEST:
        assert cell.value == value
    if isinstance(value, str) and value.strip() and value.isprintable():
        assert cell.value == value


def test_moments_are_local_and_numbers_stay_numbers(tmp_path):
    path = tmp_path / "a.xlsx"
    columns = [
        Column("when", "Lúc", lambda row: row[0]),
        Column("day", "Ngày", lambda row: row[1]),
        Column("money", "Tiền", lambda row: row[2]),
        Column("share", "Phần", lambda row: row[3]),
        Column("none", "Không", lambda _row: None),
    ]
    row = (datetime(2026, 1, 1, 20, 30, tzinfo=UTC), date(2026, 1, 2), 12_500_000, Decimal("33.30"))

    write_xlsx(columns, [row], path, "[Bảng]:*?/\\ có dấu và rất rất rất dài", [("Bộ lọc", "q = =1")])

    book = openpyxl.load_workbook(path)
    values = [cell.value for cell in book.worksheets[0][2]]
    assert [value.isoformat() for value in values[:2]] == ["2026-01-02T03:30:00", "2026-01-02T00:00:00"]
    assert values[2:] == [12_500_000, 33.3, None]
    assert book.worksheets[1]["B1"].value == "q = =1"


def test_a_csv_is_read_again_by_a_reader_of_csv(tmp_path):
    path = tmp_path / "a.csv"
    rows = ["a,b", 'nói "có"', "hai\ndòng", "=1", None, date(2026, 1, 2)]

    assert write_csv(ONE, rows, path) == 6

    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [line[0] if line else "" for line in csv.reader(file)] == [
            "Tên", "a,b", 'nói "có"', "hai\ndòng", "'=1", "", "2026-01-02",
        ]  # fmt: skip


def test_a_cell_is_never_longer_than_a_spreadsheet_takes():
    assert len(plain("x" * 40_000)) == LONGEST
    assert plain("a\x00b\x07") == "a b "
