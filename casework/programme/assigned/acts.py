"""Setting under which programmes of the state a case counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.organisations.standing import Standing
from casework.programme.indicators.models import Programme

SET = "set_programmes"


def parties(case: Case) -> set[int]:
    """The organisations that say under which programmes a case counts: who leads it and who supervises it."""
    return {case.lead_organisation_id, case.supervising_organisation_id}


def may_set(standing: Standing, case: Case) -> bool:
    """Whether a person may set the programmes of a case now. No query; the act asks again."""
    return any(standing.seat_for(SET, party) for party in parties(case))


def offered(case: Case, on: date | None = None) -> list[Programme]:
    """The programmes in force on a day (default: today), and those that the case has already. One query."""
    day = on or timezone.localdate()
    runs = Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gte=day))
    return list(Programme.objects.filter(runs | Q(code__in=case.programmes)).order_by("valid_from", "pk"))


def names_of(codes: Iterable[str]) -> list[str]:
    """The short names of programmes by their codes, in the order in which they began. One query."""
    found = Programme.objects.filter(code__in=list(codes)).order_by("valid_from", "pk")
    return list(found.values_list("short_name", flat=True))


@dataclass(frozen=True)
class SetProgrammes(Act):
    """A case counts under these programmes from now on, and under no other."""

    verb: ClassVar[str] = "case.programmes_set"

    case_id: int
    codes: tuple[str, ...]
    reason: str

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(SET, parties(unit.case))

    def change(self, unit: Unit) -> dict[str, Any]:
        known = {one.code: one.short_name for one in offered(unit.case)}
        if not set(self.codes) <= set(known):
            raise ActionNotPossible(_("Choose among the programmes offered here."), "programmes")
        if set(self.codes) == set(unit.case.programmes):
            raise ActionNotPossible(_("The case counts under these programmes already."), "programmes")
        chosen = [code for code in known if code in self.codes]
        unit.reason = self.reason
        unit.facts["title"] = ", ".join(known[code] for code in chosen) or "–"
        unit.change(unit.case, programmes=chosen)
        return {"programmes": chosen}
