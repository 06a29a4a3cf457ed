"""What counts as running, held, soon late and late: the one place for the list of cases and for the board."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Status
from workflows.desk.days import start_of
from workflows.desk.soon import soon_q
from workflows.engine.models import Task

RUNNING, LATE, SOON = "running", "1", "soon"

# What is counted of running cases, each as the parameters of the list that shows the same cases.
MEASURES: dict[str, dict[str, str]] = {
    "open": {"status": RUNNING},
    "held": {"status": str(Status.ON_HOLD)},
    "soon": {"status": RUNNING, "late": SOON},
    "late": {"status": RUNNING, "late": LATE},
}
TITLES = {"open": _("Running"), "held": _("On hold"), "soon": _("Due soon"), "late": _("Late")}


def status_q(status: str) -> Q:
    """Cases of a status; RUNNING is open or on hold."""
    return ~Q(status=Status.CLOSED) if status == RUNNING else Q(status=status)


def due_q(due: str, now: datetime) -> Q:
    """Cases with a task whose time is over, or (SOON) whose nearest task has at most three working days left.

    One query for the calendar, only of SOON.
    """
    # EXISTS and not IN: the database then asks for each case of a commune, and hashes only for a whole country.
    late = Q(Exists(late_tasks(now)))
    return late if due == LATE else Q(Exists(soon_tasks(now))) & ~late


def measure_q(name: str, now: datetime) -> Q:
    """The cases that a measure counts."""
    params = MEASURES[name]
    return status_q(params["status"]) & (due_q(params["late"], now) if "late" in params else Q())


def between_q(column: str, first: date | None, last: date | None) -> Q:
    """Moments from one day to another, both included; a missing end is open."""
    wanted = Q(**{f"{column}__gte": start_of(first)}) if first else Q()
    return wanted & Q(**{f"{column}__lt": start_of(last + timedelta(days=1))}) if last else wanted


def late_tasks(now: datetime) -> QuerySet:
    """Open tasks of a case whose time is over, as a subquery on cases."""
    late = Task.objects.open().filter(held=False, due_at__lt=start_of(timezone.localdate(now)))
    return late.filter(case_id=OuterRef("pk"))


def soon_tasks(now: datetime) -> QuerySet:
    """Open tasks of a case that are due within three working days, as a subquery on cases."""
    return Task.objects.open().filter(soon_q(now), held=False, case_id=OuterRef("pk"))
