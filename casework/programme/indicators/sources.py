"""Where the rows of a number stand: a queryset, and by which expression each part of a row is told.

The sum, its parts and the rows behind it are asked of the same queryset, so they cannot disagree; and a number is
summed by the database, however many rows it has.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    Count,
    DateTimeField,
    DecimalField,
    F,
    Func,
    IntegerField,
    Min,
    Sum,
    Value,
)
from django.db.models.expressions import Expression
from django.db.models.functions import Cast, Coalesce, Concat

from casework.programme.indicators.rows import Row
from casework.sharing.scope import beyond_sight

_PREFIX = "row_"
Told = Expression | F


def text(value: str = "") -> Told:
    """A text that is the same in every row."""
    return Value(value, output_field=CharField())


def known(path: str) -> Told:
    """A text that may be missing."""
    return Coalesce(F(path), text())


def key_of(kind: str, pk: Any = "pk") -> Told:
    """What makes a row one of its kind: `case:7`."""
    return Concat(text(f"{kind}:"), Cast(pk, CharField()))


def amount_of(path: str) -> Told:
    """What a row adds: 1, or a number of its own; a missing one adds nothing."""
    return Coalesce(Cast(path, BigIntegerField()), Value(0)) if path else Value(1, output_field=BigIntegerField())


def _nothing(field: Any) -> Told:
    return Value(None, output_field=field)


# What a row says where its source tells nothing.
_UNTOLD: dict[str, Told] = {
    "target": F("pk"),
    "case_code": text(),
    "commune_id": Value(None, output_field=IntegerField()),
    "commune": text(),
    "sex": text(),
    "minority": Value(None, output_field=BooleanField()),
    "legal_form": text(),
    "programmes": Value([], output_field=ArrayField(CharField())),
    "organisation_id": Value(None, output_field=IntegerField()),
    "organisation": text(),
}


class Source:
    """Rows of one table. `told` says by which expression each part of a row is told (the fields of Row).

    `address` makes the page of a row from what the row tells, and from its `target`: the object that it leads to.
    """

    def __init__(self, found: Any, *, address: Callable[[dict[str, Any]], str], **told: Told):
        self.found = beyond_sight(found, "counted for an organisation whose numbers she may read")
        self.address, self.told = address, {**_UNTOLD, **told}

    def total(self) -> int:
        """What the rows add up to. One query."""
        return int(self._told("amount").aggregate(sum=Sum(f"{_PREFIX}amount"))["sum"] or 0)

    def count(self) -> int:
        """How many rows there are. One query."""
        return int(self.found.count())

    def sums(self, *parts: str) -> list[tuple[tuple[Any, ...], int]]:
        """What the rows add up to by these parts of a row. One query."""
        names = [_PREFIX + part for part in parts]
        rows = self._told("amount", *parts).order_by().values(*names).annotate(sum=Sum(f"{_PREFIX}amount"))
        # By parts that are the same for all, nothing at all is one row without a sum.
        return [(tuple(row[name] for name in names), int(row["sum"])) for row in rows if row["sum"] is not None]

    def mark(self) -> str:
        """By which two countings are known to be of the same rows with the same amounts. One query."""
        both = Concat(F(f"{_PREFIX}key"), text("|"), Cast(f"{_PREFIX}amount", CharField()))
        hashed = Func(both, Value(0), function="hashtextextended", output_field=BigIntegerField())
        number = Cast(hashed, DecimalField(max_digits=40, decimal_places=0))
        found = self._told("key", "amount").aggregate(rows=Count("pk"), sum=Sum(number))
        return f"{found['rows']}:{found['sum'] or 0}"

    def keys(self) -> Any:
        """The keys of the rows, as a queryset of one column."""
        return self._told("key").order_by().values_list(f"{_PREFIX}key", flat=True)

    def rows(self) -> list[Row]:
        """All rows, in the order in which they were written. One query."""
        return self[:]

    def __getitem__(self, part: slice) -> list[Row]:
        """Some of the rows. One query."""
        names = [_PREFIX + name for name in self.told]
        found = self._told(*self.told).order_by("pk").values(*names)[part]
        return [self._row(row) for row in found]

    def _told(self, *parts: str) -> Any:
        return self.found.annotate(**{_PREFIX + part: self.told[part] for part in parts})

    def _row(self, stored: dict[str, Any]) -> Row:
        told = {name.removeprefix(_PREFIX): value for name, value in stored.items()}
        url = self.address(told)
        del told["target"]
        told["programmes"] = tuple(told["programmes"] or ())
        return Row(url=url, **told)


@dataclass(frozen=True)
class Together:
    """Several sources of the same things, each thing counted once: by its key, the first source first."""

    sources: tuple[Source, ...]

    def total(self) -> int:
        """How many things there are. One query."""
        first, *others = (source.keys() for source in self.sources)
        return int(first.union(*others).count())

    def count(self) -> int:
        """How many rows there are."""
        return self.total()

    def sums(self, *parts: str) -> list[tuple[tuple[Any, ...], int]]:
        """What they add up to by these parts of a row."""
        found: dict[tuple[Any, ...], int] = {}
        for row in self.rows():
            values = tuple(getattr(row, part) for part in parts)
            found[values] = found.get(values, 0) + row.amount
        return list(found.items())

    def mark(self) -> str:
        """By which two countings are known to be of the same rows."""
        return "+".join(source.mark() for source in self.sources)

    def rows(self) -> list[Row]:
        """The rows, each thing once. One query for each source."""
        return self[:]

    def __getitem__(self, part: slice) -> list[Row]:
        """Some of the rows."""
        every: Iterable[Row] = (row for source in self.sources for row in source.rows())
        found: dict[str, Row] = {}
        for row in every:
            found.setdefault(row.key, row)
        return list(found.values())[part]


def each_once(found: Any, whom: Told) -> Any:
    """Of rows that are about the same thing, the first one that was written. `whom` says what they are about."""
    first = found.order_by().values(whom=whom).annotate(first=Min("pk")).values("first")
    return found.model.objects.filter(pk__in=first)


def moment(path: str) -> Told:
    """A column as the moment at which a row was told."""
    return Cast(path, DateTimeField())
