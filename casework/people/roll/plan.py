"""What an import of a list into a case would do now: the same for the page that shows it and the act that does it."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from casework.cases.models import Case
from casework.organisations.standing import Standing
from casework.people.likely import Likely, likely_same
from casework.people.roll.entering import person_data
from casework.people.roll.homes import Home, homes_of
from casework.people.roll.matching import Change, Conflict, Known, Match, person_changes
from casework.people.roll.model import MemberList, ReadRow


@dataclass(frozen=True)
class Newcomer:
    """A row for somebody who is no member yet; `likely` is a person of the register whom she may be."""

    row: ReadRow
    home: Home | None
    likely: Likely | None = None
    # Those that the row names and she does not hold yet.
    offices: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the row would change in the register where she is that person."""
        person = self.likely.person if self.likely else None
        return tuple(person_changes(self.row.member, self.home, person))


@dataclass(frozen=True)
class Plan:
    """The good rows of a list by what becomes of them."""

    newcomers: list[Newcomer]
    changed: list[Match]
    unchanged: list[Match]
    conflicts: list[Conflict]

    @property
    def fingerprint(self) -> str:
        """A short text that differs as soon as an import would do anything else."""
        parts: list[Any] = [
            (new.row.number, new.home, new.likely and new.likely.person.pk, new.changes, new.offices)
            for new in self.newcomers
        ]
        parts += [(match.row.number, match.member.pk, match.changes) for match in self.changed]
        return sha256(repr(parts).encode()).hexdigest()[:32]


def plan_import(read: MemberList, case: Case, standing: Standing) -> Plan:
    """The plan for the good rows of a list, as somebody may see the register. Seven queries.

    A member or person is recognised once: a second row for her is a conflict.
    """
    rows = read.good
    homes, known = homes_of(rows, case.area), Known(case)
    found = Plan([], [], [], [])
    new: list[ReadRow] = []
    taken: set[int] = set()
    for row in rows:
        result = known.find(row, homes.get(row.number))
        if isinstance(result, Match) and result.member.pk in taken:
            result = Conflict(row, "second_row", (result.member.name,))
        if result is None:
            new.append(row)
        elif isinstance(result, Conflict):
            found.conflicts.append(result)
        else:
            taken.add(result.member.pk)
            (found.changed if result.changes else found.unchanged).append(result)
    data = [person_data(row.member) for row in new]
    persons: set[int] = set()
    for row, likely in zip(new, likely_same(standing, case, data), strict=True):
        answer = _newcomer(row, homes.get(row.number), likely, known)
        person = answer.likely.person.pk if isinstance(answer, Newcomer) and answer.likely else 0
        if person in persons:
            answer = Conflict(row, "second_row", (likely[0].person.full_name,))
        if isinstance(answer, Conflict):
            found.conflicts.append(answer)
        else:
            found.newcomers.append(answer)
            persons |= {person} - {0}
    return found


def _newcomer(row: ReadRow, home: Home | None, likely: list[Likely], known: Known) -> Newcomer | Conflict:
    if len(likely) > 1:
        return Conflict(row, "several_persons", tuple(one.person.full_name for one in likely))
    person = likely[0].person.pk if likely else None
    offices = tuple(title for title in row.member.offices if (person, title) not in known.offices)
    return Newcomer(row, home, likely[0] if likely else None, offices)
