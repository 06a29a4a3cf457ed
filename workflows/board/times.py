"""How long cases stay in a stage: median and 90th percentile in calendar days, the days on hold apart.

A stay counts in the month in which it ended. Of its days those are taken off on which the whole case was on hold;
they are told apart. See docs/concepts/board-times.md.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cases.stages import Stage
from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from casework.sharing.querysets import seen_cases
from workflows.board.asked import TimesForm
from workflows.board.models import StageStay
from workflows.desk.days import start_of

PAGE = 50


@dataclass(frozen=True)
class Line:
    """The stays of one stage, or of one stage in one group. Days are calendar days with fractions."""

    stage: str
    key: str
    label: str
    count: int
    median: float
    p90: float
    held: float

    @property
    def stage_label(self) -> str:
        """The stage in the language of the page."""
        return str(Stage(self.stage).label)


@dataclass(frozen=True)
class Stay:
    """One stay, for the list behind a number."""

    code: str
    name: str
    stage: str
    since: datetime
    until: datetime
    days: float
    held: float
    officer: str

    @property
    def stage_label(self) -> str:
        """The stage in the language of the page."""
        return str(Stage(self.stage).label)


# Holds of a whole case never overlap each other (one_open_hold_at_a_time), so their parts may be added up.
_MEASURED = """
WITH stays AS MATERIALIZED ({stays}),
held AS (
    SELECT s.id, sum(extract(epoch FROM least(coalesce(h.ended_at, s.until), s.until)
                                        - greatest(h.began_at, s.since))) / 86400 AS days
      FROM stays s
      JOIN workflows_hold h ON h.case_id = s.case_id AND h.task_id IS NULL
       AND h.began_at < s.until AND coalesce(h.ended_at, 'infinity') > s.since
     GROUP BY s.id
),
measured AS (
    SELECT s.*, coalesce(held.days, 0) AS held,
           extract(epoch FROM s.until - s.since) / 86400 - coalesce(held.days, 0) AS days {officer}
      FROM stays s
      LEFT JOIN held ON held.id = s.id {last}
)
"""
# Whoever finished the last task of the stay.
_LAST = """
      LEFT JOIN LATERAL (
          SELECT t.owner_id FROM workflows_task t
           WHERE t.case_id = s.case_id AND t.stage = s.stage AND t.status = 'DONE' AND t.flow_task_type = 'HUMAN'
             AND t.created < s.until AND t.finished > s.since
           ORDER BY t.finished DESC, t.id DESC LIMIT 1) last ON true
"""
_GROUPS = {
    "": ("''", "''", "stage"),
    "organisation": ("m.lead_organisation_id::text", "o.name", "p90 DESC, label, key, stage"),
    "officer": ("coalesce(m.owner_id::text, 'nobody')", "coalesce(u.full_name, '')", "p90 DESC, label, key, stage"),
    "month": (f"to_char(m.until AT TIME ZONE '{settings.TIME_ZONE}', 'YYYY-MM')", "''", "key DESC, stage"),
}


def organisations_of(standing: Standing) -> QuerySet[Organisation]:
    """The organisations that lead a case which the person may open."""
    return Organisation.objects.filter(pk__in=Case.objects.visible_to(standing).values("lead_organisation"))


def ended_stays(form: TimesForm, standing: Standing) -> QuerySet[StageStay]:
    """The stays that ended in the period, of cases whose page the person may open."""
    chosen = form.chosen
    found = StageStay.objects.filter(until__gte=start_of(form.first_day), case__in=seen_cases(standing))
    columns = {"stage": "stage", "kind": "case__kind", "organisation": "case__lead_organisation"}
    return found.filter(**{columns[name]: chosen[name] for name in columns if name in chosen})


def lines(form: TimesForm, standing: Standing, page: int | None = 1) -> tuple[list[Line], int]:
    """A page of the table (all of it without `page`) and how many lines there are. One query."""
    by = form.chosen.get("by", "")
    key, label, order = _GROUPS[by]
    sql, params = _measured(form, standing, officer=by == "officer")
    # Only texts of this module go into the statement; all that somebody typed is a parameter.
    sql += f"""
SELECT stage, {key} AS key, {label} AS label, count(*) AS n,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY days) AS p90,
       avg(held) AS held, count(*) OVER () AS lines
  FROM measured m
  {"JOIN casework_organisation o ON o.id = m.lead_organisation_id" if by == "organisation" else ""}
  {"LEFT JOIN casework_user u ON u.id = m.owner_id" if by == "officer" else ""}
 GROUP BY 1, 2, 3 ORDER BY {order if by else _in_order("stage")} {_limit(page)}"""  # noqa: S608
    rows = _run(sql, params)
    found = [Line(stage, key, _label(by, key, name), n, m, p, float(h)) for stage, key, name, n, m, p, h, _n in rows]
    return found, rows[0][-1] if rows else 0


def stays(form: TimesForm, standing: Standing, key: str, page: int = 1) -> tuple[list[Stay], int]:
    """The stays behind a number: those of the form, of the group `key` if the form tells groups apart. One query."""
    by = form.chosen.get("by", "")
    sql, params = _measured(form, standing, officer=True)
    sql += f"""
SELECT c.code, c.working_name, m.stage, m.since, m.until, m.days::float, m.held::float, coalesce(u.full_name, ''),
       count(*) OVER ()
  FROM measured m
  JOIN casework_case c ON c.id = m.case_id
  LEFT JOIN casework_user u ON u.id = m.owner_id
 WHERE {f"{_GROUPS[by][0]} = %s" if by and key else "true"}
 ORDER BY m.days DESC, m.id {_limit(page)}"""  # noqa: S608
    rows = _run(sql, [*params, key] if by and key else params)
    found = [Stay(*row[:8]) for row in rows]
    return found, rows[0][-1] if rows else 0


def label_of(form: TimesForm, key: str, name: str = "") -> str:
    """What a group is called."""
    return _label(form.chosen.get("by", ""), key, name)


def _label(by: str, key: str, name: str) -> str:
    if by == "month":
        year, _dash, month = key.partition("-")
        return f"{month}/{year}"
    return _("Nobody") if by == "officer" and not name else name


def _measured(form: TimesForm, standing: Standing, *, officer: bool) -> tuple[str, list[Any]]:
    columns = ("id", "case_id", "stage", "since", "until", "case__lead_organisation_id")
    inner, params = ended_stays(form, standing).order_by().values_list(*columns).query.sql_with_params()
    named = f"SELECT * FROM ({inner}) AS found(id, case_id, stage, since, until, lead_organisation_id)"  # noqa: S608
    sql = _MEASURED.format(stays=named, officer=", last.owner_id" if officer else "", last=_LAST if officer else "")
    return sql, list(params)


def _in_order(column: str) -> str:
    """Stages in their own order and not in that of the alphabet."""
    return f"array_position(ARRAY[{', '.join(repr(str(value)) for value in Stage.values)}], {column}::text)"


def _limit(page: int | None) -> str:
    return f"LIMIT {PAGE} OFFSET {PAGE * (page - 1)}" if page else ""


def _run(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
