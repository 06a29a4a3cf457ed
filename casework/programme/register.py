"""Rows of a roster that the register already holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from casework.cooperatives.models import Cooperative
from casework.programme.entries import Entry
from casework.programme.roster.names import name_key
from casework.vietnamese import fold

_KINDS = frozenset(["xa", "phuong", "thi", "tran", "dac", "khu", "huyen", "quan", "thanh", "pho"])


@dataclass(frozen=True)
class Known:
    """A row, and the register entry that it repeats."""

    excel_row: int
    cooperative_id: int
    name: str
    how: str

    def as_json(self) -> dict[str, object]:
        """Plain data for `import_roster --json`."""
        return {"excel_row": self.excel_row, "cooperative": self.cooperative_id, "name": self.name, "how": self.how}


def known_in_register(entries: Iterable[Entry]) -> list[Known]:
    """Each entry that was imported before, or whose name stands in the register at a place that may be the same.

    Names are compared as the reader compares them within a file: without legal form, marks, abbreviations and
    word order. One query. `how` is "imported" or "same_name".
    """
    entries = list(entries)
    by_key, by_name = _register() if entries else ({}, {})
    found = [(entry, _same(entry, by_key, by_name)) for entry in entries]
    return [
        Known(entry.row, row.pk, row.name, "imported" if entry.key in by_key else "same_name")
        for entry, row in found
        if row is not None
    ]


def _register() -> tuple[dict[str, Cooperative], dict[tuple[str, ...], list[Cooperative]]]:
    by_key: dict[str, Cooperative] = {}
    by_name: dict[tuple[str, ...], list[Cooperative]] = {}
    wanted = ("name", "place_as_written", "province_id", "commune_id", "roster_key", "merged_into_id")
    rows = {row.pk: row for row in Cooperative.objects.only(*wanted).order_by("pk").iterator()}
    for row in rows.values():
        if row.roster_key:
            by_key[row.roster_key] = _kept(row, rows)
        by_name.setdefault(name_key(row.name).whole, []).append(_kept(row, rows))
    return by_key, by_name


def _kept(row: Cooperative, rows: dict[int, Cooperative]) -> Cooperative:
    """The entry as which a merged one goes on."""
    while row.merged_into_id:
        row = rows[row.merged_into_id]
    return row


def _same(
    entry: Entry, by_key: dict[str, Cooperative], by_name: dict[tuple[str, ...], list[Cooperative]]
) -> Cooperative | None:
    if entry.key in by_key:
        return by_key[entry.key]
    name = name_key(entry.name)
    candidates = by_name.get(name.whole, []) if name.whole else []
    return next((row for row in candidates if _may_be_there(entry, row, telling=bool(name.telling))), None)


def _may_be_there(entry: Entry, row: Cooperative, *, telling: bool) -> bool:
    """Places that do not contradict each other; a name of common words alone needs the same commune."""
    if entry.commune and row.commune_id:
        return entry.commune.pk == row.commune_id
    if not telling or (entry.province and row.province_id not in (None, entry.province.pk)):
        return False
    here, there = _local_words(entry.values["place_as_written"]), _local_words(row.place_as_written)
    return here <= there or there <= here


def _local_words(place: str) -> frozenset[str]:
    """The words of a place below its province, without those for its kind."""
    return frozenset(fold(place.rpartition(",")[0]).replace(",", " ").split()) - _KINDS
