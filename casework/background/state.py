"""How the work in the background stands: for the page and for /healthz. Times and spans are the database's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casework.background.identity import alive
from casework.background.models import Worker

SHOWN = 50  # rows of one list

_LAST = """
SELECT w.name, t.began_at, t.ended_at, t.error, t.result, extract(epoch FROM t.ended_at - t.began_at)::float,
       good.ended_at, extract(epoch FROM statement_timestamp() - good.ended_at)::float
  FROM unnest(%s::text[]) AS w (name)
  LEFT JOIN LATERAL (SELECT * FROM casework_periodictick WHERE name = w.name AND began_at IS NOT NULL
                      ORDER BY due_at DESC LIMIT 1) t ON true
  LEFT JOIN LATERAL (SELECT ended_at FROM casework_periodictick WHERE name = w.name AND ended_at IS NOT NULL
                        AND error = '' ORDER BY due_at DESC LIMIT 1) good ON true
 ORDER BY w.name
"""
_LAST_GOOD = """
SELECT ended_at, extract(epoch FROM statement_timestamp() - ended_at)::float FROM casework_periodictick
 WHERE name = %s AND ended_at IS NOT NULL AND error = '' ORDER BY due_at DESC LIMIT 1
"""


@dataclass(frozen=True)
class Periodic:
    """The last run of a periodic work. Spans in seconds; `lag` is the time since it last ended well."""

    name: str
    began_at: datetime | None
    ended_at: datetime | None
    error: str
    result: Any
    seconds: float | None
    good_at: datetime | None
    lag: float | None

    @property
    def title(self) -> str:
        """Its name without the way to it."""
        return title_of(self.name)

    @property
    def is_late(self) -> bool:
        """Whether it has not ended well for three periods and a minute."""
        return self.lag is None or self.lag > 3 * settings.WORKER_PERIODIC[self.name] + 60


def periodic() -> list[Periodic]:
    """The last run of each periodic work that the settings name. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [list(settings.WORKER_PERIODIC)])
        return [Periodic(*row) for row in cursor.fetchall()]


def last_good_run(name: str) -> tuple[datetime | None, float | None]:
    """When a periodic work last ended well, and how many seconds ago that is. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_GOOD, [name])
        return cursor.fetchone() or (None, None)


def counts() -> dict[str, Any]:
    """Whether anybody works, and how many tasks were given up. Two statements."""
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
    return {"worker": bool(alive()), "dead_letters": failed}


def workers() -> QuerySet[Worker]:
    """The workers that live now, the oldest first. Two statements."""
    return Worker.objects.filter(pk__in=[int(number) for number in alive()]).order_by("started_at")


def queues() -> list[dict[str, Any]]:
    """How many tasks wait, run and were given up, by queue. One statement."""
    status = TaskResultStatus
    rows = DBTaskResult.objects.exclude(status=status.SUCCESSFUL).order_by().values_list("queue_name", "status")
    counted: dict[str, dict[str, Any]] = {}
    for name, state, count in rows.annotate(count=Count("pk")):
        queue = counted.setdefault(name, {"name": name, "ready": 0, "running": 0, "failed": 0})
        queue[state.lower()] = count
    return [counted[name] for name in sorted(counted)]


def running() -> QuerySet[DBTaskResult]:
    """Tasks that run now. One statement."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).order_by("started_at")[:SHOWN]


def dead_letters() -> QuerySet[DBTaskResult]:
    """Tasks that were given up, the newest first. One statement."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")[:SHOWN]


def title_of(path: str) -> str:
    """The name of a task or a periodic function without the way to it: `sweep_tick` for `a.b.sweep_tick`."""
    return path.rpartition(".")[2].replace("_", " ")
