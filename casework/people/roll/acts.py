"""Entering a member list: one act, one event, all of the chosen rows or none."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.organisations.standing import standing_of
from casework.people.acts import KEEP
from casework.people.assets import enter_asset
from casework.people.models import Member
from casework.people.offices import appoint
from casework.people.roll.choice import Choice
from casework.people.roll.entering import asset_data, changed_member, known_person, new_member
from casework.people.roll.model import MemberList, ReadMember
from casework.people.roll.plan import Newcomer, Plan, plan_import
from casework.people.saving import RowsRefused, save_rows
from casework.people.typed import MemberRow
from casework.sharing.querysets import working_organisations

_MOST_FAULTS = 10


@dataclass(frozen=True)
class ImportMembers(Act):
    """Enter the good rows of a member list: who is new joins, who is known is brought up to date.

    `seen` is the fingerprint of the plan that was looked at (see Plan): nothing else is carried out. `kind` is
    that of new members whose row says none, `since` the day they join, `office_since` that of offices named.
    """

    verb: ClassVar[str] = "members.imported"

    case_id: int
    read: MemberList
    seen: str
    since: date
    kind: str = ""
    office_since: date | None = None
    choice: Choice = field(default_factory=Choice)

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(KEEP, working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        if unit.case.status == Status.CLOSED:
            raise ActionNotPossible(_("This case is closed. Its members and offices stay as they are."))
        plan = plan_import(self.read, unit.case, unit.standing or standing_of(unit.by))
        if plan.fingerprint != self.seen:
            raise ActionNotPossible(
                _("Members of this case were changed meanwhile. Look at the list again, then enter it.")
            )
        return _Entry(self, unit, plan).enter()


class _Entry:
    """One import under the lock."""

    def __init__(self, act: ImportMembers, unit: Unit, plan: Plan) -> None:
        self.act, self.unit, self.plan = act, unit, plan
        left_out = act.choice.left_out
        self.newcomers = [one for one in plan.newcomers if one.row.number not in left_out]
        self.changed = [match for match in plan.changed if match.row.number not in left_out]
        if not self.newcomers and not self.changed:
            raise ActionNotPossible(_("No row is ticked, so there is nothing to enter."))
        if not act.kind and any(not one.row.member.kind for one in self.newcomers):
            raise ActionNotPossible(_("Choose the kind of the members whose row says none."), "kind")

    def enter(self) -> dict[str, Any]:
        """Members first, then their assets and offices. Returns what was done, in counts."""
        rows = [(one.row.number, self._newcomer(one)) for one in self.newcomers]
        rows += [(match.row.number, row) for match in self.changed if (row := changed_member(match))]
        saved = {match.row.number: match.member for match in self.changed}
        saved |= dict(zip((number for number, _row in rows), self._saved(rows), strict=True))
        assets, offices = self._new_assets(), self._new_offices()
        for number, read in assets:
            with _at_row(number):
                enter_asset(self.unit, saved[number], asset_data(read))
        for number, title in offices:
            with _at_row(number):
                self._appoint(saved[number], title)
        done = {"entered": len(self.newcomers), "changed": len(self.changed)}
        done |= {"assets": len(assets), "offices": len(offices)}
        self.unit.facts = {"file": self.act.read.file, **done}
        return done | self._passed_over()

    def _newcomer(self, one: Newcomer) -> MemberRow:
        read, kind, since = one.row.member, self.act.kind, self.act.since
        if one.likely is None or one.row.number in self.act.choice.another:
            return new_member(read, one.home, kind, since)
        changes = {change.field: change.after for change in one.changes}
        return known_person(read, one.likely.person, changes, kind, since)

    def _saved(self, rows: list[tuple[int, MemberRow]]) -> list[Member]:
        """The members in the order of the rows. Raises ActionNotPossible naming the rows of the file."""
        try:
            return save_rows(self.unit, self.unit.case, [row for _number, row in rows])
        except RowsRefused as refused:
            said = [_row_says(rows[fault.place][0], fault.sentence) for fault in refused.faults]
            more = len(said) - _MOST_FAULTS
            tail = [_("And %(n)s more.") % {"n": more}] if more > 0 else []
            raise ActionNotPossible(" ".join([*said[:_MOST_FAULTS], *tail])) from refused

    def _new_assets(self) -> list[tuple[int, ReadMember]]:
        """Assets that a row names and the case does not know yet."""
        new = [one.row for one in self.newcomers if one.row.member.asset]
        new += [match.row for match in self.changed if any(change.field == "asset" for change in match.changes)]
        return [(row.number, row.member) for row in new]

    def _new_offices(self) -> list[tuple[int, str]]:
        """Offices that a row names and the member does not hold yet."""
        new = [(one.row.number, title) for one in self.newcomers for title in one.offices]
        return new + [(m.row.number, c.after) for m in self.changed for c in m.changes if c.field == "office"]

    def _appoint(self, member: Member, title: str) -> None:
        if member.person is None or self.act.office_since is None:
            raise ActionNotPossible(_("Write the day from which the offices of the list are held."), "office_since")
        appoint(self.unit, self.unit.case, member.person, title, self.act.office_since)

    def _passed_over(self) -> dict[str, int]:
        plan, read = self.plan, self.act.read
        return {
            "unchanged": len(plan.unchanged),
            "left_out": len(plan.newcomers) + len(plan.changed) - len(self.newcomers) - len(self.changed),
            "repeats": len(read.repeats),
            "with_errors": len(read.wrong) + len(plan.conflicts),
        }


def _row_says(number: int, sentence: str) -> str:
    return _("Row %(n)s: %(sentence)s") % {"n": number, "sentence": sentence}


@contextmanager
def _at_row(number: int) -> Iterator[None]:
    """A refusal inside names the row of the file."""
    try:
        yield
    except ActionNotPossible as refusal:
        raise ActionNotPossible(_row_says(number, str(refusal)), refusal.field) from refusal
