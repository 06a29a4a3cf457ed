"""What the reader hands back. Plain data: no Django, no library object, everything fits into JSON."""

from dataclasses import dataclass, field
from typing import Any

from casework.programme.roster import messages


class RosterRefused(Exception):
    """The file as a whole cannot be read.

    `code` is stable; `str(error)` is a sentence for the officer in the language active when it is asked for.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return messages.render(self.code, self.params)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to say about one value, before it is known where the value stands."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell understood: the value (None = not stated or not readable) and what must be said about it."""

    value: Any = None
    problems: tuple[Problem, ...] = ()


EMPTY = Reading()


def problem(code: str, value: Any = None, **params: Any) -> Reading:
    """A reading with exactly one thing to say."""
    return Reading(value, (Problem(code, params),))


@dataclass(slots=True)
class Issue:
    """A problem at its place: field name, column letter, row, what was typed."""

    code: str
    column: str
    letter: str | None
    excel_row: int
    typed: str | None = None
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """Errors keep the row from being imported as typed; warnings ask for a look."""
        return messages.is_error(self.code)

    @property
    def message(self) -> str:
        """What is wrong and what to do, in the active language."""
        typed = self.typed or ""
        return messages.render(self.code, {"typed": typed, "row": self.excel_row, **self.params})

    def wire(self) -> dict[str, Any]:
        """The issue without its sentence, for the way from the child process."""
        return {
            "code": self.code,
            "column": self.column,
            "letter": self.letter,
            "excel_row": self.excel_row,
            "typed": self.typed,
            "params": self.params,
        }

    def as_json(self, sheet: str) -> dict[str, Any]:
        """The issue with sheet, place, sentence and parameters."""
        where = {"sheet": sheet, "excel_row": self.excel_row, "column": self.column, "letter": self.letter}
        return {**self.params, **where, "code": self.code, "typed": self.typed, "message": self.message}


@dataclass(slots=True)
class RosterRow:
    """One row below the header. `kind`: case, blank, section, header, index, subtotal, total, footer,
    continuation (second line of a case whose name cell is merged over several rows).
    """

    excel_row: int
    kind: str
    duplicate_of_row: int | None = None
    parsed: dict[str, Any] | None = None
    errors: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    def add(self, issue: Issue) -> None:
        """Files the issue under errors or warnings by its code."""
        (self.errors if issue.is_error else self.warnings).append(issue)

    def wire(self) -> dict[str, Any]:
        """Plain data without sentences."""
        return {
            "excel_row": self.excel_row,
            "kind": self.kind,
            "duplicate_of_row": self.duplicate_of_row,
            "parsed": self.parsed,
            "errors": [issue.wire() for issue in self.errors],
            "warnings": [issue.wire() for issue in self.warnings],
            "extra": self.extra,
        }

    @classmethod
    def from_wire(cls, data: dict[str, Any]) -> "RosterRow":
        """The row again, from `wire()`."""
        errors = [Issue(**issue) for issue in data["errors"]]
        warnings = [Issue(**issue) for issue in data["warnings"]]
        return cls(**{**data, "errors": errors, "warnings": warnings})

    def as_json(self, sheet: str) -> dict[str, Any]:
        """The row in the shape of the truth file."""
        row: dict[str, Any] = {"excel_row": self.excel_row, "kind": self.kind}
        if self.kind == "case":
            row |= {"duplicate_of_row": self.duplicate_of_row, "parsed": self.parsed}
        if self.kind == "case" or self.errors or self.warnings:
            row["errors"] = [issue.as_json(sheet) for issue in self.errors]
            row["warnings"] = [issue.as_json(sheet) for issue in self.warnings]
        return row | self.extra


@dataclass(slots=True)
class Roster:
    """A whole sheet understood."""

    file: str
    sheet: str
    facts: dict[str, Any]
    rows: list[RosterRow]

    @property
    def cases(self) -> list[RosterRow]:
        """The rows that stand for a cooperative or group."""
        return [row for row in self.rows if row.kind == "case"]

    @property
    def errors(self) -> list[Issue]:
        """Every error of every row, in row order."""
        return [issue for row in self.rows for issue in row.errors]

    @property
    def warnings(self) -> list[Issue]:
        """Every warning of every row, in row order."""
        return [issue for row in self.rows for issue in row.warnings]

    def wire(self) -> dict[str, Any]:
        """Plain data without sentences, for the way from the child process."""
        rows = [row.wire() for row in self.rows]
        return {"file": self.file, "sheet": self.sheet, "facts": self.facts, "rows": rows}

    @classmethod
    def from_wire(cls, data: dict[str, Any]) -> "Roster":
        """The roster again, from `wire()`."""
        rows = [RosterRow.from_wire(row) for row in data["rows"]]
        return cls(data["file"], data["sheet"], data["facts"], rows)

    def as_json(self) -> dict[str, Any]:
        """The roster in the shape of the truth file, sentences in the active language."""
        rows = [row.as_json(self.sheet) for row in self.rows]
        return {"file": self.file, "sheet": self.sheet, **self.facts, "rows": rows}
