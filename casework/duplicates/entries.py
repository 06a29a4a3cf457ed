"""Leads, cooperatives and persons as the score compares them. Their rows come with what `*_ROWS` names."""

from functools import lru_cache
from typing import Any

from django.db.models import Prefetch

from casework.cases.models import Case
from casework.cooperatives.models import Alias, Cooperative
from casework.cooperatives.querysets import CooperativeQuerySet
from casework.duplicates.score import Entry, Kind
from casework.organisations.models import AdministrativeUnit
from casework.organisations.places import gazetteer
from casework.people.models import Person


def leads() -> Any:
    """Cases with what their entries need."""
    return Case.objects.select_related("area", "lead_organisation", "contact")


def cooperatives() -> CooperativeQuerySet:
    """Living entries of the register with their places and other names."""
    aliases = Prefetch("alias_set", Alias.objects.filter(withdrawn_at=None))
    return Cooperative.objects.current().select_related("commune", "province").prefetch_related(aliases)


def new_lead(name: str, area: AdministrativeUnit, phone: str = "", contact: str = "") -> Entry:
    """A lead that is not stored yet. `area`: its commune."""
    return Entry(
        Kind.LEAD,
        (name,),
        communes=frozenset({area.code}),
        province=area.parent_id,
        phones=frozenset({phone} - {""}),
        contact=contact,
    )


def of_lead(case: Case) -> Entry:
    """A case from `leads()`."""
    return Entry(
        Kind.LEAD,
        (case.working_name,),
        communes=frozenset({case.area.code}),
        province=case.area.parent_id,
        phones=frozenset({case.contact.phone} - {""}) if case.contact else frozenset(),
        contact=case.contact.full_name if case.contact else "",
        register=case.cooperative_id,
    )


def of_cooperative(row: Cooperative) -> Entry:
    """An entry of the register from `cooperatives()`. A place that is only written is looked up, former ones too."""
    communes = frozenset({row.commune.code}) if row.commune else communes_named(row.place_as_written)
    return Entry(
        Kind.COOPERATIVE,
        (row.name, *(alias.name for alias in row.alias_set.all())),
        communes=communes,
        province=row.province_id,
        founded=row.founded,
        code=row.registration_code,
    )


def of_person(person: Person) -> Entry:
    """A person with her area, from `select_related("area")`."""
    born = person.birth_date.isoformat() if person.birth_date else str(person.birth_year or "")
    return Entry(
        Kind.PERSON,
        (person.full_name,),
        communes=frozenset({person.area.code}) if person.area else frozenset(),
        province=person.area.parent_id if person.area else None,
        phones=frozenset({person.phone} - {""}),
        born=born,
        code=person.id_number,
    )


@lru_cache(maxsize=4096)
def communes_named(place: str) -> frozenset[str]:
    """Codes of the communes of today that a written place may mean: "xã Phước Bình, huyện Bác Ái, Ninh Thuận"."""
    parts = [part.strip() for part in place.split(",") if part.strip()]
    if len(parts) < 2:
        return frozenset()
    match = gazetteer().resolve(parts[0], parts[1] if len(parts) > 2 else None, parts[-1])
    return frozenset({match.commune_code}) if match.commune_code else frozenset(match.candidates)
