"""The shipped places: what the files hold, what a written place is found as, what the loader writes."""

import csv
import re
import time
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from casework.models import AdministrativeUnit, PlaceAlias
from casework.organisations.load_places import load_places
from casework.organisations.place_words import search_key, spelling
from casework.organisations.places import DATA, Gazetteer, How, gazetteer, read_aliases, read_units

CASES = Path(__file__).parents[2] / "data" / "cases-open.csv"
NINH_THUAN_TODAY = [
    "22738", "22741", "22759", "22780", "22786", "22795", "22801", "22810", "22813", "22822", "22828",
    "22834", "22840", "22846", "22849", "22852", "22861", "22870", "22873", "22888", "22891", "22897",
    "22900", "22909",
]  # fmt: skip
PROVINCES_UNTIL_JUNE_2025 = [
    "An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre",
    "Bình Dương", "Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng",
    "Đắk Lắk", "Đắk Nông", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang", "Hà Nam",
    "Hà Nội", "Hà Tĩnh", "Hải Dương", "Hải Phòng", "Hậu Giang", "Hòa Bình", "Huế", "Hưng Yên",
    "Khánh Hòa", "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Long An",
    "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình", "Quảng Nam",
    "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình",
    "Thái Nguyên", "Thanh Hóa", "Thành phố Hồ Chí Minh", "Tiền Giang", "Trà Vinh", "Tuyên Quang",
    "Vĩnh Long", "Vĩnh Phúc", "Yên Bái",
]  # fmt: skip


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer()


@pytest.fixture(scope="module")
def units():
    return read_units()


@pytest.fixture(scope="module")
def aliases():
    return read_aliases()


def test_there_are_34_provinces_and_3321_communes(units):
    kinds = Counter(unit.type for unit in units)

    assert Counter(unit.level for unit in units) == {"province": 34, "commune": 3321}
    assert kinds == {"tinh": 25, "thanh_pho": 9, "xa": 2599, "phuong": 709, "dac_khu": 13}


def test_codes_are_text_with_their_zeros_and_communes_have_a_province(units):
    provinces = {unit.code for unit in units if unit.level == "province"}
    communes = [unit for unit in units if unit.level == "commune"]

    assert len({unit.code for unit in units}) == len(units)
    assert all(re.fullmatch(r"\d{2}", code) for code in provinces)
    assert all(re.fullmatch(r"\d{5}", unit.code) and unit.parent_code in provinces for unit in communes)
    assert "00004" in {unit.code for unit in communes}


def test_names_are_clean_and_have_one_kind_of_apostrophe(units, aliases):
    texts = [unit.name for unit in units]
    texts += [text for alias in aliases for text in (alias.name, alias.within, alias.source)]

    for text in set(texts):
        assert text == " ".join(unicodedata.normalize("NFC", text).split())
        assert not set(text) & set("\u2018\u2019\u02bc`\u00b4")
    assert not [unit.name for unit in units if re.match(r"(xã|phường|đặc khu|tỉnh|thành phố) ", unit.name.lower())]


def test_letters_of_provinces_are_unique_and_short(units):
    letters = {unit.code: unit.letters for unit in units if unit.level == "province"}

    assert len(set(letters.values())) == 34
    assert all(re.fullmatch(r"[A-Z]{2,3}", text) for text in letters.values())
    assert (letters["56"], letters["01"], letters["79"]) == ("KH", "HN", "HCM")
    assert not [unit for unit in units if unit.level == "commune" and unit.letters]


def test_khanh_hoa_has_65_units_with_those_of_ninh_thuan(units, aliases):
    codes = {unit.code for unit in units if unit.parent_code == "56"}
    from_ninh_thuan = {alias.code for alias in aliases if (alias.level, alias.province) == ("commune", "Ninh Thuận")}

    assert len(codes) == 65
    assert from_ninh_thuan == set(NINH_THUAN_TODAY)
    assert from_ninh_thuan < codes


def test_units_changed_in_2026_have_their_day_and_their_former_type(units, aliases):
    later = {unit.code: unit.valid_from for unit in units if unit.valid_from > date(2025, 7, 1)}
    former = {alias.code: alias for alias in aliases if alias.valid_until > date(2025, 6, 30)}

    assert {code for code in later if len(code) == 2} == {"22", "24", "75"}
    assert len(former) == 22
    assert set(former) == {code for code in later if len(code) == 5}
    assert all((later[code] - alias.valid_until).days == 1 for code, alias in former.items())
    assert {alias.type for alias in former.values()} == {"xa"}


def test_former_districts_and_communes_are_complete(aliases):
    last_day = [alias for alias in aliases if alias.source == "vietnamadminunits 1.0.4"]
    communes = {(a.type, a.name, a.within) for a in last_day if a.level == "commune"}

    assert sum(alias.level == "district" for alias in last_day) == 696
    assert len(communes) == 10_035


def test_every_alias_leads_to_a_unit_and_every_commune_has_a_past(units, aliases):
    codes = {unit.code for unit in units}

    assert {alias.code for alias in aliases} <= codes
    assert {alias.code for alias in aliases} >= {code for code in codes if len(code) == 5}


def test_the_folder_stays_small():
    assert sum(path.stat().st_size for path in DATA.iterdir() if path.is_file()) <= 200 * 1024


def test_all_63_former_provinces_are_found(places):
    found = {name: places.resolve(None, None, name) for name in PROVINCES_UNTIL_JUNE_2025}

    assert len(found) == 63
    assert {match.how for match in found.values()} == {How.CURRENT, How.FORMER}
    assert len({match.province_code for match in found.values()}) == 34
    assert (found["Ninh Thuận"].province_code, found["Ninh Thuận"].how) == ("56", "former")
    assert places.resolve("", " ", "Thừa Thiên Huế").province_code == "46"


@pytest.mark.parametrize(
    "written",
    [
        ("Ma Nới", "Ninh Sơn", "Ninh Thuận"),
        ("xã Ma Nới", "huyện Ninh Sơn", "tỉnh Ninh Thuận"),
        ("X. MA NỚI", "H.Ninh Sơn", "T. Ninh Thuận"),
        ("x.ma noi", "h ninh son", "ninh thuan"),
        (unicodedata.normalize("NFD", "Xã Ma Nới"), unicodedata.normalize("NFD", "Ninh Sơn"), "Ninh Thuận"),
        ("Ma Nới", None, "Ninh Thuận"),
        ("Xã Ma Nới", "Huyện Ninh Sơn", "Khánh Hoà"),
        ("Ma Nới", None, None),
    ],
)
def test_a_former_commune_is_found_however_it_is_written(places, written):
    match = places.resolve(*written)

    assert (match.province_code, match.commune_code, match.how) == ("56", "22828", How.FORMER)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (("phường Phan Rang", None, "Khánh Hòa"), "22759"),
        (("P. Ninh Chử", "", "tỉnh Khánh Hoà"), "22834"),
        (("Cà Ná", None, "Ninh Thuận"), "22909"),
        (("TT. Phước Dân", "Ninh Phước", "Ninh Thuận"), "22870"),
        (("P.1", "Q.3", "TPHCM"), "27154"),
        (("Phường 05", "Quận 3", "TP. Hồ Chí Minh"), "27154"),
        (("Ea H\u2019leo", "Ea H'Leo", "Đắc Lắc"), "24184"),
        (("Phường Đúc", "TP Huế", "TT-Huế"), "19789"),
        (("xã Thanh An", None, "TP.HCM"), "25807"),
        (("xã Thạnh An", None, "TP.HCM"), "27676"),
        ((None, "Côn Đảo", "Bà Rịa - Vũng Tàu"), "26732"),
        ((None, "huyện Trường Sa", "KHÁNH HÒA"), "22736"),
    ],
)
def test_short_forms_marks_and_islands_are_understood(places, written, code):
    assert places.resolve(*written).commune_code == code


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        # Part of the former ward went to another commune.
        (("Đông Hải", "TP. Phan Rang - Tháp Chàm", "Ninh Thuận"), ("22780", "22888")),
        # A commune of today, and a former one near Ninh Hòa.
        (("xã Ninh Sơn", None, "Khánh Hòa"), ("22546", "22810")),
        # Without marks both are meant.
        (("Thanh An", None, "Ho Chi Minh"), ("25807", "27676")),
    ],
)
def test_what_fits_several_communes_is_not_guessed(places, written, codes):
    match = places.resolve(*written)

    assert (match.how, match.commune_code, match.candidates) == (How.AMBIGUOUS, None, codes)


def test_the_day_decides_between_today_and_former_names(places):
    today = places.resolve("xã Ninh Sơn", None, "Khánh Hòa", on=date(2026, 5, 4))
    before = places.resolve("xã Ninh Sơn", None, "Khánh Hòa", on=date(2024, 5, 4))

    assert (today.commune_code, today.how) == ("22810", How.CURRENT)
    assert (before.commune_code, before.how) == ("22546", How.FORMER)


def test_a_district_alone_gives_the_province_and_the_communes_to_choose_from(places):
    match = places.resolve(None, "Ninh Sơn", "Ninh Thuận")

    assert (match.province_code, match.commune_code, match.how) == ("56", None, How.FORMER)
    assert {"22810", "22813", "22822", "22828"} <= set(match.candidates) <= set(NINH_THUAN_TODAY)


def test_a_town_and_the_district_of_its_name_are_told_apart(places):
    town = places.resolve(None, "TP. Cao Lãnh", "Đồng Tháp")
    district = places.resolve(None, "huyện Cao Lãnh", "Đồng Tháp")

    assert places.resolve(None, "Cao Lãnh", "Đồng Tháp").how == How.AMBIGUOUS
    assert town.how == district.how == How.FORMER
    assert set(town.candidates) != set(district.candidates)


@pytest.mark.parametrize(
    ("written", "province"),
    [
        (("Ma Nới", "Ninh Sơn", "Atlantis"), None),
        (("Ma Nới", "Nowhere", "Ninh Thuận"), "56"),
        (("Nowhere", "Ninh Sơn", "Ninh Thuận"), "56"),
        (("Ma Nới", None, "Lâm Đồng"), "68"),
        ((None, "Nowhere", "Ninh Thuận"), "56"),
        ((None, None, None), None),
        (("", "...", "  "), None),
    ],
)
def test_what_does_not_fit_stays_unknown(places, written, province):
    match = places.resolve(*written)

    assert (match.how, match.province_code, match.commune_code) == (How.UNKNOWN, province, None)


def test_an_unknown_district_still_offers_communes_of_that_name(places):
    assert places.resolve("Ma Nới", "Nowhere", "Ninh Thuận").candidates == ("22828",)


def test_every_former_commune_leads_to_exactly_its_units(places, aliases):
    words = {"xa": "Xã", "phuong": "P.", "thi_tran": "TT"}
    went: dict[tuple[str, str, str], set[str]] = {}
    for alias in aliases:
        if alias.level == "commune" and alias.district:
            written = (f"{words[alias.type]} {alias.name}", alias.district, alias.province)
            went.setdefault(written, set()).add(alias.code)

    matches = {written: places.resolve(*written) for written in went}

    assert not [written for written, match in matches.items() if set(match.candidates) != went[written]]
    assert Counter(match.how for match in matches.values()) == {How.FORMER: 10_507, How.AMBIGUOUS: 543}


def test_every_commune_of_today_is_found_by_its_name_on_a_day_of_today(places, units):
    words = {"xa": "xã", "phuong": "phường", "dac_khu": "đặc khu"}
    communes = [unit for unit in units if unit.level == "commune"]

    for unit in communes:
        written = f"{words[unit.type]} {unit.name}"
        match = places.resolve(written, None, places.units[unit.parent_code].name, on=date(2026, 11, 22))
        assert (match.commune_code, match.how) == (unit.code, How.CURRENT)


def test_the_places_of_60_real_cases_are_found(places):
    with CASES.open(encoding="utf-8", newline="") as lines:
        written = {(row["commune"], row["district"], row["province"]) for row in csv.DictReader(lines)}

    matches = {place: places.resolve(*place) for place in written}
    to_commune = {place: match for place, match in matches.items() if match.commune_code}

    assert len(written) == 59
    assert all(match.province_code for match in matches.values())
    assert len(to_commune) == 50
    # The other nine name no commune: five only a province, four a province and a district.
    assert not [place for place in written if place[0] and place not in to_commune]
    assert places.units[matches["xã Minh Hòa", "huyện Dầu Tiếng", "Bình Dương"].commune_code].name == "Minh Thạnh"


def test_keys_ignore_what_officers_write_in_different_ways():
    assert search_key("Quỳ Hợp") != search_key("Quế Hợp")
    assert search_key("Mỹ Quý") == search_key("Mĩ Quí") == search_key("  MY QUY ")
    assert search_key("M'Drắk") == search_key("M\u2019 Đrắk")
    assert spelling("Hoà Bình") == spelling("Hòa  bình") != spelling("Hóa Bình")


@pytest.mark.django_db
def test_loading_fills_both_tables_and_a_second_time_writes_nothing():
    load_places()
    PlaceAlias.objects.all().delete()
    AdministrativeUnit.objects.filter(level="commune").update(name="?", valid_from=date(2000, 1, 1))

    started = time.perf_counter()
    first = load_places()
    took = time.perf_counter() - started
    second = load_places()

    assert (first.provinces, first.communes, first.written) == (34, 3321, 3321 + first.aliases)
    assert PlaceAlias.objects.count() == first.aliases
    assert not AdministrativeUnit.objects.filter(name="?").exists()
    assert second.written == 0
    assert took < 10  # under 2 s alone; the limit leaves room for what runs beside it


@pytest.mark.django_db
def test_loading_mends_changed_rows_and_keeps_their_ids():
    load_places()
    unit = AdministrativeUnit.objects.get(code="22828")
    AdministrativeUnit.objects.filter(pk=unit.pk).update(name="Other")
    PlaceAlias.objects.filter(name="Ma Nới").delete()

    counts = load_places()

    unit.refresh_from_db()
    assert counts.written == 2
    assert (unit.name, unit.parent.letters) == ("Anh Dũng", "KH")
    assert PlaceAlias.objects.get(name="Ma Nới", within="huyện Ninh Sơn, Ninh Thuận").unit == unit
