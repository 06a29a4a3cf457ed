"""Storing a founding conference: the resolution, who was elected, what was said of assets and family ties."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from casework.people.models import Office, Person, TiesDeclaration
from casework.people.offices import appoint
from casework.plans.attendance import note_attendance
from casework.plans.conference import Register, faults_of_register, register_of
from casework.plans.models import FoundingConference


def record_conference(
    unit: Unit,
    *,
    elected: list[dict[str, Any]],
    guests: list[dict[str, Any]],
    values: dict[int, int],
    ties_declared: bool,
    filer: Person | None,
    **answers: Any,
) -> FoundingConference:
    """Store what the conference resolved, with counts and capital from the register as it is now. Part of an act.

    `elected`: title, person (id) and legal_representative of everybody elected; `values`: votes for the value of each
    contributed asset, by its id. Raises ActionNotPossible when the register changed meanwhile and is incomplete.
    """
    register = register_of(unit.case)
    faults = faults_of_register(register)
    if faults or register.capital is None:
        raise ActionNotPossible(" ".join(faults) or _("There is no charter yet."))
    chosen = _chosen(register, elected)
    held = unit.add(
        FoundingConference(
            case=unit.case,
            recorded_by=unit.by,
            official_members=len(register.official),
            women_members=register.women,
            charter_capital=register.capital,
            chair_name=_name_of(register.head, chosen),
            supervisor_name=_name_of(register.supervisor, chosen),
            filer=filer,
            **answers,
        )
    )
    _value_assets(unit, register, values, held.held_on)
    _take_office(unit, chosen, held.held_on)
    note_attendance(unit, guests, conference=held)
    if ties_declared:
        unit.add(TiesDeclaration(case=unit.case, declared_on=held.held_on, recorded_by=unit.by))
    unit.facts["elected"] = len(chosen)
    return held


def _chosen(register: Register, elected: list[dict[str, Any]]) -> list[tuple[str, Person, bool]]:
    """The elected persons with their offices. Raises ActionNotPossible for one who was taken off meanwhile."""
    persons = register.persons
    if any(row["person"] not in persons for row in elected):
        raise ActionNotPossible(_("Somebody who was elected is no longer in the register. Open the form again."))
    return [(row["title"], persons[row["person"]], row["legal_representative"]) for row in elected]


def _name_of(title: str, elected: list[tuple[str, Person, bool]]) -> str:
    """Who was elected to an office, by name; "" when the office does not exist here."""
    return next((person.full_name for office, person, _is_legal in elected if title and office == title), "")


def _value_assets(unit: Unit, register: Register, values: dict[int, int], held_on: date) -> None:
    """How many of those who bring capital agreed to the value of each asset (LHTX Article 77.1)."""
    for asset in register.assets:
        votes = values.get(asset.pk)
        if votes is None:
            raise ActionNotPossible(
                _("“%(asset)s” was entered meanwhile. Open the form again and note the votes for it.")
                % {"asset": asset}
            )
        told = {"votes_for": votes, "votes_of": len(register.contributors)}
        unit.change(asset, valued_on=asset.valued_on or held_on, **told)


def _take_office(unit: Unit, elected: list[tuple[str, Person, bool]], held_on: date) -> None:
    """Begin the offices from the day of the conference; one that was entered before stays as it is."""
    live = Office.objects.filter(case=unit.case, until=None)
    held = {(office.title, office.person_id): office for office in live}
    for title, person, legal in elected:
        known = held.get((title, person.pk))
        if known is None:
            appoint(unit, unit.case, person, title, held_on, legal_representative=legal)
        elif known.legal_representative != legal:
            unit.change(known, legal_representative=legal)
