"""Whether this installation can work: database, migrations, reference data; and how its worker stands."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from casework.audit import sealing
from casework.audit.models import AuditCheck
from casework.background.state import counts, last_good_run
from casework.organisations.models import AdministrativeUnit
from notifications.models import OutboxMessage

SWEEP = "workflows.clock.sweep.sweep_tick"
LATE = 5 * 60  # seconds since the clock last went round


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when everything that pages need is in place, 503 otherwise; says which part is not.

    The worker is told of but never decides: the site answers without it. `clock` says whether the clock went
    round within five minutes, by the database's time.
    """
    parts = {"database": False, "migrations": False, "reference_data": False}
    background: dict[str, Any] = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        parts["database"] = True
        executor = MigrationExecutor(connection)
        parts["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        parts["reference_data"] = parts["migrations"] and AdministrativeUnit.objects.exists()
        background = _background() if parts["migrations"] else {}
    except Error:
        pass
    return JsonResponse(parts | background, status=200 if all(parts.values()) else 503)


def _background() -> dict[str, Any]:
    """Six statements."""
    ended_at, lag = last_good_run(SWEEP)
    checked = AuditCheck.objects.order_by("-pk").first()
    waiting = OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING).count()
    return {
        **counts(),
        "clock": lag is not None and lag <= LATE,
        "clock_last_run": _in_words(ended_at),
        "clock_lag_seconds": None if lag is None else round(lag),
        "outbox_waiting": waiting,
        "history": not checked.problems if checked else None,
        "history_checked": _in_words(checked.at) if checked else None,
        "history_waiting": sealing.waiting(),
    }


def _in_words(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
