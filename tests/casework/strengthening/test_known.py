"""Beside the forms of strengthening stand the plan and the cooperative's market links, to be read only."""

from uuid import uuid4

import pytest
from django.urls import reverse

from casework.acts import perform
from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.linkage.models import MarketLink
from casework.strengthening.facts import market_links
from casework.strengthening.opening import OpenConsolidation


@pytest.fixture
def case(world):
    """The cooperative of a case that already sells is strengthened."""
    founded = world.open_case()
    world.advance(founded, to="confirm_linkage")
    entry = Cooperative.objects.get(cases=founded)
    opened = perform(OpenConsolidation(entry, world.organisation("wu-kh-a")), by=world.lan, request_id=uuid4())
    return Case.objects.get(pk=opened.case_id)


def link():
    return MarketLink.objects.get(result="linked", withdrawn_at=None)


def page(client, person, task):
    client.force_login(person)
    return client.get(reverse("tasks:task", args=[task.pk])).content.decode()


def test_the_review_reads_where_the_cooperative_sells(client, world, case):
    shown = page(client, world.lan, world.task(case))
    assert "data-label=" in shown
    assert link().partner in shown
    assert link().case.code in shown


def test_the_alliance_reads_the_plan_with_its_actions(client, world, case):
    task = world.advance(case, "review_strengthening")
    shown = page(client, world.binh, task)
    assert "Ký hợp đồng bán với một cửa hàng" in shown
    assert link().partner in shown


def test_a_plan_names_days_that_lie_ahead(world, case):
    task = world.advance(case, "agree_plan")
    world.finish(task, **{"actions-0-until": "30/06/2027"})
    assert world.task(case).node == "review_strengthening"


def test_links_of_cases_that_it_may_not_open_are_not_shown(world, case):
    assert market_links(case, case.lead_organisation_id)[0].table
    foreign = market_links(case, world.organisation("wu-ld").pk)
    assert foreign[0].table is None
    assert foreign[0].note


@pytest.mark.parametrize("many", [False, True])
def test_the_queries_are_the_same_for_many(world, case, django_assert_num_queries, many):
    if many:
        founded = link().case
        task = world.task(founded, "confirm_linkage")
        world.finish(task, decision="return", reason="Thêm một nơi bán")
        world.finish(world.task(founded, "link_market"), proof="Hợp đồng mẫu số hai")
    with django_assert_num_queries(1):
        sections = market_links(case, case.lead_organisation_id)
    assert len(sections[0].table.rows) == MarketLink.objects.filter(result="linked", withdrawn_at=None).count()
