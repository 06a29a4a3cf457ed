"""The drawing of a case's way through its flow: lanes, boxes and lines, ready for an SVG template."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from casework.cases.stages import Stage
from workflows.casefile.graph import END, GATEWAY, START, TASK, Graph, Way
from workflows.casefile.lanes import (
    BETWEEN,
    LABELS_WIDTH,
    PAD,
    TRACK,
    Lane,
    Place,
    Plan,
    is_blocked,
    label_lines,
    label_of,
    lay_out,
    wrap,
)
from workflows.casefile.progress import Progress

LINE, LABEL_LINE = 16, 14  # height of a line of text
TITLE_WIDTH = 24  # characters in a line of a box; generous, since fonts differ
STAGE_WIDTH = 13
ROUND = 8
ENTRY = 15  # how far before a node the ways from above turn in

Point = tuple[float, float]


@dataclass(frozen=True)
class Text:
    """A line of text at a place."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """A node: its outline, its title in lines, its state."""

    kind: str
    state: str
    x: float
    y: float
    width: float
    height: float
    lines: list[Text]
    title: str

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def tick(self) -> str:
        """A check mark on the upper left corner."""
        return f"M{self.left - 4:g} {self.top + 0.5:g}l3 3 5-6"

    @property
    def diamond(self) -> str:
        """The corners of a gateway."""
        half = self.width / 2
        corners = ((0, -half), (half, 0), (0, half), (-half, 0))
        return " ".join(f"{self.x + dx:g},{self.y + dy:g}" for dx, dy in corners)


@dataclass(frozen=True)
class Line:
    """A way as a path, with its label in lines."""

    path: str
    taken: bool
    label: list[Text]
    anchor: str = "middle"


@dataclass(frozen=True)
class Band:
    """A lane: a stage with its number and name."""

    number: int
    number_y: float
    lines: list[Text]
    top: float
    height: float
    state: str


@dataclass(frozen=True)
class Drawing:
    """Everything that the template draws, in its order."""

    width: float
    height: float
    bands: list[Band]
    lines: list[Line]
    boxes: list[Box]

    @property
    def inner_width(self) -> float:
        """The width without the edges of the lanes."""
        return self.width - 2


def draw(graph: Graph, progress: Progress, stage: str) -> Drawing:
    """Draw a flow with the progress of a case that stands in `stage`. No query."""
    plan = lay_out(graph, list(Stage.values))
    ways = sorted(graph.ways, key=lambda way: (way.source, way.target) in progress.taken)
    return Drawing(
        plan.width,
        plan.height,
        [_band(lane, stage) for lane in plan.lanes],
        [_line(way, plan, (way.source, way.target) in progress.taken) for way in ways],
        [_box(place, progress.states[name]) for name, place in plan.places.items()],
    )


def _texts(lines: list[str], x: float, middle: float) -> list[Text]:
    """Lines of text around a middle height."""
    first = middle - LINE * (len(lines) - 1) / 2 + 4.5
    return [Text(line, x, first + LINE * number) for number, line in enumerate(lines)]


def _band(lane: Lane, stage: str) -> Band:
    order = list(Stage.values)
    here, now = order.index(lane.stage), order.index(stage)
    state = "done" if here < now else "now" if here == now else "next"
    middle = lane.top + lane.height / 2 + 12
    name = _texts(wrap(str(Stage(lane.stage).label), STAGE_WIDTH), LABELS_WIDTH / 2, middle)
    return Band(here + 1, name[0].y - 20, name, lane.top, lane.height, state)


def _box(place: Place, state: str) -> Box:
    node = place.node
    lines = _texts(wrap(node.title, TITLE_WIDTH), place.x, place.y) if node.kind == TASK else []
    return Box(node.kind, state, place.x, place.y, place.width, place.height, lines, node.title)


def _line(way: Way, plan: Plan, taken: bool) -> Line:
    source, target = plan.places[way.source], plan.places[way.target]
    label = [label_of(way)] if way.outcomes else []
    lane = plan.lane_of(way.source)
    if plan.lane_of(way.target) is not lane:
        points = _across(source, target, plan) if not way.back else _back_across(source, target, plan)
        return _made(points, taken, label, (source.x + 7, source.bottom + 15), "start")
    if way.back:
        points = _over(source, target, lane.top + PAD + TRACK * (lane.above.index(way) + 0.4))
        return _made(points, taken, label, (source.x - 8, points[1][1] - 5), "end")
    if is_blocked(way, lane, plan.places):
        points = _under(source, target, lane.bottom - PAD - TRACK * (lane.below.index(way) + 0.2))
        return _made(points, taken, label, (source.x + 12, points[1][1] - 5), "start")
    return _straight(source, target, taken, label_lines(way) if source.slot == target.slot else label)


def _made(points: list[Point], taken: bool, label: list[str], at: Point, anchor: str) -> Line:
    x, y = at
    first = y - LABEL_LINE * (len(label) - 1)
    texts = [Text(line, x, first + LABEL_LINE * number) for number, line in enumerate(label)]
    return Line(_path(points), taken, texts, anchor)


def _straight(source: Place, target: Place, taken: bool, label: list[str]) -> Line:
    """To the right in the same row, or with one corner into another row."""
    if source.slot == target.slot:
        points = [(source.right, source.y), (target.left, target.y)]
        return _made(points, taken, label, ((source.right + target.left) / 2 - 3, source.y - 6), "middle")
    if source.node.kind in (GATEWAY, START) or target.node.kind == END:
        points = [(source.x, _edge(source, target)), (source.x, target.y), (target.left, target.y)]
        return _made(points, taken, label, (source.x + 12, target.y - 6), "start")
    points = [(source.right, source.y), (target.x, source.y), (target.x, _edge(target, source))]
    return _made(points, taken, label, (source.right + 8, source.y - 6), "start")


def _edge(place: Place, other: Place) -> float:
    """The upper or lower edge of a node, whichever faces the other."""
    return place.bottom if other.y > place.y else place.top


def _over(source: Place, target: Place, track: float) -> list[Point]:
    """Back to the left above everything in the lane."""
    x = target.left - ENTRY
    return [(source.x, source.top), (source.x, track), (x, track), (x, target.y), (target.left, target.y)]


def _under(source: Place, target: Place, track: float) -> list[Point]:
    """To the right below what stands in between."""
    return [(source.x, source.bottom), (source.x, track), (target.x, track), (target.x, target.bottom)]


def _across(source: Place, target: Place, plan: Plan) -> list[Point]:
    """Down between two lanes and in from the left."""
    gutter, x = plan.lane_of(source.node.name).bottom + BETWEEN / 2, target.left - ENTRY
    return [(source.x, source.bottom), (source.x, gutter), (x, gutter), (x, target.y), (target.left, target.y)]


def _back_across(source: Place, target: Place, plan: Plan) -> list[Point]:
    """Up to an earlier lane, round the right side of the drawing."""
    gutter, x, side = plan.lane_of(target.node.name).top + 6, target.left - ENTRY, plan.width - 4
    points = [(source.right, source.y), (side, source.y), (side, gutter), (x, gutter), (x, target.y)]
    return [*points, (target.left, target.y)]


def _path(points: Iterable[Point]) -> str:
    """A path along the points with rounded corners."""
    (x, y), *rest = points
    parts = [f"M{x:g} {y:g}"]
    before = (x, y)
    for corner, after in pairwise(rest):
        start, end = _towards(corner, before), _towards(corner, after)
        parts.append(f"L{start[0]:g} {start[1]:g}Q{corner[0]:g} {corner[1]:g} {end[0]:g} {end[1]:g}")
        before = corner
    parts.append(f"L{rest[-1][0]:g} {rest[-1][1]:g}")
    return "".join(parts)


def _towards(corner: Point, other: Point) -> Point:
    """A point near the corner, on the way to the other point."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = max(abs(dx), abs(dy))
    reach = min(ROUND, length / 2) / length if length else 0
    return (corner[0] + dx * reach, corner[1] + dy * reach)
