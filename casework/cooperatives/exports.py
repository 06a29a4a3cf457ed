"""The register as a file."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.cooperatives.listing import found_in
from casework.exports.lists import Column, ExportList, register
from casework.organisations.standing import Standing

_COLUMNS = (
    Column("name", _("Name"), lambda row: row.name),
    Column("legal_form", _("Legal form"), lambda row: row.get_legal_form_display() if row.legal_form else ""),
    Column("registration_code", _("Registration code"), lambda row: row.registration_code),
    Column("founded", _("Founded"), lambda row: row.founded),
    Column("province", _("Province"), lambda row: row.province.name if row.province else ""),
    Column("commune", _("Commune"), lambda row: row.commune.name if row.commune else ""),
    Column("place", _("Place as written in the source"), lambda row: row.place_as_written, usual=False),
    Column("products", _("Products"), lambda row: row.products),
    Column("members", _("Members"), lambda row: row.members),
    Column("women", _("Women"), lambda row: row.women),
    Column("ethnic_minority", _("Ethnic minority members"), lambda row: row.ethnic_minority, usual=False),
    Column("women_jobs", _("Jobs for women"), lambda row: row.women_jobs),
    Column("capital", _("Capital (đồng)"), lambda row: row.capital),
    Column("loan", _("Loan (đồng)"), lambda row: row.loan, usual=False),
    Column("ocop_stars", _("OCOP stars"), lambda row: row.ocop_stars),
    Column("source", _("Source"), lambda row: row.source, usual=False),
)


def _rows(standing: Standing, query: QueryDict) -> Any:
    return found_in(standing, query).iterator(chunk_size=2000)


def register_lists() -> None:
    """Offer the register; called once at start-up."""
    title = _("Register of cooperatives")
    register(ExportList("cooperatives", title, _COLUMNS, _rows, lambda s, q: found_in(s, q).count()))
