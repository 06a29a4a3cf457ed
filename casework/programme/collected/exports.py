"""Results of other bodies as a file: a row for each request."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.exports.lists import Column, ExportList, register
from casework.organisations.standing import Standing
from casework.programme.collected.listing import requests_for

_COLUMNS = (
    Column("body", _("Body that is asked"), lambda row: row.body),
    Column("period", _("Period"), lambda row: str(row.period)),
    Column("organisation", _("Organisation"), lambda row: row.organisation.name),
    Column("asked_at", _("Asked"), lambda row: row.asked_at),
    Column("expires_on", _("Link holds until"), lambda row: row.expires_on),
    Column("answered_at", _("Answered"), lambda row: row.answered_at),
)


def _rows(standing: Standing, query: QueryDict) -> Any:
    return requests_for(standing, query).iterator(chunk_size=2000)


def register_lists() -> None:
    """Offer the requests; called once at start-up."""
    title = _("Results of other bodies")
    register(ExportList("results", title, _COLUMNS, _rows, lambda s, q: requests_for(s, q).count()))
