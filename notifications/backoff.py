"""How long to wait before the next attempt, and what is kept of an error."""

import random
import re

FIRST = 30  # seconds
LONGEST = 4 * 3600  # seconds
_ADDRESS = re.compile(r"[^\s<>@,;:\"'(\[]+@[^\s<>@,;:\"')\]]+")


def wait(attempt: int) -> float:
    """Seconds to wait after the `attempt`-th failure (from 1): thrice as long each time, never all in step."""
    return min(FIRST * 3 ** min(attempt - 1, 20), LONGEST) * random.uniform(0.75, 1.25)  # noqa: S311 (no secret)


def short_words(error: BaseException) -> str:
    """The class and the first line of an error, without addresses: it is shown to administrators."""
    first = (str(error).strip().splitlines() or [""])[0]
    return f"{type(error).__name__}: {_ADDRESS.sub('…', first)}".replace("\x00", "")[:200]
