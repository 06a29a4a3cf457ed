"""The map of a flow with today's numbers: where tasks wait, stand still or are late, and how long a step takes."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F
from django.db.models.functions import Extract, Greatest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.cases.stages import Kind, Stage
from casework.organisations.standing import Standing
from workflows.board.asked import USUAL_MONTHS, months_back
from workflows.board.chart import days_text
from workflows.board.percentile import Midnight, Percentile
from workflows.casefile.diagram import Drawing, draw
from workflows.casefile.graph import TASK, Graph, Node, graph_of
from workflows.casefile.progress import NEXT, NOW, Progress
from workflows.desk.days import start_of
from workflows.desk.filters import HELD, SEEN, Filters, due_q, state_q
from workflows.desk.queries import seen_tasks
from workflows.engine.models import Task
from workflows.flows.catalogue import CURRENT

DAY = 24 * 60 * 60
LATE = "late"
_CHARACTER, _PILL = 7.2, 20  # of the small type in the pills; generous, since fonts differ
_BEYOND = 9


@dataclass(frozen=True)
class Step:
    """One step with its numbers. `median`: days from its coming to its end, None when none ended."""

    node: str
    title: str
    stage_label: str
    open: int
    held: int
    late: int
    median: float | None
    open_url: str
    held_url: str
    late_url: str

    @property
    def median_text(self) -> str:
        """The median as it is read."""
        return "" if self.median is None else days_text(self.median)


@dataclass(frozen=True)
class Pill:
    """A number on the drawing: its outline and its words. `tone` is open, late or time."""

    tone: str
    x: float
    y: float
    width: float
    height: float
    text: str

    @property
    def middle(self) -> float:
        """The middle of the words."""
        return self.x + self.width / 2

    @property
    def base(self) -> float:
        """The line on which the words stand."""
        return self.y + self.height - 5.5


@dataclass(frozen=True)
class FlowMap:
    """The drawing with its pills, and the same as rows of a table."""

    title: str
    drawing: Drawing
    pills: list[Pill]
    steps: list[Step]


def flow_map(kind: str, filters: Filters, standing: Standing, now: datetime) -> FlowMap:
    """The map of the flow that cases of a kind follow now. Two queries; `kind` must be in `CURRENT`."""
    flow = CURRENT[kind]
    graph = graph_of(flow, get_language() or "")
    filters = replace(filters, tab=SEEN, kind=kind)
    found, medians = _counts(filters, standing, now), _medians(filters, standing)
    steps = [_step(node, found.get(node.name, {}), medians.get(node.name), filters) for node in _tasks(graph)]
    busy = {name: any(found.get(step.name) for step in _told_at(node)) for name, node in graph.nodes.items()}
    states = {name: NOW if is_busy else NEXT for name, is_busy in busy.items()}
    drawing = draw(graph, Progress(states, {}, frozenset()), Stage.LEAD)
    # No stage is the present one here.
    drawing = replace(drawing, bands=[replace(band, state="plain") for band in drawing.bands])
    return FlowMap(str(flow.process_title), drawing, _pills(graph, drawing, steps), steps)


def kinds() -> list[tuple[str, Any]]:
    """The kinds of cases that follow a flow."""
    return [(kind, Kind(kind).label) for kind in CURRENT]


def _told_at(node: Node) -> tuple[Node, ...]:
    """The steps whose numbers stand at a node: its own, or those of the runs that it waits for."""
    return node.waits_for or (node,)


def _tasks(graph: Graph) -> list[Node]:
    return [step for node in graph.nodes.values() if node.kind == TASK for step in _told_at(node)]


def _counts(filters: Filters, standing: Standing, now: datetime) -> dict[str, dict[str, Any]]:
    rows = filters.apply(seen_tasks(standing), now).order_by().values("node")
    counted = rows.annotate(
        # Not by the name of a column: a later predicate would mean the number.
        n_open=Count("pk"),
        n_held=Count("pk", filter=state_q(HELD, now)),
        n_late=Count("pk", filter=due_q(LATE, now)),
    )
    return {row["node"]: row for row in counted}


def _medians(filters: Filters, standing: Standing) -> dict[str, float]:
    """Days between the coming of a task, or the day on which it opened, and its end; of the last twelve months."""
    # GREATEST passes over what is NULL.
    came = Greatest("created", Midnight("opens_on"))
    lasted = ExpressionWrapper(F("finished") - came, output_field=DurationField())
    done = Task.objects.visible_to(standing).filter(  # type: ignore[attr-defined]
        status="DONE", finished__gte=start_of(months_back(USUAL_MONTHS)), case__kind=filters.kind
    )
    if filters.organisation:
        done = done.filter(organisation=filters.organisation)
    rows = done.order_by().values("node").annotate(median=Percentile(Extract(lasted, "epoch"), 0.5))
    return {row["node"]: row["median"] / DAY for row in rows}


def _step(node: Node, row: dict[str, Any], median: float | None, filters: Filters) -> Step:
    its = replace(filters, node=node.name)
    return Step(
        node=node.name,
        title=node.title,
        stage_label=str(Stage(node.stage).label),
        open=row.get("n_open", 0),
        held=row.get("n_held", 0),
        late=row.get("n_late", 0),
        median=median,
        open_url=its.url(),
        held_url=replace(its, state=HELD).url(),
        late_url=replace(its, due=LATE).url(),
    )


def _pills(graph: Graph, drawing: Drawing, steps: list[Step]) -> list[Pill]:
    """On the lower edge of a box how many wait and are late, on its upper right how long it takes."""
    by_name = {step.node: step for step in steps}
    pills: list[Pill] = []
    for node, box in zip(graph.nodes.values(), drawing.boxes, strict=True):
        # Where runs are waited for, the box tells of their first step; the table of all.
        step = by_name.get(_told_at(node)[0].name)
        if step is None:
            continue
        x, bottom = box.left + 8, box.top + box.height - _BEYOND
        for tone, number, words in _words(step):
            if number:
                pills.append(_pill(tone, x, bottom, words))
                x += pills[-1].width + 4
        if step.median is not None:
            words = _("%(n)s days") % {"n": step.median_text}
            pill = _pill("time", 0, box.top - _PILL + _BEYOND, words)
            pills.append(replace(pill, x=box.left + box.width - pill.width - 8))
    return pills


def _words(step: Step) -> list[tuple[str, int, str]]:
    return [
        ("open", step.open, _("%(n)d open") % {"n": step.open}),
        ("late", step.late, _("%(n)d late") % {"n": step.late}),
    ]


def _pill(tone: str, x: float, y: float, words: str) -> Pill:
    return Pill(tone, x, y, len(words) * _CHARACTER + 14, _PILL, words)
