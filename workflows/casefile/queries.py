"""What the page of a case reads: a fixed number of statements, however long the case has run."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.stages import Outcome
from casework.organisations.standing import Standing
from casework.sharing.models import CaseAccess
from workflows.engine.models import Process, Task

WITH = (
    "area__parent",
    "lead_organisation",
    "reviewing_organisation",
    "supervising_organisation",
    "contact",
    "cooperative",
    "opened_by",
    "screening",
)


def task_rows_of(case: Case) -> list[Task]:
    """All rows of the case's processes, gateways included, oldest first. One query."""
    rows = list(Task.objects.filter(case=case).select_related("owner", "organisation", "process").order_by("pk"))
    for row in rows:
        row.case = row.process.case = case
    return rows


def main_rows(rows: list[Task]) -> list[Task]:
    """The rows of the process that the case began with."""
    first: Process | None = rows[0].process if rows else None
    return [row for row in rows if row.process_id == (first.pk if first else None)]


def live_access(case: Case) -> QuerySet[CaseAccess]:
    """Who sees the case now, those who lead it first."""
    now = timezone.now()
    return (
        case.access.filter(Q(valid_until=None) | Q(valid_until__gt=now), revoked_at=None, valid_from__lte=now)
        .select_related("organisation")
        .order_by("pk")
    )


def visible_duplicate_code(case: Case, standing: Standing) -> str:
    """The code of the case that this one repeats, if the person may open it."""
    if case.duplicate_of_id is None:
        return ""
    codes: Any = Case.objects.visible_to(standing).filter(pk=case.duplicate_of_id).values_list("code", flat=True)
    return codes.first() or ""


def duplicates_of(case: Case, standing: Standing) -> list[str]:
    """The codes under which the same group was entered too, as far as the person may open them. One query."""
    rows = Case.objects.visible_to(standing).filter(duplicate_of=case, outcome=Outcome.DUPLICATE).order_by("pk")
    return list(rows.values_list("code", flat=True))


def may_reveal_contact(case: Case, access: list[CaseAccess], standing: Standing) -> bool:
    """Whether the page offers to show the phone number; the act decides again."""
    working = {a.organisation_id for a in access if a.kind in (CaseAccess.Kind.OWN, CaseAccess.Kind.PARTNER)}
    has_number = bool(case.contact and case.contact.phone)
    return has_number and any("reveal_personal_data" in s.permissions and s.reach & working for s in standing.seats)
