"""Facts of a case as people read them: a title, and label–value pairs in reading order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Table:
    """Facts about several things of one kind: what each column says, and a row of texts for each thing."""

    heads: list[str]
    rows: list[list[str]]

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """The rows, each text with the head of its column."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Section:
    """Facts that belong together."""

    title: Any
    facts: list[tuple[str, str]]
    note: str = ""
    # What was sent back and must be corrected: read before the form, not beside it.
    correction: bool = False
    # Too wide to stand beside a form: a section with a table stands below it.
    table: Table | None = None


def section(title: Any, row: models.Model, fields: Iterable[str], note: str = "") -> Section:
    """The named fields of a row that have a value, labelled by the model's own words."""
    facts = []
    for name in fields:
        field: Any = row._meta.get_field(name)
        shown = shown_value(row, field)
        if shown:
            facts.append((capfirst(str(field.verbose_name)), shown))
    return Section(title, facts, note)


def shown_value(row: models.Model, field: Any) -> str:
    """One stored value as text: choices by their label, money in đồng, dates day first."""
    value = getattr(row, field.name)
    if value in (None, "", []):
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return dong(value) if isinstance(field, MoneyField) else _written(value)


def _written(value: Any) -> str:
    """Days day first, numbers with dots between thousands and a decimal comma."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%H:%M %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return grouped(value) if isinstance(value, int) else str(value)


def grouped(number: int) -> str:
    """A whole number with dots between thousands, as written in Vietnam."""
    return f"{number:,}".replace(",", ".")


def dong(amount: int) -> str:
    """An amount of money: `12.500.000 đồng`."""
    return f"{grouped(amount)} đồng"


class MoneyField(models.BigIntegerField):
    """An amount in whole đồng; the đồng has no smaller unit."""
