"""What has changed since a report was frozen: its numbers then and now, and the rows that came or went."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from casework.programme.reports.corrections import by_key
from casework.programme.reports.gather import numbers_of
from casework.programme.reports.models import Report


@dataclass(frozen=True)
class Change:
    """One number of a frozen report that would be counted otherwise today."""

    code: str
    name: str
    name_en: str
    was: str | None
    now: str | None
    came: list[dict[str, Any]]
    gone: list[dict[str, Any]]

    @property
    def difference(self) -> Decimal | None:
        """Today less then; None when either cannot be counted."""
        return None if self.was is None or self.now is None else Decimal(self.now) - Decimal(self.was)


def changes_since(report: Report) -> list[Change]:
    """The numbers of a frozen report that are different today. Counts all of its period anew."""
    today = {one["code"]: one for one in numbers_of(report.organisation, report.period)}
    changes = (_change(one, today.get(one["code"])) for one in report.data["numbers"])
    return [one for one in changes if one.came or one.gone or one.was != one.now]


def _change(then: dict[str, Any], now: dict[str, Any] | None) -> Change:
    before, after = by_key(then["rows"]), by_key(now["rows"] if now else [])
    return Change(
        then["code"],
        then["name"],
        then["name_en"],
        then["value"],
        now["value"] if now else None,
        [row for key, row in after.items() if key not in before],
        [row for key, row in before.items() if key not in after],
    )
