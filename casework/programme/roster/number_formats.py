"""What the number format of a date shows: a day, only a month, only a year."""

import re

_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_BUILT_IN = {17: "month"}
_FIRST_OWN = 164


def precision_of(code: str) -> str | None:
    """The word "month" for mm/yyyy, "year" for yyyy, None for everything else (days, times, numbers)."""
    shown = _LITERALS.sub("", code.partition(";")[0]).lower()
    if "y" not in shown or "d" in shown or "h" in shown or "general" in shown:
        return None
    return "month" if "m" in shown else "year"


def built_in_precision(number: int) -> str | None:
    """The same for the formats Excel knows by number alone (17 = mmm-yy)."""
    return _BUILT_IN.get(number)


def precisions_of_styles(formats: dict[int, str], styles: list[int]) -> dict[int, str]:
    """Style index → "month" or "year", from own formats by id and the format id of each style."""
    found = {}
    for index, number in enumerate(styles):
        shown = precision_of(formats[number]) if number in formats else built_in_precision(number)
        if shown:
            found[index] = shown
    return found
