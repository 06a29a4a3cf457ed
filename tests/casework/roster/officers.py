"""Types the public cases again, the way other officers do, and knows what must come out."""

import csv
import datetime as dt
import random
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data" / "roster"
KINDS = ("xã", "phường", "thị trấn", "huyện", "quận", "thị xã", "thành phố")
SHORT = {"xã": "X", "phường": "P", "thị trấn": "TT", "huyện": "H", "quận": "Q", "thị xã": "TX", "thành phố": "TP"}


@dataclass
class Typed:
    """One cell: a value, its number format, a formula, a merge downwards."""

    value: Any = None
    form: str | None = None
    formula: str | None = None


@dataclass
class Line:
    """One row of the sheet and what it stands for."""

    cells: list[Typed]
    kind: str = "text"
    expected: dict[str, Any] | None = None
    whole_row: bool = False


@dataclass
class Layout:
    """How one office builds its list."""

    name: str
    columns: list[tuple[str, tuple[str, ...]]]
    extension: str = "xlsx"
    encoding: str = "utf-8"
    delimiter: str = ","
    unit: int = 1
    titles: tuple[str, ...] = ()
    section: str | None = None
    index: str | None = None
    totals: str | None = None
    subtotals: bool = False
    repeat_header: int = 0
    sheets_before: tuple[tuple[str, list[list[Any]], bool], ...] = ()
    merge_provinces: bool = False
    footers: tuple[str, ...] = ("Người lập biểu",)
    numbers_as_text: bool = False
    sheet: str = "Danh sách"
    left: int = 0
    shuffle: int = 1
    has_codes: frozenset[str] = field(default_factory=frozenset)


def cases() -> list[dict[str, str]]:
    with (DATA / "cases-open.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def split_place(text: str) -> tuple[str | None, str | None]:
    for kind in KINDS:
        if text.startswith(kind + " "):
            return kind, text.removeprefix(kind + " ")
    return None, text or None


def number(text: str) -> int | None:
    return int(text) if text else None


def new_style(text: str) -> str:
    """hòa → hoà, the way half of the keyboards type it."""
    for old, new in (("hòa", "hoà"), ("Hòa", "Hoà"), ("thủy", "thuỷ"), ("xòe", "xoè"), ("hóa", "hoá"), ("Hóa", "Hoá")):
        text = text.replace(old, new)
    return text


class Officer:
    """One person with habits; the same seed types the same."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.rng = layout, random.Random(layout.shuffle)
        self.text_only = layout.extension == "csv" or layout.numbers_as_text

    def dirty(self, text: str) -> str:
        habit = self.rng.randrange(8)
        if habit == 0:
            return unicodedata.normalize("NFD", text)
        if habit == 1:
            return text + "\u00a0 "
        if habit == 2:
            return new_style(text)
        return text.replace(" ", "  ", 1) if habit == 3 else text

    def count(self, value: int | None, words: str) -> Any:
        if value is None:
            return self.rng.choice([None, "-", None])
        habit = self.rng.randrange(4)
        if self.text_only or habit == 0:
            return f"{value} {words}" if habit == 1 else f" {value} "
        return f"{value} {words}" if habit == 1 else value

    def money(self, value: int | None, *, more: bool = False) -> Any:
        if value is None:
            return None
        unit, million = self.layout.unit, f"{value / 1e6:g}".replace(".", ",")
        worded = [f"{million} triệu", f"{million}tr", f"{million} tr.đ"]
        if value >= 10**9 and value % 10**8 == 0:
            worded.append(f"{value / 1e9:g} tỷ đồng".replace(".", ","))
        bare: list[Any] = [f"{value // unit:,}".replace(",", ".")]
        if not self.text_only:
            bare.append(value / unit if value % unit else value // unit)
        if unit == 1:
            worded.append(f"{value:,} đ".replace(",", "."))
        if more:
            return self.rng.choice(["trên ", "hơn "]) + self.rng.choice(worded)
        return self.rng.choice(bare + worded[: 1 + self.rng.randrange(len(worded))])

    def income(self, low: int | None, high: int | None) -> Any:
        if low is None or high is None:
            return None
        a, b = f"{low / 1e6:g}".replace(".", ","), f"{high / 1e6:g}".replace(".", ",")
        if low == high:
            return self.rng.choice(
                [f"{a} triệu", f"{a} tr/tháng", f"{a} triệu đồng/người/tháng", f"{low:,} đồng".replace(",", ".")]
            )
        return self.rng.choice(
            [f"{a}-{b} triệu", f"từ {a} đến {b} triệu đồng", f"{a} – {b} tr/tháng", f"{a} đến {b} trđ"]
        )

    def date(self, value: str, precision: str) -> Typed:
        if not value:
            return Typed()
        parts = [int(part) for part in value.split("-")]
        can_date = not self.text_only
        if precision == "year":
            texts = [value, f"Năm {value}", f"năm {value} "]
            return Typed(int(value)) if can_date and self.rng.random() < 0.5 else Typed(self.rng.choice(texts))
        if precision == "month":
            year, month = parts
            if can_date and self.rng.random() < 0.4:
                return Typed(dt.date(year, month, 1), self.rng.choice(["mm/yyyy", '"Tháng "m"/"yyyy', "mmm-yy"]))
            return Typed(
                self.rng.choice(
                    [f"{month:02d}/{year}", f"tháng {month}/{year}", f"T{month}/{year}", f"Tháng {month} năm {year}"]
                )
            )
        year, month, day = parts
        if can_date and self.rng.random() < 0.4:
            return Typed(dt.date(year, month, day), self.rng.choice(["dd/mm/yyyy", "d-m-yy", "yyyy-mm-dd"]))
        texts = [f"{day:02d}/{month:02d}/{year}", f"{day}-{month}-{year % 100:02d}", f"{day}.{month}.{year}", value]
        return Typed(self.rng.choice([*texts, f"ngày {day}/{month}/{year}", f"ngày {day} tháng {month} năm {year}"]))

    def place(self, text: str) -> tuple[str, str | None, str | None]:
        """(typed, kind, name)"""
        kind, name = split_place(text)
        if name is None or kind is None:
            return name or "", None, name
        style = self.rng.randrange(6)
        if style == 0:
            return self.dirty(name), None, name
        short = SHORT[kind]
        typed = [
            f"{kind} {name}",
            f"{kind.capitalize()} {name}",
            f"{short}. {name}",
            f"{short}.{name}",
            f"{short} {name}",
        ][style - 1]
        return self.dirty(typed), kind, name

    def name(self, text: str) -> tuple[str, str]:
        """(typed, kept)"""
        kept = text.replace("thuỷ", "thủy")
        if self.rng.random() < 0.3 and not kept.startswith("HTX/"):
            pairs = [("Hợp tác xã", "HTX"), ("Tổ hợp tác", "THT"), ("HTX", "Hợp tác xã"), ("THT", "Tổ hợp tác")]
            old, new = next(((o, n) for o, n in pairs if kept.startswith(o)), ("", ""))
            kept = kept.replace(old, new, 1) if old else kept
        if self.rng.random() < 0.3:
            kept = kept.replace("Nông nghiệp", "NN").replace("Dịch vụ", "DV")
        return self.dirty(kept), kept

    def form(self, code: str) -> str | None:
        choices = {
            "HTX": ["HTX", "Hợp tác xã", "HTX NN", "HTX "],
            "THT": ["THT", "Tổ hợp tác", "tổ hợp tác"],
            "TLK": ["Tổ liên kết", "TLK", "Tổ LK"],
        }
        return self.rng.choice([*choices.get(code, [None]), None])

    def address(self, case: dict[str, str]) -> str:
        glue = self.rng.choice([", ", " - ", "; "])
        parts = [case["commune"], case["district"]]
        short = self.rng.random() < 0.4
        typed = []
        for part in filter(None, parts):
            kind, name = split_place(part)
            typed.append(f"{SHORT[kind]}. {name}" if short and kind else part)
        province = case["province"] if self.rng.random() < 0.4 else f"tỉnh {case['province']}"
        return glue.join([*typed, province])
