"""What the sender of a list decided about single rows, and what she was asked about all of them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Choice:
    """Rows to leave out, and rows that are another person than the one they resemble."""

    left_out: frozenset[int] = frozenset()
    another: frozenset[int] = frozenset()

    @classmethod
    def from_wire(cls, data: dict[str, Any]) -> "Choice":
        """The choice that was kept with an upload."""
        return cls(frozenset(data.get("left_out", ())), frozenset(data.get("another", ())))

    def wire(self) -> dict[str, list[int]]:
        """Plain data for the kept upload."""
        return {"left_out": sorted(self.left_out), "another": sorted(self.another)}

    def after(self, shown: set[int], taken: set[int], asked: set[int], same: set[int]) -> "Choice":
        """The choice after a page was sent: ticks of its rows count, rows of other pages stay as chosen there.

        `shown` had a tick "enter", `asked` a tick "the same person".
        """
        return Choice((self.left_out - shown) | (shown - taken), (self.another - asked) | (asked - same))
