"""Asking is itself written down: who asked about whom and which case."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.organisations.standing import standing_of
from workflows.staff.reach import MANAGE
from workflows.staff.why.people import people_asked_about
from workflows.staff.why.sight import sees


@dataclass(frozen=True)
class AskWhy(Act):
    """An administrator asks why a person can or cannot see or do something in a case that she may see herself."""

    verb: ClassVar[str] = "why.asked"

    person_id: int
    case_id: int

    def lock(self, unit: Unit) -> None:
        unit.chain = f"why:{unit.by.pk}"

    def authorise(self, unit: Unit) -> None:
        unit.authorise_somewhere(MANAGE)

    def repeats(self, event: AuditEvent) -> bool:
        return (event.facts.get("person"), event.facts.get("asked")) == (self.person_id, self.case_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        person = people_asked_about(unit.standing).filter(pk=self.person_id).first()  # type: ignore[arg-type]
        if person is None:
            raise ActionNotPossible(_("Nobody has this name or user name."), "person")
        case = Case.objects.get(pk=self.case_id)
        if not sees(case, unit.standing):  # type: ignore[arg-type]
            raise ActionNotPossible(_("There is no such case, or you may not see it."), "case")
        seen = sees(case, standing_of(person))
        unit.facts.update({"person": person.pk, "asked": case.pk, "sees": seen})
        return {"sees": seen}
