"""Work on what a stranger sent or wrote, in a process of its own: little time, little memory, no secrets."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
# Everything else of the environment, secrets first of all, stays here.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "HOME", "LD_LIBRARY_PATH")


class Failed(Exception):
    """The child ended without an answer. `why` is "time", "memory" or "fault"."""

    def __init__(self, why: str, said: str = ""):
        super().__init__(why)
        self.why, self.said = why, said


def run_limited(module: str, *args: str, given: bytes = b"", seconds: int = 10, memory: int = 1 << 30) -> bytes:
    """What a module of ours writes to standard output, given bytes on standard input. Raises Failed.

    The module calls `limit_me` first thing. Seconds are those of the processor; after twice as many by the
    clock the child is ended in any case.
    """
    command = [sys.executable, "-m", module, str(memory), str(seconds), *args]
    try:
        done = subprocess.run(  # noqa: S603 (our own module, no shell, nothing typed by a person)
            command, input=given, capture_output=True, cwd=_ROOT, env=_environment(), timeout=2 * seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Failed("time") from error
    if done.returncode:
        raise Failed(_why(done.returncode, done.stderr), done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def limit_me() -> list[str]:
    """In the child: take the limits from the command line; the other arguments come back."""
    memory, seconds, *rest = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return rest


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(_ROOT),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MALLOC_ARENA_MAX": "1",
    }


def _why(returncode: int, stderr: bytes) -> str:
    if returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return "time"
    if returncode == -signal.SIGABRT or b"MemoryError" in stderr or b"memory allocation" in stderr:
        return "memory"
    return "fault"
