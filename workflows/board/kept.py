"""The numbers of the board from the sums that the database keeps: the same as of counts.py, for whole filters only."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from casework.cases.stages import Stage
from workflows.board.counts import Tallies, Tally
from workflows.summary.models import CaseSum
from workflows.summary.sums import Seen

What = CaseSum.What
Soon = dict[int | None, date]  # as of workflows.desk.soon.soon_until


def stages(seen: Seen, chosen: dict[str, Any], soon: Soon, now: datetime) -> dict[str, Tally]:
    """Tallies of the running cases by stage. `chosen`: columns and values; `soon`: the last days that are soon.

    Two queries, three for a choice.
    """
    found = dict(_tallies(seen.sums.filter(**chosen), ("word",), soon, now))
    for name, stage, moment in _first(seen, chosen):
        setattr(found[stage], name, (now - moment).total_seconds())
    return found


def lines(seen: Seen, chosen: dict[str, Any], leads: Iterable[int], soon: Soon, now: datetime) -> Tallies:
    """The same for some leading organisations apart; how old the oldest is, is not said. One query."""
    sums = seen.sums.filter(**chosen).filter(lead_organisation_id__in=list(leads))
    return {(lead, stage): tally for lead, stage, tally in _tallies(sums, ("lead_organisation_id", "word"), soon, now)}


def leads(seen: Seen, chosen: dict[str, Any]) -> QuerySet:
    """Ids of the organisations that lead a running case, as a subquery."""
    running = seen.sums.filter(what=What.RUNNING, **chosen).values("lead_organisation_id")
    return running.alias(total=Sum("n")).filter(total__gt=0)


def _tallies(sums: QuerySet, by: tuple[str, ...], until: Soon, now: datetime) -> Iterator[tuple]:
    today = timezone.localdate(now)
    due, of_running = Q(what=What.DUE), Q(what=What.RUNNING)
    rows = (
        sums.filter(of_running | Q(what=What.DUE, day__lte=max(until.values())))
        .values_list(*by)
        .annotate(
            running=_sum("n", of_running),
            on_hold=_sum("held", of_running),
            soon=_sum("n", due & Q(day__gte=today) & _until(until)),
            late=_sum("n", due & Q(day__lt=today)),
            ages=_sum(_exact("opened"), of_running),
            stays=_sum(_exact("since"), of_running),
        )
    )
    here = int(now.timestamp())
    for *key, n, held, soon, late, ages, stays in rows:
        if n:
            numbers = {"open": n, "held": held, "soon": soon, "late": late}
            yield *key, Tally(numbers, age_sum=here * n - int(ages), stage_sum=here * n - int(stays))


def _sum(column: Any, which: Q) -> Coalesce:
    return Coalesce(Sum(column, filter=which), 0, output_field=BigIntegerField())


def _exact(column: str) -> Cast:
    """Seconds as a float: exact up to 2^53, that is five million cases, and three times faster to add than numeric."""
    return Cast(column, FloatField())


def _until(until: Soon) -> Q:
    """Days that are soon in the province of their commune."""
    nation = until[None]
    wanted = Q(day__lte=nation)
    for province, last in until.items():
        if last != nation:
            there = Q(area=province) | Q(area__parent=province)
            wanted = (wanted & ~there) | (there & Q(day__lte=last))
    return wanted


# Either way an index gives the first row: of a whole stage, of which many are hers, or of each of few audiences.
_WALK = """
SELECT '{name}', s.stage, f.moment FROM unnest(%(stages)s::text[]) AS s(stage) CROSS JOIN LATERAL (
    SELECT {column} AS moment FROM workflows_countedcase
     WHERE stage = s.stage AND status <> 'closed' AND (%(everything)s OR audience_id = ANY(%(audiences)s::bigint[]))
     ORDER BY {column} LIMIT 1) f
"""
_GATHER = """
SELECT '{name}', s.stage, min(f.moment)
  FROM unnest(%(stages)s::text[]) AS s(stage) CROSS JOIN unnest(%(audiences)s::bigint[]) AS a(id) CROSS JOIN LATERAL (
    SELECT {column} AS moment FROM workflows_countedcase
     WHERE audience_id = a.id AND stage = s.stage AND status <> 'closed'
       AND (%(lead)s IS NULL OR lead_organisation_id = %(lead)s) AND (%(area)s IS NULL OR area_id = %(area)s)
     ORDER BY {column} LIMIT 1) f
 GROUP BY s.stage
"""


def _first(seen: Seen, chosen: dict[str, Any]) -> list[tuple[str, str, datetime]]:
    """When the case opened first (`oldest`) and the one there longest (`longest`) began, as (which, stage, moment)."""
    audiences, statement = seen.audiences, _WALK if seen.much else _GATHER
    if chosen:
        there = seen.sums.filter(what=What.RUNNING, **chosen)
        audiences, statement = list(there.values_list("audience_id", flat=True).distinct()), _GATHER
    params = {
        "stages": list(Stage.values),
        "audiences": audiences,
        "everything": seen.everything,
        "lead": chosen.get("lead_organisation_id"),
        "area": chosen.get("area_id"),
    }
    both = [("oldest", "opened_at"), ("longest", "stage_since")]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statement.format(name=name, column=column) for name, column in both), params)
        return cursor.fetchall()


def closed(seen: Seen, chosen: dict[str, Any], months: tuple[date, date | None]) -> dict[str, int]:
    """Cases closed from one month to another, by outcome; both first days, the second may be open. One query."""
    first, last = months
    found = seen.sums.filter(what=What.CLOSED, day__gte=first, **chosen)
    if last:
        found = found.filter(day__lte=last)
    return {outcome: n for outcome, n in found.values_list("word").annotate(n=Sum("n")).values_list("word", "n") if n}
