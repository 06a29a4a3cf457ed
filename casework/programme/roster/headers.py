"""What each column holds, from its header cells."""

import re
from collections import Counter
from dataclasses import dataclass

from casework.programme.roster.header_words import (
    ADDRESS,
    BORROWS_TOPIC,
    DETAIL,
    LEVEL_WORDS,
    NO_PLACE,
    RULES,
    TOPIC_WORDS,
    TOPICS,
    Rule,
)
from casework.programme.roster.money import months_in, unit_in
from casework.programme.roster.text import phrase, tidy

MONEY = ("cap", "loan", "grant", "income")
FIELDS = (
    "stt", "name", "form", "commune", "district", "province", "address", "founded", "members", "women",
    "em", "cap", "products", "lender", "loan", "grant", "jobs_w", "income", "ocop", "note",
)  # fmt: skip
_UNIT_WORDS = re.compile(
    r"\((?:[^()]*(?:đồng|đ|trđ|vnd|vnđ|dvt|đvt|người|nguoi|triệu|tr\.?đ|nếu có|ghi rõ)[^()]*)\)|\bđvt\s*:.*$",
    re.IGNORECASE,
)
_UNIT_ONLY = re.compile(
    r"^\W*(?:đvt\s*:?)?\s*\(?(?:(?:triệu|nghìn|ngàn|tỷ|1\.?000|tr)?\.?\s*(?:đồng|đ|vnđ)|(?<=\()(?:người|sao|năm|"
    r"ghi rõ))\)?\W*$",
    re.IGNORECASE,
)
# Of two columns for one field the one with these words is the one of today.
_PREFERRED = {
    "members": re.compile(r"hien nay|hien tai|hien co|chinh thuc|tong"),
    "founded": re.compile(r"thanh lap"),
    "name": re.compile(r"^ten"),
    "cap": re.compile(r"dieu le"),
    "loan": re.compile(r"so tien|du no"),
}


@dataclass(slots=True)
class Column:
    """One column: its index from 0, its header, and the field it holds (None = kept by its header)."""

    index: int
    title: str
    field: str | None
    path: str = ""
    kind: str = "extra"
    unit: int | None = None
    months: int = 1


def without_units(text: str) -> str:
    """The folded words of a header cell without the unit in it: "Vốn góp (triệu đồng)" → "von gop"."""
    return phrase(_UNIT_WORDS.sub(" ", tidy(text)))


def is_unit_only(text: str) -> bool:
    """True for a header cell that holds a unit and nothing else: "(triệu đồng)"."""
    return _UNIT_ONLY.match(tidy(text)) is not None


def _fits(rule: Rule, leaf: str, path: str) -> bool:
    if rule.leaf and not rule.leaf.search(leaf):
        return False
    if rule.path and not rule.path.search(path):
        return False
    return not (rule.without and rule.without.search(leaf))


def _place_level(leaf: str) -> str | None:
    """commune, district, province or address for a header that names a kind of place."""
    words = NO_PLACE.sub(" ", leaf)
    found, rest = set(), words
    for level, pattern in LEVEL_WORDS:
        rest, hits = pattern.subn(" ", rest)
        if hits:
            found.add(level)
    if DETAIL.search(words):
        return "address" if found else "extra"
    if "city" in found:
        found = (found - {"city"}) or {"province"}
    if len(found) == 1:
        return found.pop()
    return "address" if found or ADDRESS.search(words) else None


def _rule_field(leaf: str, path: str) -> str | None:
    return next((rule.field for rule in RULES if _fits(rule, leaf, path)), None)


def classify(texts: list[str]) -> str | None:
    """The field a header path (cells from top to bottom) stands for; "extra…" when known but not kept."""
    parts = [without_units(text) for text in texts if not is_unit_only(text)]
    parts = [part for part in parts if part]
    if not parts or len(parts[-1]) > 90:
        return None
    leaf, path = parts[-1], " ".join(parts)
    if leaf == "nam":
        # Without marks "năm" (year) and "nam" (men) are one word.
        return "founded" if "ă" in tidy(texts[-1]).lower() else "extra"
    field = _rule_field(leaf, path)
    if field is None and re.search(r"\bho tro\b", path) and any(unit_in(text) for text in texts):
        return "grant"
    level = _place_level(leaf)
    if level and (field is None or (field in ("name", "products") and not leaf.startswith("ten "))):
        return level
    return field


def _topic(path: str) -> str | None:
    return next((topic for topic, pattern in TOPICS if pattern.search(path)), None)


def _borrowed(column: Column, left: str | None) -> str | None:
    """The field of a column like "Nữ" or "Số tiền" that takes its topic from the column before it."""
    leaf = column.path.rpartition(" > ")[2]
    if left is None or _topic(column.path) or not BORROWS_TOPIC.match(leaf):
        return column.field
    return classify([TOPIC_WORDS[left], leaf]) or column.field


def _topic_after(column: Column, left: str | None) -> str | None:
    """The topic the next column may take: a column that already says "nữ" hands none on."""
    if column.field in ("jobs_w", "women", "em") and _topic(column.path):
        return "members" if column.field != "jobs_w" else None
    return _topic(column.path) or (left if BORROWS_TOPIC.match(column.path.rpartition(" > ")[2]) else None)


def _add_topics(columns: list[Column]) -> None:
    """Lets "Nữ" after "Lao động" mean working women, unless the list would lose its only such column."""
    named = Counter(column.field for column in columns)
    left: str | None = None
    for column in columns:
        borrowed = _borrowed(column, left)
        if borrowed == "jobs_w" or not (column.field in ("em", "women") and named[column.field] == 1):
            column.field = borrowed
        left = _topic_after(column, left)


def _keep_best(columns: list[Column]) -> None:
    """One column per field; the others stay by their header."""
    for field in FIELDS:
        rivals = [column for column in columns if column.field == field]
        pattern = _PREFERRED.get(field)
        best = next((column for column in rivals if pattern and pattern.search(column.path)), None)
        for column in rivals:
            if column is not (best or rivals[0]):
                column.field = None


def _column(index: int, texts: list[str], default_unit: int | None) -> Column:
    field = classify(texts)
    title = " - ".join(dict.fromkeys(tidy(text) for text in texts))
    path = " > ".join(without_units(text) or phrase(text) for text in texts)
    units = [unit for text in reversed(texts) if (unit := unit_in(text))]
    kind = field if field and field.startswith("extra") else "extra"
    return Column(index, title, field, path, kind, units[0] if units else default_unit, months_in(title))


def read_columns(paths: list[list[str]], default_unit: int | None) -> list[Column]:
    """The columns of a table from their header paths (one list per column, empty = no header).

    `default_unit` is the unit of money of the lines above the table, in đồng, None when they name none.
    """
    columns = [_column(index, texts, default_unit) for index, texts in enumerate(paths) if texts]
    _add_topics(columns)
    for column in columns:
        if column.field and column.field.startswith("extra"):
            column.kind, column.field = column.field, None
    _keep_best(columns)
    return columns


def found_fields(columns: list[Column]) -> set[str]:
    """The fields the columns hold."""
    return {column.field for column in columns if column.field}
