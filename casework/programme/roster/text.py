"""Vietnamese as officers type it: composed, spaced, compared without marks, tone marks in one style."""

import re
import unicodedata
from functools import lru_cache

# Characters that show nothing and only break comparisons: zero width, soft hyphen, byte order mark, controls.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]|_x000[dD]_")
# Eth and African D look like Đ and are typed by wrong keyboard drivers.
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"


def _folding() -> dict[int, str]:
    """Every Latin letter without its marks, đ as d, every dash as "-"; marks standing alone vanish.

    ASCII is in the table as well: a hit is faster than a miss, and this runs for every cell.
    """
    table = {ord(one): "-" for one in _DASHES} | dict.fromkeys(range(0x300, 0x370), "")
    for code in (*range(0x80), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        parts = unicodedata.normalize("NFD", chr(code).lower())
        table[code] = "".join(one for one in parts if not unicodedata.combining(one))
    return table | dict.fromkeys(map(ord, "đĐðÐɖƉ"), "d")


_FOLDED = _folding()

_LETTER = "A-Za-zÀ-ỹ"
_TONES = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.ASCII)


def _tone_pairs() -> dict[str, str]:
    """oà → òa for the three open vowel pairs, all tones, all capitalisations."""
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for one in (first, first.upper()):
            for two in (second, second.upper()):
                for tone in _TONES:
                    new = unicodedata.normalize("NFC", two + tone)
                    old = unicodedata.normalize("NFC", one + tone)
                    pairs[one + new] = old + two
    return pairs


_PAIRS = _tone_pairs()
# After "q" the u belongs to the consonant (quý, quà): nothing moves. Before a letter the syllable is
# closed (hoàn, xoài, huyện): the mark is where both styles put it.
_NEW_STYLE = re.compile(rf"(?<![qQ])({'|'.join(_PAIRS)})(?![{_LETTER}])")


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """NFC, every kind of space as one plain space, invisible characters removed, trimmed."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join(_INVISIBLE.sub("", composed).split())


def place_tones(text: str) -> str:
    """Tone marks in the hòa/thủy style (not hoà/thuỷ); expects NFC; doing it twice changes nothing."""
    return _NEW_STYLE.sub(lambda found: _PAIRS[found[1]], text)


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """The text as it is kept: `clean`, look-alike letters repaired, tone marks in one style."""
    return place_tones(clean(text).translate(_LOOKALIKES))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """For comparing: lower case without marks, đ as d, dashes as '-', single spaces."""
    return clean(text).lower().translate(_FOLDED)


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, without punctuation."""
    return tuple(re.findall(r"[a-z0-9]+", fold(text)))


@lru_cache(maxsize=65536)
def phrase(text: str) -> str:
    """The folded words joined by single spaces: what header words are compared with."""
    return " ".join(words(text))


def is_roman(text: str) -> bool:
    """True for I, II … XCIX in capitals."""
    return bool(text) and _ROMAN.fullmatch(text) is not None


def sentence_case_name(name: str) -> str:
    """A place name typed in capitals gets one capital per word; any other name stays as typed."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 2 or not all(c.isupper() for c in letters):
        return name
    return re.sub(rf"[{_LETTER}Đđ]+", lambda word: word[0].capitalize(), name)
