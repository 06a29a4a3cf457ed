"""OCOP stars as typed: 4 · "3*" · "OCOP 5 sao" · "***"."""

import re

from casework.programme.roster.figures import LONGEST, nothing_stated, to_decimal, whole
from casework.programme.roster.model import EMPTY, Reading, problem
from casework.programme.roster.text import fold

_MARK = "*\u2605\u2b50"
_NAMED = re.compile(rf"(\d+(?:[.,]\d+)?)\s*(?:sao|[{_MARK}])")
_SPAN = re.compile(r"\d\s*(?:-|den|/|,|va)\s*\d+\s*(?:sao|$)")
_MOST_STARS = 5


def _checked(number: int | None) -> Reading:
    return Reading(number) if number is not None and 1 <= number <= _MOST_STARS else problem("ocop_out_of_range")


def parse_stars(cell: object) -> Reading:
    """The number of OCOP stars (1–5); several different ones are an error, never a choice of ours."""
    if cell is None:
        return EMPTY
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return problem("ocop_not_understood")
    if isinstance(cell, int | float):
        return _checked(whole(to_decimal(cell)))
    folded = fold(cell)
    if len(folded) > LONGEST:
        return problem("ocop_not_understood")
    if re.fullmatch(rf"[{_MARK} ]+", folded):
        return _checked(sum(folded.count(mark) for mark in _MARK))
    if folded.startswith("chua "):
        return problem("read_as_none")
    return nothing_stated(cell) or _from_text(folded)


def _from_text(folded: str) -> Reading:
    bare = re.fullmatch(r"(?:ocop|hang|dat)?\s*(\d+)(?:[.,]0+)?", folded)
    numbers = {bare[1]} if bare else set(_NAMED.findall(folded))
    if len(numbers) != 1 or _SPAN.search(folded):
        return problem("ocop_not_understood")
    number = numbers.pop()
    return _checked(int(number) if number.isdigit() else None)
