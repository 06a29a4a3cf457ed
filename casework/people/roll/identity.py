"""Numbers and days that tell who somebody is: the personal identification number, the phone, the birth."""

import datetime as dt
import re
from typing import NamedTuple

import phonenumbers

from casework.programme.roster.dates import parse_date
from casework.programme.roster.figures import DASHES, to_decimal, whole
from casework.programme.roster.grid import Cell, as_typed
from casework.programme.roster.model import EMPTY, Problem, Reading, problem
from casework.programme.roster.text import clean, fold

ID_DIGITS = 12
_OLD_CARD_DIGITS = 9
# Provinces as they were numbered when the numbers began; the merger of 2025 changed nothing (domain.md §8.3).
_PLACES = range(1, 97)
_PASSPORT = re.compile(r"[A-Z]{0,2}[0-9]{6,9}")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?\s*[eE]\s*\+?\s*\d{1,2}")
# Nobody older has been counted in Vietnam for long; a year before that is a slip of the keyboard.
OLDEST = 105
_MOST_AGES = range(15, 100)


class Told(NamedTuple):
    """What a personal identification number says about its bearer."""

    sex: str
    year: int


def told_by(id_number: str) -> Told | None:
    """Sex and year of birth in a number of 12 digits; None for any other text."""
    if not re.fullmatch(r"[0-9]{12}", id_number):
        return None
    century, female = divmod(int(id_number[3]), 2)
    return Told("female" if female else "male", 1900 + 100 * century + int(id_number[4:6]))


def masked(text: str) -> str:
    """A number with all but its last three digits hidden; text with fewer than six digits as it is."""
    digits = sum(c.isdigit() for c in text)
    hidden = iter(range(digits - 3))
    return text if digits < 6 else "".join("•" if c.isdigit() and next(hidden, None) is not None else c for c in text)


def _digits_of(cell: Cell) -> str:
    """The number without spaces, dots and the apostrophe that keeps Excel from counting it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = whole(to_decimal(cell))
        return str(cell) if number is None else str(number)
    return re.sub(r"[\s.\-'’]", "", clean(str(cell)))


def parse_id_number(cell: Cell, *, foreign: bool = False) -> Reading:
    """A personal identification number of 12 digits, or the passport of a foreigner. Zeros are never added."""
    typed = as_typed(cell) or ""
    if fold(typed) in DASHES:
        return EMPTY
    if isinstance(cell, str) and _SCIENTIFIC.fullmatch(typed):
        return problem("id_number_scientific")
    digits = _alone_in(typed) or _digits_of(cell)
    if foreign and _PASSPORT.fullmatch(digits.upper()):
        return Reading(digits.upper())
    if not re.fullmatch(r"[0-9]+", digits):
        return problem("id_number_not_understood")
    return _checked_id(digits)


def _alone_in(typed: str) -> str:
    """The one number of 12 digits in a cell that also names day and place of issue; "" for any other cell."""
    runs = re.findall(r"[0-9]{9,}", typed)
    return runs[0] if len(runs) == 1 and len(runs[0]) == ID_DIGITS else ""


def _checked_id(digits: str) -> Reading:
    if len(digits) == _OLD_CARD_DIGITS:
        return problem("old_card_number")
    if len(digits) in (ID_DIGITS - 1, ID_DIGITS - 2):
        return problem("id_number_lost_zeros", digits=len(digits))
    if len(digits) != ID_DIGITS:
        return problem("id_number_wrong_length", digits=len(digits))
    if int(digits[:3]) not in _PLACES:
        return problem("id_number_unknown_place", place=digits[:3])
    return Reading(digits)


def parse_phone(cell: Cell) -> Reading:
    """A phone number as E.164. Nine digits that lost their zero in Excel get it back, and that is said."""
    typed = as_typed(cell) or ""
    if fold(typed) in DASHES:
        return EMPTY
    if isinstance(cell, str) and _SCIENTIFIC.fullmatch(typed):
        return problem("phone_not_understood")
    text = _digits_of(cell)
    if re.fullmatch(r"[1-9][0-9]{8,9}", text) and (number := _valid_phone("0" + text)):
        return problem("leading_zero_restored", number, kept="0" + text)
    number = _valid_phone(text)
    if number:
        return Reading(number)
    many = len(re.findall(r"(?:\+84|0)\d{8,10}", re.sub(r"[ .\-]", "", typed))) > 1
    return problem("several_phones" if many else "phone_not_understood")


def _valid_phone(text: str) -> str:
    """The number as E.164; "" when it is none."""
    if not re.fullmatch(r"\+?[0-9]{8,15}", text):
        return ""
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException:
        return ""
    e164 = phonenumbers.PhoneNumberFormat.E164
    return phonenumbers.format_number(number, e164) if phonenumbers.is_valid_number(number) else ""


def parse_birth(cell: Cell, today: dt.date, precision: str = "day") -> Reading:
    """A day (1985-03-12) or year (1985) of birth; `precision` is what the format of an Excel date shows."""
    number = _small_number(cell)
    if number is not None and number in _MOST_AGES and not isinstance(cell, dt.date):
        return problem("age_is_no_birth")
    read = parse_date(cell, precision=precision, latest_year=today.year, first_year=today.year - OLDEST)
    if read.value is None:
        return Reading(None, tuple(_in_years(said) for said in read.problems))
    return _kept(read, today)


def _small_number(cell: Cell) -> int | None:
    text = fold(as_typed(cell) or "").removesuffix(" tuoi")
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text) else None


def _in_years(said: Problem) -> Problem:
    return Problem("birth_too_early", {"oldest": OLDEST}) if said.code == "date_too_early" else said


def _kept(read: Reading, today: dt.date) -> Reading:
    """The day or the year; a month alone cannot be kept."""
    value, precision = read.value["value"], read.value["precision"]
    if precision == "day" and value > today.isoformat():
        return problem("born_in_the_future")
    if precision == "month":
        return Reading(value[:4], (*read.problems, Problem("birth_month_not_kept")))
    return Reading(value, read.problems)
