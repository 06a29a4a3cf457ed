"""The calendar and the limits as every process keeps them, good for as long as the database's mark says so.

The database gives `workflows_clockmark` a number never used before with every change of a limit, a day or a year, in
the transaction of the change. Whoever reads the mark behind her lock knows whether what she has kept still stands:
nothing here is trusted for a length of time.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Value

from workflows.clock.calendar import Calendar, calendar_of
from workflows.clock.models import CalendarDay, CalendarYear, TimeLimit

_TABLES = ("workflows_timelimit", "workflows_calendarday", "workflows_calendaryear")
_MARKED = """
CREATE OR REPLACE FUNCTION clock_marked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO workflows_clockmark (id, version) VALUES (1, nextval('workflows_clock_version'))
    ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version;
    RETURN NULL;
END $$;

CREATE SEQUENCE IF NOT EXISTS workflows_clock_version;
INSERT INTO workflows_clockmark (id, version) VALUES (1, nextval('workflows_clock_version')) ON CONFLICT DO NOTHING;
"""


def _watched(table: str) -> str:
    return f"""
    CREATE TRIGGER clock_marked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION clock_marked();
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER clock_marked;
    """


MARKS = _MARKED + "".join(map(_watched, _TABLES))
NO_MARKS = "DROP FUNCTION IF EXISTS clock_marked() CASCADE; DROP SEQUENCE IF EXISTS workflows_clock_version;"


@dataclass(frozen=True)
class Mark:
    """Which version of calendar and limits holds, and of which province the calendar is asked for."""

    version: int | None
    province: int | None


@dataclass(frozen=True)
class Known:
    """All limits by step, all days that differ, all years that are entered."""

    limits: dict[str, list[TimeLimit]]
    days: list[tuple[Any, ...]]
    years: frozenset[int]
    calendars: dict[int | None, Calendar] = field(default_factory=dict)

    def calendar(self, province: int | None) -> Calendar:
        """The calendar of a province, all of it."""
        if province not in self.calendars:
            here = [row for row in self.days if row[-1] in (None, province)]
            entered = [(date.min, "year", "", year, None) for year in self.years]
            self.calendars[province] = calendar_of([*here, *entered])
        return self.calendars[province]


# Which process has kept what; a version is never given twice, so what is kept never grows old.
_kept: dict[tuple[str, int], Known] = {}
_MOST = 4


def known(mark: Mark | None) -> Known | None:
    """What holds at a mark. Three queries the first time and then none; None without a mark."""
    if mark is None or mark.version is None:
        return None
    key = (str(connection.settings_dict["NAME"]), mark.version)
    if key not in _kept:
        while len(_kept) >= _MOST:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = _read()
    return _kept[key]


def _read() -> Known:
    limits: dict[str, list[TimeLimit]] = {}
    for limit in TimeLimit.objects.order_by("pk"):
        limits.setdefault(limit.node, []).append(limit)
    days = (
        CalendarDay.objects.order_by().annotate(number=Value(0)).values_list("day", "kind", "name", "number", "area_id")
    )
    years = CalendarYear.objects.order_by().values_list("year", flat=True)
    return Known(limits, list(days), frozenset(years))
