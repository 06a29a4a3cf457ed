"""The public cases, typed again in other offices' manners, must come out the same."""

import dataclasses
import datetime as dt
import io

import pytest

from casework.programme.roster.reader import read_roster
from tests.casework.roster.layouts import LAYOUTS
from tests.casework.roster.writers import write

EXTENSIONS = {"openpyxl": "xlsx"}
ALLOWED = {"legal_form_out_of_scope", "legal_form_missing"}
TODAY = dt.date(2026, 11, 22)


def read(layout):
    data, lines = write(layout)
    name = f"danh-sach.{EXTENSIONS.get(layout.extension, layout.extension)}"
    return read_roster(io.BytesIO(data), name, today=TODAY), lines


def variants():
    for layout in LAYOUTS:
        for seed in range(3):
            varied = dataclasses.replace(layout, shuffle=layout.shuffle + 100 * seed)
            yield pytest.param(varied, id=f"{layout.name}-{seed}")


@pytest.mark.parametrize("layout", list(variants()))
def test_every_field_of_every_row_comes_back(layout):
    roster, lines = read(layout)
    wanted = {at + 1: line.expected for at, line in enumerate(lines) if line.kind == "case"}

    found = {row.excel_row: row.parsed for row in roster.cases}

    assert found.keys() == wanted.keys()
    wrong = [
        (row, name, found[row][name], value)
        for row, fields in wanted.items()
        for name, value in fields.items()
        if found[row][name] != value
    ]
    assert wrong == []
    issues = [
        (i.excel_row, i.column, i.code, i.typed) for i in [*roster.errors, *roster.warnings] if i.code not in ALLOWED
    ]
    assert issues == []
    assert roster.facts["duplicate_groups"] == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_frame_of_the_list_is_found(layout):
    roster, lines = read(layout)

    def rows(kind):
        return [at + 1 for at, line in enumerate(lines) if line.kind == kind]

    first = rows("case")[0]
    assert roster.sheet == ("CSV" if layout.extension == "csv" else layout.sheet)
    assert roster.facts["header_rows"] == [row for row in rows("header") if row < first]
    assert roster.facts["index_row"] == next(iter(rows("index")), None)
    assert roster.facts["first_data_row"] == first
    assert roster.facts["last_data_row"] == rows("case")[-1]
    assert roster.facts["total_row"] == (rows("total")[-1] if layout.totals else None)
    assert [row.excel_row for row in roster.rows if row.kind == "section"] == rows("section")
    assert [row.excel_row for row in roster.rows if row.kind == "footer"] == rows("footer")
    assert roster.facts["counts"]["case_rows"] == 60
