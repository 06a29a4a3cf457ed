"""The tables of a business plan as they are stored, and the words in which they are read.

`BusinessPlan.tables` holds one list of flat entries for each table below, and `working_capital`. Money is in
whole đồng; a rate or share in percent is a text with a decimal point ("7.92"), so that it stays exact in JSON.
Papers and comparisons read the same entries.
"""

from collections.abc import Callable
from typing import Any, TypedDict, get_type_hints

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.facts import dong, grouped
from casework.plans.models import BusinessPlan

YEARS = (1, 2, 3)


class CostKind(models.TextChoices):
    """Whether a cost grows with what is made."""

    VARIABLE = "variable", _("Variable: grows with what is made")
    FIXED = "fixed", _("Fixed: the same whatever is made")


class SourceKind(models.TextChoices):
    """Where money for the plan comes from."""

    OFFICIAL = "official", _("Capital of official members")
    ASSOCIATE = "associate", _("Capital of associate members")
    LOAN = "loan", _("Loan")
    SUPPORT = "support", _("Support that is not paid back")
    OTHER = "other", _("Other source")


OWN = (SourceKind.OFFICIAL, SourceKind.ASSOCIATE)


class FundKind(models.TextChoices):
    """Funds that a part of the income goes to (LHTX Articles 84 and 85)."""

    COMMON = "common", _("Indivisible common fund")
    DEVELOPMENT = "development", _("Development investment fund")
    RESERVE = "reserve", _("Financial reserve fund")
    OTHER = "other", _("Other fund")


class Product(TypedDict):
    """A product or service. `inside`: percent of it that members buy or use; volumes in `unit`, prices per unit."""

    name: str
    unit: str
    inside: int
    volume_1: int
    price_1: int
    volume_2: int
    price_2: int
    volume_3: int
    price_3: int


class Cost(TypedDict):
    """A cost per year, without interest and repayment of loans."""

    item: str
    kind: str
    year_1: int
    year_2: int
    year_3: int


class Investment(TypedDict):
    """Something that is bought or built before or while the cooperative begins."""

    item: str
    amount: int


class Source(TypedDict):
    """Where a sum comes from; `rate` in percent a year and `months` only for a loan, where they are known."""

    kind: str
    who: str
    amount: int
    rate: str | None
    months: int | None


class Workers(TypedDict):
    """Who works in one of the three years."""

    year: int
    workers: int
    women: int


class Fund(TypedDict):
    """The share of the income that a fund gets, in percent."""

    kind: str
    name: str
    share: str


class Tables(TypedDict):
    """All tables of one version."""

    products: list[Product]
    costs: list[Cost]
    investment: list[Investment]
    working_capital: int
    sources: list[Source]
    workers: list[Workers]
    funds: list[Fund]


ENTRIES: dict[str, Any] = {
    "products": Product,
    "costs": Cost,
    "investment": Investment,
    "sources": Source,
    "workers": Workers,
    "funds": Fund,
}

# Where a remark or a mark of the review can stand, in the order of the page.
PLACES: dict[str, Promise] = {
    "market": _("Market and customers"),
    "member_needs": _("What the members need"),
    "marketing": _("How it is sold"),
    "products": _("Products and services"),
    "costs": _("Costs"),
    "investment": _("Investment"),
    "working_capital": _("Working capital"),
    "sources": _("Sources of money"),
    "workers": _("Workers"),
    "funds": _("Funds from the income"),
}


def checked(tables: Any) -> Tables:
    """The tables, if each entry has exactly its keys with values of their kind. Raises ValueError naming the place."""
    if not isinstance(tables, dict) or set(tables) != set(get_type_hints(Tables)):
        raise ValueError("tables")
    if not _fits(tables["working_capital"], int):
        raise ValueError("working_capital")
    for name, entry in ENTRIES.items():
        kinds = get_type_hints(entry)
        for number, row in enumerate(tables[name], 1):
            if set(row) != set(kinds) or not all(_fits(row[key], kind) for key, kind in kinds.items()):
                raise ValueError(f"{name}.{number}")
    return tables  # type: ignore[return-value]


def _fits(value: Any, kind: Any) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool) and (not isinstance(value, int) or value >= 0)


def is_place(tables: Any, anchor: str) -> bool:
    """Whether an anchor names a text, a table ("products") or a row ("products.2") of these tables."""
    name, dot, row = anchor.partition(".")
    if not dot:
        return name in PLACES
    rows = tables.get(name, []) if name in ENTRIES else []
    return row.isascii() and row.isdigit() and 1 <= int(row[:4]) <= len(rows) and row == str(int(row))


def place_label(anchor: str) -> str:
    """A place in words: "Products and services, row 2". Also for the columns that older reviews marked."""
    name, _dot, row = anchor.partition(".")
    if name in PLACES:
        words = str(PLACES[name])
    else:
        known = {field.name: field.verbose_name for field in BusinessPlan._meta.concrete_fields}
        words = capfirst(str(known.get(name, name)))
    return _g("%(place)s, row %(number)s") % {"place": words, "number": row} if row else words


Column = tuple[str, Promise, Callable[[Any], str]]


def percent(value: Any) -> str:
    """A share in percent with a decimal comma; "" for none."""
    return f"{value} %".replace(".", ",") if value not in (None, "") else ""


def _sale(year: int) -> Callable[[Any], str]:
    def told(row: Any) -> str:
        volume, price = row[f"volume_{year}"], row[f"price_{year}"]
        return f"{grouped(volume)} × {grouped(price)} = {dong(volume * price)}"

    return told


def _text(key: str) -> Callable[[Any], str]:
    return lambda row: row[key]


def _money(key: str) -> Callable[[Any], str]:
    return lambda row: dong(row[key])


def _count(key: str) -> Callable[[Any], str]:
    return lambda row: "" if row[key] is None else grouped(row[key])


def _kind(choices: Any) -> Callable[[Any], str]:
    return lambda row: str(choices(row["kind"]).label)


_YEAR_LABELS = {1: _("Year 1"), 2: _("Year 2"), 3: _("Year 3")}

# How a table is read: key, heading, text of a cell. The first columns up to a sum say which entry it is.
COLUMNS: dict[str, tuple[Column, ...]] = {
    "products": (
        ("name", _("Product or service"), _text("name")),
        ("unit", _("Unit"), _text("unit")),
        ("inside", _("Sold to members"), lambda row: percent(row["inside"])),
        *((f"year_{year}", _YEAR_LABELS[year], _sale(year)) for year in YEARS),
    ),
    "costs": (
        ("item", _("Cost"), _text("item")),
        ("kind", _("Kind of cost"), _kind(CostKind)),
        *((f"year_{year}", _YEAR_LABELS[year], _money(f"year_{year}")) for year in YEARS),
    ),
    "investment": (("item", _("What is bought or built"), _text("item")), ("amount", _("Amount"), _money("amount"))),
    "sources": (
        ("kind", _("Kind of source"), _kind(SourceKind)),
        ("who", _("From whom"), _text("who")),
        ("amount", _("Amount"), _money("amount")),
        ("rate", _("Interest a year"), lambda row: percent(row["rate"])),
        ("months", _("Months"), _count("months")),
    ),
    "workers": (
        ("year", _("Year"), lambda row: str(_YEAR_LABELS[row["year"]])),
        ("workers", _("Workers"), _count("workers")),
        ("women", _("Of them women"), _count("women")),
    ),
    "funds": (
        ("kind", _("Fund"), _kind(FundKind)),
        ("name", _("Name of the fund"), _text("name")),
        ("share", _("Share of the income"), lambda row: percent(row["share"])),
    ),
}
# What tells one entry from another when two versions are compared.
KEYS = {
    "products": ("name",),
    "costs": ("item",),
    "investment": ("item",),
    "sources": ("kind", "who"),
    "workers": ("year",),
    "funds": ("kind", "name"),
}
