"""Reading an attendance list from a spreadsheet: the columns of a member list, and body and role besides."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from casework.people.roll.headers import MEMBERS
from casework.people.roll.headers import classify as classify_member
from casework.people.roll.headers import read_columns as read_member_columns
from casework.people.roll.model import MemberList, RollRefused
from casework.people.roll.row_kinds import sort_lines
from casework.people.roll.rows import RowReader
from casework.programme.roster.contents import Table
from casework.programme.roster.grid import as_typed
from casework.programme.roster.headers import Column, without_units
from casework.programme.roster.reader import open_sheets
from casework.programme.roster.table import Vocabulary, find_table
from casework.programme.roster.text import fold, tidy

MOST_LINES = 500
_VIETNAM = dt.timezone(dt.timedelta(hours=7))
# By the lowest header cell, folded: which cooperative or body, and as what.
_BODY = re.compile(r"don vi|\bhtx\b|hop tac xa|to hop tac|\btht\b|co quan|noi cong tac|to chuc|doanh nghiep")
_ROLE = re.compile(r"chuc vu|chuc danh|vai tro|doi tuong|nghe nghiep|cong viec")
_ROLES = (
    ("manager", re.compile(r"giam doc|chu tich|hdqt|quan tri|truong|ke toan|kiem soat|quan ly|dieu hanh|chu nhiem")),
    ("member", re.compile(r"thanh vien|xa vien|to vien|hoi vien")),
    ("worker", re.compile(r"lao dong|cong nhan|nhan vien|nguoi lam")),
    ("official", re.compile(r"can bo|cong chuc|vien chuc|chuyen vien|ubnd|hoi phu nu|lhpn")),
    ("starting", re.compile(r"khoi nghiep|y tuong")),
)


def classify(texts: list[str]) -> str | None:
    """The field a header path stands for."""
    leaf = without_units(texts[-1]) if texts else ""
    if _BODY.search(leaf):
        return "body"
    return "role" if _ROLE.search(leaf) else classify_member(texts)


def _columns(paths: list[list[str]], unit: int | None) -> list[Column]:
    columns = read_member_columns(paths, unit)
    taken: set[str] = set()
    for column in columns:
        own = classify(paths[column.index]) if column.index < len(paths) and paths[column.index] else None
        if own in ("body", "role") and own not in taken:
            column.field = own
            taken.add(own)
    return columns


ATTENDANCE = Vocabulary(classify, _columns, MEMBERS.settle, finished=frozenset({"stt", "name", "note"}), least=2)


@dataclass(frozen=True)
class Attendance:
    """A list understood: its people as a member list, and what each line says of body and role, by row number."""

    people: MemberList
    more: dict[int, dict[str, str]]

    def wire(self) -> dict[str, Any]:
        """Plain data for the way from the child process."""
        return {"people": self.people.wire(), "more": {str(number): said for number, said in self.more.items()}}

    @classmethod
    def from_wire(cls, data: dict[str, Any]) -> "Attendance":
        """The list again."""
        more = {int(number): said for number, said in data["more"].items()}
        return cls(MemberList.from_wire(data["people"]), more)


def read_attendance(data: bytes, filename: str) -> Attendance:
    """The list in the content of a file: in the table with most people. Raises RosterRefused."""
    tables = [table for sheet in open_sheets(data, filename) if (table := find_table(sheet, ATTENDANCE)) is not None]
    if not tables:
        raise RollRefused("no_table")
    table, lines = max(((table, sort_lines(table)) for table in tables), key=lambda pair: len(pair[1].members))
    if not lines.members:
        raise RollRefused("no_rows")
    if len(lines.members) > MOST_LINES:
        raise RollRefused("too_many_members", found=str(len(lines.members)), most=str(MOST_LINES))
    reader = RowReader(table, lines.members, dt.datetime.now(_VIETNAM).date())
    rows = [reader.read(row) for row in lines.members]
    more = {row + 1: _more(reader, table, row) for row in lines.members}
    return Attendance(MemberList(filename, table.sheet.name, {}, rows), more)


def _more(reader: RowReader, table: Table, row: int) -> dict[str, str]:
    found = {}
    for field in ("body", "role"):
        column = table.column_of(field)
        found[field] = tidy(as_typed(reader.value(row, column)) or "")[:200] if column else ""
    return found


def role_of(said: str) -> str:
    """The role that a text names; "" where it names none."""
    folded = fold(said)
    return next((role for role, words in _ROLES if words.search(folded)), "")
