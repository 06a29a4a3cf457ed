"""How places are typed: type words and their short forms, marks, and names made comparable."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from casework.vietnamese import fold, nfc_clean

TONES = "\u0300\u0309\u0303\u0301\u0323"
APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u02bc`\u00b4"))
# Type words and how officers shorten them, the longer word first.
TYPE_WORDS = {
    "province": {"thanh_pho": ("thành phố", r"t\.?p"), "tinh": ("tỉnh", "t")},
    "district": {
        "thi_xa": ("thị xã", r"t\.?x"),
        "thanh_pho": ("thành phố", r"t\.?p"),
        "quan": ("quận", "q"),
        "huyen": ("huyện", "h"),
    },
    "commune": {
        "thi_tran": ("thị trấn", r"t\.?t"),
        "dac_khu": ("đặc khu", r"đ\.?k"),
        "phuong": ("phường", "p"),
        "xa": ("xã", "x"),
    },
}


@lru_cache(maxsize=20_000)
def search_key(text: str) -> str:
    """A name for comparison: no marks, case, spaces or signs; 05 as 5; y as i where they sound alike."""
    words = re.sub(r"\b(qu|[bcdghklmnprstvx]*)y\b", r"\1i", fold(text.translate(APOSTROPHES)))
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[^a-z0-9]", "", words))


def spelling(text: str) -> str:
    """A name with its marks, wherever the tone sits (hòa and hoà are one), without case and signs."""
    plain = nfc_clean(text).lower().translate(APOSTROPHES)
    return "".join(map(_tone_last, re.findall(r"[^\W_]+", plain)))


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in letters if c in TONES)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONES)) + tones


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand what was typed: with the first word as type, or as part of the name.

    `strict`: the name must have just this spelling.
    """

    type: str
    key: str
    spelling: str
    strict: bool = False


def _pattern(word: str, short: str) -> re.Pattern[str]:
    """A type word in full, without marks, or shortened ("X.", "P5", "t.x "), before a name."""
    kind = rf"(?:(?P<full>{word})|{fold(word)}|{short}(?=[.\s\d]))"
    return re.compile(rf"{kind}[.\s]*(?P<name>(?<=[.\s])\S.*|\d.*)")


_PATTERNS = {level: {kind: _pattern(*words) for kind, words in kinds.items()} for level, kinds in TYPE_WORDS.items()}


def read_place(text: str | None, level: str) -> tuple[Reading, ...]:
    """The readings of a typed place; none of a blank one. `level`: "province", "district" or "commune"."""
    plain = nfc_clean(text or "").lower()
    whole = Reading("", search_key(plain), spelling(plain))
    for kind, pattern in _PATTERNS[level].items():
        if found := pattern.fullmatch(plain):
            typed = Reading(kind, search_key(found["name"]), spelling(found["name"]))
            # "phuong mai" may be Phương Mai; "phường mai" is not, but "phường đúc" is a name as a whole.
            return typed, replace(whole, strict=bool(found["full"]) and not found["full"].isascii())
    return (whole,) if whole.key else ()
