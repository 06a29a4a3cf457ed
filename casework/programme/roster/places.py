"""Places as typed: X. Minh Hoà · TT.Phước  Dân · "xã A, huyện B, tỉnh C" in one cell · section lines."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from casework.programme.roster.figures import DASHES
from casework.programme.roster.provinces import CITIES, known_province
from casework.programme.roster.text import fold, sentence_case_name, tidy

COMMUNE, DISTRICT, PROVINCE, ADDRESS = "commune", "district", "province", "address"
_CAPITAL = "A-ZÀ-ỴĐƠƯĂÂÊÔ0-9"

_KINDS = (
    (COMMUNE, "đặc khu", r"đặc khu|dac khu", r"đk"),
    (COMMUNE, "thị trấn", r"thị trấn|thi tran", r"tt|t\.t"),
    (COMMUNE, "phường", r"phường|phuong", r"p"),
    (DISTRICT, "thị xã", r"thị xã|thi xa", r"tx|t\.x"),
    (DISTRICT, "thành phố", r"thành phố|thanh pho|t\.phố", r"tp|t\.p"),
    (DISTRICT, "huyện", r"huyện đảo|huyện|huyen", r"h"),
    (DISTRICT, "quận", r"quận|quan(?= \d)", r"q"),
    (COMMUNE, "xã", r"xã|xa", r"x"),
    (PROVINCE, "tỉnh", r"tỉnh|tinh", r"t"),
)


def _pattern(full: str, short: str) -> re.Pattern[str]:
    """The full word, the short form with its dot, or in capitals before a capital ("X Minh Hòa", "P5")."""
    upper = short.replace(r"\.", "").upper()
    loose = rf"(?-i:(?:{upper}|{upper.capitalize()})(?:\s+(?=[{_CAPITAL}])|(?=\d)))"
    return re.compile(
        rf"(?:(?:{full})(?:\s*[.:]\s*|\s+)|(?:{short})\s*\.\s*|{loose}|(?:{short})\s+(?-i:(?=[{_CAPITAL}])))",
        re.IGNORECASE,
    )


_TYPED = tuple((level, kind, _pattern(full, short)) for level, kind, full, short in _KINDS)
_DETAIL = re.compile(
    r"^(?:thon|xom|ap|ban|lang|tdp|to dan pho|khu|khom|khoi|buon|bon|plei|plây|so|duong|quoc lo|ql|km|ngo|ngach|"
    r"to|cum|tieu khu)(?![a-z])|^\d"
)
_NUMBERING = re.compile(r"^\s*(?:\(?(?:[IVXLC]+|[A-Za-z]|\d{1,3}(?:\.\d{1,2})*)\s*[.)/:\-]+|[*+\-\u2022]+)\s*")
_SECTION_LEAD = re.compile(
    r"^(?:(?:các|cac)\s+(?:htx|tht|hợp tác xã|đơn vị|mô hình)[^,:]*?\s+)?(?:thuộc|địa bàn|trên địa bàn|dia ban|"
    r"khu vực|tại)\s+"
    r"(?:địa bàn\s+)?",
    re.IGNORECASE,
)
_PROVINCE_LEAD = re.compile(r"^(?:tỉnh|tinh|t\.)\s*", re.IGNORECASE)
_SECTION_TAIL = re.compile(r"\s*(?:[:;]|\(|\s-\s|\s\d+\s*(?:htx|tht|đơn vị|mô hình)).*$|[.\s]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlacePart:
    """One place with its level; `kind` None when typed without xã, huyện …"""

    level: str
    kind: str | None
    name: str


@dataclass(slots=True)
class Place:
    """What a row says about where: at most one part per level, and the hamlet or street left over."""

    parts: dict[str, PlacePart] = field(default_factory=dict)
    detail: str | None = None

    def as_fields(self) -> dict[str, str | None]:
        """The five place fields of a parsed row."""
        return {
            "commune_type": self._kind(COMMUNE),
            "commune_name": self._name(COMMUNE),
            "province": self._name(PROVINCE),
            "district_type": self._kind(DISTRICT),
            "district_name": self._name(DISTRICT),
        }

    def _kind(self, level: str) -> str | None:
        return self.parts[level].kind if level in self.parts else None

    def _name(self, level: str) -> str | None:
        return self.parts[level].name if level in self.parts else None


def _named(level: str, kind: str | None, name: str) -> PlacePart:
    name = sentence_case_name(name.strip(" .,;:-"))
    if level == PROVINCE:
        return PlacePart(level, kind, known_province(name) or name)
    return PlacePart(level, kind, name)


def typed_part(text: str) -> PlacePart | None:
    """A place that names its type ("H. Xuyên Mộc", "xã Đông"); None when it does not."""
    for level, kind, pattern in _TYPED:
        found = pattern.match(text)
        if found and text[found.end() :].strip(" .,;:-"):
            return _named(level, kind, text[found.end() :])
    return None


def _raised(part: PlacePart, default: str, *, is_last: bool) -> PlacePart:
    """A city is a province in the province column, or as the last part when it is one of the six."""
    if part.kind != "thành phố":
        return part
    province = known_province(part.name)
    if default == PROVINCE or (is_last and default != DISTRICT and province in CITIES):
        return _named(PROVINCE, part.kind, part.name)
    return part


def _pieces(text: str) -> list[str]:
    """The parts of an address; "Bà Rịa - Vũng Tàu" stays whole."""
    pieces = []
    for chunk in re.split(r"\s*[,;\n]\s*", text):
        pieces += _cut(chunk)
    return [piece.strip() for piece in pieces if piece.strip(" .")]


def _cut(chunk: str) -> list[str]:
    """Cuts at " - " and "/", but not inside the name of a province."""
    pieces: list[str] = []
    for piece in re.split(r"\s+[-\u2013\u2014]\s+|(?<=\w)\s*/\s*(?=\w)", chunk):
        joined = f"{pieces[-1]} - {piece}" if pieces else ""
        if pieces and known_province(_PROVINCE_LEAD.sub("", joined)):
            pieces[-1] = joined
        else:
            pieces.append(piece)
    return pieces


def _free_level(taken: dict[str, PlacePart], wanted: str) -> str | None:
    order = [COMMUNE, DISTRICT, PROVINCE]
    return next((level for level in order[order.index(wanted) :] if level not in taken), None)


def _untyped(pieces: list[str], place: Place, default: str) -> None:
    """Gives parts without a type the level of the column, then the levels above it, from left to right."""
    wanted = default
    for piece in pieces:
        level = _free_level(place.parts, wanted)
        if level is None:
            place.detail = ", ".join(filter(None, (place.detail, piece)))
            continue
        place.parts[level] = _named(level, None, piece)
        wanted = level


@lru_cache(maxsize=65536, typed=True)
def parse_place(cell: object, default: str) -> Place:
    """The place a cell names; `default` is the level of its column, or "address" for all levels in one cell.

    Rows share the result for equal cells: read it, never change it.
    """
    place = Place()
    in_one_cell, default = default == ADDRESS, COMMUNE if default == ADDRESS else default
    text = tidy(cell.replace("\n", ", ")) if isinstance(cell, str) else ""
    if fold(text) in DASHES:
        return place
    pieces = _pieces(text)
    rest: list[str] = []
    for index, piece in enumerate(pieces):
        is_last = index == len(pieces) - 1
        part = typed_part(piece)
        if part is None and is_last and (in_one_cell or len(pieces) > 1) and known_province(piece):
            part = _named(PROVINCE, None, piece)
        if part is None and len(pieces) > 1 and _DETAIL.match(fold(piece)):
            place.detail = ", ".join(filter(None, (place.detail, piece)))
            continue
        part = part and _raised(part, default, is_last=is_last)
        if part is None or part.level in place.parts:
            rest.append(piece)
        else:
            place.parts[part.level] = part
    _untyped(rest, place, default)
    return place


def unnumbered(text: str) -> str:
    """A section line without its "I.", "A)", "2.1."."""
    return _NUMBERING.sub("", text, count=1).strip()


def section_place(text: str) -> PlacePart | None:
    """The place a section line stands for ("II. HUYỆN TRI TÔN", "An Giang"), or None."""
    title = _SECTION_LEAD.sub("", unnumbered(tidy(text)))
    whole = known_province(_PROVINCE_LEAD.sub("", title))
    if whole:
        return PlacePart(PROVINCE, None, whole)
    title = _SECTION_TAIL.sub("", title).strip()
    if title.isupper() or title.islower():
        title = sentence_case_name(title.upper())
    if not title or len(title) > 60 or "," in title:
        return None
    province = known_province(title)
    if province:
        return PlacePart(PROVINCE, None, province)
    part = typed_part(title)
    if part and part.kind == "thành phố" and known_province(part.name) in CITIES:
        return _named(PROVINCE, part.kind, part.name)
    return part
