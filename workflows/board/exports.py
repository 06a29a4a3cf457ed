"""The board as a file: every leading organisation and stage with its numbers, as the page shows them."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Stage
from casework.exports.lists import Column, ExportList, register
from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from workflows.board import counts
from workflows.board.filters import BoardFilter
from workflows.casefile.listing import cases_for
from workflows.casefile.measures import MEASURES, TITLES
from workflows.summary.places import places_seen


def _counted(name: str) -> Column:
    return Column(name, TITLES[name], lambda row: row[2].counts[name])


_COLUMNS = (
    Column("organisation", _("Organisation"), lambda row: row[0]),
    Column("stage", _("Stage"), lambda row: Stage(row[1]).label),
    *(_counted(name) for name in MEASURES),
    Column("mean_age", _("Days since opened, mean"), lambda row: row[2].mean_age),
    Column("oldest", _("Days since opened, oldest"), lambda row: row[2].oldest_age),
    Column("mean_stay", _("Days in the stage, mean"), lambda row: row[2].mean_stay),
    Column("longest", _("Days in the stage, longest"), lambda row: row[2].longest_stay),
)


def _tallies(standing: Standing, query: QueryDict) -> counts.Tallies:
    visible = cases_for(standing)
    return counts.running(BoardFilter(query, places_seen(standing, query)).apply(visible), timezone.now())


def _rows(standing: Standing, query: QueryDict) -> list[Any]:
    tallies = _tallies(standing, query)
    return [
        (organisation.name, stage, tallies[organisation.pk, stage])
        for organisation in Organisation.objects.filter(pk__in={lead for lead, _at in tallies}).order_by(
            "name_key", "pk"
        )
        for stage in Stage.values
        if (organisation.pk, stage) in tallies
    ]


def register_lists() -> None:
    """Offer the board; called once at start-up."""
    register(ExportList("board", _("Board"), _COLUMNS, _rows, lambda s, q: len(_tallies(s, q))))
