"""What has changed since a report was frozen: its numbers then and now, and the rows that came or went."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from casework.programme.indicators.counting import Counted
from casework.programme.reports.gather import plain
from casework.programme.reports.models import Report
from casework.programme.reports.recount import by_key, counted_now, is_as_told, rows_of


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
    """The numbers of a frozen report that are different today. Reads the rows only of those that moved."""
    changes = (_change(number, now) for number, now in counted_now(report))
    return [one for one in changes if one.came or one.gone or one.was != one.now]


def _change(then: dict[str, Any], now: Counted | None) -> Change:
    same = is_as_told(then, now)
    before = {} if same else by_key(then["rows"])
    after = {} if same else by_key(rows_of(now))
    return Change(
        then["code"],
        then["name"],
        then["name_en"],
        then["value"],
        plain(now.value) if now else None,
        [row for key, row in after.items() if key not in before],
        [row for key, row in before.items() if key not in after],
    )
