"""Reads a file in a process of its own, so that no file can take a web worker down."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO

from casework.programme.roster import limits
from casework.programme.roster.model import Roster, RosterRefused
from casework.programme.roster.reader import check_name, load

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = "casework.programme.roster.child"
# Everything else of the environment, secrets first of all, stays here.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "HOME", "LD_LIBRARY_PATH")


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(_ROOT),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MALLOC_ARENA_MAX": "1",
    }


def _run(child: str, data: bytes, suffix: str, seconds: int, memory_bytes: int) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", child, f"list{suffix}", str(memory_bytes), str(max(1, seconds - 2))]
    try:
        return subprocess.run(  # noqa: S603 (our own module, no shell, nothing typed by the officer)
            command, input=data, capture_output=True, cwd=_ROOT, env=_environment(), timeout=2 * seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RosterRefused("took_too_long") from error


def _failure(returncode: int, stderr: bytes) -> RosterRefused:
    """Why a child ended without an answer: out of time, out of memory, or a fault of the reading library."""
    if returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return RosterRefused("took_too_long")
    if returncode == -signal.SIGABRT or b"MemoryError" in stderr or b"memory allocation" in stderr:
        return RosterRefused("took_too_much")
    return RosterRefused("reader_failed")


def read_in_child(
    child: str,
    path_or_file: str | PathLike[str] | BinaryIO,
    filename: str,
    *,
    seconds: int = limits.SECONDS,
    memory_bytes: int = limits.MEMORY_BYTES,
) -> dict[str, Any]:
    """What a module that calls `child.serve` reads in a file: plain data. Raises RosterRefused."""
    done = _run(child, load(path_or_file), check_name(filename), seconds, memory_bytes)
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise _failure(done.returncode, done.stderr) from error
    if "refused" in answer:
        raise RosterRefused(answer["refused"], **answer["params"])
    return answer["read"]


def read_roster_safely(
    path_or_file: str | PathLike[str] | BinaryIO,
    filename: str,
    *,
    seconds: int = limits.SECONDS,
    memory_bytes: int = limits.MEMORY_BYTES,
) -> Roster:
    """Reads a list in a child process with limits of time and memory.

    `filename` is the name the officer gave the file. Raises RosterRefused with a sentence: the file is no
    readable spreadsheet, holds no list, is hostile, or took more than `seconds` or `memory_bytes`.
    Seconds are counted in work of the processor, so that an honest file passes on a busy machine;
    after twice the time by the clock the process is ended in any case.
    """
    read = read_in_child(_CHILD, path_or_file, filename, seconds=seconds, memory_bytes=memory_bytes)
    return replace(Roster.from_wire(read), file=filename)
