"""Fills a case with members, charter and conference by one act, faster than through the whole flow."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from casework.acts import Act, Unit, perform
from casework.cases.models import Case
from casework.people.models import ContributedAsset, FamilyTie, Member, Office, Person, TiesDeclaration
from casework.plans.models import Charter, FoundingConference
from casework.rules.gate import gate

MILLION = 1_000_000
NAMES = ("An", "Bưởi", "Cam", "Dừa", "Đậu", "Gấm", "Hường", "Khế")


@dataclass(frozen=True)
class Fill(Act):
    """Members with 20 million each, a charter, and if wanted a conference; offices (place of member, title)."""

    verb: ClassVar[str] = "test.filled"

    case_id: int
    members: int = 6
    charter: dict[str, Any] | None = None
    conference: dict[str, Any] | None = None
    offices: tuple[tuple[int, str], ...] = ()
    ties: tuple[tuple[int, int], ...] = ()
    declared: bool = True
    asset: dict[str, Any] | None = None
    person: dict[str, Any] | None = None

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        """Anybody: this is a test."""

    def change(self, unit: Unit) -> list[int]:
        case, today = unit.case, timezone.localdate()
        people = [unit.add(self._person(place)) for place in range(self.members)]
        rows = [unit.add(Member(case=case, person=p, use="both", committed=20 * MILLION)) for p in people]
        by = {"case": case, "recorded_by": unit.by}
        if self.charter is not None:
            unit.add(Charter(**by, **self._charter(case)))
        if self.conference is not None:
            unit.add(FoundingConference(**by, **self._conference(today)))
        for place, title in self.offices:
            unit.add(Office(case=case, person=people[place], title=title, since=today))
        for one, other in self.ties:
            unit.add(FamilyTie(case=case, person_a=people[one], person_b=people[other], relation="sibling"))
        if self.declared and self.offices:
            unit.add(TiesDeclaration(case=case, declared_on=today, recorded_by=unit.by))
        if self.asset is not None:
            unit.add(ContributedAsset(**self._asset(case, rows[0])))
        return [row.pk for row in rows]

    def _person(self, place: int) -> Person:
        told = {"full_name": f"Trần Mẫu {NAMES[place % len(NAMES)]}", "sex": "female", "birth_date": date(1980, 5, 20)}
        return Person(**{**told, "id_number": f"056180{place:06d}", **(self.person or {})})

    def _charter(self, case: Case) -> dict[str, Any]:
        return {
            "version": Charter.next_number(case),
            "cooperative_name": "Hợp tác xã Nấm Hoa Sen",
            "seat": "Thôn Mẫu",
            "lines_of_business": "Trồng nấm",
            "governance": "reduced",
            "charter_capital": self.members * 20 * MILLION or 1,
            "min_contribution": 1,
            **(self.charter or {}),
        }

    def _conference(self, today: date) -> dict[str, Any]:
        return {
            "held_on": today,
            "place": "Nhà văn hóa",
            "official_members": self.members,
            "women_members": self.members,
            "attended": self.members,
            "votes_for": self.members,
            "charter_capital": self.members * 20 * MILLION,
            "chair_name": "A",
            "supervisor_name": "B",
            "filer_name": "C",
            "resolution_number": "01/NQ",
            "decided": ["charter", "members", "plan", "elected", "filer"],
            **(self.conference or {}),
        }

    def _asset(self, case: Case, member: Member) -> dict[str, Any]:
        return {
            "case": case,
            "member": member,
            "kind": "other",
            "description": "Máy sấy",
            "amount": MILLION,
            "valuation": "consensus",
            "votes_for": self.members,
            "votes_of": self.members,
            **(self.asset or {}),
        }


BODIES = ((0, "director"), (1, "controller"))


def fill(world: Any, case: Case, **more: Any) -> list[int]:
    """Fill a case so that every rule lets it pass, but for what is said here. Returns the ids of the members."""
    complete = {"charter": {}, "conference": {}, "offices": BODIES, **more}
    return perform(Fill(case.pk, **complete), by=world.lan).result


@dataclass(frozen=True)
class PassGate(Act):
    """An act that does nothing but pass the gate of a step."""

    verb: ClassVar[str] = "test.passed"

    case_id: int
    step: str = "hold_founding_conference"
    on: date | None = None

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        """Anybody: this is a test."""

    def change(self, unit: Unit) -> str:
        gate(unit, self.step, self.on or timezone.localdate())
        return "passed"


def pass_gate(world: Any, case: Case, **more: Any) -> str:
    return perform(PassGate(case.pk, **more), by=world.lan).result
