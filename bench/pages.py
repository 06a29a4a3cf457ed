"""Lists as people open them: the whole page through the product's middleware, its statements, and the floor's SQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from bench.measure import database_ms, explained, in_turn, sent, sequential_scans
from bench.visitor import Visitor

FLOOR = Path(__file__).resolve().parent / "floor"
BARE = "/bench/bare/"
WHOLE = 2  # plans of a page that a report keeps
LARGE = ("workflows_task", "casework_case", "casework_auditevent", "casework_caseaccess", "workflows_countedcase")
SEARCHED = ["nam rom hoa sen", "rau sach", "che shan tuyet", "bx-2026-0000123", "htx det tho cam 17", "khong co gi"]


@dataclass(frozen=True)
class Page:
    """A page of the product as one person sees it."""

    name: str
    who: str
    address: str


PAGES = {
    "desk": [
        Page("queue, few organisations", "bench-few", "/tasks/?tab=queue"),
        Page("queue, many organisations", "bench-many", "/tasks/?tab=queue"),
        Page("organisation, a province", "bench-wu-56", "/tasks/?tab=organisation"),
        Page("organisation, the country", "bench-wu-vn", "/tasks/?tab=organisation"),
        Page("cases, few organisations", "bench-few", "/cases/"),
        Page("cases, the country", "bench-wu-vn", "/cases/"),
    ],
    "board": [
        Page("board, a commune", "bench-wu-22795", "/board/"),
        Page("board, a province", "bench-wu-56", "/board/"),
        Page("board, the country", "bench-wu-vn", "/board/"),
    ],
    "search": [
        Page(f"search {text!r}", "bench-wu-vn", f"/cases/?{urlencode({'q': text})}") for text in SEARCHED
    ],
}  # fmt: skip


def floor_sql(name: str) -> str:
    """A statement of the floor."""
    return (FLOOR / f"{name}.sql").read_text()


def asked(name: str, params: dict[str, Any]) -> Callable[[], None]:
    """A thing to measure: one statement of the floor with all its rows."""
    sql = floor_sql(name)

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            cursor.fetchall()

    return ask


def measure(area: str, rounds: int, others: dict[str, Callable[[], Any]] | None = None) -> dict[str, Any]:
    """All pages of an area with the bare page, the floor and what is given besides, in turn."""
    people = {who: Visitor(who) for who in sorted({page.who for page in PAGES[area]})}
    first = next(iter(people.values()))
    in_database: dict[str, list[float]] = {page.name: [] for page in PAGES[area]}

    def shown(page: Page) -> Callable[[], None]:
        def show() -> None:
            with sent() as found:
                people[page.who].get(page.address)
            in_database[page.name].append(found.seconds_of("search_text") if area == "search" else found.seconds)

        return show

    things: dict[str, Callable[[], Any]] = {page.name: shown(page) for page in PAGES[area]}
    things["bare session page"] = lambda: first.get(BARE)
    things |= {f"floor: {name}": asked(sql, params) for name, (sql, params) in floors(area, people).items()}
    times = in_turn(things | (others or {}), rounds)
    report: dict[str, Any] = {"times": {name: found.as_json() for name, found in times.items()}, "pages": {}}
    for page in PAGES[area]:
        with sent() as found:
            body = people[page.who].get(page.address)
        waited = sorted(in_database[page.name][1:])  # the first one warmed up
        report["pages"][page.name] = {
            **found.as_json(),
            "bytes": len(body),
            "slowest": found.slowest(),
            "database_ms": round(waited[len(waited) // 2] * 1000, 3),
            "database_p95_ms": round(waited[min(len(waited) - 1, int(len(waited) * 0.95))] * 1000, 3),
        }
    return report


def floors(area: str, people: dict[str, Visitor]) -> dict[str, tuple[str, dict[str, Any]]]:
    """The statements that stand for the least that a page can cost: name, file and values."""
    if area == "desk":
        few, many = people["bench-few"].user.pk, people["bench-many"].user.pk
        return {
            "queue, few organisations": ("queue_few", {"user": few}),
            "queue, many organisations": ("queue_many", {"user": many}),
        }
    if area == "board":
        return {"index-only aggregate": ("board", {})}
    return {f"search {text!r}": ("search", {"like": f"%{text}%"}) for text in SEARCHED}


def plans(area: str) -> dict[str, Any]:
    """The plan of every SELECT of every page that touches a large table, and where one walks through all of it."""
    found: dict[str, Any] = {}
    for page in PAGES[area]:
        visitor = Visitor(page.who)
        with _params() as statements, sent():
            visitor.get(page.address)
        kept = []
        for sql, params in statements:
            if not sql.lstrip("( \n").startswith(("SELECT", "WITH")) or not any(table in sql for table in LARGE):
                continue
            plan = [line[:300] for line in explained(sql, params)]  # lists of ids have pages
            kept.append(
                {"sql": sql[:600], "ms": database_ms(plan), "scans": sequential_scans(plan, LARGE), "plan": plan}
            )
        kept.sort(key=lambda one: -one["ms"])
        # Of all whether they walk through a table; of the slowest the plan too, or a report has megabytes.
        found[page.name] = kept[:WHOLE] + [{**one, "plan": None} for one in kept[WHOLE:]]
    return found


@contextmanager
def _params() -> Iterator[list[tuple[str, Any]]]:
    """Note statements with their values, to explain them afterwards."""
    noted: list[tuple[str, Any]] = []

    def note(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        noted.append((str(sql), params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield noted


def measured(area: str, report: dict[str, Any]) -> dict[str, float]:
    """The figures of the goals, out of a report of this area."""
    pages, times = report["pages"], {name: one["median_ms"] for name, one in report["times"].items()}
    if area == "desk":
        few, many = pages["queue, few organisations"], pages["queue, many organisations"]
        found = {
            "queue_statements": max(few["statements"], many["statements"]),
            "queue_statements_constant": abs(few["statements"] - many["statements"]),
            "queue_database_ms": many["database_ms"],
            "queue_many_few": many["database_ms"] / few["database_ms"],
            "page_vs_bare": times["bare session page"] / times["queue, few organisations"],
        }
        for seat in ("few", "many"):
            if f"stock: queue, {seat}" in times:
                found[f"queue_vs_stock_{seat}"] = times[f"stock: queue, {seat}"] / times[f"queue, {seat} organisations"]
        return found
    if area == "board":
        country = pages["board, the country"]["database_ms"]
        return {"board_ms": country, "board_vs_floor": country / times["floor: index-only aggregate"]}
    return {"search_p95_ms": max(page["database_p95_ms"] for page in pages.values())}
