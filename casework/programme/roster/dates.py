"""Founding dates as typed, kept with their precision: {"value": "2022-08", "precision": "month"}."""

import datetime as dt
import re

from casework.programme.roster.figures import LONGEST, nothing_stated, to_decimal, whole
from casework.programme.roster.model import EMPTY, Problem, Reading, problem
from casework.programme.roster.text import fold

_FIRST_YEAR = 1950
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_LAST_SERIAL = 73_050  # 2099-12-31 as Excel counts days

_SEP = r"\s*[/.\-]\s*"
_DAY_FIRST = re.compile(rf"(?:ngay )?(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}}|\d{{2}})")
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})(?:[ t]0{{1,2}}:00(?::00)?)?")
_LONG = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}),? (?:nam )?(\d{4})")
_LONG_MONTH = re.compile(rf"(?:thang|t)\s*\.?\s*(\d{{1,2}})(?:{_SEP}|,?\s+)(?:nam )?(\d{{4}})")
_MONTH = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{4}})")
_MONTH_LAST = re.compile(r"(\d{4})\s*[/-]\s*(\d{1,2})")
_YEAR = re.compile(r"(?:nam )?(\d{4})(?:[.,]0+)?")
_QUARTER = re.compile(r"(?:quy|q)\s*\.?\s*(i{1,3}|iv|[1-4])\s*[/.,\-]?\s*(?:nam )?(\d{4})")
_VAGUE_YEAR = re.compile(r"(?:dau|cuoi|giua|khoang|truoc|sau|tu|~)\s*(?:nam )?(\d{4})")
_NO_YEAR = re.compile(rf"(?:ngay )?\d{{1,2}}{_SEP}\d{{1,2}}|(?:thang|t)\s*\d{{1,2}}")


def _checked(value: str, precision: str, years: range, *, code: str | None = None) -> Reading:
    year = int(value[:4])
    if year >= years.stop:
        return problem("date_in_future", latest=years[-1])
    if year < years.start:
        return problem("date_too_early", earliest=years.start)
    said = (Problem(code),) if code else ()
    return Reading({"value": value, "precision": precision}, said)


def _day(year: int, month: int, day: int, years: range) -> Reading:
    try:
        return _checked(dt.date(year, month, day).isoformat(), "day", years)
    except ValueError:
        return problem("invalid_date")


def _month(year: int, month: int, years: range) -> Reading:
    if not 1 <= month <= 12:
        return problem("invalid_date")
    return _checked(f"{year:04d}-{month:02d}", "month", years)


def _full_year(text: str, years: range) -> int:
    """22 → 2022, 98 → 1998: two digits never lie in the future."""
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if 2000 + year < years.stop else 1900 + year


def _from_text(text: str, years: range) -> Reading:
    if found := _DAY_FIRST.fullmatch(text) or _LONG.fullmatch(text):
        return _day(_full_year(found[3], years), int(found[2]), int(found[1]), years)
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), years)
    if found := _MONTH.fullmatch(text) or _LONG_MONTH.fullmatch(text):
        return _month(int(found[2]), int(found[1]), years)
    if found := _MONTH_LAST.fullmatch(text):
        return _month(int(found[1]), int(found[2]), years)
    if found := _YEAR.fullmatch(text):
        return _checked(found[1], "year", years)
    return _vague(text, years)


def _vague(text: str, years: range) -> Reading:
    """What says less than a date: a quarter, "đầu năm 2021"; kept as a year, and said."""
    if found := _QUARTER.fullmatch(text):
        return _checked(found[2], "year", years, code="quarter_read_as_year")
    if found := _VAGUE_YEAR.fullmatch(text):
        return _checked(found[1], "year", years, code="approximate_date")
    if re.fullmatch(r"\d{5}", text) and _is_serial(int(text), years):
        return _serial(int(text), years)
    return problem("date_without_year" if _NO_YEAR.fullmatch(text) else "date_not_understood")


def _is_serial(days: int, years: range) -> bool:
    return (dt.date(years.start, 1, 1) - _EXCEL_EPOCH).days <= days <= _LAST_SERIAL


def _serial(days: int, years: range) -> Reading:
    day = _EXCEL_EPOCH + dt.timedelta(days=days)
    return _checked(day.isoformat(), "day", years, code="date_serial_number")


def _from_number(number: float, years: range) -> Reading:
    value = whole(to_decimal(number))
    if value is None:
        return problem("date_not_understood")
    if 1000 <= value <= 9999:
        return _checked(f"{value:04d}", "year", years)
    return _serial(value, years) if _is_serial(value, years) else problem("date_not_understood")


def _from_date(day: dt.date, precision: str, years: range) -> Reading:
    typed_year = (day - _EXCEL_EPOCH).days
    if day.year < years.start and typed_year in years:
        # 2017 typed into a cell formatted as a date is stored as day 2017: 9 July 1905.
        return _checked(str(typed_year), "year", years, code="year_in_date_cell")
    length = {"year": 4, "month": 7, "day": 10}[precision]
    return _checked(day.isoformat()[:length], precision, years)


def parse_date(cell: object, *, precision: str = "day", latest_year: int, first_year: int = _FIRST_YEAR) -> Reading:
    """A partial ISO date with its precision.

    `precision` is what the number format of an Excel date shows (day, month, year). Years after
    `latest_year` or before `first_year` are errors. Day comes before month, as everywhere in Vietnam.
    """
    years = range(first_year, latest_year + 1)
    if cell is None:
        return EMPTY
    if isinstance(cell, dt.datetime):
        return _from_date(cell.date(), precision, years)
    if isinstance(cell, dt.date):
        return _from_date(cell, precision, years)
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return problem("date_not_understood")
    if isinstance(cell, int | float):
        return _from_number(cell, years)
    folded = fold(cell).strip(" .,;")
    if len(folded) > LONGEST:
        return problem("date_not_understood")
    return nothing_stated(cell) or _from_text(folded, years)
