"""Where a case can be set down, and what that cancels, creates and leaves undone."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible
from casework.cases.models import Case
from casework.cases.stages import Stage
from workflows.desk.queries import title_of
from workflows.engine.begin import landing_nodes, steps_at
from workflows.engine.models import Process, Task
from workflows.errands.models import Errand
from workflows.flows.errand_v1 import ErrandV1


@dataclass(frozen=True)
class Landing:
    """One place where a case can be set down. `missing` says what it lacks for that; "" if nothing."""

    name: str
    title: str
    stage: str
    missing: str
    node: Any

    @property
    def stage_label(self) -> str:
        """The stage in the language of the page."""
        return str(Stage(self.stage).label)


@dataclass(frozen=True)
class Preview:
    """What setting a case down at a place does, before it is done. `never_done`: steps that are skipped."""

    landing: Landing
    cancelled: list[str]
    created: list[str]
    never_done: list[str]
    stage_from: str
    stage_to: str


def main_process(case: Case) -> Process:
    """The run of the flow of a case, not of an application or of a task outside its steps.

    Raises Process.DoesNotExist for a case without a flow.
    """
    own = Process.objects.filter(case=case, application=None)
    return own.exclude(flow_class=ErrandV1).latest("pk")


def landings_of(case: Case, process: Process) -> list[Landing]:
    """Every place of the flow of a case, in its order. A few queries, for what the places need."""
    return [_landing(case, node) for node in landing_nodes(process.flow_class)]


def _landing(case: Case, node: Any) -> Landing:
    steps = [one.step for one in steps_at(node)]
    missing = next((sentence for step in steps if (sentence := step.missing(case))), "")
    return Landing(node.name, _joined(str(step.title) for step in steps), steps[0].stage, missing, node)


def _joined(titles: Any) -> str:
    return " + ".join(titles)


def landing(case: Case, process: Process, name: str) -> Landing:
    """The place with this name. Raises ActionNotPossible when the flow has none or the case lacks what it needs."""
    found = next((node for node in landing_nodes(process.flow_class) if node.name == name), None)
    if found is None:
        raise ActionNotPossible(_("Choose a step from the list."), "node")
    place = _landing(case, found)
    if place.missing:
        raise ActionNotPossible(place.missing, "node")
    return place


def preview(case: Case, process: Process, place: Landing) -> Preview:
    """What would be cancelled and created, and which steps before the place were never finished. One query."""
    waits = Q(process__parent_task__process=process, process__application__decision="")
    found = Task.objects.human().filter(Q(process=process) | waits, case=case)
    rows = list(found.select_related("organisation").order_by("pk"))
    done = {row.node for row in rows if row.status == "DONE"}
    return Preview(
        landing=place,
        cancelled=[title_of(row) for row in rows if row.is_open],
        created=[str(node.step.title) for node in steps_at(place.node)],
        never_done=[str(node.step.title) for node in _before(process.flow_class, place.node) if node.name not in done],
        stage_from=str(Stage(case.stage).label),
        stage_to=place.stage_label,
    )


def _before(flow: Any, node: Any) -> list[Any]:
    """The steps that stand before a place in the order of the flow, without those that only some cases need."""
    names = [one.name for one in flow.nodes_in_order()]
    before = names[: names.index(node.name)]
    steps = [one for one in flow.nodes_in_order() if hasattr(one, "step") and not hasattr(one, "replaced_by")]
    return [one for one in steps if one.name in before]


def errands_of(case: Case) -> list[str]:
    """The open tasks outside the steps, which a jump leaves alone and a closing ends. One query."""
    return list(Errand.objects.filter(case=case, ended_at=None).order_by("pk").values_list("title", flat=True))
