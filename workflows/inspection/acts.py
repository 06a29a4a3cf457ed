"""An inspector takes a pack with her: an event of every case that is in it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.audit import sealing
from casework.cases.models import Case
from casework.organisations.roles import Role
from casework.organisations.standing import Standing

MOST = 30  # cases of one pack made by a page; larger ones are made by `manage.py audit pack`


def is_inspector(standing: Standing) -> bool:
    """Whether somebody has a seat from which she inspects."""
    return any(seat.role == Role.INSPECTOR for seat in standing.seats)


@dataclass(frozen=True)
class TakePack(Act):
    """The proven history of some cases leaves the system; who took it, why, and up to which checkpoint, stays."""

    verb: ClassVar[str] = "history.taken"

    case_ids: tuple[int, ...]
    reason: str

    def lock(self, unit: Unit) -> None:
        unit.chain = f"inspection:{unit.by.pk}"
        for pk in sorted(self.case_ids):
            unit.also_about_case(Case.objects.locked(pk))

    def authorise(self, unit: Unit) -> None:
        """From a seat of an inspector, and for cases that she may open only."""
        standing = unit.standing
        seat = next((one for one in standing.seats if one.role == Role.INSPECTOR), None) if standing else None
        if standing is None or seat is None:
            raise PermissionDenied("inspector")
        seen = Case.objects.visible_to(standing).filter(pk__in=self.case_ids).count()
        if seen != len(set(self.case_ids)):
            raise PermissionDenied("cases")
        unit.take(seat)

    def change(self, unit: Unit) -> dict[str, Any]:
        if not self.case_ids or len(self.case_ids) > MOST:
            raise ActionNotPossible(_("Choose between 1 and %(n)s cases.") % {"n": MOST}, "cases")
        newest = sealing.newest()
        if newest is None:
            raise ActionNotPossible(_("Nothing is sealed yet. The worker does it every minute; try again."))
        unit.reason = self.reason
        unit.facts.update({"cases": sorted(self.case_ids), "checkpoint": newest.number, "code": newest.code})
        return {"checkpoint": newest.number}
