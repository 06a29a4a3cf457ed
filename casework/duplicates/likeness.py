"""How alike two names are, from 0 to 1, and in which way: by marks, letters, order and words left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from casework.duplicates.spelling import Name, core_of, from_telex, letters_and_tone, name_of
from casework.duplicates.weights import LIKENESS
from casework.programme.roster.text import fold

_FILLERS = frozenset({"thi", "van"})
_HOOK_AND_TILDE = {"\u0309", "\u0303"}


class How(StrEnum):
    """In which way two names are alike."""

    EXACT = "exact"
    TELEX = "telex"
    UNMARKED = "unmarked"
    MARKS = "marks"
    ORDER = "order"
    NEAR = "near"
    OTHER = "other"


@dataclass(frozen=True)
class Likeness:
    """`value` from 0 (nothing in common) to 1 (typed the same)."""

    value: float
    how: How


@lru_cache(maxsize=65536)
def likeness_of(one: str, other: str, *, person: bool = False) -> Likeness:
    """Compare two names as typed. The order of the two does not matter.

    In a person's name the given name weighs most and Thị and Văn little; of a group's name legal form and
    common words are left out first.
    """
    read = name_of if person else core_of
    a, b = sorted((read(one), read(other)), key=lambda name: name.words)
    if not a.words or not b.words:
        return Likeness(0.0, How.OTHER)
    best = max(_readings(a, b, person=person), key=lambda likeness: likeness.value)
    if a.numbers != b.numbers:
        best = Likeness(best.value * LIKENESS["numbers"], How.NEAR)
    lost = best.how == How.NEAR and best.value < LIKENESS["floor"]
    return Likeness(best.value, How.OTHER) if lost else best


def _readings(a: Name, b: Name, *, person: bool) -> list[Likeness]:
    """The likeness as typed, with Telex keys read, in the order of the other, and without spaces."""
    found = [_aligned(a, b, person=person)]
    read_a, read_b = from_telex(a), from_telex(b)
    if (read_a, read_b) != (a, b):
        pairs = {(read_a, read_b), (read_a, b), (a, read_b)}
        best = max(_aligned(x, y, person=person).value for x, y in pairs)
        found.append(Likeness(best * LIKENESS["telex"], How.TELEX))
    if a.plain != b.plain and sorted(a.plain) == sorted(b.plain):
        factor = LIKENESS["order_person" if person else "order_body"]
        found.append(Likeness(_aligned(a, _in_order_of(a, b), person=person).value * factor, How.ORDER))
    if len(a.words) != len(b.words) and "".join(a.plain) == "".join(b.plain):
        found.append(Likeness(_joined(a, b), How.NEAR))
    return found


def _in_order_of(a: Name, b: Name) -> Name:
    """The words of b in the order in which a has them."""
    rest = list(zip(b.words, b.plain, strict=True))
    ordered = []
    for plain in a.plain:
        found = next(pair for pair in rest if pair[1] == plain)
        rest.remove(found)
        ordered.append(found)
    return Name(tuple(word for word, _plain in ordered), tuple(plain for _word, plain in ordered))


def _joined(a: Name, b: Name) -> float:
    return word_likeness("".join(a.words), "".join(b.words), free=not (a.marked and b.marked)) * LIKENESS["joined"]


def _weights(name: Name, *, person: bool) -> list[float]:
    if not person:
        return [LIKENESS["weight_word"]] * len(name.words)
    middle = [LIKENESS["weight_filler" if plain in _FILLERS else "weight_word"] for plain in name.plain[1:-1]]
    family = [LIKENESS["weight_word"]] if len(name.words) > 1 else []
    return [*family, *middle, LIKENESS["weight_given"]]


def _aligned(a: Name, b: Name, *, person: bool) -> Likeness:
    """Words matched in their order, those that one name leaves out counted against it."""
    if a.words == b.words:
        return Likeness(1.0, How.EXACT)
    free = a.marked != b.marked
    weights, others = _weights(a, person=person), _weights(b, person=person)
    matched = _best_match(
        [
            [word_likeness(x, y, free=free) * (weights[i] + others[j]) for j, y in enumerate(b.words)]
            for i, x in enumerate(a.words)
        ]
    )
    value = matched / (sum(weights) + sum(others))
    if person and word_likeness(a.words[-1], b.words[-1], free=free) < LIKENESS["given_least"]:
        value *= LIKENESS["given"]
    if a.plain != b.plain:
        return Likeness(value, How.NEAR)
    return Likeness(value, How.UNMARKED if free else How.MARKS)


def _best_match(gains: Sequence[Sequence[float]]) -> float:
    """The greatest sum of gains when rows and columns are matched without crossing."""
    best = [0.0] * (len(gains[0]) + 1)
    for row in gains:
        before = best
        best = [0.0]
        for column, gain in enumerate(row):
            best.append(max(before[column + 1], best[-1], before[column] + gain))
    return best[-1]


@lru_cache(maxsize=65536)
def word_likeness(one: str, other: str, *, free: bool) -> float:
    """How alike two words are. `free`: one of the names has no marks at all, so a missing one says nothing."""
    a, b = fold(one), fold(other)
    if one == other:
        return 1.0
    if a == b:
        return LIKENESS["unmarked"] if free else _by_marks(one, other)
    if _i_for_y(one) == _i_for_y(other):
        return LIKENESS["sound"]
    share = (1 - edits(a, b) / max(len(a), len(b))) * LIKENESS["near"]
    return share if share >= LIKENESS["near_least"] else 0.0


def _by_marks(one: str, other: str) -> float:
    """Two words of the same plain letters, both in names with marks."""
    (a, tone), (b, tone_b) = letters_and_tone(one), letters_and_tone(other)
    if a == b and {tone, tone_b} == _HOOK_AND_TILDE:
        return LIKENESS["question"]
    if a == b:
        return LIKENESS["tone" if tone and tone_b else "level"]
    if tone == tone_b and a.replace("đ", "d") == b.replace("đ", "d"):
        return LIKENESS["d"]
    lost = fold(one) in (one, other) or (tone == tone_b and _left_out(a, b))
    return LIKENESS["lost" if lost else "letters"]


def _left_out(one: str, other: str) -> bool:
    """Whether the letters differ only in marks that one of the two leaves out: duơng and dương."""
    return all(x == y or x.isascii() or y.isascii() for x, y in zip(one, other, strict=True))


def _i_for_y(word: str) -> tuple[str, str]:
    letters, tone = letters_and_tone(word)
    return letters.replace("y", "i"), tone


def edits(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour until one word is the other."""
    above: list[int] = []
    last = list(range(len(other) + 1))
    for i, x in enumerate(one, 1):
        row = [i]
        for j, y in enumerate(other, 1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (x != y)))
            if i > 1 and j > 1 and x == other[j - 2] and y == one[i - 2]:
                row[j] = min(row[j], above[j - 2] + 1)
        above, last = last, row
    return last[-1]
