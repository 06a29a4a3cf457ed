"""The same act for many tasks: what is chosen, what is asked, what is refused, and that nothing is done twice."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from casework.acts import perform
from casework.audit.models import AuditEvent
from workflows.acts import ClaimTask, ReassignTask
from workflows.desk import bulk
from workflows.desk.bulk_forms import able_people
from workflows.engine.models import Task, TaskAssignment
from workflows.holds.acts import HoldCase

BULK = "/tasks/bulk/"


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def free_tasks(world, count, **more):
    return [world.task(world.open_case(name=f"HTX Nấm {number}", **more)) for number in range(count)]


def asked(client, do, tasks=(), **more):
    """The second page, as the form below the list opens it."""
    return client.get(BULK, {"do": do, "task": [task.pk for task in tasks], "from": "tab=organisation", **more})


def hidden(page):
    names = ("tasks", "rest", "from", "request_id")
    return {name: page.context[name] for name in names} | {"do": page.context["action"].name}


def send(client, page, **fields):
    return client.post(BULK, {**hidden(page), **fields})


def owners(tasks):
    return set(Task.objects.filter(pk__in=[task.pk for task in tasks]).values_list("owner__username", flat=True))


def reasons(response):
    return {row["task"].pk: row["why"] for row in response.context["refused"]}


def test_the_ticked_rows_are_taken(client, world):
    tasks = free_tasks(world, 3)
    client.force_login(world.lan)

    page = asked(client, "claim", tasks[:2])
    response = send(client, page)

    assert page.context["count"] == 2
    assert response.context["done"] == 2
    assert "2 tasks done" in response.text
    assert owners(tasks[:2]) == {"lan"}
    assert owners(tasks[2:]) == {None}


def test_all_of_the_filter_are_chosen_and_no_others(client, world):
    mushrooms = free_tasks(world, 3)
    weavers = world.task(world.open_case(name="HTX Dệt"))
    client.force_login(world.lan)

    page = asked(client, "claim", which="all", **{"from": "tab=queue&q=nam"})
    send(client, page)

    assert page.context["count"] == 3
    assert owners(mushrooms) == {"lan"}
    assert owners([weavers]) == {None}


def test_one_dialog_gives_them_to_somebody(client, world):
    tasks = free_tasks(world, 3)
    world.claim(tasks[0], world.lan)
    client.force_login(world.hanh)

    page = asked(client, "reassign", tasks)
    response = send(client, page, to=world.mai.pk, reason="Chị Lan nghỉ phép")

    assert "Trần Mẫu Mai (may do 3 of 3)" in page.text
    assert response.context["done"] == 3
    assert owners(tasks) == {"mai"}
    events = AuditEvent.objects.filter(verb="task.reassigned")
    assert events.values("chain").distinct().count() == 3
    assert set(events.values_list("reason", flat=True)) == {"Chị Lan nghỉ phép"}


def test_two_hundred_with_seven_refusals(client, world):
    tasks = free_tasks(world, 200)
    client.force_login(world.hanh)
    page = asked(client, "reassign", tasks)
    for task in tasks[:3]:
        world.finish(task, world.lan)
    for task in tasks[3:5]:
        perform(ReassignTask(task.pk, world.mai, "trước đó"), by=world.hanh)
    held = tasks[5:7]
    hold(world, held)

    with CaptureQueriesContext(connection) as statements:
        response = send(client, page, to=world.mai.pk, reason="Nghỉ sinh")

    assert response.context["done"] == 193
    why = reasons(response)
    assert set(why) == {task.pk for task in tasks[:7]}
    assert all("already finished" in why[task.pk] for task in tasks[:3])
    assert all("has this task already" in why[task.pk] for task in tasks[3:5])
    assert all("hold" in why[task.pk].lower() for task in held)
    assert owners(tasks[7:]) == {"mai"}
    assert len(statements) <= 200 * 16


def hold(world, tasks):
    """The cases of some tasks are put on hold."""
    for task in tasks:
        perform(HoldCase(task.case_id, "Chờ người sáng lập", timezone.localdate() + timedelta(days=30)), by=world.hanh)


def test_sending_again_repeats_nothing(client, world):
    tasks = free_tasks(world, 3)
    client.force_login(world.hanh)
    page = asked(client, "reassign", tasks)

    first = send(client, page, to=world.mai.pk, reason="Nghỉ phép")
    perform(ReassignTask(tasks[0].pk, world.lan, "khác"), by=world.hanh)
    again = send(client, page, to=world.mai.pk, reason="Nghỉ phép")

    assert (first.context["done"], again.context["done"], again.context["refused"]) == (3, 3, [])
    assert owners(tasks[:1]) == {"lan"}
    assert TaskAssignment.objects.filter(user=world.mai).count() == 3


def test_two_roles_of_one_person_count_once_and_foreign_people_not_at_all(world, django_assert_num_queries):
    tasks = [*free_tasks(world, 2), *free_tasks(world, 1, by="cuc")]

    with django_assert_num_queries(1):
        people = able_people(tasks)

    assert {(person.name, person.tasks) for person in people} == {
        ("Nguyễn Mẫu Lan", 2),
        ("Trần Mẫu Mai", 2),
        ("Lê Mẫu Cúc", 1),
    }


def test_tasks_whose_organisation_the_person_does_not_sit_in_are_refused_row_by_row(client, world):
    here, there = free_tasks(world, 1)[0], free_tasks(world, 1, by="cuc")[0]
    client.force_login(world.hanh)

    response = send(client, asked(client, "reassign", [here, there]), to=world.mai.pk, reason="Nghỉ phép")

    assert response.context["done"] == 1
    assert "no right to do this task" in reasons(response)[there.pk]
    assert "Lê Mẫu Cúc" not in response.text


def test_foreign_held_and_finished_tasks_are_never_chosen(client, world):
    mine, foreign, done, held = (*free_tasks(world, 1), *free_tasks(world, 1, by="phuong"), *free_tasks(world, 2))
    world.finish(done, world.lan)
    hold(world, [held])
    client.force_login(world.lan)

    page = asked(client, "claim", [mine, foreign, done, held])

    assert hidden(page)["tasks"] == str(mine.pk)
    everything = asked(client, "claim", which="all")
    assert str(held.pk) not in hidden(everything)["tasks"].split(",")


@pytest.mark.parametrize("order", [("foreign", "mine"), ("mine", "foreign"), ("mine", "missing")])
def test_a_form_that_names_one_foreign_task_does_nothing_at_all(client, world, order):
    mine, foreign = (*free_tasks(world, 1), *free_tasks(world, 1, by="phuong"))
    named = {"mine": mine.pk, "foreign": foreign.pk, "missing": 999_999_999}
    client.force_login(world.lan)

    sent = {"do": "claim", "tasks": ",".join(str(named[name]) for name in order), "request_id": uuid4()}

    assert client.post(BULK, sent).status_code == 404
    assert owners([mine, foreign]) == {None}


def test_giving_back_and_putting_back(client, world):
    tasks = free_tasks(world, 3)
    for task in tasks[:2]:
        world.claim(task, world.lan)
    client.force_login(world.lan)
    own = send(client, asked(client, "release", tasks[:1], **{"from": "tab=mine"}), reason="")
    client.force_login(world.hanh)
    others = send(client, asked(client, "put_back", tasks[1:]), reason="Chị Lan nghỉ việc")

    assert (own.context["done"], others.context["done"]) == (1, 1)
    assert "waits in the queue" in reasons(others)[tasks[2].pk]
    assert owners(tasks) == {None}


@pytest.mark.parametrize(
    ("do", "who"), [("reassign", "lan"), ("put_back", "mai"), ("extend", "lan"), ("priority", "binh")]
)
def test_without_the_right_there_is_no_such_page(client, world, do, who):
    tasks = free_tasks(world, 1)
    client.force_login(getattr(world, who))

    assert asked(client, do, tasks).status_code == 403
    assert client.post(BULK, {"do": do, "tasks": tasks[0].pk, "request_id": uuid4()}).status_code == 403


@pytest.mark.parametrize("do", ["", "delete", "😀", "\0"])
def test_an_unknown_action_is_not_there(client, world, do):
    client.force_login(world.lan)

    assert client.get(BULK, {"do": do}).status_code == 404
    assert client.post(BULK, {"do": do}).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"task": ["-1", "²", "9" * 30, "x", "", "1 OR 1"]},
        {"which": "all", "from": "tab=done"},
        {"which": "all", "from": "tab=held"},
        {"which": "all", "from": "tab=queue&after=yesterday", "after": ",,,"},
        {"which": "all", "after": "2026-01-01T00:00:00+00:00,999", "from": "%00&node=x"},
        {},
    ],
)
def test_nothing_chosen_leads_back_with_a_sentence(client, world, query):
    client.force_login(world.lan)

    response = client.get(BULK, {"do": "claim", **query}, follow=True)

    assert response.redirect_chain[0][0].startswith("/tasks/?")
    assert "Tick at least one task" in response.text


@pytest.mark.parametrize(
    ("do", "sent", "field"),
    [
        ("reassign", {"reason": "Nghỉ"}, "to"),
        ("reassign", {"to": "999999", "reason": "Nghỉ"}, "to"),
        ("reassign", {"to": "x\0", "reason": "Nghỉ"}, "to"),
        ("reassign", {"reason": ""}, "reason"),
        ("reassign", {"reason": "n" * 301}, "reason"),
        ("reassign", {"reason": "a\0b"}, "reason"),
        ("put_back", {"reason": "  "}, "reason"),
        ("extend", {"until": "hôm qua", "reason": "Mưa bão"}, "until"),
        ("extend", {"until": "01/01/2020", "reason": "Mưa bão"}, "until"),
        ("extend", {"until": "31/12/9999", "reason": "Mưa bão"}, "until"),
        ("extend", {"until": "", "reason": "Mưa bão"}, "until"),
        ("priority", {"priority": "7", "reason": "Gấp"}, "priority"),
        ("priority", {"reason": "Gấp"}, "priority"),
    ],
)
def test_bad_input_is_answered_at_the_field_and_nothing_is_done(client, world, do, sent, field):
    tasks = free_tasks(world, 2)
    client.force_login(world.hanh)
    page = asked(client, do, tasks)

    response = send(client, page, **sent)

    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert hidden(response)["tasks"] == hidden(page)["tasks"]
    assert not AuditEvent.objects.filter(actor_id=world.hanh.pk).exists()


def test_extending_and_pressing(client, world):
    tasks = free_tasks(world, 2)
    client.force_login(world.hanh)
    until = timezone.localdate() + timedelta(days=30)
    while until.weekday() != 2:
        until += timedelta(days=1)

    extended = send(client, asked(client, "extend", tasks), until=until.strftime("%d/%m/%Y"), reason="Mưa bão")
    pressed = send(client, asked(client, "priority", tasks), priority="2", reason="Gấp")
    shown = client.get("/tasks/", {"tab": "organisation", "priority": "2"})

    assert (extended.context["done"], pressed.context["done"]) == (2, 2)
    stored = Task.objects.filter(pk__in=[task.pk for task in tasks])
    assert {(timezone.localdate(task.due_at), task.priority) for task in stored} == {(until, 2)}
    assert len(shown.context["rows"]) == 2
    assert "Urgent" in shown.text
    assert client.get("/tasks/", {"tab": "organisation", "priority": "1"}).context["rows"] == []


def test_more_than_at_once_says_so_and_offers_the_rest(client, world, monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 3)
    tasks = free_tasks(world, 5)
    client.force_login(world.hanh)
    filters = {"which": "all", "from": "tab=organisation&q=nam"}

    first = send(client, asked(client, "reassign", **filters), to=world.mai.pk, reason="Nghỉ phép")
    page = client.get(first.context["rest_url"])
    second = send(client, page, to=world.mai.pk, reason="Nghỉ phép")

    assert (first.context["done"], second.context["done"]) == (3, 2)
    assert second.context["rest_url"] == ""
    assert owners(tasks) == {"mai"}


@pytest.mark.parametrize("count", [1, 50])
def test_the_second_page_costs_the_same_for_one_and_for_fifty(client, world, django_assert_max_num_queries, count):
    tasks = free_tasks(world, count)
    client.force_login(world.hanh)
    asked(client, "reassign", tasks)

    with django_assert_max_num_queries(6):
        page = asked(client, "reassign", tasks)

    assert page.context["count"] == count
    assert len(page.content) < 60_000


def test_rows_that_can_be_worked_on_have_a_box_and_the_form_is_plain_html(client, world):
    tasks = free_tasks(world, 2)
    client.force_login(world.lan)

    shown = client.get("/tasks/", {"tab": "queue"})
    done = client.get("/tasks/", {"tab": "done"})

    for task in tasks:
        assert f'<input type="checkbox" name="task" value="{task.pk}" form="bulk">' in shown.text
    assert '<form class="card bulk" id="bulk" method="get" action="/tasks/bulk/"' in shown.text
    assert 'form="bulk"' not in done.text
    assert "reassign" not in [action.name for action in shown.context["actions"]]


def test_of_a_bulk_and_a_colleague_at_once_each_task_has_one_owner(committed_world):
    world = committed_world
    tasks = free_tasks(world, 12)
    lan, mai, answers, start = world.lan, world.mai, [], threading.Barrier(2)

    def in_bulk():
        browser = Client()
        browser.cookies["django_language"] = "en"
        browser.force_login(lan)
        ids = ",".join(str(task.pk) for task in tasks)
        start.wait(30)
        answers.append(browser.post(BULK, {"do": "claim", "tasks": ids, "request_id": uuid4()}))
        connections.close_all()

    def one_by_one():
        start.wait(30)
        for task in reversed(tasks):
            try:
                perform(ClaimTask(task.pk), by=mai)
            except bulk.ActionNotPossible:
                continue
        connections.close_all()

    threads = [threading.Thread(target=work) for work in (in_bulk, one_by_one)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    hers = Task.objects.filter(owner=lan).count()
    assert hers + Task.objects.filter(owner=mai).count() == 12
    assert TaskAssignment.objects.count() == 12
    assert answers[0].status_code == 200
    assert answers[0].text.count("just before you") == 12 - hers
