"""The cooperatives without a review as a file."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.exports.lists import Column, ExportList, register
from casework.organisations.standing import Standing
from workflows.reviews.listing import due_for, shown_for

_COLUMNS = (
    Column("name", _("Name"), lambda row: row.name),
    Column("legal_form", _("Legal form"), lambda row: row.get_legal_form_display()),
    Column("commune", _("Commune"), lambda row: row.commune.name if row.commune else ""),
    Column("last_review", _("Last review"), lambda row: row.last_review),
    Column("members", _("Members"), lambda row: row.told_members),
    Column("women", _("Women"), lambda row: row.told_women),
    Column("told_on", _("Figures as of"), lambda row: row.told_on or ""),
    Column("leader", _("Who leads"), lambda row: row.leader or ""),
    Column("case", _("Open case"), lambda row: row.case_code or ""),
    Column("postponed", _("Postponed until"), lambda row: row.postponed_until),
    Column("why", _("Why postponed"), lambda row: row.postponed_why or "", usual=False),
    Column("registration_code", _("Registration code"), lambda row: row.registration_code, usual=False),
)


def _rows(standing: Standing, query: QueryDict) -> Any:
    return shown_for(standing, query).iterator(chunk_size=2000)


def register_lists() -> None:
    """Offer the list; called once at start-up."""
    title = _("Cooperatives without a review")
    register(ExportList("unreviewed", title, _COLUMNS, _rows, lambda s, q: due_for(s, q).count()))
