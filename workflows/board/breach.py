"""What is late and what will be: open tasks with who has them, since when, and what can be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases.models import Case
from casework.cases.stages import Status
from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from casework.sharing.models import CaseAccess
from casework.sharing.querysets import live_access
from workflows.desk.due import WorkingDays, due_of
from workflows.desk.filters import IDLE, SOON, Filters, due_q, state_q
from workflows.desk.queries import seen_tasks, title_of
from workflows.engine.models import Task
from workflows.holds.offers import may
from workflows.links import Link
from workflows.staff.over import REASSIGN

LATE = "late"
PAGE = 25
WHICH = {
    LATE: gettext_lazy("Late now"),
    SOON: gettext_lazy("Late within 3 working days"),
    IDLE: gettext_lazy("80 % of the time used, nobody took it"),
}
_OFFICE = Organisation.Kind.PROGRAMME_OFFICE


@dataclass(frozen=True)
class Row:
    """One task in words. `left`: working days left, negative when late. `case_url` is empty for a lender."""

    id: int
    url: str
    title: str
    name: str
    code: str
    case_url: str
    organisation: str
    owner: str
    since: datetime
    due: Any
    left: int
    may_be_ticked: bool
    links: list[Link]


def which_filters(which: str, filters: Filters) -> Filters:
    """The filters of the desk that show one of the lists."""
    return replace(filters, due="" if which == IDLE else which, state=IDLE if which == IDLE else "")


def counts(filters: Filters, standing: Standing, now: datetime) -> dict[str, int]:
    """How many tasks each list has. Two queries."""
    wanted = {LATE: due_q(LATE, now), SOON: due_q(SOON, now), IDLE: state_q(IDLE, now)}
    tasks = filters.apply(seen_tasks(standing), now).order_by()
    return tasks.aggregate(**{name: Count("pk", filter=q) for name, q in wanted.items()})


def with_words(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """The tasks with all that a row shows."""
    return tasks.select_related("case__area", "organisation", "owner")


def rows_of(tasks: Iterable[Task], standing: Standing, now: datetime) -> list[Row]:
    """Rows in words. At most three queries, however many rows."""
    tasks = list(tasks)
    days = WorkingDays(now)
    cases = {task.case_id for task in tasks}
    seen = set(Case.objects.visible_to(standing).filter(pk__in=cases).values_list("pk", flat=True))
    of_office = _office_cases(standing, cases)
    return [_row(task, standing, now, days, task.case_id in seen, task.case_id in of_office) for task in tasks]


def days_left(task: Task, days: WorkingDays, now: datetime) -> int:
    """Working days left, negative when they are over; as the words of the row say it."""
    from_due = due_of(task, now, days)
    return days.left(from_due.date, task.case.area) if from_due.date else 0


def _office_cases(standing: Standing, cases: set[int]) -> set[int]:
    """Those of the cases whose tasks the person may hand over as one of their programme office. At most one query."""
    seats = standing.every_seat
    offices = [s.organisation_id for s in seats if s.organisation_kind == _OFFICE and REASSIGN in s.permissions]
    if not offices:
        return set()
    rows = live_access([CaseAccess.Kind.OWN, CaseAccess.Kind.PARTNER])
    return set(rows.filter(organisation__in=offices, case__in=cases).values_list("case_id", flat=True))


def _row(task: Task, standing: Standing, now: datetime, days: WorkingDays, seen: bool, of_office: bool) -> Row:
    return Row(
        id=task.pk,
        url=reverse("tasks:task", args=[task.pk]),
        title=title_of(task),
        name=task.case.working_name,
        code=task.case.code,
        case_url=reverse("cases:file", args=[task.case.code]) if seen else "",
        organisation=task.organisation.name if task.organisation else "",
        owner=str(task.owner or ""),
        since=task.claimed_at if task.owner_id and task.claimed_at else task.created,
        due=due_of(task, now, days),
        left=days_left(task, days, now),
        may_be_ticked=task.case.status == Status.OPEN,
        links=_links(task, standing, seen, of_office),
    )


def _links(task: Task, standing: Standing, seen: bool, of_office: bool) -> list[Link]:
    """Hand over, extend, ask. The pages ask for the rights again."""
    ask = seen and bool({"write_note", "give_errand"} & standing.permissions)
    offered = (
        (of_office or standing.seat_for(REASSIGN, task.organisation_id), _("Hand over"), "tasks:reassign", task.pk),
        (not task.watched and may(task, standing, "extend_deadline"), _("Extend"), "taskclock:extend", task.pk),
        (ask, _("Ask"), "notes:list", task.case.code),
    )
    return [Link(label, reverse(name, args=[key])) for allowed, label, name, key in offered if allowed]


def stuck_url(standing: Standing) -> str:
    """The page of stuck cases, for those who may open it."""
    return reverse("stuck:list") if {REASSIGN, "steer_case"} & standing.permissions else ""
