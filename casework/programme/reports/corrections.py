"""What a report says about earlier periods: entries that came too late for the report of their own period.

A row counts in the report of the period in which its day lies. What was told only after that report was frozen is
told once, by the next report of the same organisation that is frozen, in a section of its own; so is what counted
then and counts no more. The sum of a frozen report and of all corrections to it is what counts today.
"""

from typing import Any

from casework.programme.indicators.counting import Counted
from casework.programme.reports.models import Report
from casework.programme.reports.recount import Told, by_key, counted_now, is_as_told, rows_of


def corrections_of(report: Report) -> list[dict[str, Any]]:
    """For every frozen report of an earlier period: what came since, and what went, that no report has told yet."""
    frozen = list(_frozen(report))
    found = []
    for earlier in frozen:
        if earlier.period.last_day < report.period.first_day:
            found += [_correction(earlier, number, now, frozen) for number, now in counted_now(earlier)]
    return [one for one in found if one["came"] or one["gone"]]


def _frozen(report: Report) -> Any:
    """The frozen reports of the organisation on periods of this kind, in the order of their freezing."""
    same = Report.objects.frozen().filter(organisation_id=report.organisation_id, period__kind=report.period.kind)
    return same.exclude(pk=report.pk).select_related("organisation", "period").order_by("frozen_at", "pk")


def _correction(earlier: Report, number: dict[str, Any], now: Counted | None, frozen: list[Report]) -> dict[str, Any]:
    later = _told_later(earlier, number, frozen)
    # Nothing moved, then or since: no rows need be read.
    untouched = not later and is_as_told(number, now)
    told = {} if untouched else _told(number, later)
    counts = {} if untouched else by_key(rows_of(now))
    return {
        "period": earlier.data["period"]["year"],
        "report": earlier.pk,
        "code": number["code"],
        "name": number["name"],
        "unit": number["unit"],
        "came": [row for key, row in counts.items() if key not in told],
        "gone": [row for key, row in told.items() if key not in counts],
    }


def _told_later(earlier: Report, number: dict[str, Any], frozen: list[Report]) -> list[dict[str, Any]]:
    """What other frozen reports said of one number of this one."""
    told = (one for other in frozen for one in other.data["corrections"])
    return [one for one in told if one["report"] == earlier.pk and one["code"] == number["code"]]


def _told(number: dict[str, Any], later: list[dict[str, Any]]) -> Told:
    """The rows of one number of a frozen report as all frozen reports together have told them."""
    told = by_key(number["rows"])
    for one in later:
        told.update(by_key(one["came"]))
        for key in by_key(one["gone"]):
            told.pop(key, None)
    return told
