"""The pages of holds, waits and extensions, and what the desk and the case file say about them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from casework.acts import perform
from casework.models import Case
from workflows.clock.calendar import calendar_between
from workflows.engine.models import Task
from workflows.holds.acts import HoldCase, ResumeCase
from workflows.holds.models import Extension, Hold
from workflows.holds.task_acts import AnswerCame, ExtendTask, WaitForAnswer


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def working_day(after=30):
    day = timezone.localdate() + timedelta(days=after)
    calendar = calendar_between(day, day + timedelta(days=30))
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


def of_task(name, task):
    return reverse(f"taskclock:{name}", args=[task.pk])


def of_case(name, task):
    return reverse(f"holds:{name}", args=[task.case.code])


def the_file(client, task):
    return client.get(reverse("cases:file", args=[task.case.code]))


def labels(links):
    return [link.label for link in links]


PAGES = [(of_case, "hold"), (of_task, "wait"), (of_task, "extend"), (of_task, "priority"), (of_task, "answered")]


@pytest.mark.parametrize(("address", "name"), PAGES)
def test_each_page_asks_with_labels_and_weighs_little(client, world, task, address, name):
    client.force_login(world.hanh)

    response = client.get(address(name, task))

    assert response.status_code == 200
    assert response.text.count("<h1") == 1
    assert all(
        f'for="{field.id_for_label}"' in response.text or "<fieldset" in response.text
        for field in response.context["form"]
    )
    assert len(response.content) < 60_000


@pytest.mark.parametrize(("address", "name"), PAGES)
def test_outside_her_cases_nothing_is_there(client, world, task, address, name):
    client.force_login(world.phuong)

    assert client.get(address(name, task)).status_code == 404
    assert client.post(address(name, task)).status_code == 404


@pytest.mark.parametrize(("address", "name"), PAGES)
def test_who_sees_the_case_without_the_right_is_refused(client, world, task, address, name):
    client.force_login(world.van)

    assert client.get(address(name, task)).status_code == 403
    assert client.post(address(name, task)).status_code == 403


@pytest.mark.parametrize(("address", "name"), PAGES)
@pytest.mark.parametrize("typed", ["\0", "🌾" * 600, "9" * 400, "31/02/2026", "01/01/9999", "99999999999999999999"])
def test_whatever_is_typed_gets_a_sentence_and_stays(client, world, task, address, name, typed):
    client.force_login(world.hanh)
    if name == "answered":
        perform(WaitForAnswer(task.pk, "founder", "Hỏi"), by=world.lan)
    fields = dict.fromkeys(["waits_for", "expected_on", "until", "priority"], typed)

    response = client.post(
        address(name, task), {**fields, "reason": typed * 9, "answer": typed * 600, "request_id": "x"}
    )

    assert response.status_code == 200
    assert response.context["form"].errors


def test_hold_and_resume_by_the_pages(client, world, task):
    client.force_login(world.lan)
    until = timezone.localdate() + timedelta(days=9)
    assert "Put the case on hold" in labels(the_file(client, task).context["more"])

    sent = {"reason": "Chờ vốn", "expected_on": until.strftime("%d/%m/%Y"), "request_id": str(uuid4())}
    client.post(of_case("hold", task), sent)
    again = client.post(of_case("hold", task), sent)
    assert again.status_code == 302
    page = the_file(client, task)
    assert (Hold.objects.count(), Case.objects.get().status) == (1, "on_hold")
    assert "Chờ vốn" in page.context["clock"].now
    assert until.strftime("%d/%m/%Y") in page.text
    assert "Let the case go on" in labels(page.context["more"])

    client.post(of_case("resume", task), {"answer": "Đã có vốn", "request_id": str(uuid4())})
    page = the_file(client, task)
    assert page.context["clock"].now == ""
    assert "Đã có vốn" in page.text
    assert client.get(of_case("resume", task)).status_code == 302


def test_the_owner_waits_reads_why_and_goes_on(client, world, task):
    client.force_login(world.lan)
    client.post(
        of_task("wait", task), {"waits_for": "registrar", "reason": "Đã gửi công văn", "request_id": str(uuid4())}
    )

    page = client.get(reverse("tasks:task", args=[task.pk]))
    assert page.context["page"].state == "held"
    assert "Waiting for the registrar since" in page.text
    assert "Đã gửi công văn" in page.text
    assert of_task("answered", task) in page.text

    client.post(of_task("answered", task), {"answer": "", "request_id": str(uuid4())})
    assert not Task.objects.get(pk=task.pk).held


def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(client, world, task):
    client.force_login(world.hanh)

    response = client.post(
        of_task("extend", task), {"until": timezone.localdate().strftime("%d/%m/%Y"), "reason": "Vắng"}
    )

    assert list(response.context["form"].errors) == ["until"]
    assert "Vắng" in response.text
    assert not Extension.objects.exists()


def test_the_task_says_the_first_day_and_why_it_moved(client, world, task):
    client.force_login(world.hanh)
    until = working_day()
    client.post(of_task("extend", task), {"until": until.strftime("%d/%m/%Y"), "reason": "Bão số 9"})

    words = client.get(reverse("tasks:task", args=[task.pk])).context["page"].first_due
    assert timezone.localdate(task.first_due_at).strftime("%d/%m/%Y") in words
    assert until.strftime("%d/%m/%Y") in words
    assert "Bão số 9" in words
    client.force_login(world.lan)
    (row,) = client.get(reverse("tasks:inbox")).context["rows"]
    assert row.day_moved


def test_only_what_she_may_is_offered(client, world, task):
    def offered(who):
        client.force_login(getattr(world, who))
        return labels(client.get(reverse("tasks:task", args=[task.pk])).context["page"].more)

    extend, press, wait = "Extend the deadline", "Set how much it presses", "Wait for an answer"
    assert {extend, press, wait} <= set(offered("hanh"))
    assert wait in offered("lan")
    assert not {extend, press} & set(offered("lan"))
    assert not {extend, press, wait} & set(offered("van"))
    perform(WaitForAnswer(task.pk, "founder", "Hỏi"), by=world.lan)
    assert not {extend, wait} & set(offered("hanh"))


def test_a_held_task_leaves_her_list_for_the_tab_of_held_ones(client, world, task):
    perform(WaitForAnswer(task.pk, "founder", "Hỏi"), by=world.lan)
    client.force_login(world.lan)

    def count(tab):
        tabs = client.get(reverse("tasks:inbox"), {"tab": tab}).context["tabs"]
        return next(one.count for one in tabs if one.name == tab)

    assert {tab: count(tab) for tab in ("mine", "queue", "organisation", "held")} == {
        "mine": 0,
        "queue": 0,
        "organisation": 1,
        "held": 1,
    }
    (row,) = client.get(reverse("tasks:inbox"), {"tab": "held"}).context["rows"]
    assert row.due_kind == "held"


@pytest.mark.parametrize("rounds", [1, 8])
def test_the_file_costs_the_same_however_often_it_was_held(client, world, task, django_assert_max_num_queries, rounds):
    for number in range(rounds):
        perform(HoldCase(task.case_id, "Chờ"), by=world.lan)
        perform(ResumeCase(task.case_id), by=world.lan)
        perform(WaitForAnswer(task.pk, "founder", "Hỏi"), by=world.lan)
        perform(AnswerCame(task.pk), by=world.lan)
        perform(ExtendTask(task.pk, working_day(30 + 14 * number), "Vắng"), by=world.hanh)
    client.force_login(world.hanh)
    the_file(client, task)

    with django_assert_max_num_queries(38):
        response = the_file(client, task)

    assert len(response.context["clock"].holds) == 2 * rounds
    assert len(response.context["clock"].extensions) == rounds


def test_without_a_session_everything_asks_to_sign_in(world, task):
    for address, name in PAGES:
        assert Client().get(address(name, task)).status_code == 302
