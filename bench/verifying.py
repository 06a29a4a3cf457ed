"""The live history checked from end to end, beside SHA-256 alone over the same bytes."""

import hashlib
import time
from typing import Any

from django.db import connection

from bench.measure import in_turn
from casework.audit import sealing
from casework.audit.live import check

_TEXTS = "SELECT prev, canon FROM casework_auditevent"


def measure(rounds: int) -> dict[str, Any]:
    """Seal what waits, then check everything in each round."""
    began = time.perf_counter()
    sealing.seal()
    sealed = time.perf_counter() - began
    seen: dict[str, Any] = {}

    def verify() -> float:
        result = check()
        if result.problems:
            raise RuntimeError("; ".join(map(str, result.problems[:5])))
        seen["events"] = result.events
        return result.seconds

    times = in_turn({"live chain": verify, "floor: SHA-256 in memory": _hash}, rounds)
    return {
        "times": {name: one.as_json() for name, one in times.items()},
        "events": seen["events"],
        "sealed_s": round(sealed, 2),
    }


def _hash() -> float:
    """The texts in portions, so that they fit; only the hashing counts."""
    took = 0.0
    with connection.chunked_cursor() as cursor:
        cursor.execute(_TEXTS)
        while portion := cursor.fetchmany(20_000):
            texts = [bytes(prev) + canon.encode() for prev, canon in portion]
            began = time.perf_counter()
            for text in texts:
                hashlib.sha256(text).digest()
            took += time.perf_counter() - began
    return took


def measured(report: dict[str, Any]) -> dict[str, float]:
    """The figures of the goals."""
    live, floor = (report["times"][name]["median_ms"] for name in ("live chain", "floor: SHA-256 in memory"))
    return {"verify_s": live / 1000, "verify_vs_floor": live / floor}
