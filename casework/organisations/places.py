"""The places of Vietnam as shipped data: today's units, former names, and a resolver that never guesses.

No model and no database here: the loader fills the tables from the same rows, and an importer or a form may
ask the resolver before any table exists. data/README.md says what the files hold.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from casework.organisations.place_words import Reading, read_place, search_key, spelling

DATA = Path(__file__).parent / "data"
TWO_TIERS_SINCE = date(2025, 7, 1)
# Usual short forms and second spellings of provinces, as `search_key` writes them.
NICKNAMES = {
    "hn": "hanoi",
    "hcm": "hochiminh",
    "tphcm": "hochiminh",
    "saigon": "hochiminh",
    "brvt": "bariavungtau",
    "vungtau": "bariavungtau",
    "tthue": "thuathienhue",
    "daclac": "daklak",
    "dacnong": "daknong",
    "baccan": "backan",
}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A province (two digits) or commune (five digits) of the system in force since 1 July 2025."""

    code: str
    name: str
    type: str
    parent_code: str
    valid_from: date
    valid_until: date | None
    letters: str

    @property
    def level(self) -> str:
        """One of "province" and "commune"."""
        return "commune" if self.parent_code else "province"


@dataclass(frozen=True, slots=True)
class AliasRow:
    """A former place and one unit that it went to; a divided commune has one row for each part.

    `district` keeps its type word ("huyện Ninh Sơn"), because a town and the district around it share names.
    `valid_until` is the last day on which the name can have been in force, not always the exact one.
    """

    level: str
    type: str
    name: str
    district: str
    province: str
    code: str
    valid_until: date
    source: str

    @property
    def within(self) -> str:
        """The former places around it, as in "huyện Ninh Sơn, Ninh Thuận"."""
        return ", ".join(filter(None, [self.district, self.province]))


class How(StrEnum):
    """How a place was found; each member equals its plain text."""

    CURRENT = "current"
    FORMER = "former"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """What a written place means today.

    `commune_code` is set only when exactly one commune fits. `candidates` are commune codes a person may
    choose from: all that fit (ambiguous), those of the former district (no commune written), or communes of
    that name elsewhere in the province (unknown). Without a `province_code` they lie in several provinces.
    """

    province_code: str | None
    commune_code: str | None
    how: How
    candidates: tuple[str, ...] = ()


def _rows(file_name: str) -> Iterable[dict[str, str]]:
    with gzip.open(DATA / file_name, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def read_units() -> list[UnitRow]:
    """The 34 provinces, then the 3,321 communes, ordered by province and code."""
    return [
        UnitRow(
            code=row["code"],
            name=row["name"],
            type=row["type"],
            parent_code=row["parent_code"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
            letters=row["letters"],
        )
        for row in _rows("units.csv.gz")
    ]


def read_aliases() -> list[AliasRow]:
    """Former provinces, districts and communes."""
    return [
        AliasRow(
            level=row["level"],
            type=row["type"],
            name=row["name"],
            district=row["district"],
            province=row["province"],
            code=row["code"],
            valid_until=date.fromisoformat(row["valid_until"]),
            source=row["source"],
        )
        for row in _rows("aliases.csv.gz")
    ]


@dataclass(frozen=True, slots=True)
class _Name:
    """A searchable name of a commune (or, with an empty spelling, of a former district)."""

    code: str
    type: str
    spelling: str
    district: Reading
    province_key: str
    former: bool


@dataclass(frozen=True, slots=True)
class _Area:
    """The province that was asked for; an empty code stands for none."""

    code: str
    key: str
    former: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    commune: tuple[Reading, ...]
    district: tuple[Reading, ...]
    area: _Area
    on: date | None
    with_marks: bool  # the writer uses Vietnamese marks, so that a name without any has none

    @property
    def before_two_tiers(self) -> bool:
        """Whether the words themselves, or else the day, point to the three-tier system."""
        if self.district or self.area.former:
            return True
        return self.on is not None and self.on < TWO_TIERS_SINCE


class Gazetteer:
    """Finds what a written commune, district and province mean today.

    Marks, case, type words, apostrophes and the place of the tone do not matter. They are looked at only to
    choose between several places that fit without them. What still fits several is returned as ambiguous.
    """

    def __init__(self, units: Iterable[UnitRow], aliases: Iterable[AliasRow]):
        self.units = {unit.code: unit for unit in units}
        self._names: dict[str, list[_Name]] = defaultdict(list)
        self._districts: dict[str, list[_Name]] = defaultdict(list)
        self._provinces: dict[str, _Area] = {}
        self._reach: dict[str, set[str]] = defaultdict(set)
        for unit in self.units.values():
            self._add_unit(unit)
        for alias in aliases:
            self._add_alias(alias)

    def _add_unit(self, unit: UnitRow) -> None:
        if not unit.parent_code:
            self._provinces[search_key(unit.name)] = _Area(unit.code, search_key(unit.name), former=False)
            return
        around = search_key(self.units[unit.parent_code].name)
        name = _Name(unit.code, unit.type, spelling(unit.name), Reading("", "", ""), around, former=False)
        self._names[search_key(unit.name)].append(name)

    def _add_alias(self, alias: AliasRow) -> None:
        key, province = search_key(alias.name), search_key(alias.province)
        if alias.level == "province":
            self._provinces.setdefault(key, _Area(alias.code, key, former=True))
        elif alias.level == "district":
            district = Reading(alias.type, key, spelling(alias.name))
            self._districts[key].append(_Name(alias.code, "", "", district, province, former=True))
        else:
            district = _district_of(alias.district)
            name = _Name(alias.code, alias.type, spelling(alias.name), district, province, former=True)
            self._names[key].append(name)
            self._districts[district.key].append(name)
            self._reach[province].add(alias.code)

    def province_of(self, code: str) -> str:
        """The province code of a unit code, also of a province itself."""
        return self.units[code].parent_code or code

    def resolve(self, commune: str | None, district: str | None, province: str | None, on: date | None = None) -> Match:
        """The unit that a written place means today.

        A district or a former province points to the time before 1 July 2025. Where neither is written, `on`
        (the day on which the place was written) tells which names are tried first; without it those of both
        times count alike.
        """
        area = self._area(province)
        if area is None:
            return Match(None, None, How.UNKNOWN)
        with_marks = not all((part or "").isascii() for part in (commune, district, province))
        asked = _Asked(read_place(commune, "commune"), read_place(district, "district"), area, on, with_marks)
        if asked.commune:
            return self._resolve_commune(asked)
        if asked.district:
            return self._resolve_district(asked)
        if not area.code:
            return Match(None, None, How.UNKNOWN)
        return Match(area.code, None, How.FORMER if area.former else How.CURRENT)

    def _area(self, province: str | None) -> _Area | None:
        readings = read_place(province, "province")
        if not readings:
            return _Area("", "", former=False)
        keys = [NICKNAMES.get(reading.key, reading.key) for reading in readings]
        return next((self._provinces[key] for key in keys if key in self._provinces), None)

    def _within(self, names: Iterable[_Name], asked: _Asked) -> list[_Name]:
        """Names inside the province asked for: its former borders first when the old system is meant."""
        area = asked.area
        if not area.code:
            return list(names)
        wide = [name for name in names if self.province_of(name.code) == area.code]
        strict = [name for name in wide if name.province_key == area.key]
        return (strict or wide) if asked.before_two_tiers else wide

    def _in_district(self, asked: _Asked) -> list[_Name]:
        found = [name for reading in asked.district for name in self._districts.get(reading.key, [])]
        return self._narrow(self._within(found, asked), replace(asked, commune=()))

    def _resolve_district(self, asked: _Asked) -> Match:
        names = self._in_district(asked)
        if not names:
            return Match(asked.area.code or None, None, How.UNKNOWN)
        communes = sorted({name.code for name in names if self.units[name.code].parent_code})
        if len({(name.province_key, name.district.type) for name in names}) > 1:
            return self._ambiguous(communes, asked)
        only = communes[0] if len(communes) == 1 else None
        return Match(self.province_of(names[0].code), only, How.FORMER, tuple(communes))

    def _resolve_commune(self, asked: _Asked) -> Match:
        named = self._named(asked.commune)
        names = next(filter(None, self._eras(named, asked)), [])
        codes = sorted({name.code for name in self._narrow(names, asked)})
        if not codes:
            return self._unknown(named, asked)
        if len(codes) > 1:
            return self._ambiguous(codes, asked)
        current = any(not name.former for name in names if name.code == codes[0])
        how = How.CURRENT if current and not asked.district and not asked.area.former else How.FORMER
        return Match(self.province_of(codes[0]), codes[0], how, tuple(codes))

    def _named(self, readings: Sequence[Reading]) -> list[_Name]:
        return [
            name
            for reading in readings
            for name in self._names.get(reading.key, [])
            if not reading.strict or name.spelling == reading.spelling
        ]

    def _eras(self, named: Sequence[_Name], asked: _Asked) -> list[list[_Name]]:
        """Names that fit, in groups to be tried one after the other."""
        current = self._current(named, asked)
        former = [name for name in named if name.former]
        if asked.district:
            keys = {reading.key for reading in asked.district}
            former = [name for name in former if name.district.key in keys]
        former = self._within(former, asked)
        if asked.before_two_tiers:
            return [former, current]
        return [current, former] if asked.on else [current + former]

    def _current(self, named: Sequence[_Name], asked: _Asked) -> list[_Name]:
        """Today's names inside what the former district or province became."""
        current = [name for name in named if not name.former]
        if asked.district:
            reach = {name.code for name in self._in_district(asked)}
            return [name for name in current if name.code in reach]
        reach = self._reach.get(asked.area.key, set()) if asked.area.former else set()
        return [name for name in self._within(current, asked) if not reach or name.code in reach]

    def _narrow(self, names: list[_Name], asked: _Asked) -> list[_Name]:
        """Fewer names, by type words and marks, as long as several units fit and some name agrees."""
        marked = asked.with_marks
        tests: list[tuple[set[str], Callable[[_Name], str]]] = [
            ({r.type for r in asked.commune if r.type}, lambda name: name.type),
            ({r.type for r in asked.district if r.type}, lambda name: name.district.type),
            ({r.spelling for r in asked.commune if marked}, lambda name: name.spelling),
            ({r.spelling for r in asked.district if marked}, lambda name: name.district.spelling),
        ]
        for wanted, value in tests:
            if wanted and len({name.code for name in names}) > 1:
                names = [name for name in names if value(name) in wanted] or names
        return names

    def _unknown(self, named: Sequence[_Name], asked: _Asked) -> Match:
        near = {name.code for name in self._within(named, asked)} if asked.area.code else set()
        return Match(asked.area.code or None, None, How.UNKNOWN, tuple(sorted(near)))

    def _ambiguous(self, codes: list[str], asked: _Asked) -> Match:
        provinces = {self.province_of(code) for code in codes}
        province = provinces.pop() if len(provinces) == 1 else asked.area.code or None
        return Match(province, None, How.AMBIGUOUS, tuple(codes))


@lru_cache(maxsize=2_000)
def _district_of(text: str) -> Reading:
    """A former district as the file writes it: type word and name."""
    readings = read_place(text, "district")
    return readings[0] if readings else Reading("", "", "")


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The resolver over the shipped data, built once in a process."""
    return Gazetteer(read_units(), read_aliases())
