"""Numbers as typed: 1.234, 1.234.567, 1,5, "12 người", "40 LĐ"."""

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from casework.programme.roster.model import EMPTY, Reading, problem
from casework.programme.roster.text import fold

# Written by people who leave nothing empty.
DASHES = frozenset({"", "-", "--", "---", "/", ".", "..", "...", "\u2026", "_", "n/a", "na"})
# No number, amount or date is longer; longer text is not searched by the patterns.
LONGEST = 80
NOTHING = frozenset({"khong", "khong co", "chua", "chua co", "ko", "ko co", "k co", "0 co"})

_GROUPED_SPACES = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_COUNT = re.compile(r"(?P<about>[^\d\-+]*?)\s*(?P<number>[-+]?\d[\d., ]*\d|[-+]?\d)\s*(?P<unit>[^\d]*)")
_RANGE = re.compile(r"(?:tu )?\d[\d.,]*[^\d]{0,12}(?:-|den|toi)\s*\d[\d.,]*[^\d]*")
_UNITS = frozenset(
    [
        "nguoi",
        "tv",
        "thanh",
        "vien",
        "xa",
        "hoi",
        "nu",
        "ld",
        "lao",
        "dong",
        "dtts",
        "ho",
        "chi",
        "phu",
        "em",
        "dan",
        "toc",
        "thieu",
        "so",
        "nv",
        "viec",
        "lam",
        "gia",
        "dinh",
        "nguoi/htx",
        "khau",
        "dong",
        "bao",
    ]
)
_ABOUT = frozenset({"hon", "tren", "gan", "khoang", "~", ">", "<", "tam", "xap xi", "duoi", "it nhat"})


class Figure(NamedTuple):
    """A number and how it was written: plain, grouped, decimal_comma, decimal_point, ambiguous_comma."""

    value: Decimal
    style: str


def _one_separator(text: str, mark: str) -> Figure:
    """A number with exactly one dot or comma, the Vietnamese way: dot groups, comma is decimal."""
    whole, _, tail = text.partition(mark)
    is_group = len(tail) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    if is_group and mark == ".":
        return Figure(Decimal(whole + tail), "grouped")
    style = "decimal_point" if mark == "." else "ambiguous_comma" if is_group else "decimal_comma"
    return Figure(Decimal(f"{whole}.{tail}"), style)


def _many_separators(text: str) -> Figure | None:
    """1.234.567 · 1,234,567 · 1.234,5 · 1,234.5; None when the groups are not groups of three."""
    last = max(text.rfind("."), text.rfind(","))
    mark, other = text[last], "," if text[last] == "." else "."
    if mark in text[:last]:
        groups, tail = text.split(mark), ""
        if other in text:
            return None
    else:
        groups, tail = text[:last].split(other), text[last + 1 :]
    if not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:]):
        return None
    number = "".join(groups) + (f".{tail}" if tail else "")
    return Figure(Decimal(number), "decimal_comma" if tail else "grouped")


def parse_figure(text: str) -> Figure | None:
    """A non-negative number without unit, or None. Never through a float."""
    text = text.strip()
    if _GROUPED_SPACES.fullmatch(text):
        text = text.replace(" ", "")
        if text.isdigit():
            return Figure(Decimal(text), "grouped")
    if not re.fullmatch(r"\d+(?:[.,]\d+)*", text, re.ASCII) or len(text) > 30:
        return None
    separators = sum(text.count(mark) for mark in ".,")
    if separators == 0:
        return Figure(Decimal(text), "plain")
    if separators == 1:
        return _one_separator(text, "." if "." in text else ",")
    return _many_separators(text)


def to_decimal(number: float) -> Decimal:
    """The number as the sheet shows it: shortest decimal text of the stored double."""
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)


def whole(value: Decimal) -> int | None:
    """The integer a decimal equals, or None."""
    try:
        return int(value) if value == value.to_integral_value() else None
    except (InvalidOperation, OverflowError):
        return None


def nothing_stated(text: str) -> Reading | None:
    """A reading for cells that say "nothing": dashes quietly, the word "không" with a note."""
    folded = fold(text)
    if folded in DASHES:
        return EMPTY
    return problem("read_as_none") if folded in NOTHING else None


def _checked_count(value: Decimal) -> Reading:
    if value < 0:
        return problem("negative_number")
    number = whole(value)
    if number is None:
        return problem("not_a_whole_number")
    return Reading(number) if number < 10_000_000 else problem("number_too_large")


def _count_value(number: str) -> Decimal | None:
    """A head count is whole, so one comma before three digits can only be a thousands mark."""
    sign = -1 if number.startswith("-") else 1
    figure = parse_figure(number.lstrip("+-"))
    if figure is None:
        return None
    thousand = 1000 if figure.style == "ambiguous_comma" else 1
    return sign * figure.value * thousand


def _count_text(text: str) -> Reading:
    folded = fold(text)
    found = _COUNT.fullmatch(folded) if len(folded) <= LONGEST else None
    if found is None or set(found["unit"].strip(" .").split()) - _UNITS:
        code = "range_in_number_cell" if _RANGE.fullmatch(folded) else "text_in_number_cell"
        return problem(code)
    about = found["about"].strip(" :.")
    value = _count_value(found["number"])
    if value is None or (about and about not in _ABOUT and set(about.split()) - _UNITS):
        return problem("text_in_number_cell")
    reading = _checked_count(value)
    if about in _ABOUT and reading.value is not None:
        return problem("approximate_number", reading.value, kept=reading.value)
    return reading


def parse_count(cell: object) -> Reading:
    """A head count (whole number ≥ 0) from a cell; text that is no number is an error, never a guess."""
    if cell is None:
        return EMPTY
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return problem("text_in_number_cell")
    if isinstance(cell, int | float):
        return _checked_count(to_decimal(cell))
    return EMPTY if fold(cell) in DASHES else _count_text(cell)
