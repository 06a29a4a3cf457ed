"""Founding dates as typed, kept with their precision: {"value": "2022-08", "precision": "month"}."""

import datetime as dt
import re

from casework.programme.roster.figures import LONGEST, nothing_stated, to_decimal, whole
from casework.programme.roster.model import EMPTY, Problem, Reading, problem
from casework.programme.roster.text import fold

_FIRST_YEAR = 1950
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(18_264, 73_051)  # 1950-01-01 … 2099-12-31 as Excel counts days

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


def _checked(value: str, precision: str, latest_year: int, *, code: str | None = None) -> Reading:
    year = int(value[:4])
    if year > latest_year:
        return problem("date_in_future", latest=latest_year)
    if year < _FIRST_YEAR:
        return problem("date_too_early", earliest=_FIRST_YEAR)
    said = (Problem(code),) if code else ()
    return Reading({"value": value, "precision": precision}, said)


def _day(year: int, month: int, day: int, latest_year: int) -> Reading:
    try:
        return _checked(dt.date(year, month, day).isoformat(), "day", latest_year)
    except ValueError:
        return problem("invalid_date")


def _month(year: int, month: int, latest_year: int) -> Reading:
    if not 1 <= month <= 12:
        return problem("invalid_date")
    return _checked(f"{year:04d}-{month:02d}", "month", latest_year)


def _full_year(text: str, latest_year: int) -> int:
    """22 → 2022, 98 → 1998: two digits never lie in the future."""
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if 2000 + year <= latest_year else 1900 + year


def _from_text(text: str, latest: int) -> Reading:
    if found := _DAY_FIRST.fullmatch(text) or _LONG.fullmatch(text):
        return _day(_full_year(found[3], latest), int(found[2]), int(found[1]), latest)
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), latest)
    if found := _MONTH.fullmatch(text) or _LONG_MONTH.fullmatch(text):
        return _month(int(found[2]), int(found[1]), latest)
    if found := _MONTH_LAST.fullmatch(text):
        return _month(int(found[1]), int(found[2]), latest)
    if found := _YEAR.fullmatch(text):
        return _checked(found[1], "year", latest)
    return _vague(text, latest)


def _vague(text: str, latest: int) -> Reading:
    """What says less than a date: a quarter, "đầu năm 2021"; kept as a year, and said."""
    if found := _QUARTER.fullmatch(text):
        return _checked(found[2], "year", latest, code="quarter_read_as_year")
    if found := _VAGUE_YEAR.fullmatch(text):
        return _checked(found[1], "year", latest, code="approximate_date")
    if re.fullmatch(r"\d{5}", text) and int(text) in _SERIALS:
        return _serial(int(text), latest)
    return problem("date_without_year" if _NO_YEAR.fullmatch(text) else "date_not_understood")


def _serial(days: int, latest: int) -> Reading:
    day = _EXCEL_EPOCH + dt.timedelta(days=days)
    return _checked(day.isoformat(), "day", latest, code="date_serial_number")


def _from_number(number: float, latest: int) -> Reading:
    value = whole(to_decimal(number))
    if value is None:
        return problem("date_not_understood")
    if 1000 <= value <= 9999:
        return _checked(f"{value:04d}", "year", latest)
    return _serial(value, latest) if value in _SERIALS else problem("date_not_understood")


def _from_date(day: dt.date, precision: str, latest: int) -> Reading:
    typed_year = (day - _EXCEL_EPOCH).days
    if day.year < _FIRST_YEAR <= typed_year <= latest:
        # 2017 typed into a cell formatted as a date is stored as day 2017: 9 July 1905.
        return _checked(str(typed_year), "year", latest, code="year_in_date_cell")
    length = {"year": 4, "month": 7, "day": 10}[precision]
    return _checked(day.isoformat()[:length], precision, latest)


def parse_date(cell: object, *, precision: str = "day", latest_year: int) -> Reading:
    """A partial ISO date with its precision.

    `precision` is what the number format of an Excel date shows (day, month, year). Years after
    `latest_year` or before 1950 are errors. Day comes before month, as everywhere in Vietnam.
    """
    if cell is None:
        return EMPTY
    if isinstance(cell, dt.datetime):
        return _from_date(cell.date(), precision, latest_year)
    if isinstance(cell, dt.date):
        return _from_date(cell, precision, latest_year)
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return problem("date_not_understood")
    if isinstance(cell, int | float):
        return _from_number(cell, latest_year)
    folded = fold(cell).strip(" .,;")
    if len(folded) > LONGEST:
        return problem("date_not_understood")
    return nothing_stated(cell) or _from_text(folded, latest_year)
