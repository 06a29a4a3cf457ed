"""HTX, THT, liên hiệp HTX and what is none of them (tổ liên kết), from the form column or the name."""

import re
from functools import lru_cache

from casework.programme.roster.figures import DASHES
from casework.programme.roster.model import Reading, problem
from casework.programme.roster.text import fold, phrase

HTX, THT, TLK, UNION = "HTX", "THT", "TLK", "LHHTX"

# Longest first: "liên hiệp hợp tác xã" is no "hợp tác xã", "tổ hợp tác" is no plain "tổ".
_WORDS = (
    (UNION, r"lien hiep (?:hop tac xa|htx)|lh ?htx|lhhtx|lien hiep"),
    (HTX, r"hop tac xa|h\.? ?t\.? ?x\.?(?=nn|dv|$|[^a-z])"),
    (THT, r"to hop tac|to ht|t\.? ?h\.? ?t\.?(?![a-z])"),
    (TLK, r"to (?:phu nu )?lien ket|to (?:phu nu )?lk|t\.? ?l\.? ?k\.?(?![a-z])"),
)
_PATTERNS = tuple((form, re.compile(rf"(?<![a-z])(?:{words})")) for form, words in _WORDS)
_BOTH = re.compile(r"^(?:htx|hop tac xa)\s*(?:/|,|hoac|hay|va|-|&)\s*(?:tht|to hop tac)(?![a-z])|^tht\s*/\s*htx")
_PLAIN_GROUP = re.compile(r"^(?:to|nhom)(?: (?!truong)[a-z]| ?$)")
_OUTSIDE = re.compile(
    r"^(?:doanh nghiep|dn|dntn|cong ty|cty|ho kinh doanh|hkd|ho gia dinh|clb|cau lac bo|chi hoi|"
    r"trang trai|hoi quan|mo hinh|co so|to chuc|quy|ho)(?![a-z])"
)
_PREFIX = re.compile(
    r"^(?:lien hiep (?:hop tac xa|htx)|hop tac xa|to hop tac|to (?:phu nu )?lien ket|lhhtx|htx|tht|"
    r"tlk)(?![a-z])[ .:/-]*"
)
_HEADING_TAIL = re.compile(
    r"^(?:nong nghiep|phi nong nghiep|dich vu|nn|moi|moi thanh lap|thanh lap moi|cung co|dang hoat dong|"
    r"do (?:phu nu|pn|nu).*|nam \d{4}|\d* ?(?:htx|tht|don vi|mo hinh)?)?$"
)


def _first_form(folded: str, *, at_start: bool) -> str | None:
    hits = [(found.start(), form) for form, pattern in _PATTERNS if (found := pattern.search(folded))]
    if at_start:
        hits = [hit for hit in hits if hit[0] == 0]
    return min(hits, key=lambda hit: hit[0])[1] if hits else None


@lru_cache(maxsize=65536)
def has_both_forms(text: str) -> bool:
    """True for "HTX/THT …": the officer did not decide."""
    return _BOTH.match(fold(text)) is not None


@lru_cache(maxsize=65536)
def starts_with_form(text: str) -> bool:
    """True for a name that begins with HTX, THT, tổ liên kết … in words or short."""
    return _first_form(fold(text), at_start=True) is not None


@lru_cache(maxsize=65536)
def without_form(text: str) -> str:
    """The folded name without its leading legal form words ("htx/tht ca phe" → "ca phe")."""
    rest, before = fold(text), None
    while rest != before:
        before, rest = rest, _PREFIX.sub("", rest)
    return rest


def form_heading(text: str) -> str | None:
    """The legal form a section line stands for ("A. HỢP TÁC XÃ"), None for any other line."""
    folded = phrase(text)
    form = _first_form(folded, at_start=True)
    return form if form and _HEADING_TAIL.match(without_form(folded)) else None


@lru_cache(maxsize=65536)
def _from_name(name: str) -> tuple[str | None, bool]:
    """(form, outside): form HTX/THT/TLK/LHHTX or None; outside = clearly another kind of body."""
    folded = fold(name)
    if has_both_forms(folded):
        return None, False
    form = _first_form(folded, at_start=True)
    if form is None and _PLAIN_GROUP.match(folded):
        form = TLK
    if form is None:
        form = _first_form(folded, at_start=False) if folded.startswith("mo hinh") else None
    return form, form is None and bool(_OUTSIDE.match(folded))


def _judged(form: str | None, *, outside: bool) -> Reading:
    if form == TLK:
        return problem("legal_form_out_of_scope", TLK)
    if form:
        return Reading(form)
    return problem("other_body_out_of_scope") if outside else problem("legal_form_missing")


def parse_form(cell: object, name: str, section_form: str | None) -> Reading:
    """The legal form: what the form column says, else the name, else the section above.

    TLK (tổ liên kết) is kept and warned of; a missing or undecided form is None with a warning.
    """
    named, outside = _from_name(name)
    typed = fold(cell) if isinstance(cell, str) else ""
    if typed in DASHES:
        if named is None and not outside and not has_both_forms(name):
            named = section_form
        return _judged(named, outside=outside)
    if has_both_forms(typed):
        return problem("legal_form_missing")
    form = _first_form(typed, at_start=False) or (TLK if _PLAIN_GROUP.match(typed) else None)
    if form is None:
        known_outside = bool(_OUTSIDE.match(typed))
        return problem("other_body_out_of_scope") if known_outside else problem("legal_form_unknown", named)
    if named and named != form:
        return problem("legal_form_conflict", form, form=form, named=named)
    return _judged(form, outside=False)
