"""SQL statements of an act: `perform` alone, savepoint and all. A limit here is the product's promise."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.acts import perform
from casework.cases.acts import OpenCase
from workflows.acts import ClaimTask, CompleteTask, ReleaseTask
from workflows.demo.answers import answer_for
from workflows.demo.play import posted
from workflows.engine.models import Task


def statements_of(act, by):
    """The statements of one act, with a request id as every page sends it."""
    with CaptureQueriesContext(connection) as captured:
        perform(act, by=by, request_id=uuid4())
    return [query["sql"] for query in captured.captured_queries]


def listed(statements):
    return "\n".join(f"{number:2} {sql[:150]}" for number, sql in enumerate(statements, 1))


def completion(world, task, **fields):
    """A task taken, its form filled, and the act that finishes it."""
    by = world.claim(task)
    task = Task.objects.select_related("case").get(pk=task.pk)
    form = task.form(by, data=posted({**answer_for(task), **fields}))
    assert form.is_valid(), form.errors
    return CompleteTask(task.pk, form.cleaned_data), by


@pytest.mark.parametrize(
    ("node", "most"),
    [
        ("survey_needs", 4),
        ("review_plan", 8),
        ("file_dossier", 27),  # a gate of the law: fourteen statements and the check that is kept
        ("prepare_dossier", 21),
        ("screen_lead", 6),
        ("record_registration_result", 44),  # the law, the register with its dated rows, and two branches
        ("form_founding_group", 17),  # a person and a founder for each woman, then two branches
    ],
)
def test_a_completion_costs_at_most(world, node, most):
    act, by = completion(world, world.advance(world.open_case(), node))

    statements = statements_of(act, by)

    assert len(statements) <= most, listed(statements)


def test_a_completion_through_a_join_costs_at_most(world):
    case = world.open_case()
    world.finish(world.advance(case, "draft_plan"))
    act, by = completion(world, world.task(case, "draft_charter"))

    statements = statements_of(act, by)

    assert Task.objects.open().filter(case=case, node="review_plan").exists()
    assert len(statements) <= 17, listed(statements)


def test_taking_and_giving_back_cost_at_most(world):
    task = world.task(world.open_case())

    claim = statements_of(ClaimTask(task.pk), world.lan)
    release = statements_of(ReleaseTask(task.pk), world.lan)

    assert len(claim) <= 4, listed(claim)
    assert len(release) <= 4, listed(release)


def test_opening_a_case_costs_at_most(world):
    commune = world.organisation("wu-kh-a")
    act = OpenCase(commune, commune.area, "HTX Nấm", contact_name="Trần Thị Mẫu", contact_phone="+84900000001")

    statements = statements_of(act, world.lan)

    assert len(statements) <= 30, listed(statements)


def test_a_replay_costs_less_than_the_act(world):
    task, lan, request = world.task(world.open_case()), world.lan, uuid4()
    perform(ClaimTask(task.pk), by=lan, request_id=request)

    with CaptureQueriesContext(connection) as captured:
        perform(ClaimTask(task.pk), by=lan, request_id=request)

    assert len(captured) <= 4


def test_the_cost_does_not_grow_with_the_age_of_a_case(world):
    young = completion(world, world.advance(world.open_case(), "review_plan"))
    case = world.open_case()
    for _round in range(3):
        world.finish(world.advance(case, "review_plan"), **RETURNED)
    old = completion(world, world.advance(case, "review_plan"))

    assert len(statements_of(*old)) == len(statements_of(*young))


RETURNED = {"outcome": "return", "marked_in_plan": ["market"], "remarks": "Who buys in the dry season?"}
