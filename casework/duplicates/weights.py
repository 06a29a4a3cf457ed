"""What each likeness weighs. The numbers are data (`data/*.csv`), so that they can be argued about in one place."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casework.programme.roster.text import words

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Weight:
    """Points of one signal: when both entries say the same, nearly the same, or different things."""

    agree: int
    near: int
    differ: int


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


# By kind of entry and signal.
WEIGHTS = {
    (row["kind"], row["signal"]): Weight(int(row["agree"]), int(row["near"]), int(row["differ"]))
    for row in _rows("weights")
}
# Shares and factors of the likeness of names, each explained in its row.
LIKENESS = {row["name"]: float(row["value"]) for row in _rows("likeness")}
# The least points of each level, the highest level first.
LEVELS = {row["level"]: int(row["least"]) for row in _rows("levels")}
# Said of every second group, so they tell no two apart; folded words, the longest phrase first.
COMMON_WORDS = sorted({words(row["words"]) for row in _rows("common_words")}, key=lambda phrase: (-len(phrase), phrase))
