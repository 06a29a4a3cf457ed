"""A checkpoint as it is stored, mailed, printed and packed."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casework.audit.codes import short_code
from casework.audit.keys import key_id


@dataclass(frozen=True)
class Checkpoint:
    """`text` is what was signed; `signatures` are objects with the keys `key` and `signature` (hex)."""

    number: int
    kind: str
    size: int
    text: str
    signatures: list[dict[str, str]]

    @cached_property
    def told(self) -> dict[str, Any]:
        """What the text says."""
        return json.loads(self.text)

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 of the text: what the next one names."""
        return hashlib.sha256(self.text.encode()).digest()

    @property
    def code(self) -> str:
        """The short code that is printed."""
        return short_code(self.digest)

    @property
    def signing_key(self) -> str:
        """The key that signs after it."""
        return key_id(bytes.fromhex(self.told["next_key"])) if "next_key" in self.told else self.told["key"]

    @property
    def turn(self) -> str | None:
        """The hash of the last change of key or restore up to here, "" when there was none: the next one names it."""
        return self.told.get("turn") if self.kind == "checkpoint" else self.digest.hex()

    def line(self) -> str:
        """One line of JSON, as it leaves the system."""
        return json.dumps({"signatures": self.signatures, "text": self.text}, ensure_ascii=False, sort_keys=True)


def read_checkpoint(line: str) -> Checkpoint:
    """A checkpoint from the line that `Checkpoint.line` gave. Raises ValueError for anything else."""
    try:
        given = json.loads(line)
        told = json.loads(given["text"])
        return Checkpoint(told["number"], told["kind"], told["size"], given["text"], given["signatures"])
    except (LookupError, TypeError) as error:
        raise ValueError("this is no checkpoint") from error
