"""Growth curves out of several reports: `python -m bench.curves docs/bench/*.json --out FILE.svg`."""

import argparse
import json
import math
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 70, 250, 40, 50
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
COLOURS = ("#1b6e53", "#b5452c", "#3b5ba5", "#8a6d1b", "#7a3b7a", "#444444")
# Which pages are drawn: area, name of the page.
PAGES = [
    ("desk", "queue, few organisations"),
    ("desk", "organisation, a province"),
    ("desk", "organisation, the country"),
    ("desk", "cases, the country"),
    ("board", "board, a province"),
    ("board", "board, the country"),
]


def points(reports: list[dict[str, Any]]) -> dict[str, list[tuple[int, float]]]:
    """Database time of each page by the number of cases, in milliseconds."""
    found: dict[str, list[tuple[int, float]]] = {}
    for report in sorted(reports, key=lambda one: SIZES[one["size"]]):
        for area, name in PAGES:
            page = report["areas"].get(area, {}).get("pages", {}).get(name)
            if page:
                found.setdefault(name, []).append((SIZES[report["size"]], page["database_ms"]))
    return found


def drawn(curves: dict[str, list[tuple[int, float]]]) -> str:
    """The curves as SVG, both axes logarithmic, each line named at its end."""
    values = [ms for line in curves.values() for _size, ms in line]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    sizes = sorted(SIZES.values())

    def x(size: int) -> float:
        share = math.log10(size / sizes[0]) / math.log10(sizes[-1] / sizes[0])
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(ms: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(ms) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-size="13">',
        "<title>Database time of pages by the number of cases</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="20" font-size="15">Database time of a page (ms) by the number of cases</text>',
    ]
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10**power:g}</text>')
    for name, size in SIZES.items():
        parts.append(f'<text x="{x(size):.1f}" y="{HEIGHT - 20}" text-anchor="middle">{name}</text>')
    names = sorted(curves, key=lambda name: -curves[name][-1][1])
    label = TOP
    for name, colour in zip(names, COLOURS, strict=False):
        line = curves[name]
        path = "L".join(f"{x(size):.1f} {y(ms):.1f}" for size, ms in line)
        label = max(label + 17, y(line[-1][1]) + 4)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(size):.1f}" cy="{y(ms):.1f}" r="3" fill="{colour}"/>' for size, ms in line]
        parts.append(f'<text x="{WIDTH - RIGHT + 12}" y="{label:.1f}" fill="{colour}">{name}: {line[-1][1]:.1f}</text>')
    return "\n".join([*parts, "</svg>\n"])


def main() -> None:
    """Read the reports and write the picture."""
    asked = argparse.ArgumentParser(prog="python -m bench.curves")
    asked.add_argument("reports", nargs="+", type=Path)
    asked.add_argument("--out", type=Path, required=True)
    given = asked.parse_args()
    given.out.write_text(drawn(points([json.loads(path.read_text()) for path in given.reports])))


if __name__ == "__main__":
    main()
