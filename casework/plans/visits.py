"""Visits and talks outside the steps: an act, and what the page of visits shows."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.documents.models import Visibility
from casework.notes.models import Note
from casework.plans.attendance import note_attendance
from casework.plans.models import Visit
from casework.sharing.querysets import working_organisations

RIGHT = "record_visit"


@dataclass(frozen=True)
class RecordVisit(Act):
    """Somebody was with the group: where, with whom, what was found; with a note for a chosen circle, if any."""

    verb: ClassVar[str] = "visit.recorded"

    case_id: int
    visited_on: date
    purpose: str
    place: str
    visitors: str
    conclusion: str
    present: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""
    visibility: str = Visibility.OWN

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(RIGHT, working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        """Store the visit with who was present. Raises ActionNotPossible on a closed case."""
        if unit.case.status == Status.CLOSED:
            raise ActionNotPossible(_("This case is closed. Nothing can be added to it."))
        told = ("visited_on", "purpose", "place", "visitors", "conclusion")
        visit = unit.add(Visit(case=unit.case, recorded_by=unit.by, **{name: getattr(self, name) for name in told}))
        note_attendance(unit, self.present, visit=visit)
        if self.note and unit.seat:
            unit.add(
                Note(
                    case=unit.case,
                    organisation_id=unit.seat.organisation_id,
                    visibility=self.visibility,
                    text=self.note,
                    written_by=unit.by,
                    visit=visit,
                )
            )
        unit.facts.update({"visit": visit.pk, "present": len(self.present)})
        return {"visit": visit.pk}
