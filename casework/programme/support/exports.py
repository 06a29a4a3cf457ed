"""The ledger of support as a file."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.exports.lists import Column, ExportList, register
from casework.organisations.standing import Standing
from casework.programme.support.listing import supports_for

_COLUMNS = (
    Column("cooperative", _("Cooperative"), lambda row: row.cooperative.name),
    Column("commune", _("Commune"), lambda row: row.cooperative.commune.name if row.cooperative.commune else ""),
    Column("need", _("What for"), lambda row: row.get_need_display()),
    Column("what", _("What was given"), lambda row: row.what),
    Column("amount", _("Value"), lambda row: row.amount),
    Column("quantity", _("Quantity in kind"), lambda row: row.quantity),
    Column("unit", _("Unit of measure"), lambda row: row.unit),
    Column("fund", _("Source of funds"), lambda row: row.get_fund_display()),
    Column("giver", _("Giver"), lambda row: row.giver),
    Column("given_on", _("Given on"), lambda row: row.given_on),
    Column("paper", _("Number of the paper"), lambda row: row.paper),
    Column("programme", _("Programme"), lambda row: str(row.programme or "")),
    Column("despite", _("Why in spite of earlier support"), lambda row: row.despite, usual=False),
    Column("organisation", _("Entered by"), lambda row: row.organisation.name),
)


def _rows(standing: Standing, query: QueryDict) -> Any:
    return supports_for(standing, query).iterator(chunk_size=2000)


def register_lists() -> None:
    """Offer the ledger; called once at start-up."""
    register(ExportList("support", _("Ledger of support"), _COLUMNS, _rows, lambda s, q: supports_for(s, q).count()))
