"""One case row: every cell read by its column, every problem at its place."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from casework.programme.roster.contents import Table
from casework.programme.roster.dates import parse_date
from casework.programme.roster.figures import DASHES, NOTHING, parse_count
from casework.programme.roster.grid import Cell, as_typed, letter
from casework.programme.roster.headers import Column
from casework.programme.roster.legal_forms import parse_form
from casework.programme.roster.model import Issue, Problem, Reading, RosterRow
from casework.programme.roster.money import Money, MoneyColumn, parse_income, parse_money
from casework.programme.roster.names import is_bare_form, write_out, write_out_lender
from casework.programme.roster.places import ADDRESS, COMMUNE, DISTRICT, PROVINCE, Place, PlacePart, parse_place
from casework.programme.roster.stars import parse_stars
from casework.programme.roster.text import fold, phrase, tidy

_LONGEST_NAME = 300
_NUMERIC = frozenset({"members", "women", "em", "jobs_w", "cap", "loan", "grant", "income"})
_LEVELS = (PROVINCE, DISTRICT, COMMUNE)


@dataclass(slots=True)
class Context:
    """What the lines above a row say: the places and the legal form of its section, the latest year."""

    latest_year: int
    places: dict[str, PlacePart] = field(default_factory=dict)
    form: str | None = None

    def enter_place(self, part: PlacePart) -> None:
        """A section line: forgets the levels below it."""
        at = _LEVELS.index(part.level)
        self.places = {level: kept for level, kept in self.places.items() if _LEVELS.index(level) < at}
        self.places[part.level] = part


def _merged_below(table: Table) -> bool:
    return any(bottom >= table.first_row for _, _, bottom, _ in table.sheet.merges)


class CaseReader:
    """Reads the case rows of one table."""

    def __init__(self, table: Table) -> None:
        self.table, self.sheet = table, table.sheet
        self.columns = {column.field: column for column in table.columns if column.field}
        self.extras = [column for column in table.columns if column.field is None]
        self.is_plain = not (self.sheet.faults or self.sheet.formulas or _merged_below(table))

    def read(self, row: int, context: Context) -> RosterRow:
        """The row with everything it states; `context` gives section places, form and latest year."""
        return _CaseRow(self, row, context).read()

    def value(self, row: int, column: Column) -> Cell:
        """The value that counts for a row: texts and dates of vertically merged cells count for every row."""
        top, left = self.sheet.anchor(row, column.index)
        if left != column.index:
            return None
        if top != row and column.field in _NUMERIC:
            return None
        return self.sheet.cell(top, left)


class _CaseRow:
    def __init__(self, reader: CaseReader, row: int, context: Context) -> None:
        self.reader, self.row, self.context = reader, row, context
        self.result = RosterRow(row + 1, "case")

    def _say(self, field: str, said: Problem, cell: Cell = None) -> None:
        column = self.reader.columns.get(field)
        where = letter(column.index) if column else None
        self.result.add(Issue(said.code, field, where, self.row + 1, as_typed(cell), said.params))

    def _cell(self, field: str) -> Cell:
        """The value of a field; a formula without stored value or an Excel error is reported and empty."""
        column = self.reader.columns.get(field)
        if column is None:
            return None
        if self.reader.is_plain:
            return self.reader.sheet.cell(self.row, column.index)
        at, sheet = (self.row, column.index), self.reader.sheet
        if at in sheet.faults:
            self._say(field, Problem("excel_error_value"), sheet.faults[at])
            return None
        cell = self.reader.value(self.row, column)
        if cell is None and at in sheet.formulas:
            self._say(field, Problem("formula_without_value"))
        if cell is not None and field in _NUMERIC and self._spans_rows(column):
            self._say(field, Problem("merged_number"), cell)
        return cell

    def _spans_rows(self, column: Column) -> bool:
        return self.reader.sheet.anchor(self.row + 1, column.index) == (self.row, column.index)

    def _read(self, field: str, parse: Callable[[Cell], Reading]) -> Any:
        cell = self._cell(field)
        reading = parse(cell)
        for said in reading.problems:
            self._say(field, said, cell)
        return dict(reading.value) if isinstance(reading.value, dict) else reading.value

    def _money_column(self, field: str) -> MoneyColumn:
        column = self.reader.columns.get(field)
        return MoneyColumn(column.unit, column.months) if column else MoneyColumn(None)

    def _money(self, field: str) -> Money:
        value = self._read(field, lambda cell: _sum(cell, self._money_column(field)))
        return value or Money(None)  # type: ignore[arg-type]

    def _text(self, field: str, shape: Callable[[str], str] = tidy) -> str | None:
        cell = self._cell(field)
        text = shape((cell if isinstance(cell, str) else as_typed(cell)) or "")
        if fold(text) in DASHES:
            return None
        if fold(text) in NOTHING:
            self._say(field, Problem("read_as_none"), cell)
            return None
        return text

    def _name(self) -> str | None:
        cell = self._cell("name")
        name = tidy(as_typed(cell) or "") if not isinstance(cell, str) else tidy(cell)
        if fold(name) in DASHES:
            self._say("name", Problem("name_missing"), cell)
            return None
        if len(name) > _LONGEST_NAME:
            self._say("name", Problem("name_too_long"), cell)
            return name[:_LONGEST_NAME]
        if is_bare_form(name):
            self._say("name", Problem("name_incomplete"), cell)
        return name

    def _places(self) -> dict[str, str | None]:
        """Own cells first, then what one cell says about other levels, then the section above."""
        place = Place()
        named_in_passing: list[tuple[str, PlacePart, Cell]] = []
        for column in (PROVINCE, DISTRICT, COMMUNE, ADDRESS):
            cell = self._cell(column)
            found = parse_place(cell, column)
            if found.detail:
                self.result.extra["address_detail"] = found.detail
            for level, part in found.parts.items():
                if level == column:
                    place.parts[level] = part
                else:
                    named_in_passing.append((column, part, cell))
        for column, part, cell in named_in_passing:
            kept = place.parts.setdefault(part.level, part)
            if phrase(kept.name) != phrase(part.name):
                self._say(column, Problem("place_conflict", {"level": part.level}), cell)
        self._inherit(place)
        return place.as_fields()

    def _inherit(self, place: Place) -> None:
        for level in _LEVELS:
            above = self.context.places.get(level)
            own = place.parts.get(level)
            if own is None and above is not None:
                place.parts[level] = above
            elif own is not None and above is not None and phrase(own.name) != phrase(above.name):
                return

    def _date(self) -> dict[str, str] | None:
        column = self.reader.columns.get("founded")
        if column is None:
            return None
        sheet, at = self.reader.sheet, self.reader.sheet.anchor(self.row, column.index)
        precision = sheet.precisions.get(at, "day")
        value = self._read("founded", lambda c: _date(c, precision=precision, latest_year=self.context.latest_year))
        cell = sheet.cell(*at)
        if isinstance(cell, dt.date) and cell.day == 1 and not sheet.knows_formats and value:
            self._say("founded", Problem("date_precision_unknown"), cell)
        return value

    def _capital_kind(self, capital: Money) -> str | None:
        """The word "charter" only where the header promises the charter capital and nothing else."""
        column = self.reader.columns.get("cap")
        if capital.amount is None or column is None:
            return None
        words = column.path
        return "charter" if "dieu le" in words and not re.search(r"gop|khac|hoat dong", words) else "other"

    def _check_members(self, parsed: dict[str, Any]) -> None:
        for column, code in (("women", "women_exceed_members"), ("em", "minority_exceed_members")):
            part, whole = parsed[column], parsed["members"]
            if part is not None and whole is not None and part > whole:
                self._say(column, Problem(code, {"members": whole}), part)

    def _keep_extras(self) -> None:
        """Columns without a field stay by their header; numbers of phones and papers keep their zeros."""
        kept = {}
        for column in self.reader.extras:
            cell = self.reader.value(self.row, column)
            if cell is None:
                continue
            kept[column.title] = text = as_typed(cell) or ""
            if column.kind in ("extra_phone", "extra_id") and _lost_zero(cell, column.kind):
                where = letter(column.index)
                self.result.add(Issue("leading_zero_lost", column.title, where, self.row + 1, text))
        if kept:
            self.result.extra["extras"] = kept
        note = self._cell("note")
        if note is not None:
            self.result.extra["note"] = tidy(str(note))

    def read(self) -> RosterRow:
        """Every field in the order of the truth file, then the checks between fields."""
        name = self._name()
        form = self._read("form", lambda cell: _form(cell, name or "", self.context.form)) if name else None
        capital = self._money("cap")
        parsed: dict[str, Any] = {
            "canonical_name": write_out(name) if name else None,
            "name_norm": name,
            "legal_form": form,
            "commune_type": None,
            "commune_name": None,
            "founded": self._date(),
            "members": self._read("members", _count),
            "women": self._read("women", _count),
            "em": self._read("em", _count),
            "jobs_w": self._read("jobs_w", _count),
            "capital_vnd": capital.amount,
            "capital_qualifier": capital.qualifier,
            "capital_kind_in_source": self._capital_kind(capital),
            "products": self._text("products"),
            "lender": self._text("lender", write_out_lender),
        }
        loan, grant = self._money("loan"), self._money("grant")
        parsed |= {"loan_vnd": loan.amount, "grant_vnd": grant.amount, "grant_qualifier": grant.qualifier}
        if loan.qualifier:
            parsed["loan_qualifier"] = loan.qualifier
        parsed["income_month_vnd"] = self._read("income", lambda c: _income(c, self._money_column("income")))
        parsed["ocop_stars"] = self._read("ocop", _stars)
        parsed |= self._places()
        self.result.parsed = parsed
        self._check_members(parsed)
        self._keep_extras()
        return self.result


# Lists repeat themselves: equal cells of a column are parsed once. `typed`: True is no 1.
_count = lru_cache(maxsize=8192, typed=True)(parse_count)
_stars = lru_cache(maxsize=1024, typed=True)(parse_stars)
_sum = lru_cache(maxsize=8192, typed=True)(parse_money)
_income = lru_cache(maxsize=8192, typed=True)(parse_income)
_date = lru_cache(maxsize=8192, typed=True)(parse_date)
_form = lru_cache(maxsize=65536, typed=True)(parse_form)


def _lost_zero(cell: Cell, kind: str) -> bool:
    """True for a phone of 9 digits without zero, or a tax or identity number one digit short."""
    digits = re.sub(r"\D", "", as_typed(cell) or "")
    is_number = isinstance(cell, int | float)
    if kind == "extra_phone":
        return len(digits) == 9 and not digits.startswith("0")
    return is_number and len(digits) in (9, 11)
