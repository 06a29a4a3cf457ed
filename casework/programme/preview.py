"""A roster as the preview page shows it, before anything is entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.organisations.models import Organisation
from casework.programme.entries import Entry
from casework.programme.register import Known, known_in_register
from casework.programme.roster.model import Issue, Roster, RosterRow
from casework.programme.sorting import GoodRows, good_rows
from casework.programme.words import (
    NOT_ENTERED,
    amount_range,
    day_first,
    field_label,
    form_label,
    how_known,
    stated,
    unit_of,
)
from casework.vietnamese import fold

ROWS_A_PAGE = 50
# Lists of what is wrong end here: who has more of it corrects the file first.
MOST_SHOWN = 50
# Rows of one group that stand side by side.
SIDE_BY_SIDE = 4


@dataclass(frozen=True)
class Problem:
    """One thing to say about one cell."""

    cell: str
    label: str
    typed: str
    message: str


@dataclass(frozen=True)
class ProblemRow:
    """All that is to be said about one row."""

    number: int
    name: str
    problems: list[Problem]


@dataclass(frozen=True)
class Difference:
    """One field of rows side by side."""

    label: str
    values: list[tuple[int, str]]


@dataclass(frozen=True)
class Group:
    """Rows that seem to stand for the same body; the first is the one that is entered."""

    first: int
    numbers: list[int]
    differences: list[Difference]
    more: int


@dataclass(frozen=True)
class KnownRow:
    """A row, and the entry of the register that it repeats."""

    number: int
    name: str
    in_register: str
    how: str


@dataclass(frozen=True)
class GoodRow:
    """A row that will be entered."""

    number: int
    name: str
    form: str
    becomes_lead: bool
    place: str
    today: str
    founded: str
    members: int | None
    women: int | None
    products: str
    money: list[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    """The beginning of a list, how long it is, and how much of it is not shown."""

    rows: list[Any]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


class Preview:
    """What an import of a roster for an organisation would do now. Two queries."""

    def __init__(self, roster: Roster, organisation: Organisation):
        self.roster, self.organisation = roster, organisation
        self.good: GoodRows = good_rows(roster)
        self.known: list[Known] = known_in_register(self.good.entries)
        known = {match.excel_row for match in self.known}
        self.new: list[Entry] = [entry for entry in self.good.entries if entry.row not in known]
        self.leads: list[Entry] = [entry for entry in self.new if entry.becomes_lead]

    @cached_property
    def columns(self) -> list[tuple[str, str, str]]:
        """Each column from left to right: letter, what it was taken for, unit or that it is not entered."""
        facts, aside = self.roster.facts, _("not entered")
        columns = [
            (letter, field_label(field), aside if field in NOT_ENTERED else unit_of(field, facts["header_units"]))
            for field, letter in facts["column_map"].items()
        ]
        columns += [(letter, title, aside) for letter, title in facts["extra_columns"].items()]
        return sorted(columns, key=lambda column: (len(column[0]), column[0]))

    @cached_property
    def unread_tables(self) -> list[dict[str, Any]]:
        """Other lists of the file, which were not read: sheet and rows."""
        return [table for table in self.roster.facts.get("other_tables", []) if table["rows"]]

    @cached_property
    def errors(self) -> Shown:
        """Rows that are left out because of a mistake, and what is wrong with each."""
        rows = [row for row in self.roster.rows if row.errors]
        return Shown([_problem_row(row, row.errors) for row in rows[:MOST_SHOWN]], len(rows))

    @cached_property
    def warnings(self) -> Shown:
        """Rows with something that asks for a look; repeats are shown on their own."""
        rows = [(row, said) for row in self.roster.rows if (said := _warnings(row))]
        return Shown([_problem_row(row, said) for row, said in rows[:MOST_SHOWN]], len(rows))

    @cached_property
    def groups(self) -> Shown:
        """Rows that repeat each other, side by side."""
        by_first: dict[int, list[RosterRow]] = {}
        for repeat in self.good.repeats:
            by_first.setdefault(repeat.of_row, []).append(repeat.row)
        rows = {row.excel_row: row for row in self.roster.cases}
        shown = [_group(rows[first], later) for first, later in list(by_first.items())[:MOST_SHOWN]]
        return Shown(shown, len(by_first))

    @cached_property
    def known_rows(self) -> Shown:
        """Rows that the register holds already."""
        names = {entry.row: entry.name for entry in self.good.entries}
        rows = [KnownRow(k.excel_row, names[k.excel_row], k.name, how_known(k.how)) for k in self.known[:MOST_SHOWN]]
        return Shown(rows, len(self.known))

    @cached_property
    def outside(self) -> int:
        """Groups that will be led by the organisation although they are in another province."""
        area = self.organisation.area
        here = area and (area.parent_id or area.pk)
        return sum(1 for entry in self.leads if entry.province and entry.province.pk != here)

    @property
    def left_out(self) -> int:
        """Rows that would not be entered."""
        return len(self.roster.cases) - len(self.new)

    @property
    def button(self) -> str:
        """What sending the form will do."""
        enter = ngettext("Import %(n)s cooperative", "Import %(n)s cooperatives", len(self.new))
        if not self.leads:
            return enter % {"n": len(self.new)}
        leads = ngettext("open %(n)s lead", "open %(n)s leads", len(self.leads)) % {"n": len(self.leads)}
        return _("%(enter)s and %(leads)s") % {"enter": enter % {"n": len(self.new)}, "leads": leads}

    def page(self, number: str | None) -> Page:
        """A page of the entries to come; the nearest one to a number that does not exist."""
        return Paginator(self.new, ROWS_A_PAGE).get_page(number)


def _warnings(row: RosterRow) -> list[Issue]:
    return [issue for issue in row.warnings if issue.code != "possible_duplicate"]


def _problem_row(row: RosterRow, issues: Iterable[Issue]) -> ProblemRow:
    return ProblemRow(row.excel_row, (row.parsed or {}).get("name_norm") or "", [_problem(issue) for issue in issues])


def _problem(issue: Issue) -> Problem:
    typed = issue.typed or ""
    return Problem(
        cell=f"{issue.letter or ''}{issue.excel_row}",
        label=field_label(issue.column),
        # Most sentences quote it; it is not said twice.
        typed="" if f"“{typed}”" in issue.message else typed,
        message=issue.message,
    )


def _group(first: RosterRow, later: list[RosterRow]) -> Group:
    rows = [first, *later][:SIDE_BY_SIDE]
    words = [(row.excel_row, stated(row.parsed or {})) for row in rows]
    differences = [
        Difference(field_label(field), [(number, said[field]) for number, said in words])
        for field in words[0][1]
        if field in ("name", "address") or len({said[field] for _number, said in words}) > 1
    ]
    numbers = [number for number, _said in words]
    return Group(first.excel_row, numbers, differences, 1 + len(later) - len(rows))


def good_row(entry: Entry) -> GoodRow:
    """A row that will be entered, in words."""
    place = entry.values["place_as_written"]
    return GoodRow(
        number=entry.row,
        name=entry.name,
        form=form_label(entry.legal_form),
        becomes_lead=entry.becomes_lead,
        place=place,
        today=_today(entry),
        founded=day_first(entry.values["founded"]),
        members=entry.values["members"],
        women=entry.values["women"],
        products=entry.values["products"],
        money=_money(entry.values),
    )


def _today(entry: Entry) -> str:
    """The place as it is called since the reform, as far as that is certain and not what was typed."""
    typed, units = fold(entry.values["place_as_written"]), [unit for unit in (entry.commune, entry.province) if unit]
    return "" if all(fold(unit.name) in typed for unit in units) else ", ".join(map(str, units))


def _money(values: dict[str, Any]) -> list[tuple[str, str]]:
    amounts = [
        ("cap", amount_range(values["capital"], None)),
        ("loan", amount_range(values["loan"], None)),
        ("grant", amount_range(values["grant"], None)),
        ("income", amount_range(values["income_from"], values["income_to"])),
    ]
    return [(field_label(field), text) for field, text in amounts if text]
