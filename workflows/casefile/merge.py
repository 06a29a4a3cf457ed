"""Two leads turn out to be one group: one case goes on, the other is closed and leads to it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.cases.stages import Outcome, Status
from casework.duplicates.pairs import EARLY
from casework.duplicates.reach import MERGE, may_merge_leads
from casework.filings.models import Filing
from casework.notes.acts import links_of, lock_two
from casework.notes.models import CaseLink, Note
from workflows.ending import end_all_work

# Taken over from the case that ends where the case that goes on says nothing.
_FILLED = ("contact_id", "trade", "women_interested", "note", "cooperative_id")


@dataclass(frozen=True)
class MergeLeads(Act):
    """Close one case as a duplicate of another; what only it knows goes to the one that goes on."""

    verb: ClassVar[str] = "case.merged"

    keep_id: int
    drop_id: int
    reason: str

    def lock(self, unit: Unit) -> None:
        lock_two(unit, self.keep_id, self.drop_id)

    def authorise(self, unit: Unit) -> None:
        seat = may_merge_leads(self.keep_id, self.drop_id, unit.standing) if unit.standing else None
        if seat is None or self.keep_id == self.drop_id:
            raise PermissionDenied(MERGE)
        unit.seat = seat

    def change(self, unit: Unit) -> dict[str, Any]:
        keep, drop = unit.case, unit.also[f"case:{self.drop_id}"]
        say_if_not_possible(keep, drop)
        unit.reason = self.reason
        unit.facts.update({"keep": keep.pk, "keep_code": keep.code, "drop": drop.pk, "drop_code": drop.code})
        # Every task ends, those outside the steps too.
        end_all_work(unit, drop)
        _take_over(unit, keep, drop)
        _move_notes(unit, keep, drop)
        with unit.changing(drop):
            drop.duplicate_of = keep
            drop.close(Outcome.DUPLICATE, self.reason)
        return {"case": keep.pk}


def say_if_not_possible(keep: Case, drop: Case) -> None:
    """Raise ActionNotPossible unless `drop` is an early lead without a filing and `keep` is not closed."""
    for case in (keep, drop):
        if case.status == Status.CLOSED:
            raise ActionNotPossible(_("Case %(code)s is closed already.") % {"code": case.code})
    if drop.stage not in EARLY or Filing.objects.filter(case=drop).exists():
        raise ActionNotPossible(
            _("Case %(code)s has gone too far to be merged into another. Merge the other one into it.")
            % {"code": drop.code}
        )


def _take_over(unit: Unit, keep: Case, drop: Case) -> None:
    missing = {
        name: getattr(drop, name)
        for name in _FILLED
        if getattr(keep, name) in (None, "") and getattr(drop, name) not in (None, "")
    }
    unit.change(keep, **missing)


def _move_notes(unit: Unit, keep: Case, drop: Case) -> None:
    """Notes and links go on with the case; what was filled in and filed stays readable at the old one."""
    for note in Note.objects.filter(case=drop, visit=None).order_by("pk"):
        unit.change(note, case_id=keep.pk)
    for link in list(links_of(drop)):
        _link_instead(unit, link, keep, drop)


def _link_instead(unit: Unit, link: CaseLink, keep: Case, drop: Case) -> None:
    """End a link with the old case; the case that goes on gets the same one, unless it has one with that other case."""
    if link.case not in (keep, drop):
        unit.also_about_case(link.case)
    unit.change(link, ended_at=timezone.now())
    ends = [keep if case == drop else case for case in (link.case, link.other)]
    between = CaseLink.objects.filter(ended_at=None, case__in=ends, other__in=ends)
    if ends[0] != ends[1] and not between.exists():
        unit.add(CaseLink(case=ends[0], other=ends[1], kind=link.kind, reason=link.reason, linked_by=unit.by))
