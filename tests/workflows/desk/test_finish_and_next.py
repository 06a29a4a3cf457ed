"""Finishing a task and going on with the list from which it was opened."""

import pytest
from django.urls import reverse
from django.utils import translation

from workflows.demo.answers import answer_for
from workflows.demo.play import posted
from workflows.desk.came_from import with_list
from workflows.engine.models import Task


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def desk(world):
    """Five leads of one commune with the same day: two of lan, two free, one of mai between them."""
    tasks = [world.task(world.open_case(name=f"HTX {'Nấm' if n != 1 else 'Dệt'} {n}")) for n in range(5)]
    for number in (0, 1):
        world.claim(tasks[number], world.lan)
    world.claim(tasks[3], world.mai)
    return tasks


def finish(client, task, query, **more):
    task = Task.objects.select_related("case").get(pk=task.pk)
    data = posted(answer_for(task)) | {"next": "1", **more}
    return client.post(reverse("tasks:task", args=[task.pk]), {**data, **({"from": query} if query else {})})


def page_of(task, query):
    return with_list(reverse("tasks:task", args=[task.pk]), query)


def test_the_list_travels_along(client, world, desk):
    client.force_login(world.lan)
    query = "tab=organisation&q=n%E1%BA%A5m"

    row = client.get(f"/tasks/?{query}").context["rows"][0]
    page = client.get(row.url)

    assert row.url == page_of(desk[0], query)
    assert page.context["list_query"] == query
    assert f'href="/tasks/?{query.replace("&", "&amp;")}"' in page.text


def test_the_next_one_of_the_same_filter_opens(client, world, desk):
    client.force_login(world.lan)

    response = finish(client, desk[0], "tab=mine")
    assert response["Location"] == page_of(desk[1], "tab=mine")


def test_a_filter_leaves_out_what_it_leaves_out(client, world, desk):
    """Number 1 does not match, 2 is free, 3 is somebody else's."""
    client.force_login(world.lan)
    query = "tab=organisation&q=nam"

    first = finish(client, desk[0], query)
    world.claim(desk[2], world.lan)
    second = finish(client, desk[2], query)

    assert first["Location"] == page_of(desk[2], query)
    assert second["Location"] == page_of(desk[4], query)


def test_after_the_last_one_the_list_is_shown_and_says_so(client, world, desk):
    client.force_login(world.lan)

    response = finish(client, desk[1], "tab=mine")
    shown = client.get(response["Location"])

    assert response["Location"] == "/tasks/?tab=mine"
    assert "the last task of this list" in shown.text


def test_without_the_button_the_list_is_shown(client, world, desk):
    client.force_login(world.lan)
    task = Task.objects.select_related("case").get(pk=desk[0].pk)

    response = client.post(reverse("tasks:task", args=[task.pk]), posted(answer_for(task)) | {"from": "tab=queue"})

    assert response["Location"] == "/tasks/?tab=queue"


def test_opened_from_nowhere_the_most_urgent_own_task_is_next(client, world, desk):
    client.force_login(world.lan)

    assert finish(client, desk[0], "")["Location"] == reverse("tasks:task", args=[desk[1].pk])


def test_a_draft_and_a_refusal_keep_the_list(client, world, desk):
    client.force_login(world.lan)
    address = reverse("tasks:task", args=[desk[0].pk])

    draft = client.post(address, {"save_draft": "1", "reason": "dở", "from": "tab=mine"})
    refused = client.post(address, {"from": "tab=mine"})

    assert draft["Location"] == page_of(desk[0], "tab=mine")
    assert '<input type="hidden" name="from" value="tab=mine">' in refused.text


def test_giving_back_and_taking_lead_back_to_where_one_was(client, world, desk):
    client.force_login(world.lan)

    back = client.post(reverse("tasks:release", args=[desk[0].pk]), {"from": "tab=mine"})
    page = client.get(page_of(desk[2], "tab=queue"))

    assert back["Location"] == "/tasks/?tab=mine"
    assert f'value="{page_of(desk[2], "tab=queue")}"' in page.text


@pytest.mark.parametrize("query", ["//evil.example", "%00&tab=\0", "tab=nowhere", "q=" + "x" * 9000, "😀", "&" * 3000])
def test_a_hostile_list_is_read_as_filters_and_leads_nowhere_else(client, world, desk, query):
    client.force_login(world.lan)

    shown = client.get(reverse("tasks:task", args=[desk[0].pk]), {"from": query})
    response = finish(client, desk[0], query)

    assert shown.status_code in {200, 400}
    assert response.status_code in {302, 400}
    if response.status_code == 302:
        assert response["Location"].startswith("/tasks/")


@pytest.mark.parametrize("tab", ["mine", "queue", "organisation", "done"])
def test_looking_for_the_next_is_one_statement(world, desk, django_assert_num_queries, tab):
    from django.utils import timezone

    from workflows.desk.filters import Filters
    from workflows.desk.queries import next_in

    standing = world.standing("lan")
    with django_assert_num_queries(1):
        next_in(Filters(tab=tab), desk[0], standing, timezone.now())
