"""Fills the tables of places from the shipped files; can be run again at any time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from casework.organisations.models import AdministrativeUnit, PlaceAlias
from casework.organisations.places import AliasRow, UnitRow, read_aliases, read_units

BATCH = 2_000
UNIT_FIELDS = ["name", "level", "type", "parent_id", "letters", "valid_from", "valid_until"]
ALIAS_KEY = ["level", "name", "within", "unit_id"]
ALIAS_FIELDS = ["valid_until", "source"]
Places = dict[tuple[str, str, str, int], tuple[date, str]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows in the shipped data, and how many of them had to be written."""

    provinces: int
    communes: int
    aliases: int
    written: int


@transaction.atomic
def load_places() -> Counts:
    """Bring both tables to the shipped data: rows by code, former places by name and unit.

    Only rows that differ are written, so a second run writes none. Nothing is deleted: a unit that a later
    file no longer names keeps its row.
    """
    units = read_units()
    provinces = [unit for unit in units if unit.level == "province"]
    communes = [unit for unit in units if unit.level == "commune"]
    written = _load_units(provinces, {}) + _load_units(communes, _ids())
    aliases = _distinct(read_aliases(), _ids())
    written += _load_aliases(aliases)
    return Counts(len(provinces), len(communes), len(aliases), written)


def _ids() -> dict[str, int]:
    return dict(AdministrativeUnit.objects.values_list("code", "pk"))


def _load_units(rows: Iterable[UnitRow], ids: dict[str, int]) -> int:
    rows_now = AdministrativeUnit.objects.values_list("code", *UNIT_FIELDS)
    stored = {code: tuple(values) for code, *values in rows_now}
    wanted = {row.code: _unit_values(row, ids) for row in rows}
    changed = [
        AdministrativeUnit(code=code, **dict(zip(UNIT_FIELDS, values, strict=True)))
        for code, values in wanted.items()
        if stored.get(code) != values
    ]
    AdministrativeUnit.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[field.removesuffix("_id") for field in UNIT_FIELDS],
    )
    return len(changed)


def _unit_values(row: UnitRow, ids: dict[str, int]) -> tuple[Any, ...]:
    """Values of a unit in the order of UNIT_FIELDS."""
    parent = ids[row.parent_code] if row.parent_code else None
    return (row.name, row.level, row.type, parent, row.letters, row.valid_from, row.valid_until)


def _distinct(rows: Iterable[AliasRow], ids: dict[str, int]) -> Places:
    """Former places by ALIAS_KEY, with the latest day and its source.

    A former town and the commune around it that share a name and went to the same unit become one row.
    """
    found: Places = {}
    for row in rows:
        key = (row.level, row.name, row.within, ids[row.code])
        if key not in found or found[key][0] < row.valid_until:
            found[key] = (row.valid_until, row.source)
    return found


def _load_aliases(wanted: Places) -> int:
    rows_now = PlaceAlias.objects.values_list(*ALIAS_KEY, *ALIAS_FIELDS)
    stored = {tuple(row[:4]): tuple(row[4:]) for row in rows_now}
    changed = [
        PlaceAlias(**dict(zip([*ALIAS_KEY, *ALIAS_FIELDS], [*key, *values], strict=True)))
        for key, values in wanted.items()
        if stored.get(key) != values
    ]
    PlaceAlias.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=[field.removesuffix("_id") for field in ALIAS_KEY],
        update_fields=ALIAS_FIELDS,
    )
    return len(changed)
