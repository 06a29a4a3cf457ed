"""The parts of a roster in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases.stages import LegalForm
from casework.facts import dong, grouped
from casework.programme.entries import place_of

# Fields of the reader, by the names that it uses in column maps and issues.
FIELDS: dict[str, Any] = {
    "stt": gettext_lazy("Running number"),
    "name": gettext_lazy("Name"),
    "form": gettext_lazy("Legal form"),
    "commune": gettext_lazy("Commune"),
    "district": gettext_lazy("District"),
    "province": gettext_lazy("Province"),
    "address": gettext_lazy("Address"),
    "founded": gettext_lazy("Founded"),
    "members": gettext_lazy("Members"),
    "women": gettext_lazy("Women"),
    "em": gettext_lazy("Ethnic minority members"),
    "cap": gettext_lazy("Capital"),
    "products": gettext_lazy("Products"),
    "lender": gettext_lazy("Lender"),
    "loan": gettext_lazy("Loan"),
    "grant": gettext_lazy("Grant"),
    "jobs_w": gettext_lazy("Jobs for women"),
    "income": gettext_lazy("Income a month"),
    "ocop": gettext_lazy("OCOP stars"),
    "note": gettext_lazy("Note"),
}
# What the register has no place for.
NOT_ENTERED = frozenset({"stt", "note"})
# Where the reader names the unit of a money column.
_UNITS = {"cap": ("capital",), "loan": ("loan", "loan_and_grant"), "grant": ("grant", "loan_and_grant"),
          "income": ("income",)}  # fmt: skip


def field_label(name: str) -> str:
    """What a column holds; columns that the reader does not know keep their header."""
    return str(FIELDS.get(name, name))


def unit_of(field: str, header_units: dict[str, str]) -> str:
    """The unit of money that was understood for a column, "" for other columns."""
    return next((header_units[name] for name in _UNITS.get(field, ()) if name in header_units), "")


def day_first(partial: str) -> str:
    """A partial ISO date the Vietnamese way: 2022-03-05 → 05/03/2022, 2022-03 → 03/2022."""
    return "/".join(reversed(partial.split("-")))


def amount_range(least: int | None, most: int | None) -> str:
    """An amount, or two with a dash: `4.000.000 – 7.000.000 đồng`; "" where nothing is stated."""
    stated = [amount for amount in dict.fromkeys((least, most)) if amount is not None]
    return " – ".join([*map(grouped, stated[:-1]), *map(dong, stated[-1:])])


def form_label(code: str | None) -> str:
    """A legal form in words."""
    return str(LegalForm(code or "").label)


def stated(parsed: dict[str, Any]) -> dict[str, str]:
    """What a row states, in words, by field; "" where it says nothing."""
    founded, income = parsed.get("founded") or {}, parsed.get("income_month_vnd") or {}
    return {
        "name": parsed.get("name_norm") or "",
        "form": form_label(parsed.get("legal_form")),
        "address": place_of(parsed),
        "founded": day_first(founded.get("value") or ""),
        "members": _count(parsed.get("members")),
        "women": _count(parsed.get("women")),
        "em": _count(parsed.get("em")),
        "cap": _money(parsed.get("capital_vnd")),
        "products": parsed.get("products") or "",
        "lender": parsed.get("lender") or "",
        "loan": _money(parsed.get("loan_vnd")),
        "grant": _money(parsed.get("grant_vnd")),
        "jobs_w": _count(parsed.get("jobs_w")),
        "income": amount_range(income.get("min"), income.get("max")),
        "ocop": _count(parsed.get("ocop_stars")),
    }


def how_known(how: str) -> str:
    """Why a row counts as known to the register."""
    return _("imported before") if how == "imported" else _("same name, no other place")


def _count(number: int | None) -> str:
    return "" if number is None else grouped(number)


def _money(amount: int | None) -> str:
    return "" if amount is None else dong(amount)
