"""Eight people in one body open cases and finish their first tasks without a pause; then everything is counted."""

import time
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connection

from bench.workers import python, teams
from workflows.summary.sums import fold

WRITERS, SECONDS = 8, 60
_LOST = """
SELECT count(*) FROM (
    SELECT 'all' AS what, kind AS word, count(*) AS n FROM casework_case
     WHERE lead_organisation_id = %(lead)s GROUP BY 2
     UNION ALL
    SELECT 'running', stage, count(*) FROM casework_case
     WHERE lead_organisation_id = %(lead)s AND status <> 'closed' GROUP BY 2) counted
  FULL JOIN (
    SELECT what, word, sum(n) AS n FROM workflows_casesum
     WHERE lead_organisation_id = %(lead)s AND what IN ('all', 'running') GROUP BY 1, 2 HAVING sum(n) <> 0) kept
    USING (what, word)
 WHERE counted.n IS DISTINCT FROM kept.n
"""


def measure(seconds: int = SECONDS, writers: int = WRITERS) -> dict[str, Any]:
    """What was written, how many deadlocks the server counted meanwhile, and how many sums are wrong afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM casework_organisation WHERE code LIKE 'wu-%%' AND level = 'commune' ORDER BY id")
        lead = cursor.fetchone()[0]
    before = _deadlocks()
    with teams({"writers": (python("bench.product_client"), {})}, writers) as working:
        team = working["writers"]
        for worker in team.workers:
            worker.tell("write", lead, seconds)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            fold()  # as the worker of the product does beside them
            time.sleep(0.5)
        acts = [worker.hear() for worker in team.workers]
    time.sleep(1.5)  # the server tells its counters with a delay
    with connection.cursor() as cursor:
        cursor.execute(_LOST, {"lead": lead})
        lost = cursor.fetchone()[0]
    return {
        "writers": writers,
        "seconds": seconds,
        "acts": sum(done for done, _busy in acts),
        "busy": sum(busy for _done, busy in acts),
        "deadlocks": _deadlocks() - before,
        "lost": lost,
    }


def _deadlocks() -> int:
    owner = psycopg2.connect(settings.DATABASE_OWNER_URL)
    with owner, owner.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        found = int(cursor.fetchone()[0])  # type: ignore[index]
    owner.close()
    return found


def measured(report: dict[str, Any]) -> dict[str, float]:
    """The figures of the goals."""
    return {"deadlocks": report["deadlocks"], "lost_counts": report["lost"]}
