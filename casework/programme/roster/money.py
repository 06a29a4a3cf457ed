"""Amounts of money as typed, in whole đồng: 350 triệu, 1,2 tỷ đồng, 50.000.000 đ, 4 - 7 tr/tháng."""

import re
from dataclasses import dataclass
from decimal import Decimal

from casework.programme.roster.figures import LONGEST, Figure, nothing_stated, parse_figure, to_decimal, whole
from casework.programme.roster.model import EMPTY, Problem, Reading, problem
from casework.programme.roster.text import clean, fold, words

UNIT_NAMES = {1: "đồng", 1_000: "nghìn đồng", 1_000_000: "triệu đồng", 1_000_000_000: "tỷ đồng"}

_SCALES = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "nghin": 10**3, "ngan": 10**3, "k": 10**3}
_NUMBER = r"\d{1,3}(?: \d{3})+(?![\d.,])|\d+(?:[.,]\d+)*"
# "350triệuđồng": a scale may be followed by the d of đồng, by no other letter.
_SCALE = r"(?:ty|ti|trieu|tr|nghin|ngan|k)(?![a-ce-z])"
_CURRENCY = r"(?:[ .]*(?:dong|vnd|d)(?![a-z]))?"
_PART = re.compile(rf"\s*({_NUMBER})\s*({_SCALE})?{_CURRENCY}(?:\s*(ruoi))?[\s.]*")
_QUALIFIERS = (
    ("gte", re.compile(r"^(?:>=|\u2265|it nhat|tu\b)\s*|\s*tro len$")),
    ("gt", re.compile(r"^(?:>|tren\b|hon\b|lon hon\b)\s*")),
    ("lte", re.compile(r"^(?:<=|\u2264|khong qua|toi da\b)\s*|\s*tro xuong$")),
    ("lt", re.compile(r"^(?:<|duoi\b|gan\b)\s*")),
    ("about", re.compile(r"^(?:~|\u2248|khoang|xap xi|tam|uoc tinh|uoc|binh quan|bq)\s*")),
)
_FOREIGN = re.compile(r"usd|\$|eur|\u20ac|do la")
_PER_MONTH = re.compile(r"(?:\s*(?:/|mot |moi |1 )\s*(?:nguoi|ng|ld|lao dong|thang|th|t)\.?)+$")
_PER_OTHER = re.compile(r"(?:/|mot |moi |1 )\s*(?:nguoi\s*/\s*)?(?:ngay|nam|gio|tuan|vu|quy|ca|cong|sp|san pham)\b")
_SPAN = re.compile(r"(?:tu )?(?P<low>\d.*?)\s*(?:-+>?|\bden\b|\btoi\b|~)\s*(?P<high>\d.*)")
# Below this no sum of this register is meant; above it (1,000 tỷ) neither. Where no unit is stated
# anywhere, smaller numbers were counted in something else than đồng.
_SMALLEST, _SMALLEST_WITHOUT_UNIT, _LARGEST = 1_000, 100_000, 10**12


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in whole đồng; `qualifier` gt, gte, lt, lte or about when the cell says more than, around …"""

    amount: int
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """How the amounts of a column are counted: `unit` in đồng, None when header and title do not say."""

    unit: int | None
    months: int = 1


def unit_in(text: str) -> int | None:
    """The unit of money a header or title names, in đồng: "(triệu đồng)" → 1000000; None without one."""
    lowered = clean(text).lower()
    folded = fold(text)
    if re.search(r"\b(?:ty|ti) dong|\((?:\s*dvt\s*:?)?\s*(?:ty|ti)\b", folded):
        return 10**9
    if re.search(r"\btrieu\b|\btr\.? ?d\b|\btrd\b|\btr\.? ?dong\b", folded):
        return 10**6
    if re.search(r"\b1[.,]?000 ?(?:d|dong|vnd)\b|\b(?:nghin|ngan) (?:dong|d)\b|\bng\.? ?d\b", folded):
        return 10**3
    # "dong" without marks is also labour (lao động) and activity (hoạt động): marks or brackets decide.
    named = re.search(r"\bđồng\b|\bvnđ\b|\bvnd\b|\(\s*(?:đvt\s*:?\s*)?đ\s*[/)]", lowered)
    return 1 if named or re.search(r"\((?:\s*dvt\s*:?)?\s*dong(?:[/)]| )", folded) else None


def _qualifier(text: str) -> tuple[str | None, str]:
    for name, pattern in _QUALIFIERS:
        rest, hits = pattern.subn("", text)
        if hits:
            return name, rest.strip()
    return None, text


def _parts(text: str) -> list[tuple[Figure, int | None, bool]] | None:
    """("1 ty 200 trieu") → figures with their own scale (None = not named); None when something is left."""
    parts, at = [], 0
    while at < len(text):
        found = _PART.match(text, at)
        figure = parse_figure(found[1]) if found else None
        if found is None or figure is None:
            return None
        named_dong = re.search(r"(?:dong|vnd|d)(?![a-z])", found[0])
        scale = _SCALES[found[2]] if found[2] else 1 if named_dong else None
        parts.append((figure, scale, bool(found[3])))
        at = found.end()
    return parts or None


def _value(figure: Figure, scale: int) -> tuple[Decimal, tuple[Problem, ...]]:
    """In plain đồng a lone comma before three digits groups; with a scale it is read as decimal, and said."""
    if figure.style == "ambiguous_comma":
        if scale == 1:
            return figure.value * 1000, ()
        return figure.value * scale, (Problem("ambiguous_number", {"kept": str(figure.value)}),)
    return figure.value * scale, ()


def _sum(parts: list[tuple[Figure, int | None, bool]], unit: int | None) -> Reading:
    """Adds "1 tỷ 200 triệu"; scales must fall and be named when there is more than one part."""
    total, last = Decimal(0), None
    problems: tuple[Problem, ...] = ()
    for figure, named, half in parts:
        scale = named if named is not None else unit
        if scale is None:
            scale = 1
        if len(parts) > 1 and (named is None or (last is not None and named >= last)):
            return problem("several_amounts")
        value, said = _value(figure, scale)
        if named is None and scale > 1 and figure.style == "decimal_point":
            said = (Problem("ambiguous_number", {"kept": str(figure.value)}),)
        total, problems, last = total + value + (scale // 2 if half else 0), problems + said, scale
    return Reading(total, problems)


def _in_dong(value: Decimal, *, named: bool, unit: int | None, problems: tuple[Problem, ...] = ()) -> Reading:
    """Whole đồng within the range that can be meant."""
    if value < 0:
        return problem("negative_number")
    amount = whole(value)
    if amount is None:
        rounded = whole(value.quantize(Decimal(1)))
        # A double keeps about 15 digits: a rest below a hundredth of a đồng is its noise, not the officer's.
        amount = rounded if rounded is not None and abs(value - rounded) < Decimal("0.01") else None
    if amount is None:
        return problem("fraction_of_dong")
    if not named and unit is None and 0 < amount < _SMALLEST_WITHOUT_UNIT:
        return problem("money_unit_missing")
    if not named and 0 < amount < _SMALLEST:
        return problem("money_too_small", unit=UNIT_NAMES[unit or 1])
    if amount > _LARGEST:
        return problem("money_too_large")
    return Reading(amount, problems)


def _amount(text: str, unit: int | None) -> Reading:
    parts = _parts(text)
    if parts is None:
        many = len(re.findall(r"\d[\d.,]*\s*(?:ty|ti|tr|nghin|ngan|d)", text)) > 1
        return problem("several_amounts" if many else "text_in_number_cell")
    reading = _sum(parts, unit)
    if reading.value is None:
        return reading
    named = any(scale is not None for _, scale, _ in parts)
    return _in_dong(reading.value, named=named, unit=unit, problems=reading.problems)


def _number(cell: float, unit: int | None) -> Reading:
    return _in_dong(to_decimal(cell) * (unit or 1), named=False, unit=unit)


def _text_of(cell: object) -> tuple[str, Reading | None]:
    """The folded text of a cell, or the answer when it needs no parsing."""
    if isinstance(cell, bool) or not isinstance(cell, str):
        return "", problem("text_in_number_cell")
    folded = fold(cell)
    if len(folded) > LONGEST:
        return "", problem("text_in_number_cell")
    if _FOREIGN.search(folded):
        return "", problem("foreign_currency")
    return folded, nothing_stated(cell)


def parse_money(cell: object, column: MoneyColumn) -> Reading:
    """A sum in whole đồng (`Money`); a unit in the cell wins over the unit of the column."""
    if cell is None:
        return EMPTY
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        reading = _number(cell, column.unit)
        return reading if reading.value is None else Reading(Money(reading.value), reading.problems)
    folded, answer = _text_of(cell)
    if answer is not None:
        return answer
    if re.match(r"-\s*\d", folded):
        return problem("negative_number")
    qualifier, rest = _qualifier(folded)
    if _SPAN.fullmatch(rest):
        return problem("range_in_number_cell")
    reading = _amount(rest, column.unit)
    return reading if reading.value is None else Reading(Money(reading.value, qualifier), reading.problems)


def _bound(text: str, other: str, unit: int | None) -> Reading:
    """One end of a span; the lower end borrows the unit of the upper one ("4 - 7 triệu")."""
    parts, others = _parts(text), _parts(other)
    if parts and others and len(parts) == 1 and parts[0][1] is None and others[0][1] is not None:
        return _amount(text, others[0][1])
    return _amount(text, unit)


def _span(low: str, high: str, unit: int | None) -> Reading:
    readings = (_bound(low, high, unit), _amount(high, unit))
    problems = tuple(said for reading in readings for said in reading.problems)
    bottom, top = (reading.value for reading in readings)
    if bottom is None or top is None:
        return Reading(None, problems[:1] or (Problem("text_in_number_cell"),))
    if bottom > top:
        return problem("range_reversed")
    return Reading({"min": bottom, "max": top}, problems)


def _monthly(reading: Reading, months: int) -> Reading:
    """An income per `months` months as income per month, said aloud."""
    if reading.value is None or months == 1:
        return reading
    value = {**reading.value, **{end: reading.value[end] // months for end in ("min", "max")}}
    return Reading(value, (*reading.problems, Problem("income_converted_from_year")))


def _income_text(folded: str, unit: int | None) -> Reading:
    if _PER_OTHER.search(folded):
        return problem("income_not_per_month")
    qualifier, rest = _qualifier(_PER_MONTH.sub("", folded))
    if qualifier == "gte" and folded.startswith("tu ") and " tro len" not in folded:
        qualifier = None
    span = _SPAN.fullmatch(rest)
    if span:
        return _span(span["low"], span["high"], unit)
    reading = _amount(rest, unit)
    if reading.value is None:
        return reading
    value = {"min": reading.value, "max": reading.value}
    return Reading(value if qualifier is None else {**value, "qualifier": qualifier}, reading.problems)


def parse_income(cell: object, column: MoneyColumn) -> Reading:
    """Income per person and month: {"min", "max"} in whole đồng (+ "qualifier"); equal for one amount."""
    if cell is None:
        return EMPTY
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        reading = _number(cell, column.unit)
        value = None if reading.value is None else {"min": reading.value, "max": reading.value}
        return _monthly(Reading(value, reading.problems), column.months)
    folded, answer = _text_of(cell)
    if answer is None:
        answer = _income_text(folded, column.unit)
    return _monthly(answer, column.months)


def months_in(header: str) -> int:
    """12 for a header that counts income per year, otherwise 1."""
    said = words(header)
    return 12 if "nam" in said and "thang" not in said and re.search(r"/\s*nam|mot nam", fold(header)) else 1
