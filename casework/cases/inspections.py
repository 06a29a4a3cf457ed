"""An inspection of a case: given by an administrator for a time and by a decision, and ended by her at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.acts import GrantAccess
from casework.cases.models import Case
from casework.organisations.models import Organisation
from casework.sharing.models import CaseAccess
from casework.sharing.querysets import working_organisations


def grant_of_inspection(
    case_id: int, office: Organisation, decision: str, reason: str, valid_until: datetime
) -> "GrantInspection":
    """The act that lets an office inspect a case by a decision; the number stands before the reason."""
    why = f"{decision.strip()}: {reason.strip()}" if decision.strip() and reason.strip() else ""
    return GrantInspection(case_id, office, CaseAccess.Kind.INSPECT, why, valid_until)


@dataclass(frozen=True)
class GrantInspection(GrantAccess):
    """An inspectorate may see a case until a day; never without an end, never an office of who grants it."""

    def change(self, unit: Unit) -> dict[str, Any]:
        if self.organisation.kind != Organisation.Kind.INSPECTORATE:
            raise ActionNotPossible(_("Only an inspectorate inspects."), "organisation")
        if unit.standing and any(seat.organisation_id == self.organisation.pk for seat in unit.standing.every_seat):
            raise ActionNotPossible(_("Nobody grants an inspection to herself."), "organisation")
        if self.valid_until is None or self.valid_until <= timezone.now():
            raise ActionNotPossible(_("An inspection ends on a day that is still to come."), "valid_until")
        if not self.reason.strip():
            raise ActionNotPossible(_("Write the number of the decision and the reason."), "reason")
        if len(self.reason) > 300:
            raise ActionNotPossible(_("Number and reason together are too long."), "reason")
        self._close_what_is_over(unit)
        return super().change(unit)

    def _close_what_is_over(self, unit: Unit) -> None:
        """An earlier inspection by the same office whose day has passed makes room for this one."""
        over = unit.case.access.filter(
            kind=CaseAccess.Kind.INSPECT,
            organisation=self.organisation,
            revoked_at=None,
            valid_until__lte=timezone.now(),
        ).first()
        if over:
            unit.change(over, revoked_at=over.valid_until, revoked_because=_("Its last day has passed."))


@dataclass(frozen=True)
class RevokeInspection(Act):
    """An inspection ends now, with the reason; the next request of the inspector no longer finds the case."""

    verb: ClassVar[str] = "inspection.revoked"

    case_id: int
    access_id: int
    reason: str

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any("grant_access", working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        if not self.reason.strip():
            raise ActionNotPossible(_("Write why the inspection ends."), "reason")
        if len(self.reason) > 300:
            raise ActionNotPossible(_("The reason is too long."), "reason")
        live = unit.case.access.filter(kind=CaseAccess.Kind.INSPECT, revoked_at=None)
        access = live.filter(pk=self.access_id).first()
        if access is None:
            raise ActionNotPossible(_("This inspection is over already."))
        unit.reason = self.reason
        unit.change(access, revoked_at=timezone.now(), revoked_because=self.reason)
        return {"access": access.pk}
