"""Giving founders a look-up code, and taking it back."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.organisations.standing import Standing
from casework.status_lookup.codes import code_hash, draw_code
from casework.status_lookup.models import StatusCode

GIVE = "give_status_code"


def may_give(standing: Standing, case: Case) -> bool:
    """Whether a person may give and revoke codes of a case: advisors of the organisation that leads it."""
    return standing.seat_for(GIVE, case.lead_organisation_id) is not None


def live_code(case: Case) -> StatusCode | None:
    """The code of a case that holds, with its use, or None. One query."""
    return StatusCode.objects.filter(case=case, revoked_at=None).select_related("use", "recorded_by").first()


@dataclass(frozen=True)
class _OnStatusCode(Act):
    """An act on the look-up code of one case, by the organisation that leads it."""

    case_id: int

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise(GIVE, unit.case.lead_organisation_id)


@dataclass(frozen=True)
class GiveStatusCode(_OnStatusCode):
    """Give the founder a code. The one before, if any, opens nothing from now on."""

    verb: ClassVar[str] = "status_code.given"

    def change(self, unit: Unit) -> dict[str, Any]:
        """The result holds the code, this once: it is in no table and in no event."""
        old = live_code(unit.case)
        if old:
            _revoke(unit, old)
        code = draw_code()
        unit.add(StatusCode(case=unit.case, hash=code_hash(code), recorded_by=unit.by))
        unit.facts["replaced"] = old is not None
        return {"code": code}


@dataclass(frozen=True)
class RevokeStatusCode(_OnStatusCode):
    """Take the code back: from now on it opens nothing."""

    verb: ClassVar[str] = "status_code.revoked"

    def change(self, unit: Unit) -> None:
        old = live_code(unit.case)
        if old is None:
            raise ActionNotPossible(_("This case has no look-up code."))
        _revoke(unit, old)


def _revoke(unit: Unit, code: StatusCode) -> None:
    unit.change(code, revoked_at=timezone.now(), revoked_by_id=unit.by.pk)
