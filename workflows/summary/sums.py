"""What a person sees of the sums that the database keeps, and folding what the acts append to them.

A sum says exactly what counting the cases says, at every moment: docs/concepts/summary.md.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casework.cases.models import Case
from casework.organisations.standing import Standing
from casework.sharing.models import CaseAccess
from casework.sharing.querysets import live_access
from workflows.summary.models import AudienceMember, CaseSum, CountedCase


@dataclass(frozen=True)
class Seen:
    """What a person sees, as the summary tells it: whole audiences, and cases that only a dated access opens."""

    audiences: list[int]
    known: int
    # Inspections and accesses with an end: counted case by case, since no row changes when a day is over.
    besides: QuerySet[Case] | None

    @property
    def everything(self) -> bool:
        """Whether every audience is hers, so that none need be named."""
        return len(self.audiences) == self.known

    @property
    def much(self) -> bool:
        """Whether walking the cases from the oldest on finds one of hers soon."""
        return len(self.audiences) * _MUCH > self.known

    @property
    def sums(self) -> QuerySet[CaseSum]:
        """The sums of her audiences."""
        return CaseSum.objects.all() if self.everything else CaseSum.objects.filter(audience_id__in=self.audiences)


_MUCH = 5

_SEEN = """
SELECT (SELECT COALESCE(array_agg(DISTINCT audience_id), '{}') FROM workflows_audiencemember
         WHERE organisation_id = ANY(%(reach)s::bigint[])),
       (SELECT count(*) FROM workflows_audience),
       EXISTS (SELECT FROM casework_caseaccess
                WHERE organisation_id = ANY(%(reach)s::bigint[]) AND revoked_at IS NULL AND kind <> 'share'
                  AND (kind = 'inspect' OR valid_until IS NOT NULL))
"""


def seen_by(standing: Standing) -> Seen:
    """Read what a person sees. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, {"reach": standing.reach_ids})
        audiences, known, dated = cursor.fetchone()
    return Seen(audiences, known, seen_besides(standing) if dated else None)


def audiences_of(standing: Standing) -> QuerySet:
    """Ids of the audiences that a person belongs to, as a subquery."""
    members = AudienceMember.objects.filter(organisation_id__in=standing.reach_ids)
    return members.values("audience_id")


def seen_besides(standing: Standing) -> Any:
    """Cases that only an inspection or an access with an end opens: no sum of her audiences counts them."""
    ends = Q(kind=CaseAccess.Kind.INSPECT) | Q(valid_until__isnull=False)
    dated = live_access(CaseAccess.OPENS_CASE).filter(ends, organisation_id__in=standing.reach_ids)
    counted = CountedCase.objects.filter(case_id=OuterRef("pk"), audience_id__in=audiences_of(standing))
    only = Case.objects.filter(~Exists(counted), pk__in=dated.values("case_id"))
    return only.seen()


_FOLD = """
WITH taken AS (
    DELETE FROM workflows_casesum
     WHERE id IN (SELECT id FROM workflows_casesum WHERE fresh ORDER BY id LIMIT %(most)s)
        OR what = 'due' AND NOT fresh AND day < %(today)s AND day > DATE '0001-01-01'
    RETURNING *
), added AS (
    SELECT audience_id, lead_organisation_id, area_id, what, word,
           CASE WHEN what = 'due' AND day < %(today)s THEN DATE '0001-01-01' ELSE day END AS day,
           sum(n) AS n, sum(held) AS held, sum(opened) AS opened, sum(since) AS since, count(*) AS taken
      FROM taken GROUP BY 1, 2, 3, 4, 5, 6
), folded AS (
    INSERT INTO workflows_casesum AS kept (audience_id, lead_organisation_id, area_id, what, word, day,
                                            n, held, opened, since, fresh)
    SELECT audience_id, lead_organisation_id, area_id, what, word, day, n, held, opened, since, false FROM added
        ON CONFLICT (audience_id, lead_organisation_id, area_id, what, word, day) WHERE NOT fresh
        DO UPDATE SET n = kept.n + excluded.n, held = kept.held + excluded.held,
                      opened = kept.opened + excluded.opened, since = kept.since + excluded.since
)
SELECT COALESCE(sum(taken), 0) FROM added
"""


def fold(most: int = 20_000) -> int:
    """Add together what the acts appended, and all days that are over. How many rows it took; one worker at a time."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('workflows.summary.fold'))")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_FOLD, {"today": timezone.localdate(), "most": most})
        taken = cursor.fetchone()[0]
        cursor.execute(
            "DELETE FROM workflows_casesum WHERE NOT fresh AND n = 0 AND held = 0 AND opened = 0 AND since = 0"
        )
    return int(taken)


def fold_tick() -> None:
    """What the worker does every minute: fold until nothing is left."""
    while fold():
        pass
