"""Checkpoints that leave the database: a folder (`AUDIT_ANCHORS`), best on a second host or where nothing is erased.

    <origin>/checkpoints.jsonl   one line for each checkpoint, as it is mailed and packed
    <origin>/leaves.jsonl        one line for each leaf: number, chain, number in the chain, hash; no personal data

Whoever keeps a copy can show what was lost or rewritten later, event by event.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from casework.audit.checkpoints import Checkpoint, read_checkpoint

TAIL = 64 * 1024  # bytes within which the last line of a file lies


class Anchors:
    """The folder of one history."""

    def __init__(self, origin: str) -> None:
        self.folder: Path = settings.AUDIT_ANCHORS / origin.replace("/", "-")

    @property
    def _checkpoints(self) -> Path:
        return self.folder / "checkpoints.jsonl"

    @property
    def _leaves(self) -> Path:
        return self.folder / "leaves.jsonl"

    def newest(self) -> Checkpoint | None:
        """The last checkpoint that left the system, or None."""
        line = _last_line(self._checkpoints)
        return read_checkpoint(line) if line else None

    def all(self) -> Iterator[Checkpoint]:
        """Every checkpoint that left, the oldest first."""
        if self._checkpoints.exists():
            with self._checkpoints.open(encoding="utf-8") as lines:
                yield from (read_checkpoint(line) for line in lines if line.strip())

    def keep(self, checkpoint: Checkpoint) -> None:
        """Add one; it is on the disk when this returns."""
        _append(self._checkpoints, [checkpoint.line()])

    def catch_up(self, stored_after: Callable[[int], list[Checkpoint]]) -> None:
        """Add those that a killed process stored and did not get to write here."""
        newest = self.newest()
        for checkpoint in stored_after(newest.number if newest else -1):
            self.keep(checkpoint)

    def keep_leaves(self, leaves: list[tuple[Any, ...]]) -> None:
        """Add leaves (number, event, chain, place in the chain, hash). A killed process may leave some out."""
        _append(
            self._leaves,
            [
                json.dumps({"chain": chain, "hash": bytes(digest).hex(), "leaf": number, "seq": seq}, sort_keys=True)
                for number, _event, chain, seq, digest in leaves
            ],
        )

    def leaves(self, start: int, end: int) -> Iterator[dict[str, Any]]:
        """Leaves start … end-1 as they were written; of a number written twice, both."""
        if self._leaves.exists():
            with self._leaves.open(encoding="utf-8") as lines:
                for line in lines:
                    leaf = json.loads(line)
                    if start <= leaf["leaf"] < end:
                        yield leaf


def _append(path: Path, lines: list[str]) -> None:
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def _last_line(path: Path) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        lines = [line for line in file.read().decode("utf-8", "replace").split("\n")[:-1] if line.strip()]
    return lines[-1] if lines else ""
