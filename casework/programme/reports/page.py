"""What the page of a report shows of its data."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from casework.programme.indicators.models import Block
from casework.programme.reports.numbers import decimal, with_unit, written


@dataclass(frozen=True)
class Shown:
    """One number as a row of the page."""

    code: str
    name: str
    value: str
    why_none: str
    target: str
    percent: str
    expected: str
    forecast: str
    splits: list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Part:
    """The numbers and the text of one task block."""

    number: str
    title: str
    numbers: list[Shown]
    text: str


def page_of(data: dict[str, Any]) -> list[Part]:
    """The six task blocks with their numbers."""
    return [
        Part(
            block.value,
            str(block.label),
            [_shown(one) for one in data["numbers"] if one["block"] == block.value],
            data["texts"].get(f"block_{block.value}", ""),
        )
        for block in Block
    ]


def name_of(one: dict[str, Any]) -> str:
    """The name of a number in the language of the page."""
    return one["name_en"] if get_language() == "en" and one.get("name_en") else one["name"]


def moved_since(data: dict[str, Any], before: dict[str, str | None]) -> list[tuple[str, str, str]]:
    """The numbers that are not what they were: name, then, now. Those that were not counted then are left out."""
    return [
        (name_of(one), with_unit(before[one["code"]], one["unit"]), with_unit(one["value"], one["unit"]))
        for one in data["numbers"]
        if one["code"] in before and before[one["code"]] != one["value"]
    ]


def _shown(one: dict[str, Any]) -> Shown:
    unit = one["unit"]
    told = {name: with_unit(one[name], unit) for name in ("value", "target", "expected", "forecast")}
    splits = [(split["title"], _parts(split["parts"])) for split in one["splits"]]
    return Shown(
        code=one["code"],
        name=name_of(one),
        why_none=one["why_none"] if one["value"] is None else "",
        percent=with_unit(one["percent"], "percent"),
        splits=[(title, parts) for title, parts in splits if parts],
        **told,
    )


def _parts(parts: list[list[Any]]) -> list[tuple[str, str]]:
    """The parts that are not nought."""
    return [(label, written(decimal(value))) for label, value in parts if value is not None and decimal(value)]


def with_links(rows: list[dict[str, Any]], visible: set[str]) -> list[dict[str, Any]]:
    """Rows for the page: a link only where the reader may open what it leads to."""
    return [{**row, "url": row["url"] if not row["case"] or row["case"] in visible else ""} for row in rows]
