"""The chart of a business plan, drawn by the server: revenue, cost and profit of three years as bars.

Lying bars have room for a word and a sum each, so that the chart reads on a phone, on paper and without colour.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from casework.facts import dong, grouped
from casework.plans.figures import Year

# In units of the drawing, which is as wide as a narrow phone.
_WIDTH, _LEFT, _VALUES = 360, 84, 84
_BAR, _STEP, _HEADING = 16, 22, 26
_MILLION, _BILLION = 10**6, 10**9


@dataclass(frozen=True)
class Bar:
    """One bar: its word and its sum stand beside it."""

    kind: str  # revenue, cost, profit
    label: str
    value: str
    x: int
    y: int
    width: int
    value_x: int
    text_y: int


@dataclass(frozen=True)
class Group:
    """The bars of one year under its heading."""

    heading: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    """A drawing of `width` by `height` units; `axis` is where zero lies. `description` says it in words."""

    width: int
    height: int
    axis: int
    bar: int
    groups: tuple[Group, ...]
    description: str


def chart_of(years: Iterable[Year]) -> Chart:
    """The chart of the years. Sums are shown short; the table beside it has them in full."""
    years = tuple(years)
    sums = [amount for year in years for amount in (year.revenue, year.cost, year.profit)]
    most, least = max([*sums, 1]), min([*sums, 0])
    room = _WIDTH - _LEFT - _VALUES
    axis = _LEFT + room * -least // (most - least)
    groups = tuple(_group(year, place, axis, room, most - least) for place, year in enumerate(years))
    height = len(years) * (_HEADING + 3 * _STEP)
    return Chart(_WIDTH, height, axis, _BAR, groups, " ".join(_sentence(year) for year in years))


def _group(year: Year, place: int, axis: int, room: int, span: int) -> Group:
    top = place * (_HEADING + 3 * _STEP)
    told = (
        ("revenue", _("Revenue"), year.revenue),
        ("cost", _("Cost"), year.cost),
        ("profit", _("Profit") if year.profit >= 0 else _("Loss"), year.profit),
    )
    bars = (
        _bar(kind, label, amount, top + _HEADING + number * _STEP, (axis, room, span))
        for number, (kind, label, amount) in enumerate(told)
    )
    return Group(_("Year %(number)s") % {"number": year.number}, top + 18, tuple(bars))


def _bar(kind: str, label: str, amount: int, y: int, scale: tuple[int, int, int]) -> Bar:
    axis, room, span = scale
    width = abs(amount) * room // span
    x = axis if amount >= 0 else axis - width
    return Bar(kind, label, short_money(amount), x, y, width, max(axis, x + width) + 4, y + 12)


def short_money(amount: int) -> str:
    """A sum as it is spoken, to three places: 84 triệu, 1,25 tỷ, −30 triệu; small ones in full."""
    sign, size = "−" if amount < 0 else "", abs(amount)
    if size >= _BILLION:
        return f"{sign}{_rounded(size, _BILLION)} {_('billion')}"
    if size >= _MILLION:
        return f"{sign}{_rounded(size, _MILLION)} {_('million')}"
    return f"{sign}{grouped(size)}"


def _rounded(size: int, unit: int) -> str:
    places = 0 if size >= 100 * unit else 1 if size >= 10 * unit else 2
    scaled = (size * 10**places * 2 + unit) // (2 * unit)
    whole, rest = divmod(scaled, 10**places)
    rest_text = f"{rest:0{places}d}".rstrip("0") if places else ""
    return f"{grouped(whole)},{rest_text}" if rest_text else grouped(whole)


def _sentence(year: Year) -> str:
    told: dict[str, Any] = {
        "number": year.number,
        "revenue": dong(year.revenue),
        "cost": dong(year.cost),
        "profit": dong(abs(year.profit)),
    }
    if year.profit < 0:
        return _("Year %(number)s: revenue %(revenue)s, cost %(cost)s, loss %(profit)s.") % told
    return _("Year %(number)s: revenue %(revenue)s, cost %(cost)s, profit %(profit)s.") % told
