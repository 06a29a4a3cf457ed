"""The saved views of a person: her own, her team's, and the one with which her inbox opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import QueryDict

from casework.counting import counts_up_to
from casework.organisations.standing import Standing
from workflows.desk.filters import Filters
from workflows.desk.models import SavedView
from workflows.desk.queries import tasks_in
from workflows.desk.view_acts import MOST


@dataclass(frozen=True)
class ViewChip:
    """A view as a link. `stale`: one of its filters no longer exists, so it shows more than it was saved for."""

    name: str
    url: str
    count: int
    current: bool
    shared: bool
    stale: bool


def views_of(standing: Standing) -> list[SavedView]:
    """Her own views and those for her seats, by name. One query, at most 2 × MOST views."""
    for_her = Q(organisation=None, made_by=standing.user)
    for role in {seat.role for seat in standing.seats}:
        teams = [seat.organisation_id for seat in standing.seats if seat.role == role]
        for_her |= Q(organisation_id__among=teams, role__in=["", role])
    views = SavedView.objects.filter(for_her, withdrawn_at=None).select_related("organisation")
    return list(views[: 2 * MOST])


def filters_of(view: SavedView) -> Filters:
    """What a view shows; what no longer exists is left out."""
    return Filters.of(QueryDict(view.query))


def first_view(views: Iterable[SavedView]) -> SavedView | None:
    """The view with which the inbox opens: her own, else that of her role in her team, else that of the team."""
    opening = [view for view in views if view.is_default]
    return min(opening, key=lambda view: (view.organisation_id is not None, view.role == "", view.pk), default=None)


def chips_of(views: list[SavedView], filters: Filters, standing: Standing, now: datetime) -> list[ViewChip]:
    """The views with the number of their tasks. One query, however many; none without views."""
    found = _counts({view.pk: filters_of(view) for view in views}, standing, now)
    return [
        ViewChip(
            name=view.name,
            url=f"{filters_of(view).url()}",
            count=found.get(view.pk, 0),
            current=filters_of(view) == filters,
            shared=view.organisation_id is not None,
            stale=filters_of(view).query() != view.query,
        )
        for view in views
    ]


def _counts(wanted: dict[int, Filters], standing: Standing, now: datetime) -> dict[int, int]:
    """The number of tasks behind each of several filters. One query."""
    lists = [filters.apply(tasks_in(filters.tab, standing), now) for filters in wanted.values()]
    return dict(zip(wanted, counts_up_to(lists), strict=True))
