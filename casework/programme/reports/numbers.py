"""How the numbers of a report are written, on paper and on the page: in Vietnamese, with dots and a decimal comma."""

from datetime import date
from decimal import Decimal
from typing import Any

NONE = "–"
_UNITS = {"count": "", "people": "người", "cooperatives": "hợp tác xã", "dong": "đồng", "percent": "%"}


def written(value: Any) -> str:
    """A number as 1.200 or 66,67; a dash for none. Text stays as it is."""
    if value is None:
        return NONE
    if isinstance(value, str):
        return value
    whole, _dot, part = f"{Decimal(value):,f}".partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def decimal(value: str | None) -> Decimal | None:
    """A number of the data."""
    return None if value is None else Decimal(value)


def unit_word(unit: str) -> str:
    """The unit behind a number; nothing for a plain count."""
    return _UNITS.get(unit, "")


def with_unit(value: str | None, unit: str) -> str:
    """A number of the data with its unit: 3 hợp tác xã."""
    if value is None:
        return NONE
    text, word = written(Decimal(value)), unit_word(unit)
    return f"{text}%" if unit == "percent" else f"{text} {word}".rstrip()


def day(iso: str) -> str:
    """An ISO day as 20/11/2026."""
    return f"{date.fromisoformat(iso[:10]):%d/%m/%Y}" if iso else ""
