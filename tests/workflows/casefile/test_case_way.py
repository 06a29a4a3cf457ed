"""The way of a case: states of the nodes, the ways taken, and a drawing that fits on the page."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from workflows.casefile.diagram import draw
from workflows.casefile.graph import END, TASK, graph_of
from workflows.casefile.lanes import lay_out, wrap
from workflows.casefile.progress import progress_of
from workflows.casefile.queries import main_rows, task_rows_of
from workflows.casefile.way import way_of
from workflows.flows.catalogue import CURRENT
from workflows.flows.founding_v1 import FoundingV1

# Only the flows that a case itself follows are drawn.
FLOWS = pytest.mark.parametrize("flow", CURRENT.values())


def progress(case):
    rows = main_rows(task_rows_of(case))
    graph = graph_of(rows[0].process.flow_class, "vi")
    return graph, progress_of(graph, rows)


@FLOWS
def test_every_node_of_a_flow_has_a_place_in_the_lane_of_its_stage(flow):
    graph = graph_of(flow, "vi")

    assert set(graph.nodes) == {node.name for node in flow.instance.nodes()} - graph.replaced.keys()
    for node in flow.instance.nodes():
        if hasattr(node, "step") and node.name in graph.nodes:
            assert graph.nodes[node.name].stage == node.step.stage


@FLOWS
def test_no_two_nodes_overlap_and_all_fit_on_a_desk(flow):
    plan = lay_out(graph_of(flow, "vi"), ["lead", "consultation", "business_plan", "registration", "linkage", "linked"])
    places = list(plan.places.values())

    assert plan.width <= 1200
    for number, one in enumerate(places):
        for other in places[number + 1 :]:
            apart = one.right <= other.left or other.right <= one.left
            assert apart or one.bottom <= other.top or other.bottom <= one.top, (one.node.name, other.node.name)


@FLOWS
def test_only_ways_to_something_earlier_lead_back(flow):
    graph = graph_of(flow, "vi")
    order = list(graph.nodes)

    for way in graph.ways:
        assert way.back == (order.index(way.source) > order.index(way.target))


def test_the_loops_of_founding_lead_back():
    graph = graph_of(FoundingV1, "vi")

    back = {(way.source, way.target) for way in graph.ways if way.back}

    assert ("review_plan", "drafting") in back
    assert ("record_registration_result", "prepare_dossier") in back
    assert ("confirm_linkage", "linking") in back


def test_a_new_case_stands_at_its_first_step(world):
    _graph, found = progress(world.open_case("lan"))

    assert found.states["screen_lead"] == "now"
    assert found.states["survey_needs"] == found.states["finished"] == "next"
    assert ("start", "screen_lead") in found.taken


def test_both_parallel_steps_are_now_and_what_was_not_taken_is_skipped(world):
    case = world.open_case("lan")
    world.advance(case, "draft_plan")

    _graph, found = progress(case)

    assert found.states["draft_plan"] == found.states["draft_charter"] == "now"
    assert found.states["form_founding_group"] == "done"
    assert found.states["not_taken_up"] == "skipped"
    assert found.states["drafts_ready"] == "next"


def test_after_a_return_the_review_lies_ahead_again(world):
    case = world.open_case("lan")
    review = world.advance(case, "review_plan")
    world.finish(review, outcome="return", remarks="Sửa lại phần doanh thu.", marked_in_plan=["products"])

    _graph, found = progress(case)

    assert found.states["draft_plan"] == "now"
    assert found.states["draft_charter"] == "done"
    assert found.states["review_plan"] == "next"
    assert ("review_plan", "drafting") in found.taken
    with translation.override("en"):
        way = way_of(case, main_rows(task_rows_of(case)), world.lan)
        notes = {point.label: point.note for stage in way.stages for point in stage.points}
        assert notes[str(review.step.title)].startswith("To be done again. Last time: Returned")


def test_a_declined_lead_skips_the_rest(world):
    case = world.open_case("lan")
    world.finish(world.task(case), decision="decline", reason="Chỉ có hai người muốn tham gia.")

    graph, found = progress(case)

    assert found.states["not_taken_up"] == "done"
    assert {found.states[n.name] for n in graph.nodes.values() if n.kind == TASK} == {"done", "skipped"}


def test_a_follow_up_in_six_months_is_not_yet_now(world):
    case = world.open_case("lan")
    world.advance(case, "follow_up_6_months")

    _graph, found = progress(case)

    assert found.states["follow_up_6_months"] == "next"
    assert found.states["confirm_linkage"] == "done"


def test_the_text_says_the_same_as_the_drawing(world):
    case = world.open_case("lan")
    world.advance(case, "draft_plan")
    rows = main_rows(task_rows_of(case))

    way = way_of(case, rows, world.lan)

    told = {point.label: point.state for stage in way.stages for point in stage.points}
    drawn = {box.title: box.state for box in way.drawing.boxes if box.kind == TASK}
    assert drawn.items() <= told.items()
    assert all(box.title not in told for box in way.drawing.boxes if box.kind == END and box.state != "done")


def test_the_drawing_is_well_formed_without_any_style(world):
    case = world.open_case("lan")
    graph, found = progress(case)

    svg = render_to_string(
        "workflows/casefile/_map.svg",
        {"drawing": draw(graph, found, case.stage), "title": "A & B", "summary": "<now>", "code": case.code},
    )

    root = ET.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
    assert not re.search(r"\bstyle\b|<script|\bon\w+=", svg)


def test_long_titles_are_wrapped_between_words():
    assert wrap("Ghi nhận kết quả đăng ký hợp tác xã", 20) == ["Ghi nhận kết quả", "đăng ký hợp tác xã"]
