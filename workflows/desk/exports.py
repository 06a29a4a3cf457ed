"""The tasks of the desk as a file: those behind the tab and the filters of an address."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.exports.lists import Column, ExportList, register
from casework.organisations.standing import Standing
from workflows.desk.filters import DONE, Filters
from workflows.desk.queries import outcome_of, tasks_in, title_of, with_words

_COLUMNS = (
    Column("case", _("Case"), lambda task: task.case.code),
    Column("name", _("Working name"), lambda task: task.case.working_name),
    Column("step", _("Step"), title_of),
    Column("stage", _("Stage"), lambda task: task.get_stage_display()),
    Column("place", _("Place"), lambda task: str(task.case.area)),
    Column("organisation", _("Organisation"), lambda task: task.organisation.name),
    Column("owner", _("Owner"), lambda task: str(task.owner) if task.owner_id else ""),
    Column("due", _("Due"), lambda task: task.due_at),
    Column("first_due", _("Due at first"), lambda task: task.first_due_at, usual=False),
    Column("held", _("On hold"), lambda task: _("yes") if task.held else ""),
    Column("priority", _("Priority"), lambda task: task.get_priority_display(), usual=False),
    Column("round", _("Round"), lambda task: task.round, usual=False),
    Column("outcome", _("Outcome"), lambda task: outcome_of(task) if task.outcome else ""),
    Column("finished", _("Finished"), lambda task: task.finished),
)


def _found(standing: Standing, query: QueryDict) -> Any:
    filters = Filters.of(query)
    tasks = filters.apply(tasks_in(filters.tab, standing), timezone.now())
    return tasks.order_by("-finished", "-pk") if filters.tab == DONE else tasks.order_by("due_at", "pk")


def _rows(standing: Standing, query: QueryDict) -> Iterator[Any]:
    return with_words(_found(standing, query)).iterator(chunk_size=2000)


def register_lists() -> None:
    """Offer the tasks; called once at start-up."""
    register(ExportList("tasks", _("Tasks"), _COLUMNS, _rows, lambda s, q: _found(s, q).count()))
