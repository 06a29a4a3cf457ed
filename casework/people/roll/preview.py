"""A member list as the preview page shows it, before anything is entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases.models import Case
from casework.organisations.standing import Standing
from casework.people.likely import Likely
from casework.people.roll.choice import Choice
from casework.people.roll.matching import Change, Conflict, Match
from casework.people.roll.model import CellIssue, MemberList, ReadRow
from casework.people.roll.plan import Newcomer, plan_import
from casework.people.roll.wording import HOW, field_label, unit_text, value_text
from casework.programme.preview import MOST_SHOWN, Problem, ProblemRow, Shown

ROWS_A_PAGE = 50
_CONFLICTS = {
    "other_name": gettext_lazy("The personal identification number is that of %(names)s, who is a member already."),
    "several_known": gettext_lazy(
        "Several members have this name (%(names)s). Add the year of birth or the number of the card."
    ),
    "several_persons": gettext_lazy(
        "Several persons whom you may see could be meant (%(names)s). Add the number of the card, or enter this member "
        "by hand."
    ),
    "second_row": gettext_lazy("Another row of the file stands for the same member (%(names)s)."),
}


@dataclass(frozen=True)
class Difference:
    """One value that would change, in words."""

    label: str
    before: str
    after: str


Entry = Newcomer | Match


@dataclass(frozen=True)
class EntryRow:
    """A row that would be entered: somebody new, or changes of a member who is there.

    `same` names a person of the register whom the row may stand for; `taken` and `is_same` are its ticks.
    """

    number: int
    name: str
    is_new: bool
    how: str
    facts: list[tuple[str, str]]
    changes: list[Difference]
    taken: bool
    same: str
    is_same: bool


class Preview:
    """What an import into a case would do now. Seven queries."""

    def __init__(self, read: MemberList, case: Case, standing: Standing, choice: Choice) -> None:
        self.list, self.choice = read, choice
        self.plan = plan_import(read, case, standing)

    @cached_property
    def entries(self) -> list[Entry]:
        """New rows and rows with changes, in the order of the file."""
        found: list[Entry] = [*self.plan.newcomers, *self.plan.changed]
        return sorted(found, key=lambda entry: entry.row.number)

    @cached_property
    def taken(self) -> list[Entry]:
        """The entries that are not unticked."""
        return [entry for entry in self.entries if entry.row.number not in self.choice.left_out]

    @property
    def kind_is_open(self) -> bool:
        """True when a new member of the list has no kind."""
        return any(isinstance(entry, Newcomer) and not entry.row.member.kind for entry in self.entries)

    @property
    def has_offices(self) -> bool:
        """True when a row that would be entered names an office."""
        return any(new.offices for new in self.plan.newcomers) or any(
            change.field == "office" for match in self.plan.changed for change in match.changes
        )

    @cached_property
    def columns(self) -> list[tuple[str, str, str]]:
        """Each column from left to right: letter, what it was taken for, unit or that it is not entered."""
        facts = self.list.facts
        fields = {letter: field for field, letter in facts["columns"].items()}
        found = []
        for letter, title in facts["titles"].items():
            field = fields.get(letter)
            unit = unit_text(field, facts["units"].get(field)) if field else _("not entered")
            found.append((letter, field_label(field) if field else title, unit))
        return found

    @cached_property
    def errors(self) -> Shown:
        """Rows that are left out because of a mistake, and what is wrong with each."""
        known = [_conflict_row(conflict) for conflict in self.plan.conflicts]
        wrong = [_problem_row(row, row.errors) for row in self.list.wrong[:MOST_SHOWN]]
        shown = sorted([*known, *wrong], key=lambda row: row.number)[:MOST_SHOWN]
        return Shown(shown, len(known) + len(self.list.wrong))

    @cached_property
    def warnings(self) -> Shown:
        """What asks for a look: in rows that would be entered, and in lines that are no member."""
        lines = [ProblemRow(issue.excel_row, "", [_problem(issue)]) for issue in self.list.remarks[:MOST_SHOWN]]
        rows = [row for row in self.list.good if row.warnings]
        shown = [*lines, *(_problem_row(row, row.warnings) for row in rows[:MOST_SHOWN])]
        count = len(self.list.remarks) + len(rows)
        return Shown(sorted(shown, key=lambda row: row.number)[:MOST_SHOWN], count)

    def page(self, number: str | None) -> Page:
        """A page of the entries; the nearest one to a number that does not exist."""
        return Paginator(self.entries, ROWS_A_PAGE).get_page(number)

    def entry_rows(self, page: Page) -> list[EntryRow]:
        """The entries of a page in words."""
        return [self._entry_row(entry) for entry in page.object_list]

    def _entry_row(self, entry: Entry) -> EntryRow:
        number, is_new = entry.row.number, isinstance(entry, Newcomer)
        likely = entry.likely if isinstance(entry, Newcomer) else None
        return EntryRow(
            number=number,
            name=entry.row.member.name,
            is_new=is_new,
            how=str(HOW[entry.how]) if isinstance(entry, Match) else "",
            facts=_facts(entry) if isinstance(entry, Newcomer) else [],
            # Of somebody new only what the register says otherwise; the rest stands among her facts.
            changes=[_difference(change) for change in entry.changes if not is_new or change.before],
            taken=number not in self.choice.left_out,
            same=_described(likely) if likely else "",
            is_same=number not in self.choice.another,
        )


def _described(likely: Likely) -> str:
    """A person of the register, told apart by her year of birth."""
    person = likely.person
    born = f" ({person.birth_year})" if person.birth_year else ""
    where = _("of this case") if likely.here else _("of another case that you may see")
    return f"{person.full_name}{born}, {where}"


def _difference(change: Change) -> Difference:
    return Difference(
        field_label(change.field), value_text(change.field, change.before), value_text(change.field, change.after)
    )


def _facts(new: Newcomer) -> list[tuple[str, str]]:
    """What a new member brings, in words."""
    member, home = new.row.member, new.home
    fields: list[tuple[str, Any]] = [
        ("representative", member.full_name if member.body_name else ""),
        *((field, getattr(member, field)) for field in ("sex", "birth", "ethnicity", "nationality", "id_number")),
        ("phone", member.phone),
        ("area_id", home.area if home else None),
        ("address", home.address if home else ""),
        *((field, getattr(member, field)) for field in ("kind", "committed", "paid", "asset", "asset_value")),
        *(("office", office) for office in new.offices),
        ("note", member.note),
    ]
    return [(field_label(field), text) for field, value in fields if (text := value_text(field, value))]


def _problem_row(row: ReadRow, issues: Iterable[CellIssue]) -> ProblemRow:
    return ProblemRow(row.number, row.member.name, [_problem(issue) for issue in issues])


def _problem(issue: CellIssue) -> Problem:
    typed = issue.typed or ""
    return Problem(
        cell=f"{issue.letter or ''}{issue.excel_row}",
        label=field_label(issue.column),
        # Most sentences quote it; it is not said twice.
        typed="" if f"“{typed}”" in issue.message else typed,
        message=issue.message,
    )


def _conflict_row(conflict: Conflict) -> ProblemRow:
    message = str(_CONFLICTS[conflict.code]) % {"names": ", ".join(conflict.names)}
    return ProblemRow(
        conflict.row.number,
        conflict.row.member.name,
        [Problem(str(conflict.row.number), field_label("name"), "", message)],
    )
