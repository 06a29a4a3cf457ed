"""Where members live: the commune of today where an address names one for certain, and the rest as typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from casework.organisations.models import AdministrativeUnit
from casework.organisations.places import gazetteer
from casework.people.roll.model import ReadRow
from casework.programme.roster.places import ADDRESS, COMMUNE, DISTRICT, PROVINCE, PlacePart, parse_place


@dataclass(frozen=True)
class Home:
    """A commune, None where the address names none for certain, and the house and hamlet (then all that was typed)."""

    area: AdministrativeUnit | None
    address: str


def homes_of(rows: Iterable[ReadRow], near: AdministrativeUnit | None) -> dict[int, Home]:
    """The homes of the rows by row number; a commune without province is looked for in that of `near`. One query."""
    province = (near.parent or near).name if near else None
    stated = {row.number: row.member.address for row in rows if row.member.address}
    codes = {address: _code(address, province) for address in set(stated.values())}
    units = {u.code: u for u in AdministrativeUnit.objects.filter(code__in=filter(None, codes.values()))}
    return {number: _home(address, units.get(codes[address] or "")) for number, address in stated.items()}


def _code(address: str, province: str | None) -> str | None:
    """The code of the one commune that an address names with its type ("xã Bác Ái"); a bare name may be a hamlet."""
    parts = parse_place(address, ADDRESS).parts
    commune = parts.get(COMMUNE)
    if commune is None or commune.kind is None:
        return None
    named = parts[PROVINCE].name if PROVINCE in parts else province
    return gazetteer().resolve(_written(commune), _written(parts.get(DISTRICT)), named).commune_code


def _written(part: PlacePart | None) -> str | None:
    return f"{part.kind or ''} {part.name}".strip() if part else None


def _home(address: str, area: AdministrativeUnit | None) -> Home:
    if area is None:
        return Home(None, address)
    return Home(area, parse_place(address, ADDRESS).detail or "")
