"""Four eyes: nobody checks her own work, wherever she tries."""

import pytest
from django.urls import reverse

from casework.acts import ActionNotPossible, perform
from casework.organisations.acts import Appoint
from workflows.acts import ClaimTask, CompleteTask, ReassignTask
from workflows.demo.answers import answer_for
from workflows.demo.play import posted
from workflows.desk.queries import may_claim
from workflows.engine.models import Task
from workflows.four_eyes import eyes_of, look


def _may_do_both(world, user, task):
    perform(Appoint(user, task.organisation, task.role), by=world.owner)


CHECKED = [
    ("draft_plan", "review_plan", "binh"),
    ("draft_charter", "review_plan", "binh"),
    ("link_market", "confirm_linkage", "hanh"),
    ("request_credit", "confirm_linkage", "hanh"),
    ("decide_credit", "confirm_linkage", "hanh"),
]


@pytest.fixture(params=CHECKED, ids=lambda row: f"{row[0]}-{row[1]}")
def checking(request, world, walk):
    """An open task that checks a step, and the person who did that step and holds the right to check."""
    prepared, check, who = request.param
    walk.to(prepared)
    user = getattr(world, who)
    _may_do_both(world, user, walk.task(prepared))
    walk.finish(prepared, user).to(check)
    return walk.task(check), user


def test_nobody_takes_the_check_of_her_own_work(checking):
    task, user = checking

    with pytest.raises(ActionNotPossible, match=user.full_name):
        perform(ClaimTask(task.pk), by=user)
    assert Task.objects.get(pk=task.pk).owner is None


def test_nobody_is_handed_the_check_of_her_own_work(world, checking):
    task, user = checking
    supervisor = world.hanh if task.node == "confirm_linkage" else world.van
    if task.node == "review_plan":
        perform(Appoint(supervisor, task.organisation, "administrator"), by=world.owner)

    with pytest.raises(ActionNotPossible) as refusal:
        perform(ReassignTask(task.pk, user, "please"), by=supervisor)

    assert refusal.value.field == "to"


def test_nobody_finishes_the_check_for_somebody_who_did_what_it_checks(world, walk):
    walk.to("link_market")
    _may_do_both(world, world.hanh, walk.task("link_market"))
    walk.finish("link_market", world.hanh).to("confirm_linkage")
    task = walk.task("confirm_linkage")
    perform(Appoint(world.stranger, task.organisation, task.role), by=world.owner)
    world.claim(task, world.stranger)

    with pytest.raises(ActionNotPossible):
        perform(
            CompleteTask(task.pk, {"decision": "confirm", "reason": ""}), by=world.stranger, on_behalf_of=world.hanh
        )

    assert walk.stage[0] == "linkage"


def test_work_that_a_substitute_finished_counts_for_both(world, walk):
    walk.to("draft_plan")
    task = Task.objects.select_related("case", "organisation").get(pk=walk.task("draft_plan").pk)
    world.claim(task, world.lan)
    form = task.step.form_class(task.case, world.lan, data=posted(answer_for(task)))
    assert form.is_valid()

    perform(CompleteTask(task.pk, form.cleaned_data), by=world.lan, on_behalf_of=world.cuc)

    walk.finish("draft_charter", world.mai)
    assert eyes_of(walk.task("review_plan")) == {world.lan.pk, world.cuc.pk, world.mai.pk}


def test_the_check_is_not_offered_to_whom_it_would_be_refused(world, checking):
    task, user = checking

    assert not may_claim(task, world.standing(user.username))
    assert user.pk in eyes_of(task)


def test_others_still_check(world, checking):
    task, _user = checking
    other = world.stranger
    perform(Appoint(other, task.organisation, task.role), by=world.owner)

    perform(ClaimTask(task.pk), by=other)

    assert Task.objects.get(pk=task.pk).owner == other


def test_the_page_of_the_task_offers_no_button(client, world, checking):
    task, user = checking
    client.force_login(user)

    page = client.get(reverse("tasks:task", args=[task.pk])).context["page"]

    assert page.state == "elsewhere"


def test_many_tasks_cost_one_query_and_none_when_nothing_is_checked(world, django_assert_num_queries):
    cases = [world.open_case(name=f"HTX số {n}") for n in range(4)]
    first = list(Task.objects.open().filter(case__in=cases))
    with django_assert_num_queries(0):
        look(first)
    for case in cases[:3]:
        world.advance(case, "review_plan")
    reviews = list(Task.objects.open().filter(node="review_plan"))

    with django_assert_num_queries(1):
        look(reviews)
        found = [eyes_of(task) for task in reviews]

    assert len(reviews) == 3
    assert all(found)
