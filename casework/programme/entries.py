"""Rows of a roster as the register wants them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from casework.cases.stages import LegalForm
from casework.organisations.models import AdministrativeUnit
from casework.organisations.places import Match, gazetteer
from casework.programme.roster.model import RosterRow
from casework.vietnamese import fold

# Groups without a legal form of their own are asked whether they want to found a cooperative.
BECOME_LEADS = frozenset({LegalForm.TLK, LegalForm.UNKNOWN})


@dataclass(frozen=True)
class Entry:
    """A row of a roster as the register wants it."""

    row: int
    name: str
    legal_form: str
    key: str
    province: AdministrativeUnit | None
    commune: AdministrativeUnit | None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def becomes_lead(self) -> bool:
        """Whether the group has no legal form yet."""
        return self.legal_form in BECOME_LEADS


def entries_of(rows: Iterable[RosterRow]) -> list[Entry]:
    """Rows as the register wants them, their places looked up. One query. Rows without a name are not allowed."""
    found = [(row.excel_row, row.parsed or {}, _match(row.parsed or {})) for row in rows]
    codes = {code for _row, _parsed, match in found for code in (match.province_code, match.commune_code) if code}
    units = {unit.code: unit for unit in AdministrativeUnit.objects.filter(code__in=codes).select_related("parent")}
    return [_entry(row, parsed, match, units) for row, parsed, match in found]


def _match(parsed: dict[str, Any]) -> Match:
    commune = _typed(parsed.get("commune_type"), parsed.get("commune_name"))
    district = _typed(parsed.get("district_type"), parsed.get("district_name"))
    return gazetteer().resolve(commune, district, parsed.get("province"))


def _entry(row: int, parsed: dict[str, Any], match: Match, units: dict[str, AdministrativeUnit]) -> Entry:
    name, place = parsed["name_norm"], place_of(parsed)
    return Entry(
        row=row,
        name=_fit(name, 200),
        legal_form=parsed.get("legal_form") or "",
        key=f"{fold(name)}|{fold(place)}"[:300],
        province=units.get(match.province_code or ""),
        commune=units.get(match.commune_code or ""),
        values={"place_as_written": _fit(place, 200), **_values(parsed)},
    )


def place_of(parsed: dict[str, Any]) -> str:
    """The place of a row as written: commune, district, province."""
    commune = _typed(parsed.get("commune_type"), parsed.get("commune_name"))
    district = _typed(parsed.get("district_type"), parsed.get("district_name"))
    return ", ".join(part for part in (commune, district, parsed.get("province")) if part)


def _typed(kind: str | None, name: str | None) -> str:
    return " ".join(word for word in (kind, name) if word) if name else ""


def _fit(text: str, longest: int) -> str:
    """The text, or as much of it as the register holds, with a mark that there was more."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _values(parsed: dict[str, Any]) -> dict[str, Any]:
    """The columns of the register that a roster can fill."""
    founded, income = parsed.get("founded") or {}, parsed.get("income_month_vnd") or {}
    return {
        "founded": founded.get("value") or "",
        "members": parsed.get("members"),
        "women": parsed.get("women"),
        "ethnic_minority": parsed.get("em"),
        "women_jobs": parsed.get("jobs_w"),
        "capital": parsed.get("capital_vnd"),
        "loan": parsed.get("loan_vnd"),
        "lender": _fit(parsed.get("lender") or "", 160),
        "grant": parsed.get("grant_vnd"),
        "income_from": income.get("min"),
        "income_to": income.get("max"),
        "ocop_stars": parsed.get("ocop_stars"),
        "products": parsed.get("products") or "",
    }
