"""Fields and values of a member list in words; what pages never show whole is masked."""

from typing import Any

from django.utils.translation import gettext_lazy

from casework.facts import dong
from casework.people.models import Member, Office, Person
from casework.people.roll.headers import MONEY
from casework.people.typed import MASKED
from casework.people.typed import masked as hidden
from casework.programme.roster.money import UNIT_NAMES
from casework.programme.words import day_first

FIELDS = {
    "stt": gettext_lazy("Running number"),
    "name": gettext_lazy("Full name"),
    "surname": gettext_lazy("Surname"),
    "sex": gettext_lazy("Sex"),
    "female": gettext_lazy("Female (ticked)"),
    "male": gettext_lazy("Male (ticked)"),
    "birth": gettext_lazy("Birth"),
    "birth_female": gettext_lazy("Birth, of women"),
    "birth_male": gettext_lazy("Birth, of men"),
    "birth_day": gettext_lazy("Day of birth"),
    "birth_month": gettext_lazy("Month of birth"),
    "ethnicity": gettext_lazy("Ethnic group"),
    "nationality": gettext_lazy("Nationality"),
    "id_number": gettext_lazy("Personal identification number"),
    "phone": gettext_lazy("Phone"),
    "address": gettext_lazy("Address"),
    "area_id": gettext_lazy("Commune of today"),
    "address_now": gettext_lazy("Present address"),
    "hamlet": gettext_lazy("Hamlet"),
    "commune": gettext_lazy("Commune"),
    "district": gettext_lazy("District"),
    "province": gettext_lazy("Province"),
    "kind": gettext_lazy("Kind of member"),
    "official": gettext_lazy("Official member (ticked)"),
    "assoc_capital": gettext_lazy("Associate member with capital (ticked)"),
    "assoc_noncapital": gettext_lazy("Associate member without capital (ticked)"),
    "committed": gettext_lazy("Capital committed"),
    "cash": gettext_lazy("Capital in money"),
    "paid": gettext_lazy("Capital paid"),
    "asset": gettext_lazy("Contributed asset"),
    "asset_value": gettext_lazy("Value of the asset"),
    "office": gettext_lazy("Office"),
    "representative": gettext_lazy("Representative"),
    "note": gettext_lazy("Note"),
}
HOW = {
    "id_number": gettext_lazy("same personal identification number"),
    "birth": gettext_lazy("same name and birth"),
    "phone": gettext_lazy("same name and phone"),
    "name": gettext_lazy("same name; nothing speaks against it"),
}


def field_label(field: str) -> str:
    """A field of the list in words; a column that is not known by its own header."""
    return str(FIELDS.get(field, field))


def value_text(field: str, value: Any) -> str:
    """A value of a member in words; "" for nothing."""
    if value in (None, "", []):
        return ""
    if field in MASKED:
        return hidden(field, str(value))
    if field in ("committed", "paid", "asset_value"):
        return dong(value)
    return _chosen(field, value) or (day_first(value) if field == "birth" else str(value))


def _chosen(field: str, value: str) -> str:
    choices: dict[str, Any] = {"sex": Person.Sex, "kind": Member.Kind, "office": Office.Title}
    return str(choices[field](value).label) if field in choices else ""


def unit_text(field: str, unit: int | None) -> str:
    """The unit that a column of money was read in, "" for other columns."""
    return UNIT_NAMES[unit or 1] if field in MONEY else ""


# Column headers as officers type them, and what may stand below; shown where the file is chosen.
_UNDERSTOOD = (
    ("name", "Họ và tên · Họ đệm + Tên", "Nguyễn Thị Mẫu · Bà Nguyễn Thị Mẫu"),
    ("birth", "Năm sinh · Ngày sinh · Năm sinh: Nam | Nữ", "1985 · 12/03/1985"),
    ("sex", "Giới tính · Nam | Nữ", "Nữ · x"),
    ("ethnicity", "Dân tộc", "Raglay"),
    ("id_number", "CCCD · Số định danh", "056185001234"),
    ("phone", "Điện thoại · SĐT", "0901 234 567"),
    ("address", "Địa chỉ · Nơi ở hiện nay · Thôn | Xã | Tỉnh", "Thôn Mẫu, xã Bác Ái"),
    ("kind", "Loại thành viên", "chính thức · liên kết góp vốn · liên kết không góp vốn"),
    ("committed", "Vốn góp · Vốn cam kết (triệu đồng)", "5.000.000 · 5 triệu · 0,5 tỷ"),
    ("paid", "Đã góp", "2.000.000 · đủ · chưa"),
    ("asset", "Tài sản góp vốn · Hình thức góp vốn", "tiền mặt · quyền sử dụng đất 500 m²"),
    ("asset_value", "Giá trị tài sản · Góp bằng tài sản", "3 triệu"),
    ("office", "Chức vụ", "Chủ tịch HĐQT kiêm Giám đốc"),
    ("representative", "Người đại diện", "Nguyễn Thị Mẫu"),
    ("note", "Ghi chú", ""),
)


def understood() -> list[tuple[str, str, str]]:
    """Each column that is understood: what it is, how it may be headed, what may stand below it."""
    return [(field_label(field), heads, cells) for field, heads, cells in _UNDERSTOOD]
