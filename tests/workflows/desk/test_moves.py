"""Taking, giving back and handing over a task by the buttons of the desk."""

import threading
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import translation

from casework.drafts.models import Draft
from workflows.desk.page import people_for, task_seen
from workflows.engine.models import Task, TaskAssignment

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def task(world):
    return world.task(world.open_case(name="HTX Nấm Hoa Sen"))


def address(name, task):
    return reverse(f"tasks:{name}", args=[task.pk])


def owner_of(task):
    return Task.objects.get(pk=task.pk).owner


def said(response):
    return [str(message) for message in response.context["messages"] if message.extra_tags != "receipt"]


def test_taking_a_task_makes_it_mine_and_says_so(client, world, task):
    client.force_login(world.lan)

    response = client.post(address("claim", task), {"next": "/tasks/?tab=queue"}, follow=True)

    assert owner_of(task) == world.lan
    assert response.redirect_chain == [("/tasks/?tab=queue", 302)]
    assert "You have taken: Screen the lead, HTX Nấm Hoa Sen." in response.text
    assert address("task", task) in response.text


def test_the_second_of_two_reads_who_was_first(client, world, task):
    world.claim(task, world.mai)
    client.force_login(world.lan)

    response = client.post(address("claim", task), follow=True)

    assert said(response) == ["Trần Mẫu Mai took this task just before you."]
    assert owner_of(task) == world.mai


def test_a_double_click_is_one_taking(client, world, task):
    client.force_login(world.lan)
    sent = {"request_id": str(uuid4())}

    client.post(address("claim", task), sent)
    response = client.post(address("claim", task), sent, follow=True)

    assert all("You have taken" in text for text in said(response))
    assert TaskAssignment.objects.filter(task=task).count() == 1


def test_htmx_gets_the_row_with_counts_and_message(client, world, task):
    client.force_login(world.lan)

    response = client.post(f"{address('claim', task)}?next=/tasks/%3Ftab%3Dqueue", headers=HTMX)

    assert response.status_code == 200
    assert response.templates[0].name == "workflows/desk/_moved.html"
    assert f'id="task-{task.pk}"' in response.text
    assert response.text.count('hx-swap-oob="true"') == 3
    assert {tab.name: tab.count for tab in response.context["tabs"]}["mine"] == 1
    assert response.context["tab"].name == "queue"
    assert "You have taken" in response.text


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_a_button_never_leads_off_the_site(client, world, task, elsewhere):
    client.force_login(world.lan)

    response = client.post(address("claim", task), {"next": elsewhere})

    assert response["Location"] == reverse("tasks:inbox")


@pytest.mark.parametrize("who", ["hanh", "binh", "van", "thanh"])
def test_who_sees_a_task_but_may_not_do_it_cannot_take_it(client, world, task, who):
    client.force_login(getattr(world, who))

    status = client.post(address("claim", task)).status_code

    assert status in {403, 404}
    assert owner_of(task) is None


@pytest.mark.parametrize("name", ["claim", "release", "reassign", "draft"])
def test_foreign_and_missing_tasks_are_the_same_404(client, world, task, name):
    client.force_login(world.phuong)

    assert client.post(address(name, task)).status_code == 404
    assert client.post(f"/tasks/999999999/{name}/").status_code == 404
    assert owner_of(task) is None


@pytest.mark.parametrize("name", ["claim", "release"])
def test_buttons_answer_to_post_only(client, world, task, name):
    client.force_login(world.lan)

    assert client.get(address(name, task)).status_code == 405


def test_giving_back_returns_it_to_the_queue_and_keeps_the_draft(client, world, task):
    world.claim(task, world.lan)
    client.force_login(world.lan)

    response = client.post(address("release", task), {"reason": "Gõ dở", "request_id": uuid4()}, follow=True)

    assert owner_of(task) is None
    assert "Given back: Screen the lead" in response.text
    assert Draft.objects.read(world.lan, f"task:{task.pk}")["reason"] == "Gõ dở"


def test_only_the_owner_gives_back(client, world, task):
    world.claim(task, world.mai)
    client.force_login(world.lan)

    response = client.post(address("release", task), follow=True)

    assert said(response) == ["You can only give back a task that is yours."]
    assert owner_of(task) == world.mai


def test_a_supervisor_hands_over_to_people_with_the_right_only(client, world, task):
    world.claim(task, world.lan)
    client.force_login(world.hanh)

    shown = client.get(address("reassign", task))
    response = client.post(address("reassign", task), {"to": world.mai.pk, "reason": "Chị Lan nghỉ phép"}, follow=True)

    assert list(shown.context["form"].people.values()) == [world.mai]
    assert owner_of(task) == world.mai
    assert said(response) == ["Handed over to Trần Mẫu Mai."]
    assert TaskAssignment.objects.get(task=task, ended_at=None).reason == "Chị Lan nghỉ phép"


def test_the_former_owner_loses_it_at_once(client, world, task):
    world.claim(task, world.lan)
    client.force_login(world.hanh)
    client.post(address("reassign", task), {"to": world.mai.pk, "reason": "Chị Lan nghỉ phép"})
    client.force_login(world.lan)

    assert client.post(address("task", task), {"decision": "accept"}).status_code == 403


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"reason": "Nghỉ phép"}, "to"), ({"to": "mai"}, "reason"), ({"to": "cuc", "reason": "Nghỉ phép"}, "to")],
)
def test_a_hand_over_needs_a_reason_and_somebody_who_may(client, world, task, sent, field):
    client.force_login(world.hanh)
    if "to" in sent:
        sent = {**sent, "to": getattr(world, sent["to"]).pk}

    response = client.post(address("reassign", task), sent)

    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert sent.get("reason", "") in response.text
    assert owner_of(task) is None


@pytest.mark.parametrize("who", ["lan", "mai", "binh"])
def test_who_may_not_hand_over_is_refused(client, world, task, who):
    world.claim(task, world.lan)
    client.force_login(getattr(world, who))

    assert client.get(address("reassign", task)).status_code == 403
    assert client.post(address("reassign", task), {"to": world.mai.pk, "reason": "x"}).status_code == 403
    assert owner_of(task) == world.lan


def test_a_finished_task_cannot_be_handed_over(client, world, task):
    world.finish(task, world.lan)
    client.force_login(world.hanh)

    response = client.get(address("reassign", task), follow=True)

    assert said(response) == ["This task is already finished. Nothing was changed."]


def test_choosing_among_people_costs_one_statement(client, world, task, django_assert_num_queries):
    seen = task_seen(task.pk, world.standing("hanh"))

    with django_assert_num_queries(1):
        assert {person.username for person in people_for(seen)} == {"lan", "mai"}


def test_of_four_at_once_one_gets_it_and_the_others_read_a_sentence(committed_world):
    world = committed_world
    task = world.task(world.open_case(name="HTX Bốn Người"))
    people = [world.lan, world.mai] * 2
    answers, start = [], threading.Barrier(4)

    def take(user):
        browser = Client()
        browser.cookies["django_language"] = "en"
        browser.force_login(user)
        start.wait()
        answers.append(browser.post(address("claim", task), follow=True))
        connections.close_all()

    threads = [threading.Thread(target=take, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # The text and not the context: Django's test client mixes the contexts of threads.
    texts = [answer.text for answer in answers]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert sum("You have taken:" in text for text in texts) == 1
    assert sum("already taken" in text or "just before you" in text for text in texts) == 3
    assert TaskAssignment.objects.filter(task=task).count() == 1
