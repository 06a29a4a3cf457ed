"""How figures and days are written in Vietnamese papers. Knows nothing of Django: the printing child uses it."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")


def money(amount: int | None) -> str:
    """A sum with dots between thousands: 12.500.000; dots for a sum that is not known."""
    return "…" if amount is None else f"{amount:,}".replace(",", ".")


def day(value: str | None) -> str:
    """An ISO day as 05/11/2026, a year as it is; dots when it is not known."""
    if not value:
        return "…"
    return "/".join(reversed(value.split("-")))


def day_words(value: str | None) -> str:
    """An ISO day as in the head of a paper: `ngày 05 tháng 11 năm 2026`; with room to fill in when not known."""
    if not value:
        return "ngày … tháng … năm …"
    known = date.fromisoformat(value)
    month = f"{known.month:02d}" if known.month < 3 else str(known.month)  # Decree 30/2020: days and months below ten
    return f"ngày {known.day:02d} tháng {month} năm {known.year}"


def percent(value: str | None) -> str:
    """A share such as "33.33" with a decimal comma and the sign."""
    if value is None:
        return "…"
    text = f"{Decimal(value).normalize():f}"
    return f"{text.replace('.', ',')} %"


def money_words(amount: int | None) -> str:
    """A sum of đồng in words, as contracts and resolutions write it: `Một trăm hai mươi triệu đồng`."""
    if amount is None:
        return "…"
    text = f"{number_words(amount)} đồng"
    return text[0].upper() + text[1:]


def number_words(number: int) -> str:
    """A whole number from 0 below 10^18 in Vietnamese words. Raises ValueError for others."""
    if not 0 <= number < 10**18:
        raise ValueError(number)
    if number < 1000:
        return _below_thousand(number, full=False)
    billions, rest = divmod(number, 10**9)
    if billions:
        head = f"{number_words(billions)} tỷ"
        return f"{head} {_below_billion(rest, full=True)}" if rest else head
    return _below_billion(number, full=False)


def _below_billion(number: int, *, full: bool) -> str:
    parts: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            words = _below_thousand(group, full=full or bool(parts))
            parts.append(f"{words} {_GROUPS[power]}".strip())
    return " ".join(parts)


def _below_thousand(number: int, *, full: bool) -> str:
    """Words of 0–999; with `full` the hundred is spoken even when it is nought (một nghìn không trăm linh năm)."""
    hundreds, rest = divmod(number, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if rest or not words:
        words.append(_below_hundred(rest, after_hundred=bool(words)))
    return " ".join(words)


def _below_hundred(number: int, *, after_hundred: bool) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return f"linh {_DIGITS[ones]}" if after_hundred else _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if ones == 0:
        return head
    last = {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{head} {last}"


def clean(text: str) -> str:
    """A text that a person typed, fit for a page: no control characters, nothing that turns the writing around.

    Braces, angle brackets and all other signs stay as they were typed; they mean nothing on a page.
    """
    kept = (
        c for c in text if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn") and c not in _TURNING)
    )
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()
