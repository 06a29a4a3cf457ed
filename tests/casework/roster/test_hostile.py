"""No file takes the server down; every refusal is a sentence."""

import io
import time

import pytest
from django.utils import translation

from casework.programme.roster.model import RosterRefused
from casework.programme.roster.reader import read_roster
from casework.programme.roster.safe import read_roster_safely
from tests.casework.roster.hostile import FILES, good, wide_sheet, workbook

IN_A_PROCESS = (
    "bomb",
    "400,000 x 20",
    "one cell at the far end",
    "entities in the strings",
    "cut off",
    "empty",
    "header alone",
)


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_for_its_own_reason(name):
    filename, make, code = FILES[name]

    with pytest.raises(RosterRefused) as refused:
        read_roster(io.BytesIO(make()), filename)

    assert refused.value.code == code
    with translation.override("en"):
        assert str(refused.value).endswith(".")


@pytest.mark.parametrize("name", IN_A_PROCESS)
def test_the_child_process_says_the_same_in_time(name):
    filename, make, code = FILES[name]
    data, before = make(), time.monotonic()

    with pytest.raises(RosterRefused) as refused:
        # The child is held to half a gigabyte; with more it would say that it took too much.
        read_roster_safely(io.BytesIO(data), filename)

    assert refused.value.code == code
    assert time.monotonic() - before < 10


def test_a_good_file_passes_the_same_gate():
    roster = read_roster_safely(io.BytesIO(good()), "danh sách.xlsx")

    assert [row.parsed["name_norm"] for row in roster.cases] == ["HTX Thử"]


def test_many_cells_below_the_byte_limit_are_counted():
    with pytest.raises(RosterRefused) as refused:
        read_roster(io.BytesIO(wide_sheet(14_000, 20) + b""), "a.xlsx")

    assert refused.value.code in ("no_table", "too_many_cells", "zip_bomb")


def test_a_file_that_takes_too_long_is_ended(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("TT;Tên HTX;Xã;Huyện\n" + "".join(f"{i};HTX Số {i};xã {i};huyện {i}\n" for i in range(40_000)))

    with pytest.raises(RosterRefused) as refused:
        read_roster_safely(path, "a.csv", seconds=1)

    assert refused.value.code == "took_too_long"


def test_a_file_that_needs_too_much_memory_is_ended(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("TT;Tên HTX;Xã;Huyện\n" + "".join(f"{i};HTX Số {i};xã {i};huyện {i}\n" for i in range(40_000)))

    with pytest.raises(RosterRefused) as refused:
        read_roster_safely(path, "a.csv", memory_bytes=70 * 1024**2)

    assert refused.value.code in ("took_too_much", "reader_failed")


def test_style_without_content_far_below_does_no_harm():
    rows = '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>HTX A</t></is></c></row>'
    empty = '<row r="1048576"><c r="A1048576" s="0"/></row>'

    roster = read_roster(io.BytesIO(workbook(rows + empty)), "a.xlsx")

    assert len(roster.cases) == 1
