"""What is done to a case outside its flow: opening it, revealing a number, granting access."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import signals
from casework.acts import Act, ActionNotPossible, Unit, lock_request
from casework.cases.models import Case
from casework.cases.stages import Kind, LegalForm, Source, Stage
from casework.cooperatives.models import Cooperative
from casework.organisations.models import AdministrativeUnit, Organisation
from casework.people.models import Person
from casework.reveals import refuse_too_many
from casework.sharing.models import CaseAccess
from casework.sharing.querysets import working_organisations


def parties_of(lead: Organisation) -> tuple[Organisation, Organisation, list[Organisation]]:
    """The organisations that work on a case led by `lead`: reviewer, supervisor, and the watching offices.

    The reviewer is the Cooperative Alliance of the province, the supervisor the Women's Union of the
    province (standing body of the steering committee, domain.md §9). Raises ActionNotPossible when the
    province has no Alliance yet.
    """
    province_id = lead.area.parent_id or lead.area_id if lead.area else None
    in_province = Organisation.objects.live().filter(level=Organisation.Level.PROVINCE, area_id=province_id)
    by_kind: dict[str, list[Organisation]] = {}
    for organisation in in_province.order_by("pk"):
        by_kind.setdefault(organisation.kind, []).append(organisation)
    alliances = by_kind.get(Organisation.Kind.ALLIANCE)
    if not alliances:
        raise ActionNotPossible(
            _("%(name)s has no Cooperative Alliance in its province yet. Ask the programme office to enter it.")
            % {"name": lead.name}
        )
    supervisor = next((o for o in by_kind.get(lead.kind, []) if o.pk in lead.lineage), lead)
    return alliances[0], supervisor, by_kind.get(Organisation.Kind.PROGRAMME_OFFICE, [])


def next_code(area: AdministrativeUnit) -> str:
    """A public code such as KH-2026-000123; numbers rise, gaps are not promised away."""
    province = area.parent or area
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('casework_case_number')")
        number = cursor.fetchone()[0]
    return f"{province.letters}-{timezone.localdate().year}-{number:06d}"


@dataclass(frozen=True)
class OpenCase(Act):
    """A lead comes in: the case, its contact and its parties are stored, and its flow starts."""

    verb: ClassVar[str] = "case.opened"

    lead_organisation: Organisation
    area: AdministrativeUnit
    working_name: str
    kind: str = Kind.FOUNDING
    legal_form: str = LegalForm.HTX
    contact_name: str = ""
    contact_phone: str = ""
    trade: str = ""
    women_interested: int | None = None
    source: str = Source.VISIT
    note: str = ""
    cooperative: Cooperative | None = None
    received_on: date | None = None

    def lock(self, unit: Unit) -> None:
        lock_request(unit)

    def authorise(self, unit: Unit) -> None:
        unit.authorise("open_case", self.lead_organisation.pk)

    def change(self, unit: Unit) -> dict[str, Any]:
        case = open_case(unit, self)
        return {"case": case.pk, "code": case.code}


def open_case(unit: Unit, lead: OpenCase) -> Case:
    """Store a case with its contact and access rows and start its flow. Part of an act, never alone."""
    reviewer, supervisor, offices = parties_of(lead.lead_organisation)
    contact = None
    case = Case(
        code=next_code(lead.area),
        kind=lead.kind,
        # What is in the register already was taken up when its case was opened: it is nobody's lead.
        stage=Stage.LEAD if lead.kind == Kind.FOUNDING else Stage.CONSULTATION,
        lead_organisation=lead.lead_organisation,
        reviewing_organisation=reviewer,
        supervising_organisation=supervisor,
        area=lead.area,
        working_name=lead.working_name,
        legal_form=lead.legal_form,
        trade=lead.trade,
        women_interested=lead.women_interested,
        source=lead.source,
        note=lead.note,
        cooperative=lead.cooperative,
        received_on=lead.received_on or timezone.localdate(),
        opened_by=unit.by,
    )
    if lead.contact_name:
        contact = Person(full_name=lead.contact_name, phone=lead.contact_phone)
        case.contact = unit.add(contact)
    unit.add(case)
    unit.about_case(case)
    unit.facts["code"] = case.code
    _grant(unit, case, lead.lead_organisation, CaseAccess.Kind.OWN)
    for organisation in {o.pk: o for o in [reviewer, supervisor, *offices]}.values():
        if organisation.pk != lead.lead_organisation.pk:
            _grant(unit, case, organisation, CaseAccess.Kind.PARTNER)
    signals.case_opened.send(Case, unit=unit, case=case)
    return case


def _grant(unit: Unit, case: Case, organisation: Organisation, kind: str, **more: Any) -> CaseAccess:
    return unit.add(CaseAccess(case=case, organisation=organisation, kind=kind, valid_from=case.opened_at, **more))


@dataclass(frozen=True)
class GrantAccess(Act):
    """An administrator lets an organisation inspect or work on a case, for a time and with a reason."""

    verb: ClassVar[str] = "access.granted"

    case_id: int
    organisation: Organisation
    kind: str
    reason: str
    valid_until: datetime | None = None

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any("grant_access", working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        if self.kind == CaseAccess.Kind.INSPECT and self.valid_until is None:
            raise ActionNotPossible(_("An inspection ends on a day. Say on which."), "valid_until")
        if unit.case.access.filter(organisation=self.organisation, kind=self.kind, revoked_at=None).exists():
            raise ActionNotPossible(_("%(name)s already has this access.") % {"name": self.organisation.name})
        unit.reason = self.reason
        access = unit.add(
            CaseAccess(
                case=unit.case,
                organisation=self.organisation,
                kind=self.kind,
                reason=self.reason,
                valid_from=timezone.now(),
                valid_until=self.valid_until,
            )
        )
        return {"access": access.pk}


@dataclass(frozen=True)
class RevealContact(Act):
    """Somebody looks at the contact's phone number. Nothing changes; that it was seen stays."""

    verb: ClassVar[str] = "contact.revealed"

    case_id: int
    reason: str

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any("reveal_personal_data", working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        if not unit.case.contact_id:
            raise ActionNotPossible(_("This case has no contact person."))
        refuse_too_many(unit)
        unit.reason = self.reason
        unit.facts["person"] = unit.case.contact_id
        return {"person": unit.case.contact_id}
