"""The list of cases: one row in words for each, read with as few statements for fifty as for one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cases.stages import Kind, Stage, Status
from casework.organisations.models import User
from casework.organisations.standing import Standing
from workflows.casefile.words import days_since, days_text
from workflows.desk.due import Due, WorkingDays, due_of
from workflows.desk.paging import Order
from workflows.desk.queries import title_of
from workflows.engine.models import Task

NEWEST = Order("opened_at", downwards=True)
TONES = {Status.ON_HOLD: "held", Status.CLOSED: ""}


@dataclass(frozen=True)
class Row:
    """One case in the list, in words."""

    url: str
    subject: str
    code: str
    kind: str
    stage_number: int
    stage_label: str
    stage_age: str
    status_text: str
    status_tone: str
    place: str
    organisation: str
    trade: str
    contact: str
    contact_phone: str
    next_task: str
    more_tasks: int
    owner: str
    due: Due | None


def cases_for(standing: Standing) -> QuerySet[Case]:
    """Every case whose page a person may open."""
    return Case.objects.visible_to(standing)


def rows_of(cases: Iterable[Case], user: User) -> list[Row]:
    """Rows of a page. Two queries, for the open tasks of all its cases and the calendar."""
    cases = list(cases)
    tasks: dict[int, list[Task]] = {}
    found = Task.objects.open().filter(case__in=cases).select_related("owner", "organisation")
    for task in found.order_by("due_at", "pk"):
        tasks.setdefault(task.case_id, []).append(task)
    days = WorkingDays(timezone.now())
    return [_row(case, tasks.get(case.pk, []), user, days) for case in cases]


def with_words(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with all that a row shows of them."""
    return cases.select_related("area", "lead_organisation", "contact")


def _row(case: Case, tasks: list[Task], user: User, days: WorkingDays) -> Row:
    task = tasks[0] if tasks else None
    if task:
        task.case = case
    return Row(
        url=reverse("cases:file", args=[case.code]),
        subject=case.working_name,
        code=case.code,
        kind="" if case.kind == Kind.FOUNDING else str(case.get_kind_display()),
        stage_number=list(Stage.values).index(case.stage) + 1,
        stage_label=str(case.get_stage_display()),
        stage_age="" if case.status == Status.CLOSED else days_text(days_since(case.stage_since)),
        status_text=status_text(case),
        status_tone=TONES.get(Status(case.status), ""),
        place=str(case.area),
        organisation=case.lead_organisation.name,
        trade=case.trade,
        contact=case.contact.full_name if case.contact else "",
        contact_phone=case.contact.masked_phone if case.contact else "",
        next_task=title_of(task) if task else "",
        more_tasks=max(0, len(tasks) - 1),
        owner=_owner(task, case, user) if task else "",
        due=due_of(task, timezone.now(), days) if task else None,
    )


def _owner(task: Task, case: Case, user: User) -> str:
    """As `holder_of`, without the organisation where the row names it already."""
    free = task.owner is None and task.organisation_id == case.lead_organisation_id
    return _("Nobody yet") if free else holder_of(task, user)


def holder_of(task: Task, user: User) -> str:
    """Who has an open task: the reader, somebody else, or nobody yet in an organisation."""
    if task.owner_id == user.pk:
        return _("You")
    if task.owner:
        return str(task.owner)
    return _("Nobody yet, %(organisation)s") % {"organisation": task.organisation}


def status_text(case: Case) -> str:
    """Nothing for a case that moves; otherwise its status, and how it ended."""
    if case.status == Status.OPEN:
        return ""
    return str(case.get_outcome_display() or case.get_status_display())
