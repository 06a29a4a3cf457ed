"""Strengthening a cooperative: every way through its flow, by acts."""

from uuid import uuid4

import pytest

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.stages import Stage
from casework.cooperatives.models import Cooperative, Fact
from casework.strengthening.opening import OpenConsolidation
from workflows.engine.models import Task
from workflows.flows.consolidation_v1 import ConsolidationV1
from workflows.flows.founding_v1 import FoundingV1


@pytest.fixture
def case(world):
    founded = world.open_case()
    world.advance(founded, to="link_market")
    entry = Cooperative.objects.get(cases=founded)
    return _open(world, entry)


def _open(world, entry):
    act = OpenConsolidation(entry, world.organisation("wu-kh-a"))
    return Case.objects.get(pk=perform(act, by=world.lan, request_id=uuid4()).case_id)


def _nodes(case):
    return set(Task.objects.open().filter(case=case).values_list("node", flat=True))


def _stage(case):
    return Case.objects.get(pk=case.pk).stage


def test_a_plan_without_change_goes_straight_to_market_and_credit(world, case):
    assert (case.stage, _nodes(case)) == (Stage.CONSULTATION, {"review_operations"})
    world.advance(case, to="link_market")
    assert _nodes(case) == {"link_market", "request_credit"}
    assert _stage(case) == Stage.LINKAGE
    assert not Task.objects.filter(case=case, node="change_registration").exists()
    assert Fact.objects.filter(told_by=case, indicator="members").exists()


def test_a_change_is_registered_and_a_refused_one_leads_back_to_the_plan(world, case):
    world.finish(world.advance(case, to="agree_plan"), changes=["name"])
    world.finish(world.task(case))
    assert (_nodes(case), _stage(case)) == ({"change_registration"}, Stage.REGISTRATION)
    world.finish(world.task(case), result="refused")
    assert (_nodes(case), _stage(case)) == ({"agree_plan"}, Stage.BUSINESS_PLAN)
    world.finish(world.task(case), changes=["name"])
    world.finish(world.task(case))
    world.finish(world.task(case))
    assert _nodes(case) == {"link_market", "request_credit"}


def test_the_alliance_returns_a_plan(world, case):
    world.finish(world.advance(case, to="review_strengthening"), decision="return")
    assert _nodes(case) == {"agree_plan"}


@pytest.mark.parametrize(("outcome", "ended"), [("no_need", "completed"), ("stop", "stopped")])
def test_without_a_plan_the_case_is_closed(world, case, outcome, ended):
    world.finish(world.task(case), outcome=outcome)
    closed = Case.objects.get(pk=case.pk)
    assert (closed.status, closed.outcome, _nodes(case)) == ("closed", ended, set())


def test_a_second_case_is_refused_and_named(world, case):
    with pytest.raises(ActionNotPossible, match=case.code):
        _open(world, case.cooperative)


def test_both_flows_have_their_own_copy_of_the_shared_half_in_the_same_order():
    founding, consolidation = ([n.name for n in flow.nodes_in_order()] for flow in (FoundingV1, ConsolidationV1))
    half = founding[founding.index("linking") :]
    assert half == consolidation[consolidation.index("linking") :]
    assert half[-1] == "finished"
    assert FoundingV1.link_market is not ConsolidationV1.link_market
    assert FoundingV1.link_market.flow_class is FoundingV1
