"""Trade events as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.exports.lists import Column, ExportList, register
from casework.linkage.fairs.listing import fairs_for
from casework.organisations.standing import Standing

_COLUMNS = (
    Column("title", _("Title"), lambda row: row.title),
    Column("kind", _("Kind of event"), lambda row: row.get_kind_display()),
    Column("organiser", _("Organiser"), lambda row: row.organiser),
    Column("place", _("Place"), lambda row: row.place),
    Column("first_day", _("First day"), lambda row: row.first_day),
    Column("last_day", _("Last day"), lambda row: row.last_day),
    Column("taking_part", _("Cooperatives"), lambda row: row.taking_part),
    Column("sold", _("Sales"), lambda row: row.sold),
    Column("organisation", _("Entered by"), lambda row: row.organisation.name, usual=False),
)


def _rows(standing: Standing, query: QueryDict) -> Iterator[Any]:
    return fairs_for(standing, query).iterator(chunk_size=2000)


def register_lists() -> None:
    """Offer the events; called once at start-up."""
    register(ExportList("fairs", _("Trade events"), _COLUMNS, _rows, lambda s, q: fairs_for(s, q).count()))
