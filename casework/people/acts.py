"""What is done to the members, capital, offices and family ties of a case: each one act, with one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.people.assets import AssetData, change_asset, enter_asset, withdraw_asset
from casework.people.likely import persons_in
from casework.people.models import ContributedAsset, Member, Office, Person
from casework.people.offices import Tie, appoint, declare, end_office
from casework.people.saving import RowsRefused, end_membership, save_rows
from casework.people.typed import UNSAID, Leaving, MemberRow, PersonData, columns_of
from casework.reveals import refuse_too_many
from casework.sharing.querysets import working_organisations

__all__ = [
    "UNSAID",
    "AppointOfficer",
    "AssetData",
    "ChangeAsset",
    "DeclareTies",
    "EndOffice",
    "EnterAsset",
    "Leaving",
    "MemberRow",
    "PersonData",
    "RevealPerson",
    "RowsRefused",
    "SaveMembers",
    "Tie",
    "WithdrawAsset",
    "appoint",
    "declare",
    "end_membership",
    "end_office",
    "enter_asset",
    "save_rows",
]

KEEP = "keep_members"
REVEALED = ("phone", "id_number", "ethnicity")


@dataclass(frozen=True)
class _OnPeople(Act):
    """An act on the people of a case that is still open."""

    case_id: int

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(KEEP, working_organisations(unit.case.pk))

    def repeats(self, event: AuditEvent) -> bool:
        """The same form with other values, after a step back in the browser, is no repetition."""
        return event.facts.get("form") == self._digest()

    def change(self, unit: Unit) -> dict[str, Any]:
        if unit.case.status == Status.CLOSED:
            raise ActionNotPossible(_("This case is closed. Its members and offices stay as they are."))
        result = self.do(unit)
        if unit.request_id:
            unit.facts["form"] = self._digest()
        return result

    def _digest(self) -> str:
        """Tells two forms apart; keyed, so that nobody finds out personal values by trying."""
        return salted_hmac("casework.people", repr(self)).hexdigest()[:16]

    def do(self, unit: Unit) -> dict[str, Any]:
        """The change itself."""
        raise NotImplementedError


@dataclass(frozen=True)
class SaveMembers(_OnPeople):
    """The list of members: who joins, what changes, who leaves. All of it, or nothing.

    Raises RowsRefused with a sentence for each row that does not fit.
    """

    verb: ClassVar[str] = "members.saved"

    rows: Sequence[MemberRow] = ()
    removed: Sequence[Leaving] = ()

    def do(self, unit: Unit) -> dict[str, Any]:
        saved = save_rows(unit, unit.case, self.rows)
        end_membership(unit, unit.case, self.removed)
        added = sum(row.id is None for row in self.rows)
        unit.facts |= {"added": added, "changed": len(self.rows) - added, "left": len(self.removed)}
        unit.reason = "; ".join(dict.fromkeys(leaving.reason for leaving in self.removed))
        return {"members": [member.pk for member in saved]}


@dataclass(frozen=True)
class EnterAsset(_OnPeople):
    """A member contributes something that is not money."""

    verb: ClassVar[str] = "asset.entered"

    member_id: int
    data: AssetData

    def do(self, unit: Unit) -> dict[str, Any]:
        member = Member.objects.select_related("person").get(pk=self.member_id, case=unit.case)
        return {"asset": enter_asset(unit, member, self.data).pk}


@dataclass(frozen=True)
class _OnAsset(_OnPeople):
    """An act on one asset of a case."""

    asset_id: int

    def asset(self, unit: Unit) -> ContributedAsset:
        """The asset with its member."""
        assets = ContributedAsset.objects.select_related("member__person")
        return assets.get(pk=self.asset_id, case=unit.case)


@dataclass(frozen=True)
class ChangeAsset(_OnAsset):
    """An asset is described or valued anew."""

    verb: ClassVar[str] = "asset.changed"

    data: AssetData

    def do(self, unit: Unit) -> dict[str, Any]:
        return {"asset": change_asset(unit, self.asset(unit), self.data).pk}


@dataclass(frozen=True)
class WithdrawAsset(_OnAsset):
    """An asset is no longer part of the capital."""

    verb: ClassVar[str] = "asset.withdrawn"

    on: date
    reason: str

    def do(self, unit: Unit) -> dict[str, Any]:
        unit.reason = self.reason
        return {"asset": withdraw_asset(unit, self.asset(unit), self.on).pk}


@dataclass(frozen=True)
class AppointOfficer(_OnPeople):
    """A person of the case takes an office; with `person` somebody new does, who is hired."""

    verb: ClassVar[str] = "office.taken"

    title: str
    since: date
    person_id: int | None = None
    person: PersonData | None = None
    hired: bool = False
    legal_representative: bool = False

    def do(self, unit: Unit) -> dict[str, Any]:
        office = appoint(
            unit,
            unit.case,
            self._person(unit),
            self.title,
            self.since,
            hired=self.hired,
            legal_representative=self.legal_representative,
        )
        unit.facts["office"] = self.title
        return {"office": office.pk}

    def _person(self, unit: Unit) -> Person:
        if self.person_id is None:
            return unit.add(Person(**columns_of(self.person or PersonData())))
        return persons_in(Case.objects.filter(pk=unit.case.pk)).get(pk=self.person_id)


@dataclass(frozen=True)
class EndOffice(_OnPeople):
    """An office ends, for a reason that stays readable."""

    verb: ClassVar[str] = "office.ended"

    office_id: int
    until: date
    reason: str

    def do(self, unit: Unit) -> dict[str, Any]:
        office = Office.objects.select_related("person").get(pk=self.office_id, case=unit.case)
        unit.reason, unit.facts["office"] = self.reason, office.title
        return {"office": end_office(unit, office, self.until, self.reason).pk}


@dataclass(frozen=True)
class DeclareTies(_OnPeople):
    """The office holders declare all their family ties on a day; without one, that there are none."""

    verb: ClassVar[str] = "ties.declared"

    ties: Sequence[Tie]
    declared_on: date

    def do(self, unit: Unit) -> dict[str, Any]:
        unit.facts["ties"] = len(self.ties)
        return {"declaration": declare(unit, unit.case, self.ties, self.declared_on).pk}


@dataclass(frozen=True)
class RevealPerson(Act):
    """Somebody looks at a masked value of a person. Nothing changes; that it was seen, and why, stays."""

    verb: ClassVar[str] = "person.revealed"

    case_id: int
    person_id: int
    what: str
    reason: str

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any("reveal_personal_data", working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        person = persons_in(Case.objects.filter(pk=self.case_id)).get(pk=self.person_id)
        if self.what not in REVEALED or not getattr(person, self.what):
            raise ActionNotPossible(_("There is nothing to show."))
        refuse_too_many(unit)
        unit.reason = self.reason
        unit.facts |= {"person": person.pk, "what": self.what}
        return {"person": person.pk, "what": self.what}
