"""The text of a charter: figures filled in without ever running what somebody typed, and what changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.plans.charter import PLACEHOLDERS, filled, stale_figures, word_changes
from casework.plans.models import Charter

TOLD = {
    "cooperative_name": "Hợp tác xã Nấm",
    "seat": "Thôn Mẫu 1, xã Bác Ái",
    "lines_of_business": "Trồng nấm.",
    "charter_capital": 120_000_000,
    "min_contribution": 5_000_000,
    "governance": "reduced",
    "legal_representatives": 1,
    "representative_titles": "Giám đốc",
}


def charter(**changed):
    return Charter(version=1, **{**TOLD, **changed})


def test_figures_take_the_place_of_the_words_that_we_know():
    text = "{tên}: vốn {vốn điều lệ}, ít nhất {vốn góp tối thiểu}; gồm {bộ máy quản trị}; {số người đại diện} người."

    assert filled(text, TOLD) == (
        "Hợp tác xã Nấm: vốn 120.000.000 đồng, ít nhất 5.000.000 đồng; gồm Đại hội thành viên, Giám đốc và "
        "kiểm soát viên; 01 người."
    )
    assert filled("{ngành nghề}.", TOLD) == "Trồng nấm."


def test_every_word_that_we_know_has_its_figure():
    assert all("{" not in filled(f"{{{word}}}", TOLD) for word in PLACEHOLDERS)


@pytest.mark.parametrize(
    "typed",
    [
        "{{ ''.__class__ }}",
        "{0.__class__.__mro__}",
        "{tên.__class__}",
        "{tên!r}",
        "{tên:>1000000000}",
        "{{tên}}",
        "{% load x %}",
        "${tên_khác}",
        "{",
        "}{",
        "{}",
        "{ tên }",
        "<w:br/>",
    ],
)
def test_what_somebody_typed_in_braces_stays_as_it_is(typed):
    assert filled(typed, TOLD) == typed


def test_a_figure_that_is_not_there_yet_leaves_its_word():
    assert filled("Vốn {vốn điều lệ}, tên {tên}", {"charter_capital": None}) == "Vốn {vốn điều lệ}, tên {tên}"


def test_a_name_with_braces_is_not_filled_again():
    assert filled("{tên}", {**TOLD, "cooperative_name": "Hợp tác xã {trụ sở}"}) == "Hợp tác xã {trụ sở}"


@given(st.text())
def test_text_without_our_words_is_never_changed(text):
    if not any(f"{{{word}}}" in text for word in PLACEHOLDERS):
        assert filled(text, TOLD) == text


def test_an_old_figure_in_a_text_is_found_and_a_part_of_a_longer_one_is_not():
    before = charter()
    now = {**TOLD, "charter_capital": 150_000_000, "min_contribution": 6_000_000}

    assert stale_figures("Vốn 120.000.000 đồng.", now, before) == [("120.000.000 đồng", "150.000.000 đồng")]
    assert stale_figures("Vốn 125.000.000 đồng.", now, before) == []
    assert stale_figures("Ít nhất 5.000.000 đồng.", now, before) == [("5.000.000 đồng", "6.000.000 đồng")]
    assert stale_figures("Vốn 120.000.000 đồng.", TOLD, before) == []


def test_an_old_name_that_is_part_of_the_new_one_is_no_mistake():
    now = {**TOLD, "cooperative_name": "Hợp tác xã Nấm Hoa Sen"}

    assert stale_figures("Tên: Hợp tác xã Nấm Hoa Sen.", now, charter()) == []
    assert stale_figures("Tên: Hợp tác xã Nấm.", now, charter()) != []


def test_changes_are_told_word_by_word():
    assert word_changes("Vốn 120 triệu đồng", "Vốn 150 triệu đồng") == (
        ("kept", "Vốn "),
        ("removed", "120 "),
        ("added", "150 "),
        ("kept", "triệu đồng"),
    )
    assert word_changes("Một câu", "Một câu") == (("kept", "Một câu"),)


@given(st.text(alphabet="ab \n", max_size=80), st.text(alphabet="ab \n", max_size=80))
def test_changes_give_back_the_new_words(old, new):
    parts = word_changes(old, new)

    assert "".join(words for kind, words in parts if kind != "removed").split() == new.split()
    assert "".join(words for kind, words in parts if kind == "removed").split() == [] or old != new
