"""The sweep: every alarm whose moment has come is told once, at the highest level that has passed by then.

It may run at any time, twice at once, or be killed: what a batch tells and what it notes of that is one transaction,
and a receiver keeps each `Told` once. Who is told: the owner, or the organisation while nobody has the task; from
80 % on also the supervisors; when it is late also the programme office. Of a term that somebody else keeps only the
owner hears.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from casework import signals
from casework.acts import Notice, Told
from casework.organisations.models import Organisation
from casework.organisations.roles import Role
from casework.sharing.models import CaseAccess
from workflows.clock.models import Alarm
from workflows.holds.models import Hold

Level = Alarm.Level
KINDS = {
    Level.OPENED: "clock.opened",
    Level.HALF: "clock.half",
    Level.WARN: "clock.warn",
    Level.LATE: "clock.late",
}
# An act on one of its cases waits for a batch, and must not wait long.
BATCH = 200
# In the programme office there is no supervisor; those hear who could hand the task to somebody else.
OFFICE_AUDIENCE = "reassign_task"

_ONE_AT_A_TIME = "SELECT pg_try_advisory_xact_lock(hashtextextended('workflows.clock.sweep', 0))"

# A case on which somebody works just now is left to the next sweep, and so neither waits for the other: an act locks
# its case first and its alarms later.
_DUE = """
SELECT a.task_id, GREATEST(a.level + 1, CASE WHEN t.due_at <= now() THEN 4
                                             WHEN t.warn_at <= now() THEN 3
                                             WHEN t.half_at <= now() THEN 2 ELSE 1 END) AS level,
       a.at, t.due_at, t.watched, t.owner_id, t.organisation_id, t.case_id, c.supervising_organisation_id,
       extract(epoch FROM now() - a.at)::float AS lag
  FROM workflows_alarm a
  JOIN workflows_task t ON t.id = a.task_id
  JOIN casework_case c ON c.id = t.case_id
 WHERE a.at <= now()
 ORDER BY a.at
 LIMIT %s
   FOR UPDATE OF a SKIP LOCKED
   FOR KEY SHARE OF c SKIP LOCKED
"""

_NOTE = """
UPDATE workflows_alarm a
   SET level = told.level,
       at = CASE told.level WHEN 1 THEN COALESCE(t.half_at, t.due_at) WHEN 2 THEN COALESCE(t.warn_at, t.due_at)
                            WHEN 3 THEN t.due_at END
  FROM unnest(%s::bigint[], %s::int[]) AS told (task_id, level) JOIN workflows_task t ON t.id = told.task_id
 WHERE a.task_id = told.task_id
"""


@dataclass(frozen=True)
class Rung:
    """An alarm whose moment has come. `level` is what must be told now; `lag` how late that is, in seconds."""

    task_id: int
    level: int
    at: datetime
    due_at: datetime
    watched: bool
    owner_id: int | None
    organisation_id: int
    case_id: int
    supervising_id: int
    lag: float

    @property
    def number(self) -> int:
        """What makes it one of its kind: the day it is due on, and the level."""
        return timezone.localdate(self.due_at).toordinal() * 10 + self.level


def sweep_tick() -> dict[str, float]:
    """What the worker runs each minute."""
    return sweep()


def sweep(limit: int = BATCH) -> dict[str, float]:
    """Tell what has to be told by now, in short transactions of `limit` alarms.

    Returns how many alarms were `handled`, and `lag_seconds`, by how much the oldest of them was late.
    While another sweep is at work it returns at once.
    """
    done = {"handled": 0, "lag_seconds": 0.0}
    while True:
        batch = _batch(limit)
        done["handled"] += len(batch)
        done["lag_seconds"] = max([done["lag_seconds"], *(rung.lag for rung in batch)])
        if len(batch) < limit:
            break
    _tell_of_holds()
    return done


@transaction.atomic
def _batch(limit: int) -> list[Rung]:
    """Tell one batch and note it. Five statements, however many alarms; nothing while another sweep is at work."""
    if not _alone():
        return []
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [limit])
        rungs = [Rung(*row) for row in cursor.fetchall()]
        if rungs:
            offices = _offices({rung.case_id for rung in rungs if rung.level == Level.LATE and not rung.watched})
            told = [one for rung in rungs for one in _told(rung, offices.get(rung.case_id, ()))]
            signals.clock_told.send(Alarm, told=told)
            cursor.execute(_NOTE, [[rung.task_id for rung in rungs], [rung.level for rung in rungs]])
    return rungs


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        return bool(cursor.fetchone()[0])


def _offices(cases: Collection[int]) -> dict[int, list[int]]:
    """The programme offices that see these cases. One query, none without a case."""
    live = CaseAccess.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=Now()),
        case__in=cases,
        organisation__kind=Organisation.Kind.PROGRAMME_OFFICE,
        kind__in=CaseAccess.OPENS_CASE,
        revoked_at=None,
    )
    found: dict[int, list[int]] = defaultdict(list)
    if cases:
        for case_id, organisation_id in live.values_list("case_id", "organisation_id").order_by("organisation_id"):
            found[case_id].append(organisation_id)
    return found


def _told(rung: Rung, offices: Collection[int]) -> Iterator[Told]:
    """What is told of one alarm, and to whom."""
    kind = KINDS[Level(rung.level)]
    facts = {"due": timezone.localdate(rung.due_at).isoformat(), "watched": rung.watched}
    for whom in _whom(rung, offices):
        notice = Notice(kind, task_id=rung.task_id, facts=facts, **whom)
        yield Told(f"clock:{rung.task_id}", rung.number, rung.case_id, notice)


def _whom(rung: Rung, offices: Collection[int]) -> Iterator[dict]:
    if rung.owner_id:
        yield {"user_id": rung.owner_id}
    else:
        yield {"organisation_id": rung.organisation_id}
    if rung.watched:
        return
    if rung.level >= Level.WARN:
        yield from _supervisors(rung.organisation_id, rung.supervising_id)
    if rung.level == Level.LATE:
        yield from ({"organisation_id": office, "audience": OFFICE_AUDIENCE} for office in offices)


def _supervisors(*organisations: int) -> Iterator[dict]:
    for organisation_id in sorted(set(organisations)):
        yield {"organisation_id": organisation_id, "audience": str(Role.SUPERVISOR)}


@transaction.atomic
def _tell_of_holds() -> None:
    """Tell the supervisors of holds that should have ended by now; the receiver keeps what it heard before once."""
    if not _alone():
        return
    over = Hold.objects.filter(ended_at=None, expected_on__lt=timezone.localdate()).select_related("case", "task")
    told = [one for hold in over.order_by("pk") if hold.expected_on for one in _told_of_hold(hold, hold.expected_on)]
    if told:
        signals.clock_told.send(Hold, told=told)


def _told_of_hold(hold: Hold, day: date) -> Iterator[Told]:
    owning = hold.task.organisation_id if hold.task else hold.case.lead_organisation_id
    facts = {"expected_on": day.isoformat(), "waits_for": hold.waits_for}
    for whom in _supervisors(owning, hold.case.supervising_organisation_id):
        notice = Notice("hold.expected_over", task_id=hold.task_id, facts=facts, **whom)
        yield Told(f"hold:{hold.pk}", day.toordinal(), hold.case_id, notice)
