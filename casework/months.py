"""Months as the law counts them."""

from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month (Civil Code Article 148)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
