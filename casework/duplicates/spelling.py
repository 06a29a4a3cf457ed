"""A name as it was typed, read word by word: marks, Telex keys left in it, words that every group is called."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from casework.duplicates.weights import COMMON_WORDS
from casework.programme.roster.text import fold, place_tones, tidy

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
TONE_MARKS = frozenset(_TONES.values())
# No Vietnamese syllable has one of these letters after its vowel, so there it is a key of the tone.
_TONE_KEY = re.compile(r"([a-z]*?[aeiouy][a-z]*?)([fsrxj])([a-z]*)")
_LETTER_KEYS = re.compile("uwow|uow|aa|aw|ee|oo|ow|uw|dd")
_LETTERS = {"aa": "â", "aw": "ă", "ee": "ê", "oo": "ô", "ow": "ơ", "uw": "ư", "dd": "đ", "uow": "ươ", "uwow": "ươ"}
_VOWELS = re.compile(r"(?:^qu|^gi(?=[aăâeêioôơuưy])|[^aăâeêioôơuưy]*)([aăâeêioôơuưy]+)(.*)")


@dataclass(frozen=True)
class Name:
    """The words of a name in lower case with their marks, and the same without marks."""

    words: tuple[str, ...]
    plain: tuple[str, ...]

    @property
    def marked(self) -> bool:
        """Whether any mark was typed."""
        return self.words != self.plain

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in the name, leading zeros apart: group 1 is not group 2."""
        return frozenset(word.lstrip("0") for word in self.words if word.isdecimal())


def _name(words: tuple[str, ...]) -> Name:
    return Name(words, tuple(fold(word) for word in words))


@lru_cache(maxsize=65536)
def name_of(text: str) -> Name:
    """A person's name: its words in NFC, in one style of tone marks, without signs between them."""
    return _name(tuple(_WORD.findall(tidy(text).lower().translate(_APOSTROPHES))))


@lru_cache(maxsize=65536)
def core_of(text: str) -> Name:
    """The part of a group's name that tells groups apart: without legal form and common words.

    A name of common words alone stays whole.
    """
    name = name_of(text)
    dropped = _common(name.plain)
    kept = tuple(word for number, word in enumerate(name.words) if number not in dropped)
    return _name(kept) if kept else name


def _common(plain: tuple[str, ...]) -> set[int]:
    """The places of the words that belong to a common phrase."""
    dropped: set[int] = set()
    for phrase in COMMON_WORDS:
        for start in range(len(plain) - len(phrase) + 1):
            places = range(start, start + len(phrase))
            if plain[start : start + len(phrase)] == phrase and dropped.isdisjoint(places):
                dropped.update(places)
    return dropped


def from_telex(name: Name) -> Name:
    """The name as it would read had the keyboard been on: nguyeenx → nguyễn. The same when there are no such keys."""
    return _name(tuple(_word_from_telex(word) for word in name.words))


@lru_cache(maxsize=65536)
def _word_from_telex(word: str) -> str:
    if not (word.isascii() and word.isalpha()):
        return word
    keyed = _TONE_KEY.fullmatch(word)
    head, key, tail = keyed.groups() if keyed else (word, "", "")
    letters = _LETTER_KEYS.sub(lambda found: _LETTERS[found[0]], head + tail)
    return _with_tone(letters, _TONES.get(key, "")) or word


def _with_tone(word: str, tone: str) -> str:
    """The syllable with its tone on the vowel that carries it; "" for what is no syllable."""
    parts = _VOWELS.fullmatch(word)
    if not tone or not parts:
        return word if parts else ""
    vowels, end, first = parts[1], parts[2], parts.start(1)
    own = [number for number, vowel in enumerate(vowels) if not vowel.isascii()]
    place = own[-1] if own else len(vowels) - (2 if not end and len(vowels) > 1 else 1)
    toned = vowels[: place + 1] + tone + vowels[place + 1 :]
    return place_tones(unicodedata.normalize("NFC", word[:first] + toned + end))


def letters_and_tone(word: str) -> tuple[str, str]:
    """A word without its tone, and the tone alone ("" for the level one): đường → (đương, huyền)."""
    parts = unicodedata.normalize("NFD", word)
    letters = "".join(c for c in parts if c not in TONE_MARKS)
    return unicodedata.normalize("NFC", letters), "".join(c for c in parts if c in TONE_MARKS)
