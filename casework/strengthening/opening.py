"""A case that strengthens a cooperative of the register is opened."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit, lock_request
from casework.cases.acts import OpenCase, open_case
from casework.cases.models import Case
from casework.cases.stages import Kind, LegalForm
from casework.cooperatives.models import Cooperative, StatePeriod
from casework.organisations.models import Organisation


def open_review_case(unit: Unit, cooperative: Cooperative, lead_organisation: Organisation, note: str = "") -> Case:
    """Open a case that reviews and strengthens a cooperative. Part of an act. Raises ActionNotPossible."""
    return _open(unit, cooperative, lead_organisation, note, Kind.CONSOLIDATION)


def _open(unit: Unit, cooperative: Cooperative, lead_organisation: Organisation, note: str, kind: Kind) -> Case:
    """A case about an entry of the register.

    The entry is locked: of two who open at once, one is told that there is a case already.
    """
    entry = Cooperative.objects.select_for_update().get(pk=cooperative.pk)
    if entry.merged_into_id:
        raise ActionNotPossible(_("This entry was merged into another one. Open the case there."))
    if kind == Kind.CONVERSION:
        _refuse_no_group(entry)
    _refuse_dissolved(entry)
    _refuse_a_second(unit, entry, kind)
    area = entry.commune or Organisation.objects.select_related("area").get(pk=lead_organisation.pk).area
    if area is None:
        raise ActionNotPossible(_("Nobody knows yet where this cooperative is. Write its address down first."))
    lead = OpenCase(
        lead_organisation,
        area,
        entry.name[:160],
        kind=kind,
        # What it is to become; a cooperative that is strengthened stays what it is.
        legal_form=LegalForm.HTX if kind == Kind.CONVERSION else entry.legal_form,
        note=note,
        cooperative=entry,
    )
    return open_case(unit, lead)


def _refuse_no_group(entry: Cooperative) -> None:
    if entry.legal_form != LegalForm.THT:
        raise ActionNotPossible(_("Only a cooperative group becomes a cooperative; this entry is none."))


def _refuse_dissolved(entry: Cooperative) -> None:
    ended = StatePeriod.objects.filter(cooperative=entry, until="", withdrawn_at=None)
    if ended.filter(state=StatePeriod.State.DISSOLVED).exists():
        raise ActionNotPossible(
            _("%(name)s is dissolved. Withdraw that in the register first if it is wrong.") % {"name": entry.name}
        )


def _refuse_a_second(unit: Unit, entry: Cooperative, kind: Kind) -> None:
    """The open case is named only to who may see it."""
    running = Case.objects.open().filter(cooperative=entry, kind=kind)
    seen = running.visible_to(unit.standing).first() if unit.standing else None
    if seen:
        raise ActionNotPossible(_("%(code)s is open for this already.") % {"code": seen.code})
    if running.exists():
        raise ActionNotPossible(_("Another organisation has a case open for this already."))


@dataclass(frozen=True)
class OpenConsolidation(Act):
    """A case that strengthens a cooperative of the register is opened."""

    verb: ClassVar[str] = "case.opened"

    cooperative: Cooperative
    lead_organisation: Organisation
    note: str = ""

    def lock(self, unit: Unit) -> None:
        lock_request(unit)

    def authorise(self, unit: Unit) -> None:
        unit.authorise("open_case", self.lead_organisation.pk)

    def change(self, unit: Unit) -> dict[str, Any]:
        case = open_review_case(unit, self.cooperative, self.lead_organisation, self.note)
        return {"case": case.pk, "code": case.code}


@dataclass(frozen=True)
class OpenConversion(OpenConsolidation):
    """A case that makes a cooperative of a cooperative group is opened (LHTX Articles 107–109)."""

    def change(self, unit: Unit) -> dict[str, Any]:
        case = _open(unit, self.cooperative, self.lead_organisation, self.note, Kind.CONVERSION)
        return {"case": case.pk, "code": case.code}
