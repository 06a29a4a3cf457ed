"""A lender's own applications as a file."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.exports.lists import Column, ExportList, register
from casework.linkage.credit.acts import lenders_of
from casework.organisations.standing import Standing
from workflows.credit_room.forms import Find
from workflows.credit_room.rows import found, shared_applications

_COLUMNS = (
    Column("name", _("Cooperative"), lambda a: a.case.working_name),
    Column("place", _("Place"), lambda a: str(a.case.area)),
    Column("product", _("Credit product"), lambda a: str(a.product or "")),
    Column("amount", _("Amount asked for"), lambda a: a.amount),
    Column("months", _("Term in months"), lambda a: a.term_months),
    Column("asked_on", _("Asked on"), lambda a: a.recorded_at.date()),
    Column("decision", _("Answer"), lambda a: a.get_decision_display() if a.decision else ""),
    Column("granted", _("Amount granted"), lambda a: a.granted_amount),
    Column("rate", _("Interest in percent a year"), lambda a: a.rate),
    Column("paid", _("Paid out"), lambda a: a.paid),
)


def _rows(standing: Standing, query: QueryDict) -> Any:
    return found(shared_applications(standing, lenders_of(standing)), Find(query).chosen)


def register_lists() -> None:
    """Offer it; called once at start-up."""
    register(ExportList("credit", _("Applications"), _COLUMNS, _rows, lambda s, q: _rows(s, q).count()))
