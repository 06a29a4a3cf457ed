"""What must hold before the product starts. A fault here is told at start-up, not to the first advisor."""

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.db import connections
from django.db.utils import ProgrammingError
from django.utils import timezone
from viewflow.workflow.base import Flow
from viewflow.workflow.nodes import View

from casework.organisations.roles import PERMISSIONS
from casework.sharing.scope import everything
from workflows.clock.models import CalendarYear, TimeLimit
from workflows.engine.lock import case_lock
from workflows.engine.models import Process, Task
from workflows.engine.nodes import Task as HumanNode


def register() -> None:
    """Make Django run the checks."""
    checks.register(check_flows)
    checks.register(check_stored_flows, checks.Tags.database)


def all_flows(base: type[Flow] = Flow) -> Iterator[type[Flow]]:
    """Every flow class that is imported, ours or not."""
    for flow in base.__subclasses__():
        yield from all_flows(flow)
        if flow._nodes_by_name:
            yield flow


def check_flows(app_configs: Any, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Every flow is locked by its case; every human node has a right, an organisation and a title."""
    return [fault for flow in all_flows() for fault in faults_of(flow)]


def faults_of(flow: type[Flow]) -> Iterator[checks.CheckMessage]:
    """The faults of one flow."""
    if flow.lock_impl is not case_lock:
        yield checks.Error(
            f"{flow.__name__} is not locked by its case.",
            hint="Derive it from CaseFlow; viewflow's default lets one task be finished several times.",
            id="workflows.E001",
        )
    if flow.process_class is not Process or flow.task_class is not Task:
        yield checks.Error(f"{flow.__name__} does not use our process and task tables.", id="workflows.E002")
    for node in flow.instance.nodes():
        if isinstance(node, View):
            yield from _faults_of_human_node(flow, node)


def _faults_of_human_node(flow: type[Flow], node: View) -> Iterator[checks.CheckMessage]:
    step = getattr(node, "step", None)
    name = f"{flow.__name__}.{node.name}"
    if not isinstance(node, HumanNode) or step is None:
        yield checks.Error(f"{name} asks for no step, so it has no right and no organisation.", id="workflows.E003")
        return
    if step.permission not in PERMISSIONS:
        yield checks.Error(f"{name} needs an unknown right: {step.permission!r}.", id="workflows.E004")
    if not callable(step.organisation):
        yield checks.Error(f"{name} belongs to no organisation.", id="workflows.E005")
    if not str(step.title):
        yield checks.Error(f"{name} has no title.", id="workflows.E006")


@everything("what is stored is checked, nobody reads it")
def check_stored_flows(app_configs: Any, databases: Any = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Every human node has a time limit, this and the next year a calendar, every open task an existing node."""
    if not databases:
        return []
    tables = connections["default"].introspection.table_names()
    if any(model._meta.db_table not in tables for model in (Task, TimeLimit, CalendarYear)):
        return []  # before the first migration
    return [*_nodes_without_limit(), *_years_without_calendar(), *_tasks_without_node()]


def _nodes_without_limit() -> Iterator[checks.CheckMessage]:
    limited = set(TimeLimit.objects.values_list("node", flat=True))
    if not limited:
        return  # before the reference data is loaded
    for flow in all_flows():
        for node in flow.instance.nodes():
            if isinstance(node, HumanNode) and node.name not in limited:
                # A warning: an update must be able to migrate and load the limits of its new steps.
                yield checks.Warning(
                    f"{flow.__name__}.{node.name} has no time limit.",
                    hint="Run `manage.py load_reference`.",
                    id="workflows.W007",
                )


def _years_without_calendar() -> Iterator[checks.CheckMessage]:
    if not TimeLimit.objects.exists():
        return  # before the reference data is loaded
    this_year = timezone.localdate().year
    for year in sorted({this_year, this_year + 1} - set(CalendarYear.objects.values_list("year", flat=True))):
        yield checks.Warning(
            f"The working calendar of {year} has not been entered.",
            hint="Terms that run into it are only provisional. Enter its days off on the calendar page.",
            id="workflows.W009",
        )


def _tasks_without_node() -> Iterator[checks.CheckMessage]:
    try:
        rows = Task.objects.exclude(status__in=["DONE", "CANCELED"]).values_list("flow_task", flat=True).distinct()
        stored = list(rows)
    except ProgrammingError:
        return  # a column is still to be migrated
    if any(node is None or node.task_type == "OBSOLETE" for node in stored):
        yield checks.Error(
            "Open tasks name a node that no longer exists.",
            hint="Node names are stored in rows: bring the node back, or rename it with a data migration.",
            id="workflows.E008",
        )
