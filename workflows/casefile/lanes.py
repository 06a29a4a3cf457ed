"""Where each node of a flow stands in the drawing: a lane per stage, left to right within it."""

from dataclasses import dataclass, field

from workflows.casefile.graph import END, TASK, Graph, Node, Way

TASK_WIDTH, TASK_HEIGHT, DOT = 204, 56, 26
GAP, SLOT = 46, 70
LABELS_WIDTH, LEFT, RIGHT = 112, 150, 16
TRACK, PAD, BETWEEN = 20, 14, 14
LABEL_WIDTH = 24  # characters in a line of a label
BETWEEN_OUTCOMES = " / "
CHARACTER = 7.1  # of the small type on the ways; generous, since fonts differ


@dataclass
class Place:
    """A node and its box: `rank` is its column within the lane, `slot` its row (halves allowed)."""

    node: Node
    rank: int = 0
    slot: float = 0
    x: float = 0
    y: float = 0

    @property
    def width(self) -> int:
        return TASK_WIDTH if self.node.kind == TASK else DOT

    @property
    def height(self) -> int:
        return TASK_HEIGHT if self.node.kind == TASK else DOT

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height / 2


@dataclass
class Lane:
    """One stage: its places, and the ways that run above and below them inside the lane."""

    stage: str
    places: list[Place] = field(default_factory=list)
    above: list[Way] = field(default_factory=list)
    below: list[Way] = field(default_factory=list)
    top: float = 0
    height: float = 0

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass
class Plan:
    """The whole drawing: lanes from the top down, every place by name, and its size."""

    lanes: list[Lane]
    places: dict[str, Place]
    width: float = 0
    height: float = 0

    def lane_of(self, name: str) -> Lane:
        """The lane in which a node stands."""
        return next(lane for lane in self.lanes if lane.stage == self.places[name].node.stage)


def lay_out(graph: Graph, stages: list[str]) -> Plan:
    """Give every node its place. `stages` are the lanes, from the top down; empty ones are left out."""
    places = {name: Place(node) for name, node in graph.nodes.items()}
    lanes = [Lane(s, [p for p in places.values() if p.node.stage == s]) for s in stages]
    plan = Plan([lane for lane in lanes if lane.places], places)
    for lane in plan.lanes:
        inside = [w for w in graph.ways if _inside(w, lane, places)]
        _rank(lane, [w for w in inside if not w.back])
        _give_slots(lane, [w for w in inside if not w.back])
        lane.above = [w for w in inside if w.back]
        lane.below = [w for w in inside if not w.back and is_blocked(w, lane, places)]
        _spread(lane, inside)
    _stack(plan)
    return plan


def is_blocked(way: Way, lane: Lane, places: dict[str, Place]) -> bool:
    """Whether another node stands between the two ends of a way that goes on in its own row."""
    source, target = places[way.source], places[way.target]
    return any(source.rank < p.rank < target.rank and p.slot == source.slot for p in lane.places)


def label_of(way: Way) -> str:
    """The outcomes that lead along a way."""
    return BETWEEN_OUTCOMES.join(dict.fromkeys(way.outcomes))


def label_lines(way: Way) -> list[str]:
    """The label with a line for each outcome, so that the nodes stay near each other."""
    outcomes = label_of(way).split(BETWEEN_OUTCOMES)
    parts = [f"{outcome}{BETWEEN_OUTCOMES.rstrip()}" for outcome in outcomes[:-1]] + outcomes[-1:]
    return [line for part in parts for line in wrap(part, LABEL_WIDTH)]


def label_width(way: Way) -> float:
    """About how wide the label is, in the drawing's units."""
    return max(map(len, label_lines(way)), default=0) * CHARACTER


def wrap(text: str, width: int) -> list[str]:
    """Words in lines of at most `width` characters."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _inside(way: Way, lane: Lane, places: dict[str, Place]) -> bool:
    return places[way.source].node.stage == places[way.target].node.stage == lane.stage


def _rank(lane: Lane, ways: list[Way]) -> None:
    """The column of a node: one more than the farthest node that leads to it."""
    rank = {place.node.name: place for place in lane.places}
    for place in lane.places:  # in the order of the flow, so what leads here is settled
        leading = [rank[w.source].rank for w in ways if w.target == place.node.name]
        place.rank = 1 + max(leading) if leading else 0


def _give_slots(lane: Lane, ways: list[Way]) -> None:
    """The row of a node: that of what leads to it; side by side where several share a column."""
    by_name = {place.node.name: place for place in lane.places}
    for rank in sorted({place.rank for place in lane.places}):
        column = [p for p in lane.places if p.rank == rank]
        tasks = [p for p in column if p.node.kind != END]
        for number, place in enumerate(tasks):
            place.slot = _middle(place, ways, by_name) + number - (len(tasks) - 1) / 2
        for number, place in enumerate(p for p in column if p.node.kind == END):
            place.slot = _middle(place, ways, by_name) + number + (1 if tasks else 0)
    lowest = min(place.slot for place in lane.places)
    for place in lane.places:
        place.slot -= lowest


def _middle(place: Place, ways: list[Way], by_name: dict[str, Place]) -> float:
    slots = [by_name[w.source].slot for w in ways if w.target == place.node.name]
    return (min(slots) + max(slots)) / 2 if slots else 0


def _spread(lane: Lane, ways: list[Way]) -> None:
    """Columns from left to right, with room for the labels between them."""
    by_name = {place.node.name: place for place in lane.places}
    x: float = LEFT
    for rank in range(1 + max(place.rank for place in lane.places)):
        column = [p for p in lane.places if p.rank == rank]
        width = max((p.width for p in column), default=0)
        for place in column:
            # An end below a task stands aside, out of the way that leaves the task.
            aside = place.node.kind == END and len(column) > 1
            place.x = x + (place.width if aside else width) / 2
        labels = [label_width(w) + 26 for w in ways if _needs_room(w, rank, by_name)]
        x += width + max([GAP, *labels])


def _needs_room(way: Way, rank: int, by_name: dict[str, Place]) -> bool:
    source, target = by_name[way.source], by_name[way.target]
    return (
        bool(way.outcomes)
        and not way.back
        and source.rank == rank
        and source.slot == target.slot
        and target.rank == rank + 1
    )


def _stack(plan: Plan) -> None:
    """Lanes from the top down, each as high as its rows and the ways above and below them."""
    y: float = 1
    for lane in plan.lanes:
        lane.top = y
        first = y + PAD + TRACK * len(lane.above) + TASK_HEIGHT / 2
        for place in lane.places:
            place.y = first + place.slot * SLOT
        lowest = max(place.bottom for place in lane.places)
        lane.height = lowest + TRACK * len(lane.below) + PAD + 8 - y
        y += lane.height + BETWEEN
    plan.height = y - BETWEEN + 1
    plan.width = max(place.right for place in plan.places.values()) + RIGHT
