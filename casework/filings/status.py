"""What the one-stop desk says about a filing: mirrored from its page or letter, never decided here."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.filings.models import Filing, OuterStatus
from casework.sharing.querysets import working_organisations

RIGHT = "record_registration_result"


@dataclass(frozen=True)
class NoteOuterStatus(Act):
    """The status that the one-stop desk showed for the newest filing on a day."""

    verb: ClassVar[str] = "filing.status_noted"

    case_id: int
    status: int
    seen_on: date
    note: str = ""

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(RIGHT, working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        """Store it beside the newest filing. Raises ActionNotPossible before the first, and for a day before it."""
        filing = Filing.latest_of(unit.case)
        if filing is None:
            raise ActionNotPossible(_("Nothing was filed yet."))
        if self.seen_on < filing.filed_on:
            raise ActionNotPossible(
                _("This is before the filing of %(day)s.") % {"day": f"{filing.filed_on:%d/%m/%Y}"}, "seen_on"
            )
        told = {"status": self.status, "seen_on": self.seen_on, "note": self.note}
        noted = unit.add(OuterStatus(case=unit.case, filing=filing, recorded_by=unit.by, **told))
        unit.facts.update({"filing": filing.pk, "status": self.status})
        return {"status": noted.pk}
