"""What the inbox shows: tabs with counts, a page of rows, choices for the filters. Six statements in all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS

from casework.cases.stages import Stage, Status
from casework.organisations.models import AdministrativeUnit, Organisation, User
from casework.organisations.standing import Standing
from casework.vietnamese import VnKey
from workflows.desk.due import due_of
from workflows.desk.filters import DONE, ORGANISATION, QUEUE, TABS, Choices, Filters, start_of
from workflows.desk.paging import NEAREST, NEWEST, Page, page_of
from workflows.engine.models import Task


@dataclass(frozen=True)
class Tab:
    """One tab; `count` is the number of rows behind it under the same filters, `late` how many are late."""

    name: str
    label: str
    url: str
    count: int
    late: int
    current: bool


@dataclass(frozen=True)
class Row:
    """One task in the list, in words. `request_id` makes a second click on its button the same request."""

    id: int
    url: str
    title: str
    subject: str
    code: str
    place: str
    stage_number: int
    stage_label: str
    # Who has it and in which organisation: only where the tab does not say it already.
    shows_who: bool
    organisation: str
    owner: str
    round: int
    due_kind: str
    due_text: str
    due_date: Any
    claim_url: str
    open_label: str
    request_id: str


def tasks_in(tab: str, standing: Standing) -> QuerySet[Task]:
    """All tasks behind a tab, before any filter."""
    if tab == QUEUE:
        return Task.objects.queue(standing)
    if tab == ORGANISATION:
        return Task.objects.of_organisations(standing)
    if tab == DONE:
        return Task.objects.done_by(standing.user)
    return Task.objects.mine(standing.user)


def tabs_of(filters: Filters, standing: Standing, now: datetime) -> list[Tab]:
    """The tabs with their counts under the filters. One query."""
    today = start_of(timezone.localdate(now))
    counted = [
        filters.for_tab(tab)
        .apply(tasks_in(tab, standing), now)
        .annotate(tab=Value(tab, CharField()))
        .values("tab")
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(due_at__lt=today, held=False, finished=None)))
        .values_list("tab", "n", "late")
        for tab in TABS
    ]
    found = {tab: (n, late) for tab, n, late in counted[0].union(*counted[1:], all=True)}
    return [
        Tab(tab, str(label), filters.for_tab(tab).url(), *found.get(tab, (0, 0)), current=tab == filters.tab)
        for tab, label in TABS.items()
    ]


def page_for(filters: Filters, standing: Standing, now: datetime, after: str = "", before: str = "") -> Page:
    """One page of the tasks that were looked for. One query."""
    tasks = filters.apply(tasks_in(filters.tab, standing), now)
    return page_of(with_words(tasks), NEWEST if filters.tab == DONE else NEAREST, after, before)


def with_words(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """The tasks with all that a row shows of them, and no more."""
    return tasks.select_related("case__area", "organisation", "owner").only(
        *(
            "node",
            "title",
            "status",
            "flow_task",
            "flow_task_type",
            "permission",
            "opens_on",
            "due_at",
            "held",
            "round",
        ),
        *("outcome", "finished", "process_id", "stage"),
        *("case__code", "case__working_name", "case__status", "case__area__name", "case__area__type"),
        *("organisation__name", "owner__full_name"),
    )


def rows_of(tasks: Iterable[Task], standing: Standing, now: datetime, tab: str, back: str) -> list[Row]:
    """Rows of a tab in words. `back` is the address to which their buttons return. No query."""
    return [row_of(task, standing, now, tab, back) for task in tasks]


def row_of(task: Task, standing: Standing, now: datetime, tab: str, back: str) -> Row:
    """One task in words. No query when it comes from `with_words`."""
    due = due_of(task, now)
    claimable = may_claim(task, standing)
    return Row(
        id=task.pk,
        url=reverse("tasks:task", args=[task.pk]),
        title=title_of(task),
        subject=task.case.working_name,
        code=task.case.code,
        place=str(task.case.area),
        stage_number=list(Stage.values).index(task.stage) + 1 if task.stage else 0,
        stage_label=str(task.get_stage_display()),
        shows_who=tab == ORGANISATION or len(standing.organisation_ids) > 1,
        organisation=organisation_of(task),
        owner=_("You") if task.owner_id == standing.user.pk else str(task.owner or ""),
        round=task.round,
        due_kind=due.kind,
        due_text=outcome_of(task) or due.text,
        due_date=due.date,
        claim_url=f"{reverse('tasks:claim', args=[task.pk])}?{urlencode({'next': back})}" if claimable else "",
        open_label=_("Do it") if is_mine(task, standing.user) else _("Open task"),
        request_id=str(uuid4()) if claimable else "",
    )


def is_mine(task: Task, user: User) -> bool:
    """Whether a person has the task now and it is still to be done."""
    return task.is_open and task.owner_id == user.pk


def may_claim(task: Task, standing: Standing) -> bool:
    """Whether a person may take the task now. The act asks again."""
    waits = task.status == STATUS.NEW and not task.held and task.case.status == Status.OPEN
    return waits and standing.seat_for(task.permission, task.organisation_id) is not None


def title_of(task: Task) -> str:
    """What a task is called; its stored name when the flow has it no more."""
    if task.title:
        return task.title
    return str(task.step.title) if task.step else task.node


def organisation_of(task: Task) -> str:
    """Whose task it is; gateways belong to nobody."""
    return task.organisation.name if task.organisation else ""


def outcome_of(task: Task) -> str:
    """How a finished task ended, in words; nothing for one with a single way on."""
    return str(task.step.outcomes.get(task.outcome, "")) if task.step and task.finished else ""


def choices_for(standing: Standing) -> Choices:
    """Communes, organisations and owners of all tasks behind the tabs, in Vietnamese order. One query."""
    tasks = Task.objects.human().filter(
        Q(status__in=["NEW", "ASSIGNED"], organisation_id__in=standing.reach_ids) | Q(owner=standing.user)
    )
    communes = AdministrativeUnit.objects.filter(pk__in=tasks.values("case__area_id"))
    organisations = Organisation.objects.filter(pk__in=tasks.values("organisation_id"))
    owners = User.objects.filter(pk__in=tasks.filter(status="ASSIGNED").values("owner_id"))
    named = _named(communes, "commune", "name").union(
        _named(organisations, "organisation", "name"), _named(owners, "owner", "full_name", "given_name"), all=True
    )
    found: dict[str, list[tuple[str, str]]] = {"commune": [], "organisation": [], "owner": []}
    for kind, pk, name, _key in sorted(named, key=lambda row: (row[3], row[1])):
        found[kind].append((str(pk), name))
    return Choices(found["commune"], found["organisation"], found["owner"])


def _named(rows: QuerySet, kind: str, name: str, key: str = "") -> QuerySet:
    """Rows as (kind, id, name, sort key), ready to stand in one union."""
    return (
        rows.order_by()
        .annotate(what=Value(kind, CharField()), called=F(name), sort_key=VnKey(key or name))
        .values_list("what", "pk", "called", "sort_key")
    )


def next_own_task(user: User) -> int | None:
    """The id of the person's most urgent open task, or None. One query."""
    return Task.objects.mine(user).filter(held=False).order_by("due_at", "pk").values_list("pk", flat=True).first()
