"""What stands in a cell of a file: plain values that no spreadsheet takes for a formula."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

# What Excel, LibreOffice and others take for the beginning of a formula (CWE-1236), also after blanks.
_FORMULA = re.compile(r"^[\s]*[=+\-@\t\r|%＝＋－＠]")
# Not allowed in XML 1.0, and of no use in a csv either.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST = 32_000  # signs in a cell; Excel takes 32,767
LARGEST = 10**15  # a spreadsheet counts exactly only to 15 digits


def plain(value: Any) -> Any:
    """A value as a cell can hold it: text, int, Decimal, date or a local moment without zone; None stays None."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, int | Decimal):
        return value if -LARGEST < value < LARGEST else str(value)
    return _CONTROL.sub(" ", str(value))[:LONGEST]


def as_text(value: Any) -> str:
    """A value as a csv writes it. Text that a spreadsheet would calculate gets an apostrophe before it."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) else value
    return value.isoformat() if isinstance(value, date) else str(value)
