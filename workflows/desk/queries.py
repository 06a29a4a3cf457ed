"""What the inbox shows: tabs with counts, a page of rows, choices for the filters. Six statements in all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from django.db.models import CharField, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS

from casework.cases.stages import Stage, Status
from casework.counting import counts_up_to
from casework.organisations.models import AdministrativeUnit, Organisation, User
from casework.organisations.standing import Standing
from casework.vietnamese import VnKey
from workflows.desk.came_from import with_list
from workflows.desk.days import start_of
from workflows.desk.due import WorkingDays, due_of, has_moved
from workflows.desk.filters import (
    ALL_TABS,
    DONE,
    HELD,
    MINE,
    ORGANISATION,
    QUEUE,
    SEEN,
    TABS,
    WORKED_ON,
    Choices,
    Filters,
)
from workflows.desk.paging import NEAREST, NEWEST, Page, page_of
from workflows.engine.models import Task
from workflows.four_eyes import eyes_of, look
from workflows.summary.places import MOST_OFFERED


@dataclass(frozen=True)
class Tab:
    """One tab; `count` is the number of rows behind it under the same filters, `late` how many of them are late.

    Both are counted up to COUNTED (one more stands for more), `late` only in the tab that is open.
    """

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
    # Whether it can be ticked, to do the same with several; and how much it presses, if more than others.
    may_be_ticked: bool
    priority: str
    # Whether it is due on another day than it was at first, such as one extended.
    day_moved: bool
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
        return Task.objects.done_by(standing)
    if tab == SEEN:
        return seen_tasks(standing)
    if tab == HELD:
        return Task.objects.held(standing)
    return Task.objects.mine(standing).filter(held=False)


def seen_tasks(standing: Standing) -> QuerySet[Task]:
    """Every open task that has begun and that a person may see: her organisations' and those of cases she may open."""
    return Task.objects.visible_to(standing).open().begun()  # type: ignore[attr-defined, no-any-return]


def tabs_of(filters: Filters, standing: Standing, now: datetime) -> list[Tab]:
    """The tabs with their counts under the filters, each up to COUNTED. One query."""
    today = start_of(timezone.localdate(now))
    shown = [tab for tab in ALL_TABS if tab in TABS or tab == filters.tab]
    lists = [filters.for_tab(tab).apply(tasks_in(tab, standing), now) for tab in shown]
    # Only the tab that is open says how many of its rows are late.
    late = lists[shown.index(filters.tab)].filter(due_at__lt=today, held=False, finished=None)
    *counts, n_late = counts_up_to([*lists, late])
    return [
        Tab(
            tab,
            str(ALL_TABS[tab]),
            filters.for_tab(tab).url(),
            n,
            n_late if tab == filters.tab else 0,
            current=tab == filters.tab,
        )
        for tab, n in zip(shown, counts, strict=True)
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
            "first_due_at",
            "held",
            "watched",
            "missing_year",
            "round",
            "priority",
        ),
        *("outcome", "finished", "process_id", "stage"),
        *("case__code", "case__working_name", "case__status", "case__area__name", "case__area__type"),
        "case__area__parent",
        *("organisation__name", "owner__full_name"),
    )


def rows_of(tasks: Iterable[Task], standing: Standing, now: datetime, tab: str, back: str) -> list[Row]:
    """Rows of a tab in words. `back` is the address to which their buttons return. At most two queries."""
    rows = list(tasks)
    look(row for row in rows if row.status == STATUS.NEW)
    days = WorkingDays(now)
    return [row_of(task, standing, now, tab, back, days) for task in rows]


def row_of(task: Task, standing: Standing, now: datetime, tab: str, back: str, days: WorkingDays | None = None) -> Row:
    """One task in words. No query when it comes from `with_words`, with the `days` of its page."""
    due = due_of(task, now, days)
    claimable = may_claim(task, standing)
    return Row(
        id=task.pk,
        url=with_list(reverse("tasks:task", args=[task.pk]), back.partition("?")[2]),
        title=title_of(task),
        subject=task.case.working_name,
        code=task.case.code,
        place=str(task.case.area),
        stage_number=list(Stage.values).index(task.stage) + 1 if task.stage else 0,
        stage_label=str(task.get_stage_display()),
        shows_who=tab in (ORGANISATION, SEEN) or len(standing.organisation_ids) > 1 or bool(instead_of(task, standing)),
        organisation=organisation_of(task),
        owner=owner_of(task, standing),
        round=task.round,
        due_kind=due.kind,
        due_text=outcome_of(task) or due.text,
        due_date=due.date,
        may_be_ticked=tab in WORKED_ON and task.is_open and not task.held and task.case.status == Status.OPEN,
        priority=str(task.get_priority_display()) if task.priority else "",
        day_moved=task.is_open and has_moved(task),
        claim_url=f"{reverse('tasks:claim', args=[task.pk])}?{urlencode({'next': back})}" if claimable else "",
        open_label=_("Do it") if is_mine(task, standing) else _("Open task"),
        request_id=str(uuid4()) if claimable else "",
    )


def is_mine(task: Task, standing: Standing) -> bool:
    """Whether a person, or somebody whom she stands in for, has the task now and it is still to be done."""
    return task.is_open and standing.stands_for(task.owner_id)


def instead_of(task: Task, standing: Standing) -> str:
    """The absent owner for whom a person does this task, or nothing."""
    return str(task.owner) if task.is_open and task.owner_id in standing.covered_ids else ""


def owner_of(task: Task, standing: Standing) -> str:
    """Who has a task, as its reader calls her; nothing when nobody has it."""
    if task.owner_id == standing.user.pk:
        return _("You")
    absent = instead_of(task, standing)
    return _("You, for %(name)s") % {"name": absent} if absent else str(task.owner or "")


def may_claim(task: Task, standing: Standing) -> bool:
    """Whether a person may take the task now. The act asks again."""
    waits = task.status == STATUS.NEW and not task.held and task.case.status == Status.OPEN
    seat = standing.seat_for(task.permission, task.organisation_id) if waits else None
    return seat is not None and not {standing.user.pk, seat.instead_of_id} & eyes_of(task)


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


def choices_for(standing: Standing, tab: str = "") -> Choices:
    """Communes, organisations and owners of all tasks behind the tabs, in Vietnamese order. At most one query.

    A reader of hundreds of organisations gets none: a select of thousands would be most of her page and cost more than
    its rows. She searches by name, and the board leads her into one organisation.
    """
    if len(standing.reach_ids) > MOST_OFFERED:
        return Choices([], [], [])
    behind_tabs = Task.objects.human().filter(
        Q(status__in=["NEW", "ASSIGNED"], organisation_id__among=standing.reach_ids) | Q(owner=standing.user)
    )
    tasks: Any = seen_tasks(standing) if tab == SEEN else behind_tabs
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


def next_in(filters: Filters, done: Task, standing: Standing, now: datetime) -> int | None:
    """The id of the first task of a list behind one that was done, which the person has or may take. One query."""
    tab = filters.tab if filters.tab in WORKED_ON else MINE
    tasks = filters.for_tab(tab).apply(tasks_in(tab, standing), now).filter(held=False, case__status=Status.OPEN)
    if tab in (ORGANISATION, SEEN):
        hers, free = tasks_in(MINE, standing), tasks_in(QUEUE, standing)
        tasks = tasks.filter(Q(pk__in=hers.values("pk")) | Q(pk__in=free.values("pk")))
    place = cast("datetime", done.due_at), done.pk  # every human task is due on a day
    behind = tasks.filter(NEAREST.beyond(place)).order_by(*NEAREST.names())
    return behind.values_list("pk", flat=True).first()


def next_own_task(standing: Standing) -> int | None:
    """The id of the person's most urgent open task, or None. One query."""
    return Task.objects.mine(standing).filter(held=False).order_by("due_at", "pk").values_list("pk", flat=True).first()
