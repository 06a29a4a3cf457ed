"""Repeated rows: found under another spelling and another name, never where two bodies are two."""

import dataclasses
import datetime as dt
import io
import random

import pytest

from casework.programme.roster.grid import Sheet
from casework.programme.roster.reader import read_roster
from casework.programme.roster.reading import read_sheets
from tests.casework.roster import officers
from tests.casework.roster.layouts import LAYOUTS
from tests.casework.roster.writers import write

# Other names the public pages give the same bodies.
OTHER_NAMES = {
    "WLC-d38cd6a6": "Hợp tác xã Nam Nghìn",
    "WLC-f175c011": "Hợp tác xã Toàn Thương",
    "WLC-9fee1a02": "HTX Trung Kiên",
    "WLC-151cb0c9": "Tổ hợp tác chăn nuôi tổng hợp do phụ nữ quản lý Tổ dân phố Xuân Nội",
    "WLC-b97a321d": "Tổ hợp tác trồng rau do phụ nữ quản lý Tổ dân phố Đoài Thôn",
    "WLC-9144a6f4": "Hợp tác xã Lục Ngạn xanh",
}
HEAD = ["TT", "Tên HTX", "Xã", "Huyện", "Tỉnh", "Năm thành lập", "Số thành viên", "Sản phẩm"]
TODAY = dt.date(2026, 11, 22)


def groups(*rows):
    sheet = Sheet("S", [HEAD, *([at, *row] for at, row in enumerate(rows, 1))])
    return read_sheets([sheet], "a.xlsx", today=TODAY).facts["duplicate_detail"]


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if not layout.section], ids=lambda layout: layout.name)
def test_repeats_are_grouped_in_every_manner_of_typing(layout, monkeypatch):
    original = officers.cases()
    rng = random.Random(layout.shuffle)
    repeats = [dict(case) for case in rng.sample(original, 6) if case["case_id"] not in OTHER_NAMES]
    has_places = "address" not in dict(layout.columns)
    aliases = [case | {"name_vi": OTHER_NAMES[case["case_id"]]} for case in original if case["case_id"] in OTHER_NAMES]
    typed = [*original, *repeats, *(aliases if has_places else [])]
    monkeypatch.setattr(officers, "cases", lambda: typed)
    data, lines = write(dataclasses.replace(layout, merge_provinces=False, totals=None))
    extension = {"openpyxl": "xlsx"}.get(layout.extension, layout.extension)

    roster = read_roster(io.BytesIO(data), f"a.{extension}", today=TODAY)

    numbers = [at + 1 for at, line in enumerate(lines) if line.kind == "case"]
    ids = [case["case_id"] for case in typed]
    wanted = sorted([numbers[ids.index(one)], row] for row, one in zip(numbers[60:], ids[60:], strict=True))
    assert roster.facts["duplicate_groups"] == wanted


def test_the_same_name_in_another_commune_is_another_body():
    assert (
        groups(
            ["HTX Nông nghiệp Hòa Bình", "xã A", "huyện B", "An Giang", 2020, 7, "lúa"],
            ["HTX NN Hòa Bình", "xã C", "huyện B", "An Giang", 2020, 7, "lúa"],
        )
        == []
    )


def test_word_order_capitals_and_marks_do_not_matter():
    assert groups(
        ["HTX Dệt thổ cẩm Tơng Bông", "xã A", "", "Đắk Lắk", 2003, 45, "thổ cẩm"],
        ["TONG BONG DET THO CAM", "X. A", "", "Đắk Lắk", "", 45, "thổ cẩm"],
    ) == [{"rows": [2, 3], "type": "spelling", "conflicting_columns": []}]


def test_two_groups_of_one_ward_in_two_hamlets_are_two():
    assert (
        groups(
            ["THT trồng rau TDP Đoài Thôn", "phường A", "", "Thanh Hóa", "12/1/2026", 20, "rau"],
            ["THT trồng rau TDP Xuân Nội", "phường A", "", "Thanh Hóa", "12/1/2026", 20, "rau"],
        )
        == []
    )


def test_numbered_bodies_are_different():
    assert (
        groups(
            ["HTX Dịch vụ số 1", "xã A", "huyện B", "An Giang", 2020, 7, "lúa"],
            ["HTX Dịch vụ số 2", "xã A", "huyện B", "An Giang", 2020, 7, "lúa"],
        )
        == []
    )


def test_the_same_trade_in_one_commune_is_no_proof():
    assert (
        groups(
            ["HTX chè Tân Cương", "xã Tân Cương", "", "Thái Nguyên", "", "", "chè"],
            ["HTX chè Hảo Đạt", "xã Tân Cương", "", "Thái Nguyên", 2016, 50, "chè"],
        )
        == []
    )


def test_conflicting_columns_are_named():
    found = groups(
        ["HTX Hoa Ban", "xã A", "huyện B", "Hòa Bình", 2003, 17, "thổ cẩm"],
        ["HTX Hoa Ban", "xã A", "huyện B", "Hòa Bình", 2023, 18, "thổ cẩm"],
    )

    assert found[0]["conflicting_columns"] == ["founded", "members"]
