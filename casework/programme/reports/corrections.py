"""What a report says about earlier periods: entries that came too late for the report of their own period.

A row counts in the report of the period in which its day lies. What was told only after that report was frozen is
told once, by the next report of the same organisation that is frozen, in a section of its own; so is what counted
then and counts no more. The sum of a frozen report and of all corrections to it is what counts today.
"""

from collections.abc import Callable
from typing import Any

from casework.programme.reports.models import Report

# Counts the numbers of an organisation and a period now; given by gather.py, which needs this module.
Count = Callable[..., list[dict[str, Any]]]
# A row with its amount: the same training with more people is not the same.
Told = dict[tuple[str, int], dict[str, Any]]


def corrections_of(report: Report, count: Count) -> list[dict[str, Any]]:
    """For every frozen report of an earlier period: what came since, and what went, that no report has told yet."""
    frozen = list(_frozen(report))
    found = []
    for earlier in frozen:
        if earlier.period.last_day < report.period.first_day:
            now = {one["code"]: one for one in count(earlier.organisation, earlier.period)}
            found += [_correction(earlier, one, now.get(one["code"]), frozen) for one in earlier.data["numbers"]]
    return [one for one in found if one["came"] or one["gone"]]


def _frozen(report: Report) -> Any:
    """The frozen reports of the organisation on periods of this kind, in the order of their freezing."""
    same = Report.objects.frozen().filter(organisation_id=report.organisation_id, period__kind=report.period.kind)
    return same.exclude(pk=report.pk).select_related("organisation", "period").order_by("frozen_at", "pk")


def _correction(
    earlier: Report, number: dict[str, Any], now: dict[str, Any] | None, frozen: list[Report]
) -> dict[str, Any]:
    told = _told(earlier, number, frozen)
    counts = by_key(now["rows"] if now else [])
    return {
        "period": earlier.data["period"]["year"],
        "report": earlier.pk,
        "code": number["code"],
        "name": number["name"],
        "unit": number["unit"],
        "came": [row for key, row in counts.items() if key not in told],
        "gone": [row for key, row in told.items() if key not in counts],
    }


def _told(earlier: Report, number: dict[str, Any], frozen: list[Report]) -> Told:
    """The rows of one number of a frozen report as all frozen reports together have told them."""
    told = by_key(number["rows"])
    for other in frozen:
        for one in other.data["corrections"]:
            if one["report"] == earlier.pk and one["code"] == number["code"]:
                told.update(by_key(one["came"]))
                for key in by_key(one["gone"]):
                    told.pop(key, None)
    return told


def by_key(rows: list[dict[str, Any]]) -> Told:
    """Rows by what makes them the same."""
    return {(row["key"], row["amount"]): row for row in rows}
