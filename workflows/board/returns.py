"""Work that went back: how often, at which step, in which organisation, and why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from workflows.board.asked import PeriodForm
from workflows.desk.days import start_of
from workflows.desk.queries import outcome_of, title_of
from workflows.engine.models import Task
from workflows.flows.catalogue import node_titles

PAGE = 50
# Outcomes that send work back: of a review, and of the registrar.
OUTCOMES = ("return", "amend")
SENT, AGAIN, CORRECTION = "sent", "again", "correction"
WHAT = {
    SENT: _("Sent back from here"),
    AGAIN: _("Done again here"),
    CORRECTION: _("Of these for a marked correction"),
}


@dataclass(frozen=True)
class Line:
    """One step in one organisation; `urls` leads from each count to its list."""

    title: str
    organisation: str
    counts: list[tuple[Any, int, str]]
    highest: int


@dataclass(frozen=True)
class Row:
    """One task of a list, in words. `case_url` is empty for whoever may not open the case."""

    code: str
    name: str
    case_url: str
    title: str
    organisation: str
    owner: str
    round: int
    at: datetime
    outcome: str
    reason: str


def what_q(what: str) -> Q:
    """The tasks that a column counts."""
    return {
        SENT: Q(outcome__in=OUTCOMES, status="DONE"),
        AGAIN: Q(round__gt=1),
        CORRECTION: Q(back_to__isnull=False),
    }[what]


def organisations_of(standing: Standing) -> QuerySet[Organisation]:
    """The organisations with a task that went back, which the person sees."""
    gone_back = Task.objects.visible_to(standing).filter(what_q(SENT) | what_q(AGAIN))  # type: ignore[attr-defined]
    return Organisation.objects.filter(pk__in=gone_back.values("organisation"))


def tasks_for(form: PeriodForm, standing: Standing) -> QuerySet[Task]:
    """The tasks of the period, by the day on which they came, that went back or were done again."""
    chosen = form.chosen
    found = Task.objects.visible_to(standing).filter(created__gte=start_of(form.first_day))  # type: ignore[attr-defined]
    columns = {"organisation": "organisation", "kind": "case__kind"}
    same = {column: chosen[name] for name, column in columns.items() if name in chosen}
    return found.filter(what_q(SENT) | what_q(AGAIN), **same)  # type: ignore[no-any-return]


def lines(form: PeriodForm, standing: Standing) -> list[Line]:
    """The table, the most often sent back first. One query."""
    counts: dict[str, Any] = {what: Count("pk", filter=what_q(what)) for what in WHAT}
    rows = (
        tasks_for(form, standing)
        .order_by()
        .values("node", "organisation_id", "organisation__name")
        .annotate(highest=Max("round"), **counts)
        .order_by("-sent", "-again", "node", "organisation_id")
    )
    titles = node_titles()
    return [
        Line(
            titles.get(row["node"], row["node"]),
            row["organisation__name"] or "",
            [(WHAT[what], row[what], _url(form, row, what)) for what in WHAT],
            row["highest"],
        )
        for row in rows
    ]


def _url(form: PeriodForm, row: dict[str, Any], what: str) -> str:
    asked = form.query(organisation=row["organisation_id"], node=row["node"], what=what)
    return f"{reverse('board:return_tasks')}?{asked}"


def behind(form: PeriodForm, standing: Standing, node: str, what: str) -> QuerySet[Task]:
    """The tasks behind a number, the newest first."""
    found = tasks_for(form, standing).filter(what_q(what), node=node)
    return found.select_related("case", "organisation", "owner").order_by("-created", "-pk")


def rows_of(tasks: Iterable[Task], standing: Standing) -> list[Row]:
    """Rows in words. Two queries, however many rows."""
    tasks = list(tasks)
    cases = {task.case_id for task in tasks}
    seen = set(Case.objects.visible_to(standing).filter(pk__in=cases).values_list("pk", flat=True))
    told = _told(seen)
    return [_row(task, told[task.case_id], task.case_id in seen) for task in tasks]


def _told(cases: set[int]) -> dict[int, list[AuditEvent]]:
    """The finished tasks of cases as their events tell them, those with a reason, oldest first."""
    found: dict[int, list[AuditEvent]] = defaultdict(list)
    events = AuditEvent.objects.filter(case_id__in=cases, verb="task.completed").exclude(reason="")
    for event in events.order_by("seq"):
        found[event.case_id or 0].append(event)
    return found


def _row(task: Task, told: list[AuditEvent], seen: bool) -> Row:
    return Row(
        code=task.case.code,
        name=task.case.working_name,
        case_url=reverse("cases:file", args=[task.case.code]) if seen else "",
        title=title_of(task),
        organisation=task.organisation.name if task.organisation else "",
        owner=str(task.owner or ""),
        round=task.round,
        at=task.finished or task.created,
        outcome=outcome_of(task),
        reason=_reason(task, told),
    )


def _reason(task: Task, told: list[AuditEvent]) -> str:
    """What was asked of a correction; what the sender said; else the last word before the work began again."""
    if task.back_to_id:
        return task.correction
    if task.outcome in OUTCOMES:
        return next((e.reason for e in told if e.facts.get("task") == task.pk), "")
    before = [e.reason for e in told if e.facts.get("outcome") in OUTCOMES and e.facts.get("task", 0) < task.pk]
    return before[-1] if before else ""
