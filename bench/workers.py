"""Several processes that do the same at once, told what to do line by line (bench/serving.py)."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class WorkerFailed(RuntimeError):
    """A worker ended; its last words stand in its log."""


class Worker:
    """One process. Ended by closing its input."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path):
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log
        with log.open("w") as errors:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT,
                env={**os.environ, **env},
            )  # fmt: skip

    def tell(self, *what: Any) -> None:
        """Ask for something; the answer is read by `hear`."""
        assert self.process.stdin  # noqa: S101 (a pipe was asked for)
        try:
            self.process.stdin.write(json.dumps(what) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise WorkerFailed(self.last_words()) from None

    def hear(self) -> Any:
        """Wait for the answer."""
        assert self.process.stdout  # noqa: S101
        line = self.process.stdout.readline()
        if not line:
            raise WorkerFailed(self.last_words())
        return json.loads(line)

    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-12:])

    def end(self) -> None:
        """Close its input and wait for it."""
        assert self.process.stdin  # noqa: S101
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Team:
    """Workers of one kind. `rate` does so many completions with some of them and says how many a second."""

    def __init__(self, name: str, command: list[str], size: int, env: dict[str, str] | None = None):
        log = ROOT / "var" / "bench" / "log"
        numbered = [[*command, str(number), str(size)] for number in range(size)]
        self.workers = [Worker(one, env or {}, log / f"{name}-{n}.log") for n, one in enumerate(numbered)]
        for worker in self.workers:
            worker.hear()

    def ask(self, *what: Any) -> Any:
        """Ask the first worker."""
        return self._all(self.workers[:1], *what)[0]

    def rate(self, clients: int, count: int) -> tuple[float, list[float]]:
        """Completions a second, and how long each took."""
        part = self.workers[:clients]
        each = max(1, count // clients)
        self._all(part, "prepare", each)
        began = time.perf_counter()
        took = [one for times in self._all(part, "complete", each) for one in times]
        return len(took) / (time.perf_counter() - began), took

    @staticmethod
    def _all(part: list[Worker], *what: Any) -> list[Any]:
        for worker in part:
            worker.tell(*what)
        return [worker.hear() for worker in part]

    def end(self) -> None:
        """End them all."""
        for worker in self.workers:
            worker.end()


@contextmanager
def teams(kinds: dict[str, tuple[list[str], dict[str, str]]], size: int) -> Iterator[dict[str, Team]]:
    """Teams for the length of the block, by name: the command and what its environment differs in."""
    found: dict[str, Team] = {}
    try:
        for name, (command, env) in kinds.items():
            found[name] = Team(name, command, size, env)
        yield found
    finally:
        for team in found.values():
            team.end()


def python(*module: str) -> list[str]:
    """The command for a module of the bench in the product's own environment."""
    return [sys.executable, "-m", *module]
