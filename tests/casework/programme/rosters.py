"""Rosters for the tests: the typed workbook of sixty real bodies, and small lists of one's own."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from casework.programme.roster.model import Roster
from casework.programme.roster.reader import read_roster

REAL = Path(__file__).parents[2] / "data" / "roster" / "danh-sach-htx-open.xlsx"
HEADER = "TT;Tên HTX, THT;Loại hình;Xã/phường;Tỉnh;Năm thành lập;Tổng số thành viên;Sản phẩm chính"
# Name, form, commune, province, year, members, product.
Row = tuple[str, str, str, str, str, str, str]


def csv(rows: Iterable[Row]) -> bytes:
    """A list as CSV."""
    lines = [f"{number};" + ";".join(f'"{value}"' for value in row) for number, row in enumerate(rows, start=1)]
    return "\n".join([HEADER, *lines]).encode("utf-8-sig")


def row(name: str, form: str = "HTX", commune: str = "xã Bác Ái", members: str = "12", product: str = "nấm rơm") -> Row:
    return (name, form, commune, "Khánh Hòa", "2021", members, product)


def many(number: int) -> list[Row]:
    """Up to 120 rows that do not resemble each other."""
    crops = ("Lúa", "Ngô", "Khoai", "Sắn", "Đậu", "Vừng")
    hills = ("Gió", "Mây", "Trăng", "Sao", "Suối")
    sides = ("Đông", "Đoài", "Nam", "Bắc")
    names = [f"HTX {crop} {hill} Mẫu {side}" for crop in crops for hill in hills for side in sides]
    return [row(name, product=name.lower()) for name in names[:number]]


def roster(*rows: Row) -> Roster:
    """A list that was read."""
    return read_roster(BytesIO(csv(rows)), "danh-sach.csv")


def read(path: Path) -> Roster:
    return read_roster(path, path.name)


def real() -> Roster:
    return read(REAL)


def corrected(folder: Path) -> Path:
    """The workbook with its one wrong cell put right."""
    workbook = load_workbook(REAL)
    workbook.worksheets[0]["H22"] = 30
    workbook.save(folder / REAL.name)
    return folder / REAL.name
