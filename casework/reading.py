"""Reading what is typed: whole numbers, amounts of money, codes with a check digit. Nothing is guessed."""

import re
from decimal import Decimal

from casework.vietnamese import fold, nfc_clean

_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+")
_DECIMAL = re.compile(r"([0-9]+)[.,]([0-9]{1,2})|([0-9]+),([0-9]{4,})")
_CURRENCY = re.compile(r"\s*(?:dong|vnd|d|₫)\s*$")
_NUMBER = r"([0-9][0-9., ]*)"
_SCALED = re.compile(rf"(?:{_NUMBER}t[yi])?\s*(?:{_NUMBER}(?:trieu|tr))?\s*(?:{_NUMBER}(?:nghin|ngan|k))?")
_SCALES = (10**9, 10**6, 10**3)
CHECK_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def parse_whole(text: str) -> int:
    """A whole number with or without separators between thousands: 1200, 1.200, 1 200. Raises ValueError."""
    clean = nfc_clean(text)
    if not _WHOLE.fullmatch(clean):
        raise ValueError(text)
    return int(re.sub(r"[., ]", "", clean))


def parse_money(text: str) -> int:
    """An amount in whole đồng: 12.500.000, 350 triệu, 1,2 tỷ, 1 tỷ 200 triệu. Raises ValueError.

    With a unit the comma is the decimal mark and a dot before three digits parts thousands; "1,200 triệu"
    can be read in two ways and is refused, as is half a đồng.
    """
    clean = _CURRENCY.sub("", fold(text))
    if _WHOLE.fullmatch(clean):
        return parse_whole(clean)
    match = _SCALED.fullmatch(clean)
    if not clean or match is None:
        raise ValueError(text)
    numbers = zip(match.groups(), _SCALES, strict=True)
    parts = [(_decimal(number.strip()) * scale, scale) for number, scale in numbers if number]
    for (amount, _scale), (_before, larger) in zip(parts[1:], parts, strict=False):
        if amount >= larger:
            raise ValueError(text)
    total = sum((amount for amount, _scale in parts), Decimal(0))
    if total != int(total):
        raise ValueError(text)
    return int(total)


def _decimal(text: str) -> Decimal:
    """The number before a unit."""
    if re.fullmatch(r"[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+", text):
        return Decimal(re.sub(r"[. ]", "", text))
    match = _DECIMAL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return Decimal(text.replace(",", "."))


def has_check_digit(code: str) -> bool:
    """Whether ten digits are a tax code, by its last digit (Circular 105/2020/TT-BTC, Appendix 1)."""
    if not re.fullmatch(r"[0-9]{10}", code):
        return False
    rest = sum(weight * int(digit) for weight, digit in zip(CHECK_WEIGHTS, code, strict=False)) % 11
    return rest != 0 and int(code[9]) == 10 - rest
