"""How officers head their columns, as data: the first rule that fits decides.

Patterns see folded words joined by single spaces ("Xã, P, TT" → "xa p tt"). `leaf` is the lowest header
cell of the column, `path` all its header cells from top to bottom. A field beginning with "extra" is
known but has no field in the register: it is kept by its header.
"""

import re
from typing import NamedTuple


class Rule(NamedTuple):
    """One way to head a column: every pattern given must be found, `without` must not be."""

    field: str
    leaf: re.Pattern[str] | None = None
    path: re.Pattern[str] | None = None
    without: re.Pattern[str] | None = None


def rule(field: str, *, leaf: str = "", path: str = "", without: str = "") -> Rule:
    """A rule from alternatives separated by "|": whole words, or from the beginning with "^"."""

    def compiled(words: str) -> re.Pattern[str] | None:
        return re.compile(rf"\b(?:{words})\b" if words[0] != "^" else words) if words else None

    return Rule(field, compiled(leaf), compiled(path), compiled(without))


_WOMEN = r"nu|phu nu|pn|chi em"
_MEMBERS = r"thanh vien|xa vien|to vien|tv|hoi vien|nguoi tham gia|ho tham gia"
_JOBS = r"lao dong|ld|viec lam|vl|nhan cong|cong nhan"
_LOAN = r"vay|du no|tin dung|no vay"
_SUM = r"so tien|so von|muc|gia tri|tong|kinh phi|kp|von|trieu|dong|tien|du no|trd|vnd|khong hoan lai|khl"
_BODY = (
    r"htx|hop tac xa|tht|to hop tac|don vi|to chuc|mo hinh|co so|goi|day du|tieng viet|phap nhan|doanh nghiep|lien hiep"
)
_ETHNIC = r"dtts|dan toc|dan toc thieu so|nguoi dan toc|dong bao"

RULES = (
    rule("stt", leaf=r"^(?:stt|tt|so tt|so thu tu|thu tu|st t|no|#)$"),
    rule("extra_phone", leaf=r"dien thoai|sdt|so dt|di dong|hotline|so lien he|zalo"),
    rule(
        "extra_id",
        leaf=r"ma so|mst|ma htx|ma don vi|cccd|cmnd|so dinh danh|so gcn|so dkkd|so giay|so quyet dinh|so qd|^noi",
    ),
    rule(
        "extra",
        leaf=r"don vi tinh|dvt|quyet dinh|email|e mail|website|fanpage|facebook|nguon tin|duong dan|link|so nha",
    ),
    rule(
        "extra_person",
        path=r"giam doc|chu nhiem|dai dien|nguoi dung dau|lanh dao|chu tich|to truong|nhom truong|ho ten|ho va "
        r"ten|chuc vu|"
        r"chuc danh|quan tri|hdqt|hoi dong|kiem soat|can bo|nguoi lien he|phu trach|ke toan|sang lap vien",
        without=_MEMBERS,
    ),
    rule("extra_person", leaf=r"hdqt|quan tri|kiem soat|ban giam doc"),
    rule("extra", leaf=r"ty le|phan tram|co so hoi|hoi phu nu|hoi lhpn|hoi lien hiep"),
    rule("note", leaf=r"ghi chu|luu y|nhan xet|gc|chu thich"),
    rule(
        "extra",
        leaf=r"nhu cau|de nghi|de xuat|kien nghi|kho khan|thuan loi|ke hoach|du kien|muc dich|tinh trang|xep "
        r"loai|ket qua",
    ),
    rule(
        "extra",
        path=r"doanh thu|loi nhuan|lai suat|thoi han|han tra|ngay vay|nam vay|thoi gian vay|nop ngan sach|dien "
        r"tich|thue",
    ),
    rule("extra_ocop_count", leaf=r"^(?:so|so luong|sl|tong so) (?:sp|san pham).*ocop", without=r"sao|hang"),
    rule("extra", leaf=r"^ten (?:sp|san pham).*ocop"),
    rule("ocop", path=r"ocop|so sao|hang sao|xep hang sao|^sao$"),
    rule("income", path=r"thu nhap|tnbq|tn bq|tn binh quan|tien luong|luong (?:binh quan|bq|thang)|tien cong"),
    rule("loan", leaf=_SUM, path=_LOAN, without=r"nguon|^ten|don vi cho|noi vay|don vi vay"),
    rule("lender", path=_LOAN, leaf=r"nguon|don vi|noi|ngan hang|nh|to chuc|ben|nha|tctd|ten|quy|cho vay|nguon von"),
    rule("lender", leaf=r"vay (?:tai|cua|tu|o)"),
    rule("lender", leaf=r"ngan hang|nhcsxh|tctd|to chuc tin dung|quy tin dung|ben cho vay"),
    rule(
        "extra",
        path=r"ho tro|tai tro|vien tro",
        leaf=r"don vi|nguon|noi dung|hinh thuc|to chuc|nam|thoi gian|doi tuong|co quan|chuong trinh|de an|ngay",
    ),
    rule("grant", path=r"khong hoan lai|ho tro khl"),
    rule("grant", path=r"ho tro|tai tro|vien tro", leaf=_SUM),
    rule("grant", leaf=r"^(?:duoc |da )?ho tro$|^tai tro$"),
    rule("loan", path=_LOAN),
    rule(
        "cap",
        path=r"von",
        leaf=r"dieu le|gop|dang ky|hoat dong|ban dau|phap dinh|tu co|so huu|tong|von|so tien|chu so huu|co phan|"
        r"san xuat",
        without=r"^nguon",
    ),
    rule("cap", leaf=r"dieu le|gop von|vdl"),
    rule(
        "name",
        leaf=rf"^ten(?: (?:cac|cua))? (?:{_BODY})\b|^ten$|^(?:ten )?(?:htx|hop tac xa)(?: (?:va|hoac|hay))?(?: "
        rf"(?:tht|to hop tac))?"
        r"(?: (?:do|co) (?:phu nu|nu|pn).*)?$|^ten (?:htx|tht|hop tac)",
    ),
    rule(
        "members",
        leaf=rf"^(?:tong |so |tong so |sl )*(?:{_MEMBERS})\b",
        without=rf"\b(?:{_WOMEN}|{_ETHNIC}|ngheo|nam)\b",
    ),
    rule("extra_jobs_minority", path=rf"(?:{_JOBS})\b.*\b(?:{_ETHNIC})|(?:{_ETHNIC})\b.*\b(?:{_JOBS})"),
    rule("jobs_w", path=rf"(?:{_JOBS})\b.*\b(?:{_WOMEN})|(?:{_WOMEN})\b.*\b(?:{_JOBS})"),
    rule("extra_jobs", path=_JOBS),
    rule("extra", leaf=r"ngheo|can ngheo|khuyet tat|dang vien|hoi vien moi|^nam$|nam gioi"),
    rule("extra_women_minority", leaf=rf"(?:{_WOMEN})\b.*\b(?:{_ETHNIC})|(?:{_ETHNIC})\b.*\bnu"),
    rule("em", leaf=_ETHNIC),
    rule(
        "women",
        leaf=_WOMEN,
        without=r"^(?:ten|htx|tht|mo hinh|don vi|do phu nu)|(?<!trong )do (?:phu )?nu|quan ly|lam chu",
    ),
    rule("members", path=_MEMBERS),
    rule("members", leaf=r"^(?:tong )?so nguoi$|^quy mo$"),
    rule(
        "founded",
        path=r"thanh lap|tl|ra mat|ra doi|ngay thang nam|khai truong",
        without=r"kinh phi|so tien|nguon|so qd|^noi",
    ),
    rule("founded", leaf=r"ngay cap|ngay dang ky|ngay dkkd|nam dang ky|nam hoat dong|bat dau hoat dong|^nam$|^ngay$"),
    rule("products", leaf=r"loai hinh (?:hoat dong|san xuat|kinh doanh|sx|sxkd|dich vu)"),
    rule(
        "form",
        leaf=r"loai hinh|hinh thuc|loai htx|loai|htx tht|htx hoac tht|htx hay tht|loai mo hinh|tu cach phap "
        r"nhan|phan loai",
    ),
    rule(
        "products",
        leaf=r"san pham|sp|nganh|nghe|nganh nghe|linh vuc|mat hang|hoat dong|sxkd|sx|san xuat|kinh doanh|dich "
        r"vu|noi dung",
    ),
    rule(
        "name",
        leaf=rf"^(?:{_BODY})$|^ten (?!(?:xa|phuong|huyen|quan|tinh|thon|ap|dia|nganh|chu|to truong|nguoi|sp|san)\b)",
    ),
)

# Without a topic of their own these take the topic of the column before them.
BORROWS_TOPIC = re.compile(
    r"^(?:trong do )*(?:tong(?: so)?|so tien|nu|phu nu|so nu|dtts|dan toc.*|so luong|muc|nguoi)?$"
)
TOPICS = (
    ("jobs", re.compile(rf"\b(?:{_JOBS})\b")),
    ("members", re.compile(rf"\b(?:{_MEMBERS})\b")),
    ("loan", re.compile(rf"\b(?:{_LOAN}|ngan hang)\b")),
    ("grant", re.compile(r"\b(?:ho tro|tai tro)\b")),
)
TOPIC_WORDS = {"jobs": "lao dong", "members": "thanh vien", "loan": "von vay", "grant": "von ho tro"}

ADDRESS = re.compile(
    r"\b(?:dia chi|tru so|dia ban|dia diem|noi hoat dong|noi dat|noi o|dia phuong|noi dung chan|khu vuc)\b"
)
DETAIL = re.compile(r"^(?:so nha )?(?:thon|xom|ap|ban|lang|to dan pho|tdp|khu|khom|buon|khoi)(?: |$)")
# "hợp tác xã", "xã viên", "xã hội" hold the word xã and name no place.
NO_PLACE = re.compile(
    r"\b(?:hop tac xa|xa vien|xa hoi|quan ly|tinh trang|tinh hinh|tinh chat|tinh den|quan tri|quan he)\b"
)
LEVEL_WORDS = (
    ("district", re.compile(r"\bthi xa\b|\btx\b|\bhuyen\b|\bquan\b|\bcap huyen\b")),
    ("commune", re.compile(r"\bthi tran\b|\bxa\b|\bphuong\b|\bdac khu\b|\btt\b|\bx\b|\bp\b")),
    ("province", re.compile(r"\btinh\b|\btrung uong\b|\btw\b")),
    ("city", re.compile(r"\bthanh pho\b|\btp\b|\bthanh\b")),
)
