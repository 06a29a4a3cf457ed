"""Who has how much to do. Each number is a filter of the desk, so its list shows exactly what was counted."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cases.stages import Status
from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from casework.sharing.querysets import seen_cases
from workflows.board.asked import AskedForm
from workflows.desk.filters import HELD, IDLE, NOBODY, SEEN, SEVEN, Filters, due_q, state_q
from workflows.desk.queries import seen_tasks

PAGE = 25  # a line has eight links; more would be a heavy page
BY = ("organisation", "officer")
LATE = "late"


@dataclass(frozen=True)
class Cell:
    """A number and the address of what it counts."""

    count: int
    url: str


@dataclass(frozen=True)
class Line:
    """One organisation or one person. `give_url`: where her tasks are handed over (empty: no right, or nothing)."""

    label: str
    url: str
    open: Cell
    seven: Cell
    late: Cell
    free: Cell
    idle: Cell
    held: Cell
    cases: Cell | None
    give_url: str


# What each column adds to the filters of its row.
COLUMNS: dict[str, dict[str, str]] = {
    "open": {},
    "seven": {"due": SEVEN},
    "late": {"due": LATE},
    "free": {"owner": NOBODY},
    "idle": {"state": IDLE},
    "held": {"state": HELD},
}


def organisations_of(standing: Standing) -> QuerySet[Organisation]:
    """The organisations that have an open task which the person sees."""
    return Organisation.objects.filter(pk__in=seen_tasks(standing).values("organisation"))


def filters_in(form: AskedForm) -> Filters:
    """The filters of the page as those of the desk."""
    chosen = form.chosen
    return Filters(tab=SEEN, organisation=chosen.get("organisation", ""), kind=chosen.get("kind", ""))


def lines(
    filters: Filters, standing: Standing, now: datetime, by: str, page: int | None = 1
) -> tuple[list[Line], Line, int]:
    """A page of the table (all of it without `page`), its total, and how many lines it has. Three queries."""
    tasks = filters.apply(seen_tasks(standing), now).order_by()
    counts = _counts(standing, now)
    key, name = _KEYS[by]
    grouped = tasks.values(key=F(key)).annotate(name=Max(name), **counts).order_by("-n_late", "-n_open", "key")
    rows = list(grouped[PAGE * (page - 1) : PAGE * page] if page else grouped)
    total = tasks.aggregate(groups=Count(key, distinct=True), nobody=Count("pk", filter=Q(**{key: None})), **counts)
    found = [_line(row, filters, standing, by) for row in rows]
    return found, _total(total, filters, standing), total["groups"] + bool(total["nobody"])


_KEYS = {"organisation": ("organisation_id", "organisation__name"), "officer": ("owner_id", "owner__full_name")}


def _counts(standing: Standing, now: datetime) -> dict[str, Count]:
    """The columns, counted by the very predicates of the desk's filters.

    Not by the name of a column of the task: a later predicate would mean the number.
    """
    opened = Exists(seen_cases(standing).filter(case_id=OuterRef("case_id")))
    return {
        "n_open": Count("pk"),
        "n_seven": Count("pk", filter=due_q(SEVEN, now)),
        "n_late": Count("pk", filter=due_q(LATE, now)),
        "n_free": Count("pk", filter=Q(owner=None)),
        "n_idle": Count("pk", filter=state_q(IDLE, now)),
        "n_held": Count("pk", filter=state_q(HELD, now)),
        "n_cases": Count("case", distinct=True, filter=Q(owner__isnull=False) & Q(opened)),
    }


def _line(row: dict[str, Any], filters: Filters, standing: Standing, by: str) -> Line:
    key = str(row["key"]) if row["key"] else NOBODY
    its = replace(filters, **{"organisation" if by == "organisation" else "owner": key})
    url = ""
    if by == "organisation":
        asked = {"by": "officer", "organisation": key, "kind": filters.kind}
        url = f"{reverse('board:workload')}?{urlencode({n: v for n, v in asked.items() if v})}"
    return _made(row, row["name"] or _("Not taken yet"), url, its, standing)


def _total(row: dict[str, Any], filters: Filters, standing: Standing) -> Line:
    return _made(row, _("All together"), "", filters, standing)


def _made(row: dict[str, Any], label: str, url: str, filters: Filters, standing: Standing) -> Line:
    cells = {name: Cell(row[f"n_{name}"], _url(filters, name)) for name in COLUMNS}
    asked = {"do": "reassign", "which": "all", "from": filters.query()}
    gives = "reassign_task" in standing.permissions and row["n_open"] > row["n_held"]
    return Line(
        label=label,
        url=url,
        cases=Cell(row["n_cases"], cases_url(filters)) if sees_cases(standing) else None,
        give_url=f"{reverse('tasks:bulk')}?{urlencode(asked)}" if gives else "",
        **cells,
    )


def _url(filters: Filters, column: str) -> str:
    """The desk with the tasks of one number. Of a named person nothing waits to be taken."""
    more = COLUMNS[column]
    if column == "free" and filters.owner not in ("", NOBODY):
        return ""
    return replace(filters, **more).url()


def cases_url(filters: Filters) -> str:
    """The page with the cases in which somebody has a task."""
    return f"{reverse('board:workload_cases')}?{replace(filters, tab=SEEN).query()}"


def cases_owned(filters: Filters, standing: Standing, now: datetime) -> QuerySet[Case]:
    """The cases in which somebody has an open task, among those whose page the person may open."""
    owned = filters.apply(seen_tasks(standing), now).filter(owner__isnull=False)
    return Case.objects.visible_to(standing).exclude(status=Status.CLOSED).filter(pk__in=owned.values("case"))


def sees_cases(standing: Standing) -> bool:
    """Whether the person may open any page of a case at all; a lender sees tasks only."""
    return any(seat.organisation_kind != Organisation.Kind.LENDER for seat in standing.every_seat)
