"""The goals of the product's speed, and whether a run met them. `must` is the line under which work is not done."""

from dataclasses import dataclass
from typing import Any

AT_LEAST, AT_MOST = ">=", "<="
TINY = "200"  # a size for the tests of the bench: its figures decide nothing


@dataclass(frozen=True)
class Goal:
    """One line of the table: what is compared, in what unit, and from which size on it is asked."""

    name: str
    what: str
    side: str
    must: float
    goal: float
    unit: str = ""
    at: str = ""

    def judged(self, measured: float, size: str) -> dict[str, Any]:
        """The line as a report keeps it. A figure of another size than the line speaks of decides nothing."""
        counts = size == self.at or (not self.at and size != TINY)
        return {
            "name": self.name,
            "what": self.what,
            "goal": f"{self.side} {self.goal:g}{self.unit}",
            "must": f"{self.side} {self.must:g}{self.unit}",
            "measured": round(measured, 3),
            "size": size,
            "holds": self._meets(measured, self.goal) if counts else None,
            "must_holds": self._meets(measured, self.must) if counts else None,
        }

    def _meets(self, measured: float, line: float) -> bool:
        return measured >= line if self.side == AT_LEAST else measured <= line


GOALS = [
    Goal("act_vs_stock", "a completion against stock viewflow, the worst of 1–8 clients", AT_LEAST, 5, 10, "×"),
    Goal(
        "act_vs_floor", "a completion against seven statements by hand, the worst of 1–8 clients", AT_LEAST, 0.5, 1, "×"
    ),
    Goal(
        "act_vs_spiff",
        "a completion against Spiff, JSONB and task rows, the worst of 1–8 clients",
        AT_LEAST,
        1.5,
        3,
        "×",
    ),
    Goal("statements_completion", "statements of a completion", AT_MOST, 8, 3),
    Goal("statements_claim", "statements of a claim", AT_MOST, 5, 2),
    Goal("deadlocks", "8 writers on one unit for 60 s: deadlocks", AT_MOST, 0, 0),
    Goal("lost_counts", "8 writers on one unit for 60 s: lost counts", AT_MOST, 0, 0),
    Goal("queue_statements", "statements of the queue page, the most of all sizes of a seat", AT_MOST, 8, 5),
    Goal("queue_statements_constant", "the same with few and with many organisations: difference", AT_MOST, 0, 0),
    Goal("queue_database_ms", "database time of the queue page, many organisations", AT_MOST, 5, 3, " ms", "1m"),
    Goal("queue_many_few", "database time of the queue page, many against few organisations", AT_MOST, 1.5, 1.3, "×"),
    Goal("queue_1m_1k", "database time of the queue page, 1m against 1k tasks", AT_MOST, 1.5, 1.3, "×", "1m"),
    Goal("queue_vs_stock_few", "queue page against the stock page, few organisations", AT_LEAST, 20, 50, "×", "1m"),
    Goal("queue_vs_stock_many", "queue page against the stock page, many organisations", AT_LEAST, 300, 600, "×", "1m"),
    Goal("page_vs_bare", "list page of 50 rows against the bare session page, requests/s", AT_LEAST, 0.3, 0.45, "×"),
    Goal("board_ms", "board of the whole country: database time of its numbers", AT_MOST, 15, 15, " ms", "1m"),
    Goal("board_vs_floor", "the same against the index-only aggregate", AT_MOST, 1, 0.05, "×", "1m"),
    Goal("event_latency", "a write with event and chain against one without, 1 client", AT_MOST, 1.5, 1.15, "×"),
    Goal("search_p95_ms", "search without marks, p95 of the database time", AT_MOST, 30, 15, " ms", "1m"),
    Goal("import_s", "import of 20,000 rows, dry run", AT_MOST, 30, 10, " s"),
    Goal("import_mb", "the same: memory", AT_MOST, 512, 512, " MB"),
    Goal("sweep_s", "clock sweep, 10,000 due", AT_MOST, 60, 20, " s", "1m"),
    Goal("sweep_acts", "p95 of acts during the sweep against p95 without it", AT_MOST, 2, 2, "×", "1m"),
    Goal("verify_s", "live chain verified", AT_MOST, 8, 8, " s", "1m"),
    Goal("verify_vs_floor", "the same against SHA-256 over the same bytes in memory", AT_MOST, 10, 2, "×", "1m"),
]
NAMED = {goal.name: goal for goal in GOALS}


def judged(measured: dict[str, float], size: str) -> list[dict[str, Any]]:
    """One row for each line that was measured, in the order of the table."""
    return [goal.judged(measured[goal.name], size) for goal in GOALS if goal.name in measured]
