"""What people type into a field, and what they read when it cannot be meant."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from casework.answer_fields import Consent
from casework.facts import grouped
from casework.fields import (
    LongText,
    MoneyInput,
    NameField,
    PercentInput,
    PhoneInput,
    RegistrationCode,
    TextLine,
    VietnameseDate,
    WholeNumber,
)
from casework.reading import CHECK_WEIGHTS, has_check_digit, parse_money, parse_whole

TODAY = "2026-11-22 10:00+07:00"


def code_of(field, typed):
    """The code of the fault that a field finds in what was typed."""
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return caught.value.error_list[0].code


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12.500.000", 12_500_000),
        ("12,500,000", 12_500_000),
        ("12 500 000", 12_500_000),
        ("12\u00a0500\u00a0000 đ", 12_500_000),
        ("12500000", 12_500_000),
        ("12.500.000 đồng", 12_500_000),
        ("12.500.000VNĐ", 12_500_000),
        ("12.500.000 ₫", 12_500_000),
        ("350 triệu", 350_000_000),
        ("350 TRIỆU ĐỒNG", 350_000_000),
        ("350triệu", 350_000_000),
        ("350tr", 350_000_000),
        ("350 trie\u0323\u0302u", 350_000_000),
        ("1,2 tỷ", 1_200_000_000),
        ("1.2 tỉ", 1_200_000_000),
        ("1,25 ty dong", 1_250_000_000),
        ("1.200 triệu", 1_200_000_000),
        ("1 tỷ 200 triệu", 1_200_000_000),
        ("1 tỷ 200 triệu 500 nghìn", 1_200_500_000),
        ("500 nghìn", 500_000),
        ("500k", 500_000),
        ("0", 0),
        ("0 đồng", 0),
    ],
)
def test_money_is_read_as_it_is_written_in_vietnam(typed, amount):
    assert MoneyInput().clean(typed) == amount


@pytest.mark.parametrize(
    "typed",
    [
        "nhiều",
        "1,200 triệu",
        "12.50.000",
        "12.500,50",
        "1.5",
        "1,2345678912 tỷ",
        "1 tỷ 2",
        "200 triệu 1 tỷ",
        "1 tỷ 2000 triệu",
        "100 USD",
        "350 triệu/tháng",
        "1e9",
        "đồng",
        "triệu",
        "٣٥٠",
    ],
)
def test_money_that_can_be_meant_in_two_ways_or_none_is_refused(typed):
    assert code_of(MoneyInput(), typed) == "invalid"


def test_money_refuses_what_no_cooperative_can_mean():
    assert code_of(MoneyInput(), "-5 triệu") == "negative"
    assert code_of(MoneyInput(), "350") == "without_unit"
    assert code_of(MoneyInput(), "99999999999999999999") == "too_large"
    assert code_of(MoneyInput(), "20.000 tỷ") == "too_large"
    assert code_of(MoneyInput(least=1_000), "0") == "too_small"
    assert code_of(MoneyInput(), "  ") == "required"


def test_money_shows_known_amounts_grouped_and_typed_ones_as_typed():
    assert MoneyInput().prepare_value(12_500_000) == "12.500.000"
    assert MoneyInput().prepare_value("1,2 tỷ") == "1,2 tỷ"
    assert MoneyInput().widget.attrs["data-suffix"] == "đồng"


@given(st.integers(min_value=0, max_value=10**13))
def test_every_amount_that_is_shown_can_be_typed_again(amount):
    assert parse_money(grouped(amount)) == amount
    assert parse_money(f"{grouped(amount)} đồng") == amount
    assert parse_money(str(amount)) == amount


@given(st.integers(min_value=1, max_value=99_999), st.sampled_from([("tỷ", 10**9), ("triệu", 10**6), ("k", 10**3)]))
def test_a_unit_multiplies(number, unit):
    word, scale = unit

    assert parse_money(f"{number} {word}") == number * scale
    assert parse_money(f"{grouped(number)} {word}") == number * scale
    assert parse_money(f"{number},5 {word}") == number * scale + scale // 2


@given(st.text(max_size=40))
def test_any_text_is_money_or_refused(text):
    amount = None
    with suppress(ValidationError):
        amount = MoneyInput(required=False).clean(text)

    assert amount is None or 0 <= amount <= 10**13


@pytest.mark.parametrize(("typed", "number"), [("1200", 1200), ("1.200", 1200), ("1 200", 1200), (" 7 ", 7), ("0", 0)])
def test_counts_are_read_with_and_without_dots(typed, number):
    assert WholeNumber().clean(typed) == number


@pytest.mark.parametrize("typed", ["12,5", "12.5", "mười", "-3", "1.20", "3 người", "²"])
def test_a_count_is_a_whole_number(typed):
    assert code_of(WholeNumber(), typed) == "invalid"


def test_counts_have_bounds_and_say_them():
    assert code_of(WholeNumber(least=1), "0") == "too_small"
    assert code_of(WholeNumber(), "40.000") == "too_large"
    with pytest.raises(ValidationError, match=r"30\.000"):
        WholeNumber().clean("40.000")
    assert WholeNumber(years=True).prepare_value(1985) == 1985
    assert parse_whole("1.985") == 1985


@pytest.mark.parametrize(
    ("typed", "rate"), [("7,92", "7.92"), ("7.92", "7.92"), ("8", "8.00"), ("6,6 %", "6.60"), ("0", "0.00")]
)
def test_a_rate_has_two_places(typed, rate):
    assert PercentInput().clean(typed) == Decimal(rate)
    assert str(PercentInput().clean(typed)) == rate


def test_a_rate_that_cannot_be_meant_is_refused():
    assert code_of(PercentInput(), "7,923") == "invalid"
    assert code_of(PercentInput(), "792") == "too_large"
    assert code_of(PercentInput(), "NaN") == "invalid"


@pytest.mark.parametrize("typed", ["5/11/2026", "05/11/2026", "05-11-2026", "5.11.2026", "05112026", "2026-11-05"])
def test_days_are_read_day_first(typed, time_machine):
    time_machine.move_to(TODAY)

    assert VietnameseDate().clean(typed) == date(2026, 11, 5)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("hôm qua", "invalid"),
        ("5/11/26", "invalid"),
        ("2026", "invalid"),
        ("31/02/2026", "no_such_day"),
        ("12/13/2026", "no_such_day"),
        ("00/00/0000", "no_such_day"),
        ("23/11/2026", "future"),
        ("01/01/1899", "too_early"),
    ],
)
def test_days_that_cannot_be_meant_are_refused(typed, code, time_machine):
    time_machine.move_to(TODAY)

    assert code_of(VietnameseDate(), typed) == code


def test_today_in_vietnam_is_not_in_the_future(time_machine):
    time_machine.move_to("2026-11-22 18:30Z")  # already the 23rd in Vietnam

    assert VietnameseDate().clean("23/11/2026") == date(2026, 11, 23)


def test_a_day_to_come_may_be_promised_but_not_for_ever(time_machine):
    time_machine.move_to(TODAY)
    field = VietnameseDate(past=False)

    assert field.clean("25/11/2026") == date(2026, 11, 25)
    assert code_of(field, "25/11/2062") == "too_late"
    assert field.prepare_value(date(2026, 11, 5)) == "05/11/2026"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0901234567", "+84901234567"),
        ("0901 234 567", "+84901234567"),
        ("+84 901.234.567", "+84901234567"),
        ("(0258) 3812 345", "+842583812345"),
        ("02583812345", "+842583812345"),
    ],
)
def test_phone_numbers_become_one_spelling(typed, stored):
    assert PhoneInput().clean(typed) == stored


@pytest.mark.parametrize("typed", ["12345", "090123456", "09012345678", "không có", "0123456789", "0901 23A 567"])
def test_what_is_no_phone_number_is_refused(typed):
    assert code_of(PhoneInput(), typed) == "invalid"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Nguyễn   Thị Mẫu ", "Nguyễn Thị Mẫu"),
        ("Nguye\u0302\u0303n Mẫu", "Nguyễn Mẫu"),
        ("Chamaléa Thị Mẫu", "Chamaléa Thị Mẫu"),
        ("H’Mẫu Niê", "H’Mẫu Niê"),
    ],
)
def test_names_become_one_spelling(typed, stored):
    assert NameField().clean(typed) == stored


@pytest.mark.parametrize("typed", ["0901234567", "Lan 2", "<b>Lan</b>", "---", "lan@mau.vn"])
def test_a_name_has_letters_only(typed):
    assert code_of(NameField(), typed) == "invalid"


@pytest.mark.parametrize("code", ["0100233488", "0314409058", "0100047516"])
def test_registration_codes_of_the_circular_are_taken(code):
    assert RegistrationCode().clean(f" {code[:4]} {code[4:]} ") == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0100233480", "check_digit"),
        ("010023348", "invalid"),
        ("01002334881", "invalid"),
        ("O100233488", "invalid"),
        ("", "required"),
    ],
)
def test_a_registration_code_with_a_wrong_digit_is_refused(typed, code):
    assert code_of(RegistrationCode(), typed) == code


def test_a_cooperative_group_may_show_a_longer_number():
    assert code_of(RegistrationCode(), "056185000123") == "invalid"
    assert RegistrationCode(legal_person=False).clean("056185000123") == "056185000123"
    assert code_of(RegistrationCode(legal_person=False), "0100233480") == "check_digit"


@given(st.text("0123456789", min_size=9, max_size=9))
def test_nine_digits_have_one_check_digit_or_were_never_issued(nine):
    rest = sum(weight * int(digit) for weight, digit in zip(CHECK_WEIGHTS, nine, strict=True)) % 11
    fitting = [last for last in range(10) if has_check_digit(f"{nine}{last}")]

    assert fitting == ([10 - rest] if rest else [])


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(nine, place, shift):
    for last in range(10):
        code = f"{nine}{last}"
        if has_check_digit(code):
            wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
            assert not has_check_digit(wrong)


def test_texts_keep_their_lines_in_one_spelling():
    assert LongText().clean(" Ca\u0302\u0300n vo\u0302\u0301n\r\nvà đất ") == "Cần vốn\nvà đất"
    assert TextLine().clean("Cần\u00a0 vốn") == "Cần vốn"
    assert code_of(TextLine(max_length=5), "quá dài") == "max_length"
    assert code_of(LongText(), " \n ") == "required"
    assert code_of(LongText(), "a\x00b") == "null_characters_not_allowed"
    assert code_of(LongText(), "giá \u202eđồng 05\u202c") == "hidden"
    # As a word processor pastes it: its own line break, and marks of direction that change nothing.
    assert LongText().clean("Một\x0bhai\u200e") == "Một\nhai"


def test_a_consent_is_never_given_by_silence():
    assert code_of(Consent(), None) == "required"
    assert Consent().initial is None
