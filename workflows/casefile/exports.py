"""The list of cases as a file: exactly those behind the filters of an address."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.exports.lists import Column, ExportList, register
from casework.organisations.standing import Standing
from workflows.casefile.filters import CaseFilter
from workflows.casefile.listing import cases_for
from workflows.summary.places import places_seen

_COLUMNS = (
    Column("code", _("Case"), lambda case: case.code),
    Column("name", _("Working name"), lambda case: case.working_name),
    Column("kind", _("Kind"), lambda case: case.get_kind_display()),
    Column("stage", _("Stage"), lambda case: case.get_stage_display()),
    Column("stage_since", _("In this stage since"), lambda case: case.stage_since),
    Column("status", _("Status"), lambda case: case.get_status_display()),
    Column("outcome", _("Outcome"), lambda case: case.get_outcome_display()),
    Column("organisation", _("Organisation"), lambda case: case.lead_organisation.name),
    Column("place", _("Place"), lambda case: str(case.area)),
    Column("trade", _("Trade"), lambda case: case.trade, usual=False),
    Column("form", _("Legal form aimed at"), lambda case: case.get_legal_form_display(), usual=False),
    Column("women", _("Women interested"), lambda case: case.women_interested, usual=False),
    Column("programmes", _("Programmes"), lambda case: ", ".join(case.programmes), usual=False),
    Column("opened", _("Opened"), lambda case: case.opened_at),
    Column("closed", _("Closed"), lambda case: case.closed_at),
)


def _found(standing: Standing, query: QueryDict) -> QuerySet[Case]:
    visible = cases_for(standing)
    return CaseFilter(query, places_seen(standing, query)).apply(visible)


def _rows(standing: Standing, query: QueryDict) -> Iterator[Any]:
    cases = _found(standing, query).select_related("area", "lead_organisation").order_by("-opened_at", "-pk")
    return cases.iterator(chunk_size=2000)


def register_lists() -> None:
    """Offer the cases; called once at start-up."""
    register(ExportList("cases", _("Cases"), _COLUMNS, _rows, lambda s, q: _found(s, q).count()))
