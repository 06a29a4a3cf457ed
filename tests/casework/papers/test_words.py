"""Figures and days in words, as Vietnamese papers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.documents.papers.words import clean, day, day_words, money, money_words, number_words, percent


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"), (5, "năm"), (10, "mười"), (11, "mười một"), (15, "mười lăm"), (14, "mười bốn"), (20, "hai mươi"),
        (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"), (55, "năm mươi lăm"), (100, "một trăm"),
        (101, "một trăm linh một"), (110, "một trăm mười"), (111, "một trăm mười một"), (105, "một trăm linh năm"),
        (1_000, "một nghìn"), (1_005, "một nghìn không trăm linh năm"), (1_050, "một nghìn không trăm năm mươi"),
        (12_345, "mười hai nghìn ba trăm bốn mươi lăm"), (1_000_000, "một triệu"),
        (150_000_000, "một trăm năm mươi triệu"),
        (1_200_000_000, "một tỷ hai trăm triệu"), (2_000_000_001, "hai tỷ không trăm linh một"),
        (10_000_000_000, "mười tỷ"), (1_000_000_000_000, "một nghìn tỷ"),
    ],
)  # fmt: skip
def test_numbers_are_spoken_as_people_speak(number, said):
    assert number_words(number) == said


@given(st.integers(min_value=0, max_value=10**15))
def test_two_numbers_are_never_spoken_alike(number):
    assert number_words(number) != number_words(number + 1)


def test_money_days_and_shares():
    assert money(12_500_000) == "12.500.000"
    assert money_words(150_000_000) == "Một trăm năm mươi triệu đồng"
    assert day("2026-11-05") == "05/11/2026"
    assert day("1985") == "1985"
    assert day_words("2026-02-05") == "ngày 05 tháng 02 năm 2026"
    assert day_words("2026-11-05") == "ngày 05 tháng 11 năm 2026"
    assert percent("33.30") == "33,3 %"
    assert (money(None), day(""), day_words(""), percent(None), money_words(None)) == (
        "…", "…", "ngày … tháng … năm …", "…", "…",
    )  # fmt: skip


@given(st.text())
def test_no_control_character_comes_on_a_page(text):
    assert not [c for c in clean(text) if (ord(c) < 32 and c != "\n") or c in "\u202e\u2066\ufeff"]
