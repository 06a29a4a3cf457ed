"""The report in its order: sections of sentences and tables, made of the data alone. The docx and the page show it.

The words are those of the plan and of an official Vietnamese report, whatever the language of the reader.
"""

from dataclasses import dataclass
from typing import Any

from casework.programme.reports.numbers import day, decimal, with_unit, written

PLAN = "Hỗ trợ hợp tác xã do phụ nữ tham gia quản lý, tạo việc làm cho lao động nữ đến năm 2030"
BLOCKS = {
    "1": "Tuyên truyền, vận động phụ nữ nâng cao nhận thức về kinh tế tập thể, hợp tác xã",
    "2": "Củng cố, nâng cao chất lượng hoạt động của các hợp tác xã do phụ nữ tham gia quản lý, điều hành",
    "3": "Hỗ trợ, tư vấn, xây dựng các hợp tác xã do phụ nữ tham gia quản lý, điều hành",
    "4": "Hỗ trợ nâng cao chất lượng nguồn nhân lực của các hợp tác xã do phụ nữ tham gia quản lý, điều hành",
    "5": "Nâng cao chất lượng công tác chỉ đạo, điều hành của các cấp Hội phụ nữ",
    "6": "Tăng cường hợp tác quốc tế",
}
_SPLITS = {
    "commune": ("Địa bàn", "Theo xã, phường"),
    "sex": ("Giới tính", "Theo giới tính"),
    "minority": ("Dân tộc", "Theo dân tộc"),
    "legal_form": ("Loại hình", "Theo loại hình tổ chức"),
    "programme": ("Chương trình", "Theo chương trình, đề án"),
    "organisation": ("Đơn vị", "Theo đơn vị thực hiện"),
}
_NOTHING = "Không có."
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, its share of the width, whether numbers stand in it."""

    title: str
    share: int
    number: bool = False


@dataclass(frozen=True)
class Table:
    """A table of the report; each row has a cell for each column: text, Decimal or None (a dash)."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: list[list[Any]]


@dataclass(frozen=True)
class Heading:
    """The title of a part of a section."""

    text: str


@dataclass(frozen=True)
class Section:
    """One numbered section."""

    number: str
    title: str
    parts: list["str | Heading | Table"]


def title_of(data: dict[str, Any]) -> list[str]:
    """The lines under the word BÁO CÁO."""
    period = data["period"]
    span = f"năm {period['year']}" if period["kind"] == "year" else f"6 tháng năm {period['year']}"
    return [
        f"Kết quả thực hiện Đề án “{PLAN}” {span}",
        f"(Số liệu từ ngày {day(period['first_day'])} đến hết ngày {day(period['last_day'])})",
    ]


def outline(data: dict[str, Any]) -> list[Section]:
    """The sections in the order of the plan; one on earlier periods only where there is something to say."""
    texts = data["texts"]
    parts: list[tuple[str, list[Any]]] = [
        ("Kết quả thực hiện các nhiệm vụ", _results(data)),
        ("Kết quả thực hiện chỉ tiêu kế hoạch", _targets(data)),
        ("Kết quả theo địa bàn và theo đối tượng", _splits(data)),
        ("Kết quả của các sở, ban, ngành, đơn vị phối hợp", _bodies(data)),
        ("Khó khăn, vướng mắc", [texts.get("difficulties") or _NOTHING]),
        ("Đề xuất, kiến nghị", [texts.get("proposals") or _NOTHING]),
        ("Phương hướng, nhiệm vụ thời gian tới", [texts.get("outlook") or _NOTHING]),
    ]
    if data["corrections"]:
        parts.insert(4, ("Số liệu bổ sung, điều chỉnh của các kỳ báo cáo trước", _corrections(data)))
    return [Section(_ROMAN[place], title, inside) for place, (title, inside) in enumerate(parts)]


def tables_of(data: dict[str, Any]) -> list[Table]:
    """Every table of the report, in order."""
    return [part for section in outline(data) for part in section.parts if isinstance(part, Table)]


def _results(data: dict[str, Any]) -> list[Any]:
    parts: list[Any] = []
    for block, title in BLOCKS.items():
        numbers = [one for one in data["numbers"] if one["block"] == block]
        parts.append(Heading(f"{block}. {title}"))
        parts += [_sentence(one) for one in numbers]
        if text := data["texts"].get(f"block_{block}"):
            parts.append(text)
        elif not numbers:
            parts.append("Trong kỳ báo cáo chưa có kết quả được ghi nhận.")
    return parts


def _sentence(one: dict[str, Any]) -> str:
    """One number as the report says it."""
    if one["value"] is None:
        return f"- {one['name']}: chưa tính được ({one['why_none'].rstrip('.')})."
    said = with_unit(one["value"], one["unit"])
    if one["unit"] == "percent":
        said += f" ({written(decimal(str(one['part'])))}/{written(decimal(str(one['whole'])))})"
    if one["target"] is not None:
        said += f"; chỉ tiêu {with_unit(one['target'], one['unit'])}"
        said += f", đạt {with_unit(one['percent'], 'percent')}" if one["percent"] is not None else ""
    return f"- {one['name']}: {said}."


def _targets(data: dict[str, Any]) -> list[Any]:
    draft = data["state"] != "frozen"
    columns = [Column("TT", 2), Column("Chỉ tiêu", 9 if draft else 12), Column("Đơn vị tính", 4)]
    columns += [Column("Kế hoạch", 6, number=True), Column("Thực hiện", 6, number=True)]
    columns += [Column("Đạt (%)", 4, number=True)]
    if draft:
        columns += [Column(title, 6, number=True) for title in ("Mức cần đạt đến nay", "Dự báo cả kỳ")]
    rows = [_target(place, one, draft=draft) for place, one in enumerate(data["numbers"], 1)]
    return [Table("targets", "Chỉ tiêu kế hoạch và kết quả thực hiện", tuple(columns), rows)]


def _target(place: int, one: dict[str, Any], *, draft: bool) -> list[Any]:
    names = ["target", "value", "percent", *(["expected", "forecast"] if draft else [])]
    unit = with_unit("0", one["unit"]).removeprefix("0").strip()
    return [str(place), one["name"], unit, *(decimal(one[name]) for name in names)]


def _splits(data: dict[str, Any]) -> list[Any]:
    parts: list[Any] = []
    for dimension, (heading, title) in _SPLITS.items():
        rows = [row for one in data["numbers"] for row in _split_rows(one, dimension, data["version"])]
        if rows:
            columns = (Column("Chỉ tiêu", 6), Column(heading, 4), Column("Kết quả", 2, number=True))
            parts.append(Table(f"by_{dimension}", title, columns, rows))
    return parts or ["Trong kỳ báo cáo chưa có số liệu để phân tổ."]


def _split_rows(one: dict[str, Any], dimension: str, version: int) -> list[list[Any]]:
    """One row for each part that is not nought. A share's parts are shares; data of version 1 had counts there."""
    parts: list[Any] = next((split["parts"] for split in one["splits"] if split["by"] == dimension), [])
    kept = [(label, decimal(value)) for label, value in parts if value is not None and decimal(value)]
    share = one["unit"] == "percent" and version > 1
    return [[one["name"], label, with_unit(str(value), "percent") if share else value] for label, value in kept]


def _bodies(data: dict[str, Any]) -> list[Any]:
    asked = data["bodies"]
    if not asked:
        return ["Trong kỳ báo cáo không đề nghị đơn vị khác cung cấp kết quả."]
    rows = [
        [body["body"], answer["name"], decimal(answer["value"]), answer["note"]]
        for body in asked
        for answer in body["answers"]
    ]
    columns = (
        *(Column("Đơn vị báo cáo", 4), Column("Nội dung", 5)),
        *(Column("Kết quả", 2, number=True), Column("Ghi chú", 3)),
    )
    parts: list[Any] = ["Số liệu dưới đây do các đơn vị tự báo cáo, không cộng vào kết quả nêu ở các mục trên."]
    parts += [Table("bodies", "Kết quả do các đơn vị báo cáo", columns, rows)] if rows else []
    missing = [body["body"] for body in asked if not body["answers"]]
    parts += [f"Đơn vị chưa gửi kết quả: {'; '.join(missing)}."] if missing else []
    return parts


def _corrections(data: dict[str, Any]) -> list[Any]:
    said = (
        "Số liệu phát sinh trong các kỳ trước nhưng được ghi nhận hoặc điều chỉnh sau khi báo cáo của kỳ đó đã chốt; "
        "không cộng vào kết quả của kỳ này."
    )
    columns = (
        *(Column("Kỳ", 1), Column("Chỉ tiêu", 4), Column("Nội dung", 4), Column("Ngày", 2)),
        Column("Bổ sung (+), giảm (-)", 2, number=True),
    )
    rows = [row for one in data["corrections"] for row in _correction_rows(one)]
    return [said, Table("corrections", "Bổ sung, điều chỉnh số liệu các kỳ trước", columns, rows)]


def _correction_rows(one: dict[str, Any]) -> list[list[Any]]:
    signed = [(row, 1) for row in one["came"]] + [(row, -1) for row in one["gone"]]
    return [
        [str(one["period"]), one["name"], row["label"], day(row["on"]), decimal(str(sign * row["amount"]))]
        for row, sign in signed
    ]
