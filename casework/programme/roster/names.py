"""Names of bodies: written out, and cut down to what tells one from another."""

import re
from dataclasses import dataclass
from functools import lru_cache

from casework.programme.roster.legal_forms import without_form
from casework.programme.roster.text import fold, phrase, tidy

_WRITTEN_OUT = {
    "LHHTX": "Liên hiệp HTX",
    "HTXDVNN": "HTX Dịch vụ Nông nghiệp",
    "HTXNN": "HTX Nông nghiệp",
    "TLK": "Tổ liên kết",
    "Tổ LK": "Tổ liên kết",
    "DVNN": "Dịch vụ Nông nghiệp",
    "DVTH": "Dịch vụ tổng hợp",
    "NLN": "Nông lâm nghiệp",
    "NN": "Nông nghiệp",
    "DV": "Dịch vụ",
    "SXKD": "Sản xuất kinh doanh",
    "SX": "Sản xuất",
    "TM": "Thương mại",
    "KD": "Kinh doanh",
    "XD": "Xây dựng",
    "TTCN": "Tiểu thủ công nghiệp",
    "TCMN": "Thủ công mỹ nghệ",
    "CB": "Chế biến",
    "PN": "phụ nữ",
}
_SHORT = re.compile(rf"(?<!\w)(?:{'|'.join(_WRITTEN_OUT)})(?!\w)")
_PLACE_WORDS = (
    "thi tran",
    "thi xa",
    "thanh pho",
    "xa",
    "phuong",
    "tt",
    "huyen",
    "quan",
    "tx",
    "tp",
    "tinh",
    "x",
    "p",
    "h",
)
# With marks: "bản" is a hamlet, "bản địa" is not; without marks nobody can tell.
_HAMLET = re.compile(
    r"(?<!\w)(?:thôn|xóm|ấp|bản(?! (?:địa|sắc))|làng(?! nghề)|tdp|tổ dân phố|khu phố|khóm|buôn|bon|plei) "
    r"((?:\w+ ?){1,3})$"
)
_WOMEN_LED = re.compile(
    r"\b(?:do )?(?:phu nu|pn|nu|hoi vien(?: phu nu)?|chi em)(?: (?:tham gia|cung))?"
    r"(?: (?:quan ly|lam chu|dieu hanh))+|\b(?:do )?(?:phu nu|pn)\b"
)
_FILLERS = frozenset(re.findall(r"\w+", "va cua cac cho tai o do voi trong tren dia ban cooperative coop"))
# What many bodies are called: alone it identifies nobody. Phrases, for "An Toàn" and "Toàn Thương" are names.
_COMMON = re.compile(
    r"\b(?:nong (?:lam )?nghiep|lam nghiep|ngu nghiep|phi nong nghiep|nong san|nong duoc|dich vu|san xuat|thuong mai|"
    r"kinh doanh|tong hop|che bien|chan nuoi|trong trot|thuy san|hai san|thuy hai san|xuat khau|an toan|huu co|"
    r"rau sach|nong san sach|tho cam|det|may mac|may gia cong|gia cong|thu cong|my nghe|may tre|tre dan|may|tre|dan|"
    r"du lich|cong dong|sinh thai|ban dia|trong|nuoi|sach|xanh|moi|thuc pham|duoc lieu|cay giong|cac mat hang)\b"
)


@lru_cache(maxsize=65536)
def write_out(name: str) -> str:
    """The name with its abbreviations written out; HTX and THT, capitals and other words as typed."""
    text = _SHORT.sub(lambda found: _WRITTEN_OUT[found[0]], tidy(name))
    return text[:1].upper() + text[1:]


_LENDER = re.compile(r"(?<!\w)NH(?=\s|CSXH|NN|TM|CP|[A-ZĐ][a-zà-ỹ]|$)\s*")


def write_out_lender(name: str) -> str:
    """NH CSXH huyện → Ngân hàng CSXH huyện; other words as typed."""
    return _LENDER.sub("Ngân hàng ", tidy(name)).strip()


@dataclass(frozen=True, slots=True)
class NameKey:
    """A name for comparing: all its words, the words without places, those few bodies share, hamlet, numbers."""

    whole: tuple[str, ...]
    core: frozenset[str]
    telling: frozenset[str]
    hamlet: str | None
    digits: frozenset[str]


def _without_place(text: str, place: str) -> str:
    """The words of a name without the place and the word that types it ("xa yen dinh")."""
    padded = f" {text} "
    for lead in _PLACE_WORDS:
        padded = padded.replace(f" {lead} {place} ", " ")
    return padded.replace(f" {place} ", " ").strip()


@lru_cache(maxsize=65536)
def name_key(name: str, *places: str) -> NameKey:
    """The key of a name; `places` are the commune, district and province of its row."""
    marked = write_out(name).lower()
    hamlet = _HAMLET.search(marked)
    written = phrase(without_form(marked))
    rest = phrase(without_form(marked[: hamlet.start()])) if hamlet else written
    rest = _WOMEN_LED.sub(" ", rest)
    for place in places:
        rest = _without_place(rest, phrase(place))
    fillers = _FILLERS | {"xa", "phuong", "huyen", "tinh"}
    return NameKey(
        whole=tuple(sorted(word for word in written.split() if word not in _FILLERS)),
        core=frozenset(rest.split()) - fillers,
        telling=frozenset(_COMMON.sub(" ", rest).split()) - fillers,
        hamlet=phrase(hamlet[1]) if hamlet else None,
        digits=frozenset(re.findall(r"\d+", written)),
    )


def is_bare_form(name: str) -> bool:
    """True for "HTX" or "Tổ hợp tác" with nothing that names the body."""
    return not re.search(r"[a-z0-9]", without_form(fold(name)))
