"""Likely pairs among the open leads and among the register entries that a person sees.

PostgreSQL pairs what stands in one commune under similar names, what has one phone number, and what has one name
in one province; the score says how likely each pair is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, CharField, Func, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf, Trim

from casework.cases.models import Case as CaseRow
from casework.cases.stages import Stage
from casework.cooperatives.models import Cooperative
from casework.duplicates import entries
from casework.duplicates.models import told_apart
from casework.duplicates.score import Entry, Kind, Level, Score, score
from casework.duplicates.weights import COMMON_WORDS
from casework.organisations.standing import Standing
from casework.vietnamese import VnFold

ROWS = 5_000  # the newest rows that one person's list looks at
PAIRS = 5_000  # the most alike of their pairs, which are scored
# Only so early may a lead be merged into another case.
EARLY = (Stage.LEAD, Stage.CONSULTATION)

_IN_ONE_COMMUNE = "a.commune = b.commune AND similarity(a.name, b.name) > 0.25"
# Within a province the same name is common; it says something only of an entry whose commune nobody knows.
_ONE_NAME = "a.name = b.name AND a.province = b.province AND (a.commune IS NULL OR b.commune IS NULL)"
_ONE_PHONE = "a.phone = b.phone AND a.phone <> ''"
# As the score leaves them out, so that two groups are not alike for being both called a cooperative.
_COMMON = r"\m(" + "|".join(" ".join(phrase) for phrase in COMMON_WORDS) + r")\M"
_QUERY = """
WITH seen (id, name, commune, province, phone, movable) AS MATERIALIZED ({seen}), pairs AS ({branches})
SELECT one, other FROM pairs GROUP BY one, other ORDER BY max(alike) DESC, other DESC LIMIT {limit}
"""
_BRANCH = """
SELECT a.id AS one, b.id AS other, similarity(a.name, b.name) AS alike
  FROM seen a JOIN seen b ON a.id < b.id AND (a.movable OR b.movable) AND {how}
"""


@dataclass(frozen=True)
class Pair:
    """Two rows that are probably the same."""

    kind: Kind
    one: Any
    other: Any
    score: Score

    @property
    def reasons(self) -> list[Any]:
        """In words what speaks for it, the weightiest first."""
        return [reason.words for reason in self.score.reasons if reason.points > 0]


def likely_leads(standing: Standing) -> list[Pair]:
    """Pairs of open cases of which one may still be merged into the other, likeliest first. Three queries."""
    movable = Case(When(stage__in=EARLY, then=True), default=False, output_field=BooleanField())
    seen = CaseRow.objects.visible_to(standing).open().order_by("-pk")
    columns = ("pk", _core("working_name"), "area_id", "area__parent_id", "contact__phone", movable)
    found = _pairs(seen.values_list(*columns)[:ROWS], _IN_ONE_COMMUNE, _ONE_PHONE)
    return _scored(Kind.LEAD, found, entries.leads().beyond_sight("pairs of cases in sight"), entries.of_lead)


def likely_cooperatives(standing: Standing) -> list[Pair]:
    """Pairs of living register entries, likeliest first. Four queries."""
    none, movable = Value("", CharField()), Value(value=True, output_field=BooleanField())
    seen = Cooperative.objects.visible_to(standing).current().order_by("-pk")
    columns = ("pk", _core("name"), "commune_id", "province_id", none, movable)
    found = _pairs(seen.values_list(*columns)[:ROWS], _IN_ONE_COMMUNE, _ONE_NAME)
    return _scored(Kind.COOPERATIVE, found, entries.cooperatives(), entries.of_cooperative)


def _core(name: str) -> Func:
    """SQL of a name in plain letters without legal form and common words; of those alone, the whole name."""
    told = _replaced(_replaced(VnFold(name), r"[^a-z0-9]+"), _COMMON)
    bare = Trim(_replaced(told, " +"))
    return Coalesce(NullIf(bare, Value("")), VnFold(name))


def _replaced(text: Func, pattern: str) -> Func:
    return Func(text, Value(pattern), Value(" "), Value("g"), function="regexp_replace", output_field=CharField())


def _pairs(seen: QuerySet, *ways: str) -> list[tuple[int, int]]:
    """Numbers of rows that may be the same, each pair in order. One query."""
    sql, params = seen.query.sql_with_params()
    branches = " UNION ALL ".join(_BRANCH.format(how=how) for how in ways)
    with connection.cursor() as cursor:
        # Every part is ours; what a person chose stands in `params`.
        cursor.execute(_QUERY.format(seen=sql, branches=branches, limit=PAIRS), params)
        return cursor.fetchall()


def _scored(kind: Kind, pairs: list[tuple[int, int]], rows: QuerySet, entry_of: Callable[[Any], Entry]) -> list[Pair]:
    """The pairs that are likely and that nobody has told apart."""
    apart = told_apart(kind, pairs)
    by_id = {row.pk: row for row in rows.filter(pk__in={pk for pair in pairs for pk in pair})}
    known = {pk: entry_of(row) for pk, row in by_id.items()}
    found = [
        Pair(kind, by_id[one], by_id[other], score(known[one], known[other]))
        for one, other in pairs
        if (one, other) not in apart
    ]
    likely = [pair for pair in found if pair.score.points >= Level.LIKELY.least]
    return sorted(likely, key=lambda pair: (-pair.score.points, -pair.other.pk))
