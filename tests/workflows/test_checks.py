"""What a start-up refuses: a flow that could lose work, and stored work that no flow knows any more."""

import gc
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.utils import timezone
from viewflow import this
from viewflow.workflow import flow as viewflow
from viewflow.workflow.base import Flow
from viewflow.workflow.exceptions import FlowRuntimeError

from casework.cases.stages import Stage
from casework.organisations.roles import PERMISSIONS, Role
from casework.steps import Step, StepForm, lead_organisation
from workflows.checks import all_flows, check_flows, check_stored_flows, faults_of
from workflows.clock.models import CalendarYear, TimeLimit
from workflows.engine.flow import CaseFlow
from workflows.engine.models import Process, Task
from workflows.engine.nodes import End, Start
from workflows.engine.nodes import Task as HumanNode
from workflows.flows.catalogue import ALL, human_nodes, node_titles


@pytest.fixture(autouse=True)
def flows_of_a_test_end_with_it():
    """viewflow knows a flow as long as its class lives."""
    yield
    gc.collect()
    assert {flow for flow in all_flows() if flow.__module__ == __name__} == set()


def step(**different: Any) -> Step:
    """A step like any other, but for what is given."""
    usual = {
        "name": "screen_lead", "run": lambda _unit: "done", "form_class": StepForm, "stage": Stage.LEAD,
        "role": Role.ADVISOR, "organisation": lead_organisation, "title": "Look at it", "instruction": "", "why": "",
    }  # fmt: skip
    return Step(**{**usual, **different})


def flow_of(node: Any, base: type[Flow] = CaseFlow, **attributes: Any) -> type[Flow]:
    """A flow of one human node, called `look`."""
    nodes = {"start": Start().Next(this.look), "look": node.Next(this.end), "end": End()}
    return type("Sample", (base,), {"__module__": __name__, "__doc__": "Sample", **nodes, **attributes})


def faults(flow: type[Flow]) -> list[str | None]:
    return [fault.id for fault in faults_of(flow)]


def test_a_sound_flow_has_no_faults():
    assert faults(flow_of(HumanNode(step()))) == []


def test_our_flows_have_no_faults():
    assert check_flows(None) == []
    assert {flow for flow in all_flows() if flow in ALL} == set(ALL)


def test_viewflows_default_lock_is_refused():
    flow = flow_of(HumanNode(step()), Flow, process_class=Process, task_class=Task)

    assert faults(flow) == ["workflows.E001"]


def test_another_lock_of_viewflows_is_refused():
    from viewflow.workflow import lock

    assert faults(flow_of(HumanNode(step()), lock_impl=lock.select_for_update_lock)) == ["workflows.E001"]


def test_viewflows_own_tables_are_refused():
    assert "workflows.E002" in faults(flow_of(HumanNode(step()), Flow))


def test_a_human_node_without_a_step_is_refused():
    assert faults(flow_of(viewflow.View(lambda _request: None))) == ["workflows.E003"]


def test_a_node_that_hides_its_step_is_refused():
    node = HumanNode(step())
    node.step = None

    assert faults(flow_of(node)) == ["workflows.E003"]


@pytest.mark.parametrize("right", [{"name": "drink_tea"}, {"right": "drink_tea"}])
def test_an_unknown_right_is_refused(right):
    assert faults(flow_of(HumanNode(step(**right)))) == ["workflows.E004"]


def test_a_node_of_no_organisation_is_refused():
    assert faults(flow_of(HumanNode(step(organisation=None)))) == ["workflows.E005"]


def test_a_node_without_a_title_is_refused():
    assert faults(flow_of(HumanNode(step(title="")))) == ["workflows.E006"]


def test_every_fault_is_told_at_once():
    flow = flow_of(HumanNode(step(name="drink_tea", title="", organisation=None)))

    assert faults(flow) == ["workflows.E004", "workflows.E005", "workflows.E006"]


def test_start_up_finds_a_faulty_flow_by_itself():
    flow = flow_of(HumanNode(step(title="")))

    found = [fault.id for fault in run_checks() if fault.id and fault.id.startswith("workflows.")]

    assert (flow.__name__, found) == ("Sample", ["workflows.E006"])


def test_an_edge_for_an_outcome_that_the_step_does_not_have_is_refused():
    with pytest.raises(FlowRuntimeError, match="has no outcome maybe"):
        HumanNode(step()).On("maybe", this.end)


# ── What the database holds ─────────────────────────────────────────────────────────────────────────────


def stored_faults() -> list[str | None]:
    return [fault.id for fault in check_stored_flows(None, databases=["default"])]


def test_a_database_as_delivered_passes(world):
    world.open_case()

    assert stored_faults() == []
    call_command("check", databases=["default"])


def test_a_node_without_a_time_limit_is_told_but_holds_up_no_update(world):
    TimeLimit.objects.filter(node="review_plan").delete()

    assert sorted(str(fault.msg) for fault in check_stored_flows(None, databases=["default"])) == [
        "ConversionV1.review_plan has no time limit.",
        "FoundingV1.review_plan has no time limit.",
    ]
    with pytest.raises(SystemCheckError, match="review_plan"):
        call_command("check", databases=["default"], fail_level="WARNING")
    call_command("check", databases=["default"])  # as `migrate` asks before the limits of new steps are loaded


@pytest.mark.parametrize("ahead", [0, 1])
def test_a_year_without_a_calendar_is_told_but_holds_up_no_update(world, ahead):
    year = timezone.localdate().year + ahead
    CalendarYear.objects.filter(year=year).delete()

    [fault] = check_stored_flows(None, databases=["default"])

    assert fault.id == "workflows.W009"
    assert str(year) in fault.msg
    call_command("check", databases=["default"])


GONE = [
    "workflows/flows.founding_v1.FoundingV1.ask_the_moon",
    "workflows/flows.founding_v1.FoundingV0.screen_lead",
    "workflows/flows.founding_v0.FoundingV0.screen_lead",
]


@pytest.mark.parametrize("status", ["NEW", "ASSIGNED", "STARTED"])
@pytest.mark.parametrize("gone", GONE, ids=["node", "flow", "module"])
def test_an_open_task_whose_node_no_longer_exists_is_refused(world, gone, status):
    task = world.task(world.open_case())
    world.claim(task)
    Task.objects.filter(pk=task.pk).update(flow_task=gone, status=status)

    assert stored_faults() == ["workflows.E008"]


@pytest.mark.parametrize("status", ["DONE", "CANCELED"])
def test_a_finished_task_may_name_a_node_that_no_longer_exists(world, status):
    task = world.task(world.open_case())
    Task.objects.filter(pk=task.pk).update(flow_task=GONE[0], status=status)

    assert stored_faults() == []


def test_without_a_database_nothing_stored_is_asked():
    assert check_stored_flows(None) == []


# ── The founding flow ───────────────────────────────────────────────────────────────────────────────────


def test_every_node_has_a_way_on_for_every_outcome_of_its_step():
    for node in human_nodes():
        for outcome in node.step.outcomes:
            assert node.next_after(outcome) is not None, f"{node.name} {outcome}"


IN_ORDER = [
    "screen_lead", "survey_needs", "hold_consultation", "form_founding_group", "draft_plan", "draft_charter",
    "review_plan", "hold_founding_conference", "prepare_dossier", "file_dossier", "record_registration_result",
    "link_market", "request_credit", "decide_credit", "confirm_linkage", "follow_up_6_months", "follow_up_12_months",
    # of strengthening, before the half that it shares with founding
    "review_operations",
    "agree_plan",
    "review_strengthening",
    "change_registration",
    "check_conversion",
    "record_disbursement",  # of an application's own run; its decision has the name of the old step
    "do_errand",  # a task outside the steps
]  # fmt: skip


def test_the_flows_have_every_node_of_the_design():
    assert {node.name for node in human_nodes()} == set(IN_ORDER)


def test_steps_are_listed_in_the_order_of_the_flow():
    assert list(node_titles()) == IN_ORDER


def test_every_step_says_what_to_do_and_why():
    for node in human_nodes():
        said = (node.step.title, node.step.instruction, node.step.why, *node.step.outcomes)
        assert all(str(words).strip() for words in said), node.name
        assert node.step.permission in PERMISSIONS
