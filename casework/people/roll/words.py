"""Words with a fixed meaning: sex, kind of member, office, what is contributed, household or body."""

import re

from casework.programme.roster.figures import DASHES, NOTHING
from casework.programme.roster.grid import Cell, as_typed
from casework.programme.roster.model import EMPTY, Problem, Reading, problem
from casework.programme.roster.text import fold, phrase, tidy

_SEXES = {
    **dict.fromkeys(("nu", "phu nu", "nu gioi", "female", "f", "ba", "chi", "co"), "female"),
    **dict.fromkeys(("nam", "nam gioi", "male", "m", "ong", "anh"), "male"),
}
_MARKS = frozenset({"x", "v", "co", "1", "\u2713", "\u2714", "\u221a", "+", "*"})
TITLES = {"ba": "female", "chi": "female", "co": "female", "ong": "male", "anh": "male", "chu": "male"}

_OFFICES = (
    ("deputy_director", r"pho (?:tong )?giam doc|pgd"),
    ("director", r"(?:tong )?giam doc|chu nhiem|gd"),
    ("board_chair", r"chu tich(?: (?:hdqt|hoi dong quan tri|htx))?|ct hdqt|cthdqt"),
    ("board_member", r"(?:thanh vien|tv|uy vien|pho chu tich) (?:hdqt|hoi dong quan tri)|tv hdqt|hdqt"),
    ("supervisory_head", r"truong (?:bks|ban kiem soat)"),
    ("supervisory_member", r"(?:thanh vien|tv|uy vien) (?:bks|ban kiem soat)|bks"),
    ("controller", r"kiem soat vien|ksv"),
    ("chief_accountant", r"ke toan truong|ktt"),
    ("treasurer", r"thu quy"),
)
_NO_OFFICE = re.compile(
    r"(?:thanh vien|tv|xa vien|to vien|hoi vien)(?: (?:chinh thuc|lien ket|sang lap|htx|nong dan))*"
)
_BETWEEN_OFFICES = re.compile(r"\s*(?:[,;/+&\-\n]|\bkiem\b|\bkiêm\b|\bvà\b|\bva\b)\s*", re.IGNORECASE)

_CASH = r"tien mat|tien gui|chuyen khoan|tien vnd|tien viet nam|vnd|tien|dong viet nam|bang tien"
_ASSETS = (
    ("land_use", r"quyen su dung dat|qsdd|qsd dat|dat|ruong|mat bang"),
    ("gold", r"vang"),
    ("currency", r"ngoai te|usd|do la"),
    ("intellectual", r"sang che|nhan hieu|so huu tri tue|cong nghe|bi quyet|ban quyen"),
)

_BODIES = (
    ("household", r"ho gia dinh|ho kinh doanh|ho ong|ho ba|ho chi|ho anh|ho nong dan|ho"),
    ("group", r"to hop tac|tht|to lien ket|to san xuat|nhom|chi hoi|hoi"),
    ("cooperative", r"htx|hop tac xa"),
    ("legal_person", r"cong ty|cty|doanh nghiep|dntn|cong ti|trung tam"),
)
# "Hồ" and "Quý" are names of people: words that are also names count only with their own marks.
_MARKED = {
    "household": re.compile(r"hộ\b", re.IGNORECASE),
    "group": re.compile(r"tổ|tht|nhóm|chi hội|hội", re.IGNORECASE),
}


def parse_sex(cell: Cell) -> Reading:
    """Either female or male."""
    said = phrase(as_typed(cell) or "")
    if said in _SEXES:
        return Reading(_SEXES[said])
    return EMPTY if fold(as_typed(cell) or "") in DASHES else problem("sex_not_understood")


def is_marked(cell: Cell) -> bool:
    """True for a cell that is ticked: x, v, 1 …"""
    return fold(as_typed(cell) or "") in _MARKS


def kind_in(text: str) -> str:
    """The kind of member that a text names anywhere in it; "" when none, "assoc" when it stays open which."""
    said = f" {phrase(text)} "
    if re.search(r" (?:khong|ko|k) (?:co )?(?:gop|von) | lkkgv | tvlkkgv | lkkg ", said):
        return "assoc_noncapital"
    if re.search(r" lien ket (?:co )?(?:gop|von) | lkgv | tvlkgv | lk gop von ", said):
        return "assoc_capital"
    if re.search(r" chinh thuc | tvct | ct ", said):
        return "official"
    return "assoc" if re.search(r" lien ket | tvlk | lk ", said) else ""


def parse_kind(cell: Cell) -> Reading:
    """A kind of member. "Liên kết" alone leaves open which of two is meant, and is refused."""
    typed = as_typed(cell) or ""
    if fold(typed) in DASHES:
        return EMPTY
    kind = kind_in(typed)
    if not kind:
        return problem("kind_not_understood")
    return problem("kind_unclear") if kind == "assoc" else Reading(kind)


def parse_offices(cell: Cell) -> Reading:
    """The offices of a cell such as "Chủ tịch HĐQT kiêm Giám đốc", as a tuple; others are named, not entered."""
    typed = tidy(as_typed(cell) or "")
    if fold(typed) in DASHES or fold(typed) in NOTHING:
        return EMPTY
    found, unknown = [], []
    for part in filter(None, _BETWEEN_OFFICES.split(typed)):
        office = _office(phrase(part))
        if office:
            found.append(office)
        elif not _NO_OFFICE.fullmatch(phrase(part)):
            unknown.append(part)
    said = (Problem("office_not_known", {"typed": ", ".join(unknown)[:200]}),) if unknown else ()
    return Reading(tuple(dict.fromkeys(found)), said)


def _office(said: str) -> str:
    """An office by its whole name, with the cooperative behind it or not ("Giám đốc HTX Hoa Sen")."""
    bare = re.sub(r" (?:htx|hop tac xa)(?: .*)?$", "", said)
    return next((office for office, words in _OFFICES if re.fullmatch(words, bare)), "")


def asset_kind(text: str) -> str:
    """The kind of a contributed asset; "" when the text names only money."""
    said = phrase(text)
    for kind, words in _ASSETS:
        if re.search(rf"\b(?:{words})\b", said):
            return kind
    rest = re.sub(rf"\b(?:{_CASH}|gop|von|bang|tu co|va|hoac)\b", " ", said)
    return "other" if rest.split() else ""


def names_money(text: str) -> bool:
    """True when a text names money, alone or beside an asset."""
    return re.search(rf"\b(?:{_CASH})\b", phrase(text)) is not None


def body_in(name: str) -> str:
    """What a name of a household, group or legal person stands for; "" for the name of a person."""
    text = tidy(name)
    said = phrase(text)
    for nature, words in _BODIES:
        if re.match(rf"(?:{words})(?: |$)", said):
            marked = _MARKED.get(nature)
            return nature if marked is None or marked.match(text) else ""
    return ""
