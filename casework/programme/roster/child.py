"""The process in which a stranger's file is opened: little memory, little time, no way to write files.

Started by `safe.read_in_child`; the file comes by standard input, the answer leaves as one JSON line.
"""

import gc
import json
import resource
import sys
from collections.abc import Callable
from typing import Any

from casework.programme.roster.model import RosterRefused
from casework.programme.roster.reader import read_bytes


def _limit(memory_bytes: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(read: Callable[[bytes, str], Any], filename: str) -> dict[str, Any]:
    try:
        return {"read": read(sys.stdin.buffer.read(), filename).wire()}
    except RosterRefused as refused:
        return {"refused": refused.code, "params": refused.params}
    except MemoryError:
        return {"refused": "took_too_much", "params": {}}


def serve(read: Callable[[bytes, str], Any]) -> None:
    """Answers `FILENAME MEMORY_BYTES SECONDS` and a file on standard input with what `read` makes of it."""
    filename, memory_bytes, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    _limit(memory_bytes, seconds)
    # The process ends after one file: collecting cycles would double the time and free nothing that counts.
    gc.disable()
    json.dump(_answer(read, filename), sys.stdout, ensure_ascii=True, separators=(",", ":"))


if __name__ == "__main__":
    serve(read_bytes)
