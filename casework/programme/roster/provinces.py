"""Names of provinces, before and after 1 July 2025, as the register writes them."""

from casework.programme.roster.text import phrase

_NAMES = """
An Giang; Bà Rịa - Vũng Tàu; Bắc Giang; Bắc Kạn; Bạc Liêu; Bắc Ninh; Bến Tre; Bình Định; Bình Dương;
Bình Phước; Bình Thuận; Cà Mau; Cần Thơ; Cao Bằng; Đà Nẵng; Đắk Lắk; Đắk Nông; Điện Biên; Đồng Nai;
Đồng Tháp; Gia Lai; Hà Giang; Hà Nam; Hà Nội; Hà Tĩnh; Hải Dương; Hải Phòng; Hậu Giang; Hòa Bình;
Hồ Chí Minh; Huế; Hưng Yên; Khánh Hòa; Kiên Giang; Kon Tum; Lai Châu; Lâm Đồng; Lạng Sơn; Lào Cai;
Long An; Nam Định; Nghệ An; Ninh Bình; Ninh Thuận; Phú Thọ; Phú Yên; Quảng Bình; Quảng Nam;
Quảng Ngãi; Quảng Ninh; Quảng Trị; Sóc Trăng; Sơn La; Tây Ninh; Thái Bình; Thái Nguyên; Thanh Hóa;
Thừa Thiên Huế; Tiền Giang; Trà Vinh; Tuyên Quang; Vĩnh Long; Vĩnh Phúc; Yên Bái
"""
_OTHER_WRITINGS = {
    "br vt": "Bà Rịa - Vũng Tàu",
    "brvt": "Bà Rịa - Vũng Tàu",
    "vung tau": "Bà Rịa - Vũng Tàu",
    "bac can": "Bắc Kạn",
    "dac lac": "Đắk Lắk",
    "dak lac": "Đắk Lắk",
    "daklak": "Đắk Lắk",
    "dac nong": "Đắk Nông",
    "daknong": "Đắk Nông",
    "hcm": "Hồ Chí Minh",
    "tphcm": "Hồ Chí Minh",
    "tp hcm": "Hồ Chí Minh",
    "hn": "Hà Nội",
    "kontum": "Kon Tum",
    "tt hue": "Thừa Thiên Huế",
    "tthue": "Thừa Thiên Huế",
}
# Cities that stand on the level of a province.
CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế"})

_BY_PHRASE = {phrase(name): name for name in (part.strip() for part in _NAMES.replace("\n", " ").split(";"))}
_BY_PHRASE |= _OTHER_WRITINGS


def known_province(text: str) -> str | None:
    """The province in its usual writing ("dak lak", "Bà Rịa–Vũng Tàu" → …); None when it is none."""
    return _BY_PHRASE.get(phrase(text))
