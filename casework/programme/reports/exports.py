"""The list of reports as a file."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.exports.lists import Column, ExportList, register
from casework.organisations.standing import Standing
from casework.programme.reports.listing import reports_for

_COLUMNS = (
    Column("organisation", _("Organisation"), lambda row: row.organisation.name),
    Column("period", _("Period"), lambda row: str(row.period)),
    Column("state", _("State"), lambda row: row.get_state_display()),
    Column("number", _("Number"), lambda row: row.number),
    Column("signed_on", _("Day of the report"), lambda row: row.signed_on),
    Column("reviewed_by", _("Reviewed by"), lambda row: str(row.reviewed_by or ""), usual=False),
    Column("hash", _("Hash of the data"), lambda row: row.data_hash, usual=False),
)


def _rows(standing: Standing, query: QueryDict) -> Any:
    return reports_for(standing, query).iterator(chunk_size=2000)


def register_lists() -> None:
    """Offer the reports; called once at start-up."""
    register(ExportList("reports", _("Yearly reports"), _COLUMNS, _rows, lambda s, q: reports_for(s, q).count()))
