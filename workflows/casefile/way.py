"""The way of a case through its flow, twice: as a drawing and as the same in words."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cases.stages import Stage
from casework.organisations.models import User
from workflows.casefile.diagram import Drawing, draw
from workflows.casefile.graph import END, TASK, Graph, Node, graph_of
from workflows.casefile.listing import holder_of
from workflows.casefile.progress import DONE, NEXT, NOW, SKIPPED, Progress, opens_later, progress_of
from workflows.casefile.words import day_of
from workflows.desk.due import WorkingDays, due_of
from workflows.desk.queries import outcome_of
from workflows.engine.models import Task
from workflows.flows.catalogue import CURRENT


@dataclass(frozen=True)
class Point:
    """One step in words, as components/path.html shows it."""

    label: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class StageWay:
    """The steps of one stage."""

    number: int
    label: str
    points: list[Point]


@dataclass(frozen=True)
class Way:
    """The drawing and the text; `summary` says in one sentence where the case is."""

    title: str
    summary: str
    drawing: Drawing
    stages: list[StageWay]


def way_of(case: Case, rows: list[Task], user: User, days: WorkingDays | None = None) -> Way | None:
    """The way of a case, from the rows of its first process. None for a kind without a flow. At most one query,
    and none with `days` that have counted already.
    """
    flow: Any = rows[0].process.flow_class if rows else CURRENT.get(case.kind)
    if flow is None:
        return None
    graph = graph_of(flow, get_language() or "")
    progress = progress_of(graph, rows)
    finished = {graph.replaced.get(row.node, row.node): row for row in rows if row.status == "DONE"}
    days = days or WorkingDays(timezone.now())
    points = [
        (n.stage, _point(n, progress, finished.get(n.name), user, days))
        for n in graph.nodes.values()
        if _told(n, progress)
    ]
    points.sort(key=lambda pair: list(Stage.values).index(pair[0]))
    stages = [
        StageWay(list(Stage.values).index(stage) + 1, str(Stage(stage).label), [point for _stage, point in group])
        for stage, group in groupby(points, key=lambda pair: pair[0])
    ]
    return Way(str(flow.process_title), _summary(graph, progress), draw(graph, progress, case.stage), stages)


def _told(node: Node, progress: Progress) -> bool:
    """Steps are told; gateways only drawn; an end only once it is reached."""
    return node.kind == TASK or (node.kind == END and progress.states[node.name] == DONE)


def _point(node: Node, progress: Progress, last: Task | None, user: User, days: WorkingDays) -> Point:
    state, row = progress.states[node.name], progress.newest.get(node.name)
    if state == NOW and row is not None:
        due = due_of(row, timezone.now(), days).text if row.due_at else ""
        words = [word for word in (_("In progress"), holder_of(row, user) if due else "", due, *_round(row)) if word]
        return Point(node.title, state, " · ".join(words))
    if state == NEXT and opens_later(row) and row is not None:
        return Point(node.title, state, due_of(row, timezone.now(), days).text)
    if last is not None and node.kind == TASK:
        again = _("To be done again. Last time: %(how)s") % {"how": _finished(last)}
        return Point(node.title, state, again if state == NEXT else _finished(last))
    return Point(node.title, state, {NEXT: _("Not started"), SKIPPED: _("Skipped")}.get(state, ""))


def _finished(row: Task) -> str:
    """When, by whom and how a step was last finished."""
    day = day_of(row.finished) if row.finished else ""
    words = (outcome_of(row) or _("Done"), day, str(row.owner or ""), *_round(row))
    return " · ".join(word for word in words if word)


def _round(row: Task) -> list[str]:
    return [_("round %(round)d") % {"round": row.round}] if row.round > 1 else []


def _summary(graph: Graph, progress: Progress) -> str:
    """Which steps are in progress and how many are done."""
    tasks = [node for node in graph.nodes.values() if node.kind == TASK]
    now = ", ".join(node.title for node in tasks if progress.states[node.name] == NOW)
    done = sum(progress.states[node.name] == DONE for node in tasks)
    words = {"done": done, "all": len(tasks), "now": now}
    if now:
        return _("%(done)d of %(all)d steps are done. In progress: %(now)s.") % words
    return _("%(done)d of %(all)d steps are done. None is in progress.") % words
