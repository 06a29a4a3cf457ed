"""How officers head the columns of a member list, as data: the first rule that fits decides.

As in casework.programme.roster.header_words: patterns see folded words, `leaf` is the lowest header cell, `path`
all of them from top to bottom. A field beginning with "extra" is known and not entered.
"""

from casework.programme.roster.header_words import Rule, rule

_ID = (
    r"cccd|cc|cmnd|cmt|cmtnd|cmtnn|can cuoc|chung minh|chung minh thu|so dinh danh|ma dinh danh|dinh danh ca nhan|ddcn|"
    r"ho chieu|giay to tuy than|giay to phap ly|giay to|ma so ca nhan|so the can cuoc"
)
_CAPITAL = r"von|gop|gop von|von gop|co phan"
_SUM = r"so tien|so von|von gop|gop von|phan von|tong|muc|gia tri|von|cam ket|dang ky|gop|dieu le|co phan|thanh tien"
_VALUE = r"gia tri|tri gia|tri gia tien|thanh tien|quy tien|quy ra tien|quy doi|so tien|dinh gia"
_MEMBER = r"thanh vien|tv|xa vien|to vien|hoi vien|sang lap vien|chi em"

RULES: tuple[Rule, ...] = (
    rule("stt", leaf=r"^(?:stt|tt|so tt|so thu tu|thu tu|st t|no|#)$"),
    rule(
        "extra",
        leaf=r"chu ky|ky ten|ky nhan|ky xac nhan|xac nhan|diem chi|email|e mail|facebook|ngay cap|noi cap|co quan cap|"
        r"cap ngay|thoi han|nghe nghiep|nghe|trinh do|hoc van|van hoa|chuyen mon|dang vien|ton giao|ty le|ti le|"
        r"phan tram|que quan|nguyen quan|noi sinh|quan he|thoi diem|thoi gian|ma so thue|mst|ma so|gcn|"
        r"giay chung nhan|dien tich|so luong|so khau|so lao dong|san pham|tinh trang|hon nhan|anh the|"
        r"ho ngheo|can ngheo",
        without=rf"{_ID}",
    ),
    rule(
        "extra",
        leaf=r"ngay (?:gop|nop|tham gia|vao|gia nhap|ket nap|lam don)|nam (?:vao|tham gia|gia nhap)|^ngay$"
        r"|^noi$",
        path=rf"{_CAPITAL}|tham gia|gia nhap|ket nap|vao|{_ID}",
        without=r"sinh",
    ),
    rule("extra_age", leaf=r"^(?:so |do )?tuoi$"),
    rule("representative", leaf=r"nguoi dai dien|dai dien|nguoi duoc cu|nguoi dung ten", without=r"sdt|dien thoai"),
    rule(
        "phone",
        leaf=r"dien thoai|sdt|so dt|dt|dtdd|di dong|so may|hotline|zalo|so lien he|"
        r"so lien lac|lien he|lien lac",
        without=r"thieu so|dia chi",
    ),
    rule("id_number", leaf=_ID, without=r"^(?:ngay|noi|co quan)"),
    rule("id_number", path=_ID, leaf=r"^(?:so|so the|ma so|so hieu|12 so)$"),
    rule("birth_day", leaf=r"^ngay$", path=r"sinh"),
    rule("birth_month", leaf=r"^thang$", path=r"sinh"),
    rule("birth_female", leaf=r"^(?:nu|nu gioi|phu nu)$", path=r"sinh"),
    rule("birth_male", leaf=r"^(?:nam gioi|male)$", path=r"sinh"),
    rule(
        "birth",
        leaf=r"nam sinh|ngay sinh|ngay thang nam sinh|ngay thang sinh|ngay thang nam|sinh nam|sinh ngay|n sinh|ns|"
        r"ngay nam sinh|sinh",
        without=r"noi sinh",
    ),
    rule("sex", leaf=r"gioi tinh|gioi|phai|nam nu|gt"),
    rule("female", leaf=r"^(?:la )?(?:nu|phu nu|nu gioi)$"),
    rule("male", leaf=r"^nam gioi$"),
    rule("ethnicity", leaf=r"dan toc|dt thieu so|dtts"),
    rule("nationality", leaf=r"quoc tich"),
    rule("assoc_noncapital", leaf=r"khong gop von|ko gop von|k gop von"),
    rule("assoc_capital", leaf=r"lien ket (?:co )?gop von|lkgv"),
    rule("assoc_capital", path=r"lien ket", leaf=r"^(?:co )?gop von$"),
    rule("official", leaf=rf"^(?:(?:{_MEMBER}) )?chinh thuc$"),
    rule("extra", leaf=r"con lai|con thieu|con no|chua gop|chua nop|chua dong|con phai"),
    rule("paid", leaf=r"da gop|da nop|da dong|thuc gop|thuc nop|da thuc hien|thuc te gop|thuc te|so da gop|da gop du"),
    rule("asset_value", leaf=_VALUE, path=r"tai san|hien vat"),
    rule("asset_value", leaf=r"bang (?:tai san|hien vat)"),
    rule("cash", leaf=r"bang tien|tien mat|tien vnd|^tien$|^tien viet nam$", without=r"quy|gia tri"),
    rule("asset", leaf=r"tai san|hien vat|hinh thuc gop|loai von|gop bang gi"),
    rule("asset", leaf=r"^(?:hinh thuc|ten|loai|mo ta)$", path=r"gop|von|tai san"),
    rule(
        "kind",
        leaf=rf"loai (?:{_MEMBER}|hinh)|tu cach|hinh thuc tham gia|loai tv|hinh thuc {_MEMBER}",
    ),
    rule("kind", leaf=r"phan loai|^loai$", path=_MEMBER),
    rule("office", leaf=r"chuc vu|chuc danh|nhiem vu|chuc trach|vi tri|vai tro"),
    rule("committed", path=_CAPITAL, leaf=_SUM),
    rule("committed", leaf=r"^so tien(?: gop)?$"),
    rule("note", leaf=r"ghi chu|gc|luu y|chu thich"),
    rule(
        "surname",
        leaf=r"^(?:ho|ho dem|ho va dem|ho lot|ho va lot|ho va ten dem|ho va chu dem|"
        r"ho ten dem|ho va ten lot)$",
    ),
    rule(
        "name",
        leaf=rf"ho va ten|ho ten|ten day du|ten (?:{_MEMBER})|ten chu ho|^ten$|ho va ten (?:{_MEMBER})|"
        rf"ten to chuc|ten ca nhan",
        without=r"^(?:ho ten )?(?:cha|me|vo|chong|con|nguoi)\b",
    ),
    rule("address_now", leaf=r"noi o hien|cho o hien|hien nay|hien tai|noi cu tru|cu tru", path=r"o|cu tru|dia chi"),
    rule("address", leaf=r"dia chi|noi o|cho o|thuong tru|tam tru|ho khau|hktt|noi dang ky|tru quan"),
    rule("hamlet", leaf=r"thon|xom|ap|ban|lang|khu pho|to dan pho|tdp|khom|buon|khu|to|so nha"),
    rule("commune", leaf=r"xa|phuong|thi tran|xa phuong|dac khu"),
    rule("district", leaf=r"huyen|quan|thi xa"),
    rule("province", leaf=r"tinh|tinh thanh|tp|thanh pho"),
    rule("name", leaf=rf"^(?:danh sach )?(?:{_MEMBER})$"),
)
