"""Work that comes again and again: `WORKER_PERIODIC` in the settings, dotted name → seconds.

Whichever worker comes first makes the tick of the moment and, in the same statement's transaction, the task that
does the work; so limits, kills and retries are those of any task. While the task of one tick is under way no
other of that name is made: what was missed for a day is caught up once.
"""

import logging
from contextlib import nullcontext

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks.utils import normalize_json

from casework.background.models import PeriodicTick
from casework.background.policy import policy
from casework.background.tasks import trace_of

log = logging.getLogger(__name__)

KEPT = 1000  # ticks of each name
# Work that comes again within this time is not tried again: the next tick is its second attempt.
SOON = 3600  # seconds
FIRST_OF_ALL = 50  # the priority, out of 100: ahead of everything that waits

_DUE = """
INSERT INTO casework_periodictick (name, due_at, error)
SELECT w.name, d.due_at, ''
  FROM unnest(%s::text[], %s::float[]) AS w (name, period)
 CROSS JOIN LATERAL
       (SELECT to_timestamp(floor(extract(epoch FROM statement_timestamp()) / w.period) * w.period) AS due_at) d
  LEFT JOIN LATERAL
       (SELECT t.due_at, t.task FROM casework_periodictick t WHERE t.name = w.name ORDER BY t.due_at DESC LIMIT 1) last
    ON true
 WHERE (last.due_at IS NULL OR last.due_at < d.due_at)
   AND NOT EXISTS (SELECT FROM django_tasks_database_dbtaskresult r
                    WHERE r.id = last.task AND r.status IN ('READY', 'RUNNING'))
    ON CONFLICT (name, due_at) DO NOTHING
RETURNING id
"""
_PRUNE = """
DELETE FROM casework_periodictick WHERE name = %s AND due_at <
    (SELECT due_at FROM casework_periodictick WHERE name = %s ORDER BY due_at DESC OFFSET %s LIMIT 1)
"""


def make_ticks() -> int:
    """Make what is due now into tasks. How many. The database's clock decides, so a wrong one here changes nothing."""
    wanted = settings.WORKER_PERIODIC
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DUE, [list(wanted), [float(period) for period in wanted.values()]])
        made = [number for (number,) in cursor.fetchall()]
        for number in made:
            work = run_tick.using(priority=FIRST_OF_ALL).enqueue(number)
            PeriodicTick.objects.filter(pk=number).update(task=work.id)
    return len(made)


@task
@policy(soft=240, hard=300)
def run_tick(number: int) -> None:
    """Do the work of one tick and keep what it said, or what went wrong."""
    ticks = PeriodicTick.objects.filter(pk=number)
    name = ticks.values_list("name", flat=True).get()
    ticks.update(began_at=Now(), error="")
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            result = normalize_json(import_string(name)())
    except Exception as error:
        ticks.update(ended_at=Now(), error=trace_of(error))
        if settings.WORKER_PERIODIC.get(name, 0) > SOON:
            raise
        log.warning("Periodic work %s failed: %s", name, type(error).__qualname__)
    else:
        ticks.update(ended_at=Now(), result=result)
    with connection.cursor() as cursor:
        cursor.execute(_PRUNE, [name, name, KEPT - 1])
