"""The open workbook against its truth file: every field of every row, no false error, no false warning."""

import datetime as dt
import json

import pytest

from casework.programme.roster.reader import read_roster
from casework.programme.roster.safe import read_roster_safely
from tests.casework.roster.officers import DATA

WORKBOOK = DATA / "danh-sach-htx-open.xlsx"
# What the truth file says for itself: how it was made, and names that no cell holds.
ITS_OWN = {"typed", "dirt", "parsed", "errors", "warnings", "excel_row"}
NOT_IN_THE_SHEET = {"case_id", "canonical_name"}


@pytest.fixture(scope="module")
def truth():
    return json.loads((DATA / "danh-sach-htx-open-truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def answer():
    return read_roster(WORKBOOK, WORKBOOK.name, today=dt.date(2026, 11, 22)).as_json()


def test_the_frame_is_the_same(truth, answer):
    left_out = {"rows", "conventions", "must_report_errors", "should_warn"}

    found = {name: answer[name] for name in truth if name not in left_out}

    assert found == {name: value for name, value in truth.items() if name not in left_out}


def test_every_row_is_the_same(truth, answer):
    rows = {row["excel_row"]: row for row in answer["rows"]}

    assert rows.keys() == {row["excel_row"] for row in truth["rows"]}
    for wanted in truth["rows"]:
        row = rows[wanted["excel_row"]]
        assert {name: row[name] for name in wanted if name not in ITS_OWN} == {
            name: value for name, value in wanted.items() if name not in ITS_OWN
        }
        for name, value in wanted.get("parsed", {}).items():
            if name not in NOT_IN_THE_SHEET:
                assert (wanted["excel_row"], name, row["parsed"][name]) == (wanted["excel_row"], name, value)


def test_exactly_the_known_problems_are_said(truth, answer):
    def said(kind):
        return [(i["excel_row"], i["column"], i["code"]) for row in answer["rows"] for i in row.get(kind, [])]

    assert said("errors") == [(i["excel_row"], i["column"], i["code"]) for i in truth["must_report_errors"]]
    assert said("warnings") == [(i["excel_row"], i["column"], i["code"]) for i in truth["should_warn"]]


def test_an_error_names_its_place_and_what_was_typed(answer):
    error = next(row for row in answer["rows"] if row["excel_row"] == 22)["errors"][0]

    assert (error["sheet"], error["letter"], error["typed"]) == ("DS HTX 2026", "H", "chưa thống kê")
    assert "chưa thống kê" in error["message"]


def test_the_process_of_its_own_reads_the_same():
    assert read_roster_safely(WORKBOOK, WORKBOOK.name).as_json() == read_roster(WORKBOOK, WORKBOOK.name).as_json()
