"""Market links as a file."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.exports.lists import Column, ExportList, register
from casework.linkage.market.kinds import how_label
from casework.linkage.market.listing import links_for
from casework.organisations.standing import Standing

_COLUMNS = (
    Column("case", _("Case"), lambda row: row.case.code),
    Column("name", _("Cooperative"), lambda row: row.case.working_name),
    Column("commune", _("Commune"), lambda row: row.case.area.name),
    Column("kind", _("Kind of link"), lambda row: row.get_kind_display()),
    Column("partner", _("Buyer, platform or issuer"), lambda row: row.partner),
    Column("proof", _("Proof"), lambda row: row.proof),
    Column("product", _("Product"), lambda row: row.product),
    Column("number", _("Number or code"), lambda row: row.number),
    Column("stars", _("Stars"), lambda row: row.stars),
    Column("value", _("Value"), lambda row: row.value),
    Column("linked_on", _("Since when"), lambda row: row.linked_on),
    Column("valid_until", _("Valid until"), lambda row: row.valid_until),
    Column("verified_by", _("Verified by"), lambda row: str(row.verified_by or "")),
    Column("how", _("How it was verified"), lambda row: how_label(row.verified_how), usual=False),
    Column("state", _("What came of it"), lambda row: row.get_state_display()),
    Column("sales", _("Sales through it"), lambda row: row.state_sales),
    Column("address", _("Address of the listing"), lambda row: row.address, usual=False),
)


def _rows(standing: Standing, query: QueryDict) -> Any:
    return links_for(standing, query).iterator(chunk_size=2000)


def register_lists() -> None:
    """Offer the links; called once at start-up."""
    register(ExportList("market", _("Market links"), _COLUMNS, _rows, lambda s, q: links_for(s, q).count()))
