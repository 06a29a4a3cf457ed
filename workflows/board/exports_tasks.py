"""What is late, the workload, and the times in stages as files: exactly what their pages show, all pages of them."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.exports.lists import Column, ExportList, register
from casework.organisations.standing import Standing
from workflows.board import breach, times, workload
from workflows.board.asked import AskedForm, TimesForm
from workflows.board.views_tasks import by_of, which_of
from workflows.desk.due import WorkingDays
from workflows.desk.queries import seen_tasks, title_of

_LATE = (
    Column("case", _("Case"), lambda task: task.case.code),
    Column("name", _("Working name"), lambda task: task.case.working_name),
    Column("step", _("Step"), title_of),
    Column("organisation", _("Organisation"), lambda task: task.organisation.name),
    Column("owner", _("Owner"), lambda task: str(task.owner) if task.owner_id else ""),
    Column("since", _("Since"), lambda task: task.claimed_at if task.owner_id else task.created),
    Column("due", _("Due"), lambda task: task.due_at),
    Column("days", _("Working days left"), lambda task: task.days_left),
    Column("first_due", _("Due at first"), lambda task: task.first_due_at, usual=False),
    Column("round", _("Round"), lambda task: task.round, usual=False),
)
_WORKLOAD = (
    Column("label", _("Organisation or person"), lambda line: line.label),
    Column("open", _("Open"), lambda line: line.open.count),
    Column("seven", _("Due in 7 days"), lambda line: line.seven.count),
    Column("late", _("Late"), lambda line: line.late.count),
    Column("free", _("Not taken yet"), lambda line: line.free.count),
    Column("idle", _("80 % used, not taken"), lambda line: line.idle.count),
    Column("held", _("On hold"), lambda line: line.held.count),
    Column("cases", _("Cases"), lambda line: line.cases.count if line.cases else None),
)
_TIMES = (
    Column("label", _("Told apart by"), lambda line: line.label),
    Column("stage", _("Stage"), lambda line: line.stage_label),
    Column("count", _("Left the stage"), lambda line: line.count),
    Column("median", _("Median, days"), lambda line: round(line.median, 1)),
    Column("p90", _("9 of 10 within, days"), lambda line: round(line.p90, 1)),
    Column("held", _("On hold, days on average"), lambda line: round(line.held, 1)),
)


def _late(standing: Standing, query: QueryDict) -> Any:
    form = AskedForm(query, workload.organisations_of(standing))
    filters = breach.which_filters(which_of(query), workload.filters_in(form))
    return filters.apply(seen_tasks(standing), timezone.now()).order_by("due_at", "pk")


def _late_rows(standing: Standing, query: QueryDict) -> Iterator[Any]:
    now = timezone.now()
    days = WorkingDays(now)
    for task in breach.with_words(_late(standing, query)).iterator(chunk_size=2000):
        task.days_left = breach.days_left(task, days, now)
        yield task


def _workload(standing: Standing, query: QueryDict) -> list[workload.Line]:
    form = AskedForm(query, workload.organisations_of(standing))
    return workload.lines(workload.filters_in(form), standing, timezone.now(), by_of(query), None)[0]


def _times(standing: Standing, query: QueryDict) -> list[times.Line]:
    return times.lines(TimesForm(query, times.organisations_of(standing)), standing, None)[0]


def register_lists() -> None:
    """Offer the three lists; called once at start-up."""
    register(ExportList("late", _("Late and soon late"), _LATE, _late_rows, lambda s, q: _late(s, q).count()))
    register(ExportList("workload", _("Workload"), _WORKLOAD, _workload, lambda s, q: len(_workload(s, q))))
    register(ExportList("times", _("Time in stages"), _TIMES, _times, lambda s, q: len(_times(s, q))))
