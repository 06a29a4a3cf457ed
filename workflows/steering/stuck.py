"""Cases that stand still without anybody having decided so. Each kind is one query, whatever the number of cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.organisations.models import Membership, OrganisationGroupPermission
from casework.organisations.standing import Standing
from workflows.clock.calendar import calendar_between, horizon
from workflows.clock.terms import working_day_before
from workflows.engine.models import Task
from workflows.flows.catalogue import ALL, CURRENT
from workflows.holds.models import Hold

NO_TASK, BAD_OWNER, BROKEN, SILENT, OVER_HELD = "no_task", "bad_owner", "broken", "silent", "over_held"


@dataclass(frozen=True)
class Kind:
    """One way of being stuck. `find` gives rows with a case, `since` names the column that says since when."""

    name: str
    label: Any
    find: Callable[[Standing, date], QuerySet[Any]]
    since: str


def without_task(standing: Standing, _silent_since: date) -> QuerySet[Case]:
    """Open cases of a kind with a flow in which nobody has anything to do."""
    step_tasks = Task.objects.open().filter(case=OuterRef("pk"), title="")
    moving = Case.objects.visible_to(standing).filter(status=Status.OPEN, kind__in=list(CURRENT))
    return moving.filter(~Exists(step_tasks)).annotate(since=Subquery(_last_event(OuterRef("pk"))))


def with_bad_owner(standing: Standing, _silent_since: date) -> QuerySet[Task]:
    """Open tasks whose owner has a closed account, or no longer the right in the organisation of the task."""
    owned = _open_tasks(standing).filter(owner__isnull=False)
    return owned.filter(Q(owner__is_active=False) | ~Exists(_able(timezone.localdate())))


def _able(today: date) -> QuerySet[Membership]:
    """The live roles of the owner of a task that give the right to do it."""
    gives = OrganisationGroupPermission.objects.filter(
        content_object=OuterRef("organisation_id"),
        permission__codename=OuterRef(OuterRef("permission")),
        group__name=Concat(OuterRef("organisation__code"), Value("/"), OuterRef("role")),
    )
    live = Membership.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=today),
        valid_from__lte=today,
        relieved_at=None,
        user=OuterRef("owner_id"),
        organisation=OuterRef("organisation_id"),
    )
    return live.filter(Exists(gives))


def broken(standing: Standing, _silent_since: date) -> QuerySet[Task]:
    """Steps that failed, and tasks of a step that no flow knows any more."""
    known = [node.name for flow in ALL for node in flow.nodes_in_order()]
    waiting = Q(status__in=["NEW", "ASSIGNED", "STARTED"]) & ~Q(node__in=known)
    visible = Case.objects.visible_to(standing).exclude(status=Status.CLOSED)
    return Task.objects.filter(Q(status="ERROR") | waiting, case__in=visible)


def silent(standing: Standing, silent_since: date) -> QuerySet[Case]:
    """Open cases with a task that could be done, in which nothing has happened since a day."""
    doable = Task.objects.open().begun().filter(case=OuterRef("pk"), held=False)
    moving = Case.objects.visible_to(standing).filter(Exists(doable), status=Status.OPEN)
    first = timezone.make_aware(datetime.combine(silent_since, datetime.min.time()))
    return moving.annotate(since=Subquery(_last_event(OuterRef("pk")))).filter(since__lt=first)


def over_held(standing: Standing, _silent_since: date) -> QuerySet[Hold]:
    """Holds that were expected to be over by now."""
    visible = Case.objects.visible_to(standing).exclude(status=Status.CLOSED)
    return Hold.objects.filter(case__in=visible, ended_at=None, expected_on__lt=timezone.localdate())


def _open_tasks(standing: Standing) -> QuerySet[Task]:
    visible = Case.objects.visible_to(standing).exclude(status=Status.CLOSED)
    found: QuerySet[Task] = Task.objects.open().filter(case__in=visible)
    return found


def _last_event(case: Any) -> QuerySet[Any]:
    """The moment of the newest event of a case, by its index."""
    return AuditEvent.objects.filter(case_id=case).order_by("-seq").values("at")[:1]


KINDS = {
    kind.name: kind
    for kind in (
        Kind(NO_TASK, _("Nobody has anything to do"), without_task, "since"),
        Kind(BAD_OWNER, _("Owner can no longer do it"), with_bad_owner, "claimed_at"),
        Kind(BROKEN, _("Step is broken"), broken, "created"),
        Kind(SILENT, _("Nothing happens"), silent, "since"),
        Kind(OVER_HELD, _("On hold longer than expected"), over_held, "expected_on"),
    )
}


def rows_of(kind: Kind, standing: Standing, silent_since: date) -> QuerySet[Any]:
    """The rows of a kind with their cases, owners and organisations, the longest stuck first. One query when read."""
    found = kind.find(standing, silent_since)
    order = F(kind.since).asc(nulls_last=True)
    if found.model is Case:
        return found.order_by(order, "pk")
    related = {Task: ("case", "owner", "organisation"), Hold: ("case", "task")}[found.model]
    return found.select_related(*related).order_by(order, "pk")


def working_days_ago(n: int) -> date:
    """The day that lies n working days of the nation's calendar before today. One query."""
    today = timezone.localdate()
    calendar = calendar_between(today - (horizon(today, n) - today), today)
    day = today
    for _step in range(n):
        day = working_day_before(day, calendar)
    return day


# More than a year without a word is no longer a question of days.
MOST_DAYS = 250
