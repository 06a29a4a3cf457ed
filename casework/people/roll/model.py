"""What the reader of member lists hands back. Plain data that fits into JSON; no database."""

from dataclasses import asdict, dataclass, field
from typing import Any

from casework.people.roll import messages
from casework.programme.roster.model import Issue, RosterRefused


class RollRefused(RosterRefused):
    """The file as a whole cannot be read. `str(error)` is a sentence for the officer."""

    def __str__(self) -> str:
        return messages.render(self.code, self.params)


class CellIssue(Issue):
    """A problem at its place, in the words of member lists. Errors keep the row from being entered."""

    @property
    def is_error(self) -> bool:
        """True when the value could not be taken over; warnings keep the row."""
        return messages.is_error(self.code)

    @property
    def message(self) -> str:
        """What was found and what to write instead, in the active language."""
        return messages.render(self.code, {"typed": self.typed or "", "row": self.excel_row, **self.params})


@dataclass(slots=True)
class ReadMember:
    """What one row says about a member. "" and None: not stated.

    `sex`, `kind`, `nature`, `asset_kind` and `offices` hold values of the choices in casework.people.models;
    `birth` is 1985 or 1985-03-12; `phone` is E.164; amounts are whole đồng. Of a household or body
    `body_name` is its name and `full_name` that of its representative.
    """

    full_name: str = ""
    nature: str = "person"
    body_name: str = ""
    sex: str = ""
    birth: str = ""
    ethnicity: str = ""
    nationality: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""
    kind: str = ""
    committed: int | None = None
    paid: int | None = None
    asset: str = ""
    asset_kind: str = ""
    asset_value: int | None = None
    offices: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def birth_year(self) -> int | None:
        """The year of birth, None when not stated."""
        return int(self.birth[:4]) if self.birth else None

    @property
    def name(self) -> str:
        """What the member is called on a list."""
        return self.body_name or self.full_name


@dataclass(slots=True)
class ReadRow:
    """One row of the list; `duplicate_of` is the row that names the same member before it."""

    number: int
    member: ReadMember
    issues: list[CellIssue] = field(default_factory=list)
    duplicate_of: int | None = None

    @property
    def errors(self) -> list[CellIssue]:
        """What keeps the row out."""
        return [issue for issue in self.issues if issue.is_error]

    @property
    def warnings(self) -> list[CellIssue]:
        """What asks for a look."""
        return [issue for issue in self.issues if not issue.is_error]


@dataclass(slots=True)
class MemberList:
    """A whole list understood. `facts` tells where it stands and what its columns were taken for."""

    file: str
    sheet: str
    facts: dict[str, Any]
    rows: list[ReadRow]
    # Problems of lines that are no member: totals that do not add up, lines that were not understood.
    remarks: list[CellIssue] = field(default_factory=list)

    @property
    def good(self) -> list[ReadRow]:
        """Rows that could be entered: no error, not a repeat."""
        return [row for row in self.rows if row.duplicate_of is None and not row.errors]

    @property
    def wrong(self) -> list[ReadRow]:
        """Rows with an error."""
        return [row for row in self.rows if row.duplicate_of is None and row.errors]

    @property
    def repeats(self) -> list[ReadRow]:
        """Rows that repeat an earlier one."""
        return [row for row in self.rows if row.duplicate_of is not None]

    def wire(self) -> dict[str, Any]:
        """Plain data without sentences, for the way from the child process and for the kept upload."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "facts": self.facts,
            "rows": [_row_wire(row) for row in self.rows],
            "remarks": [issue.wire() for issue in self.remarks],
        }

    @classmethod
    def from_wire(cls, data: dict[str, Any]) -> "MemberList":
        """The list again, from `wire()`."""
        rows = [_row_from_wire(row) for row in data["rows"]]
        return cls(data["file"], data["sheet"], data["facts"], rows, [CellIssue(**i) for i in data["remarks"]])


_EMPTY = asdict(ReadMember())


def _row_wire(row: ReadRow) -> dict[str, Any]:
    """A row; fields that say nothing are left out, most do not."""
    member = {name: value for name, value in asdict(row.member).items() if value != _EMPTY[name]}
    found: dict[str, Any] = {"number": row.number, "member": member}
    if row.issues:
        found["issues"] = [issue.wire() for issue in row.issues]
    return found | ({"duplicate_of": row.duplicate_of} if row.duplicate_of else {})


def _row_from_wire(data: dict[str, Any]) -> ReadRow:
    issues = [CellIssue(**issue) for issue in data.get("issues", [])]
    return ReadRow(data["number"], ReadMember(**data["member"]), issues, data.get("duplicate_of"))
