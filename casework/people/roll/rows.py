"""One row of a member list: every cell read by its column, every problem at its place."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from casework.people.roll.capital import Capital, dotted, settle_capital
from casework.people.roll.headers import MONEY, PLACES
from casework.people.roll.identity import masked, parse_birth, parse_id_number, parse_phone, told_by
from casework.people.roll.model import CellIssue, ReadMember, ReadRow
from casework.people.roll.names import LONGEST, TURNING, have_titles, read_name, title_of
from casework.people.roll.words import is_marked, parse_kind, parse_offices, parse_sex
from casework.programme.roster.contents import Table
from casework.programme.roster.figures import DASHES, NOTHING
from casework.programme.roster.grid import Cell, as_typed, letter
from casework.programme.roster.headers import Column
from casework.programme.roster.model import Problem, Reading
from casework.programme.roster.money import MoneyColumn, parse_money
from casework.programme.roster.text import fold, sentence_case_name, tidy

_KINDS = ("official", "assoc_capital", "assoc_noncapital")
# How long texts may be: the columns of the register.
_LONGEST = {"ethnicity": 40, "nationality": 40, "address": 200, "asset": 200, "note": 300}
_VIETNAMESE = frozenset({"", "viet nam", "vn", "vietnam", "viet"})
# What is said about these never repeats a whole number.
_MASKED = frozenset({"id_number", "phone"})
_PAID_IN_FULL = frozenset({"du", "da du", "da gop du", "gop du", "da nop du", "nop du", "du 100%", "100%"})

_sum = lru_cache(maxsize=8192, typed=True)(parse_money)
_kind = lru_cache(maxsize=1024, typed=True)(parse_kind)
_offices = lru_cache(maxsize=1024, typed=True)(parse_offices)


class RowReader:
    """Reads the member rows of one table. `today` decides what lies in the future."""

    def __init__(self, table: Table, members: list[int], today: dt.date) -> None:
        self.table, self.sheet, self.today = table, table.sheet, today
        self.columns = {column.field: column for column in table.columns if column.field}
        names = [self.value(row, self.columns["name"]) for row in members]
        self.has_titles = have_titles(names)

    def value(self, row: int, column: Column) -> Cell:
        """The value that counts for a row: merged over several rows it counts for each, an amount for the first."""
        top, left = self.sheet.anchor(row, column.index)
        if left != column.index or (top != row and column.field in MONEY):
            return None
        return self.sheet.cell(top, left)

    def read(self, row: int, kind: str = "") -> ReadRow:
        """The row with everything it states; `kind` is the kind of member of the heading above it."""
        return _Row(self, row).read(kind)


class _Row:
    def __init__(self, reader: RowReader, row: int) -> None:
        self.reader, self.row = reader, row
        self.columns, self.sheet = reader.columns, reader.sheet
        self.result = ReadRow(row + 1, ReadMember())
        self._cells: dict[str, Cell] = {}

    def say(self, field: str, said: Problem, cell: Cell = None) -> None:
        """Notes a problem at the cell of a field."""
        column = self.columns.get(field)
        where = letter(column.index) if column else None
        typed = said.params.get("typed") or as_typed(cell)
        params = {name: value for name, value in said.params.items() if name != "typed"}
        if field in _MASKED:
            typed = typed and masked(typed)
            params = {name: masked(value) if name == "kept" else value for name, value in params.items()}
        self.result.issues.append(CellIssue(said.code, field, where, self.row + 1, typed, params))

    def cell(self, field: str) -> Cell:
        """The value of a field; an Excel error or a formula without stored value is said once, and empty."""
        if field not in self._cells:
            self._cells[field] = self._found(field)
        return self._cells[field]

    def _found(self, field: str) -> Cell:
        column = self.columns.get(field)
        if column is None:
            return None
        at = (self.row, column.index)
        if at in self.sheet.faults:
            self.say(field, Problem("excel_error_value"), self.sheet.faults[at])
            return None
        cell = self.reader.value(self.row, column)
        if cell is None and at in self.sheet.formulas:
            self.say(field, Problem("formula_without_value"))
        if cell is not None and field in MONEY and self.sheet.anchor(self.row + 1, column.index) == at:
            self.say(field, Problem("merged_number"), cell)
        return cell

    def _read(self, field: str, parse: Callable[[Cell], Reading]) -> Any:
        cell = self.cell(field)
        if cell is None:
            return None
        reading = parse(cell)
        for said in reading.problems:
            self.say(field, said, cell)
        return reading.value

    def _text(self, field: str) -> str:
        """One line of text; "" for a dash."""
        cell = self.cell(field)
        raw = cell if isinstance(cell, str) else as_typed(cell) or ""
        text = tidy(raw)
        most = _LONGEST.get(field, 200)
        if TURNING.search(raw):
            self.say(field, Problem("text_with_hidden_marks"), text)
        elif len(text) > most:
            self.say(field, Problem("text_too_long", {"most": most}), text)
        return "" if fold(text) in DASHES | NOTHING else text[:most]

    def _name(self) -> str:
        """Reads the name and whom it stands for; returns the sex that a form of address tells."""
        member, cell = self.result.member, self._name_cell()
        found = read_name(cell, titles=self.reader.has_titles)
        if found.problem:
            self.say("name", found.problem, cell)
        if found.body:
            member.nature, member.body_name = found.body, found.text
        else:
            member.full_name = found.text
        self._representative(found.body)
        return found.sex if not found.body else ""

    def _name_cell(self) -> Cell:
        """Surname and given name in two columns make one name."""
        name, surname = self.cell("name"), self.cell("surname")
        if surname is None:
            return name
        return f"{as_typed(surname)} {as_typed(name) or ''}".strip()

    def _representative(self, body: str) -> None:
        member, cell = self.result.member, self.cell("representative")
        named = cell is not None and fold(as_typed(cell) or "") not in DASHES | NOTHING
        if not body:
            if named and fold(as_typed(cell) or "") != fold(member.full_name):
                self.say("representative", Problem("representative_of_a_person"), cell)
            return
        if not named:
            self.say("name", Problem("body_without_representative"), member.body_name)
            return
        found = read_name(cell, titles=bool(title_of(cell)))
        member.full_name = found.text[:LONGEST]
        if found.problem and found.problem.code != "title_or_surname":
            self.say("representative", found.problem, cell)

    def _sex(self, told: str) -> str:
        """From its column, from ticks under Nam and Nữ, from where the birth stands, or from Bà and Ông."""
        typed = self._read("sex", parse_sex)
        ticks = [sex for sex in ("female", "male") if self._ticked(sex, "sex_not_understood")]
        ticks += [sex for sex in ("female", "male") if self.cell(f"birth_{sex}") is not None]
        if len(set(ticks)) > 1:
            self.say("female" if "female" in self.columns else "birth_female", Problem("sex_in_both_columns"))
            return ""
        sex = typed or (ticks[0] if ticks else "")
        if sex and told and sex != told:
            title = (as_typed(self.cell("name")) or "").split()[0]
            self.say("sex", Problem("sex_against_title", {"title": title}), self.cell("sex"))
        return sex or told

    def _ticked(self, field: str, otherwise: str) -> bool:
        """Whether a column for ticks is ticked; anything else in it is said by the code `otherwise`."""
        cell = self.cell(field)
        if cell is not None and not is_marked(cell) and fold(as_typed(cell) or "") not in DASHES | NOTHING:
            self.say(field, Problem(otherwise), cell)
        return is_marked(cell)

    def _birth(self) -> str:
        """From one column, from those under Nam and Nữ, or from three for day, month and year."""
        for field in ("birth", "birth_female", "birth_male"):
            column = self.columns.get(field)
            if column is None or self.reader.value(self.row, column) is None:
                continue
            at = self.sheet.anchor(self.row, column.index)
            precision = self.sheet.precisions.get(at, "day")
            value = self._read(field, partial(self._birth_of, precision))
            if value:
                return value
        return ""

    def _birth_of(self, precision: str, cell: Cell) -> Reading:
        day, month = as_typed(self.cell("birth_day")), as_typed(self.cell("birth_month"))
        whole = f"{day}/{month}/{as_typed(cell)}" if day and month else cell
        return parse_birth(whole, self.reader.today, precision)

    def _kind(self, above: str) -> str:
        """From its column, from a tick, or from the heading above."""
        marked = [kind for kind in _KINDS if self._ticked(kind, "kind_not_understood")]
        if len(marked) > 1:
            self.say(marked[0], Problem("kind_in_two_columns"))
        typed = self._read("kind", _kind)
        return typed or (marked[0] if marked else above)

    def _address(self) -> str:
        parts = [self._text(field) for field in PLACES if field != "address"]
        whole = parts[0] or self._text("address")
        kept = [whole, *(part for part in parts[1:] if part and fold(part) not in fold(whole))]
        address = ", ".join(part for part in kept if part)
        if len(address) > _LONGEST["address"]:
            self.say("address", Problem("text_too_long", {"most": _LONGEST["address"]}), address)
        return address[: _LONGEST["address"]]

    def _money(self, field: str) -> int | None:
        column = self.columns.get(field)
        unit = MoneyColumn(column.unit) if column else MoneyColumn(None)
        money = self._read(field, lambda cell: _sum(cell, unit))
        if money is not None and money.qualifier:
            self.say(field, Problem("capital_not_exact"), self.cell(field))
        return money.amount if money is not None else None

    def _paid(self, committed: int | None) -> int | None:
        said = fold(as_typed(self.cell("paid")) or "").strip(" .")
        if said in _PAID_IN_FULL:
            return committed
        return 0 if said in NOTHING | {"chua gop", "chua nop"} else self._money("paid")

    def _capital(self) -> None:
        member = self.result.member
        found = Capital(
            self._money("committed"), self._money("cash"), self._money("asset_value"), self._text("asset"), member.kind
        )
        for field, said in settle_capital(found, member):
            self.say(field, said, self.cell(field))
        member.paid = self._paid(member.committed)
        if member.paid and member.paid > (member.committed or 0):
            amounts = {"paid": dotted(member.paid), "committed": dotted(member.committed or 0)}
            self.say("paid", Problem("paid_more_than_committed", amounts), self.cell("paid"))

    def _cross_check(self) -> None:
        """The number of the card against sex and birth: a warning, for either may be wrong (domain.md §8.3)."""
        member = self.result.member
        told = told_by(member.id_number)
        if told is None:
            return
        if member.sex and told.sex != member.sex:
            self.say("id_number", Problem("id_number_against_sex", {"sex": told.sex}))
        if member.birth and told.year != member.birth_year:
            self.say("id_number", Problem("id_number_against_birth", {"year": told.year}))

    def read(self, kind: str) -> ReadRow:
        """Every field, then the checks between fields."""
        member = self.result.member
        told = self._name()
        member.sex = self._sex(told)
        member.birth = self._birth()
        member.ethnicity = sentence_case_name(self._text("ethnicity"))
        nationality = self._text("nationality")
        member.nationality = "" if fold(nationality) in _VIETNAMESE else nationality
        foreign = bool(member.nationality)
        member.id_number = self._read("id_number", lambda cell: parse_id_number(cell, foreign=foreign)) or ""
        member.phone = self._read("phone", parse_phone) or ""
        member.address = self._address()
        member.kind = self._kind(kind)
        self._capital()
        member.offices = list(self._read("office", _offices) or ())
        member.note = self._text("note")
        self._cross_check()
        return self.result
