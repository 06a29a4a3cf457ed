"""Bars of median and 90th percentile as SVG: classes only, told apart by filling and outline, not by colour alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from casework.drawing import nice_step

WIDTH, LABELS, RIGHT = 720, 200, 64
ROW, BAR, TOP, BOTTOM = 40, 12, 8, 30
MOST = 20  # rows; the table beside it has them all
_LABEL = 28  # characters


@dataclass(frozen=True)
class Bars:
    """One row: its name, and two bars with their values in words."""

    label: str
    y: float
    median: float
    p90: float
    median_text: str
    p90_text: str

    @property
    def middle(self) -> float:
        """The height of the name."""
        return self.y + BAR + 5

    @property
    def median_end(self) -> float:
        """Where the word behind the upper bar begins."""
        return LABELS + self.median + 6

    @property
    def p90_y(self) -> float:
        """The upper edge of the lower bar."""
        return self.y + BAR + 3

    @property
    def p90_end(self) -> float:
        """Where the word behind the lower bar begins."""
        return LABELS + self.p90 + 6


@dataclass(frozen=True)
class Tick:
    """A line of the scale."""

    x: float
    text: str


@dataclass(frozen=True)
class Chart:
    """Everything that the template draws."""

    width: int
    height: int
    left: int
    bar: int
    bottom: int
    rows: list[Bars]
    ticks: list[Tick]


def chart(values: Iterable[tuple[str, float, float]]) -> Chart | None:
    """Rows of (name, median, 90th percentile) in days; None when there is nothing to draw."""
    shown = list(values)[:MOST]
    if not shown:
        return None
    step = nice_step(max(p90 for _label, _median, p90 in shown))
    steps = max(1, ceil(max(p90 for _label, _median, p90 in shown) / step))
    scale = (WIDTH - LABELS - RIGHT) / (steps * step)
    rows = [_bars(number, *value, scale) for number, value in enumerate(shown)]
    ticks = [Tick(LABELS + n * step * scale, f"{n * step:g}") for n in range(steps + 1)]
    bottom = TOP + ROW * len(rows)
    return Chart(WIDTH, bottom + BOTTOM, LABELS, BAR, bottom, rows, ticks)


def _bars(number: int, label: str, median: float, p90: float, scale: float) -> Bars:
    short = label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"
    return Bars(short, TOP + ROW * number + 4, median * scale, p90 * scale, days_text(median), days_text(p90))


def days_text(days: float) -> str:
    """Days as Vietnamese reads them: one place behind a comma, none from a hundred on."""
    return f"{days:.0f}" if days >= 100 else f"{days:.1f}".replace(".", ",")
