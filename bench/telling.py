"""A report in words, for whoever waits before the screen."""

import sys
from collections.abc import Iterator
from typing import Any

_MARK = {True: "+", False: "-", None: "?"}


def say(text: str = "") -> None:
    """A line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def tell(report: dict[str, Any]) -> None:
    """Print what a run found, and which goals it met (first mark: the goal, second: the must)."""
    say(f"size {report['size']} · {report['machine']}")
    for area, found in report["areas"].items():
        say(f"\n== {area} ({found['took_s']} s)")
        for part in (_times, _figures, _rates, _slow, _scans):
            for line in part(found):
                say(line)
    say("\n== goals")
    for row in report["goals"]:
        marks = _MARK[row["holds"]] + _MARK[row["must_holds"]]
        say(f"{marks} {row['what']:75} {row['measured']:>12} (must {row['must']}, goal {row['goal']})")


def _times(found: dict[str, Any]) -> Iterator[str]:
    for name, one in found.get("times", {}).items():
        page, more = found.get("pages", {}).get(name), ""
        if page:
            more = (
                f"{page['statements']:6} statements {page['database_ms']:9.1f} ms in the database {page['bytes']:8} B"
            )
        yield f"{name:34}{one['median_ms']:10.2f} ms p95{one['p95_ms']:10.2f}{more}"


def _figures(found: dict[str, Any]) -> Iterator[str]:
    for name, one in found.items():
        if not isinstance(one, dict):
            yield f"{name:34}{one}"
    for node, one in found.get("statements", {}).items():
        yield f"{node:34} claim {one['claim']} completion {one['completion']}"


def _rates(found: dict[str, Any]) -> Iterator[str]:
    for name, by in found.get("rates", {}).items():
        each = "".join(f"{rate:10.1f}/s ({clients})" for clients, rate in by.items())
        yield f"{name:34}{each}   p95 ms {found['p95_ms'][name]}"


def _slow(found: dict[str, Any]) -> Iterator[str]:
    for name, page in found.get("pages", {}).items():
        for one in page["slowest"][:2]:
            yield f"  {name}: {one['ms']} ms {one['sql'][:150]}"


def _scans(found: dict[str, Any]) -> Iterator[str]:
    for name, statements in found.get("plans", {}).items():
        for one in statements:
            if one["scans"]:
                yield f"  ! {name}: {'; '.join(one['scans'])} ({one['ms']:.1f} ms): {one['sql'][:100]}"
