"""A substitute sees and does the tasks of the absent person, in her name; both see them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.organisations.absences import EndAbsence, SetAbsence
from workflows.acts import ClaimTask, ReleaseTask
from workflows.casefile.timeline import events_of, timeline_of
from workflows.desk.page import page_of_task, people_for, task_seen
from workflows.engine.models import Task, TaskAssignment


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def case(world):
    return world.open_case(name="HTX Nấm Hoa Sen")


@pytest.fixture
def task(world, case):
    return world.task(case)


def away(person, substitute):
    today = timezone.localdate()
    perform(SetAbsence(person, substitute, today, today + timedelta(days=5)), by=person)


def test_a_substitute_of_another_office_finishes_the_task_for_its_owner(world, case, task):
    world.claim(task, world.lan)
    away(world.lan, world.hanh)

    world.finish(task, by=world.hanh)

    event = AuditEvent.objects.get(verb="task.completed", facts__task=task.pk)
    assert (event.actor_id, event.on_behalf_of_id) == (world.hanh.pk, world.lan.pk)
    told = [entry.sentence for entry in timeline_of(events_of(Case.objects.get(pk=case.pk)))]
    assert any("Phạm Mẫu Hạnh on behalf of Nguyễn Mẫu Lan finished" in sentence for sentence in told)
    assignment = TaskAssignment.objects.get(task=task)
    assert (assignment.user, assignment.ended_how) == (world.lan, "done")


def test_a_colleague_with_the_same_right_acts_for_the_owner_too(world, task):
    world.claim(task, world.lan)
    away(world.lan, world.mai)

    world.finish(task, by=world.mai)

    event = AuditEvent.objects.get(verb="task.completed", facts__task=task.pk)
    assert (event.actor_id, event.on_behalf_of_id) == (world.mai.pk, world.lan.pk)


def test_the_absent_person_herself_still_finishes_it(world, task):
    world.claim(task, world.lan)
    away(world.lan, world.mai)

    world.finish(task, by=world.lan)

    assert AuditEvent.objects.get(verb="task.completed", facts__task=task.pk).on_behalf_of_id is None


def test_without_an_absence_or_after_it_nobody_finishes_the_task_of_another(world, task):
    world.claim(task, world.lan)
    with pytest.raises(PermissionDenied):
        world.finish(task, by=world.mai)
    away(world.lan, world.mai)
    perform(EndAbsence(world.lan.absences.get().pk), by=world.lan)
    with pytest.raises(PermissionDenied):
        world.finish(task, by=world.mai)


def test_both_see_the_task_and_new_ones(world, case, task):
    world.claim(task, world.lan)
    away(world.lan, world.hanh)
    later = world.task(world.open_case(by="mai", name="HTX Rau Xanh"))

    for person in ("lan", "hanh"):
        standing = world.standing(person)
        assert list(Task.objects.mine(standing)) == [task]
        assert later in Task.objects.queue(standing)
        assert case in Case.objects.visible_to(standing)


def test_what_a_substitute_takes_in_her_seat_belongs_to_the_absent_person(world, task):
    away(world.lan, world.hanh)

    perform(ClaimTask(task.pk), by=world.hanh, request_id=uuid4())
    task.refresh_from_db()
    assert task.owner == world.lan
    assert AuditEvent.objects.get(verb="task.claimed").on_behalf_of_id == world.lan.pk

    perform(ReleaseTask(task.pk), by=world.hanh)
    task.refresh_from_db()
    assert task.owner is None


def test_the_page_and_the_row_say_for_whom(client, world, task):
    world.claim(task, world.lan)
    away(world.lan, world.hanh)
    page = page_of_task(task_seen(task.pk, world.standing("hanh")), world.standing("hanh"))
    assert (page.state, page.instead_of) == ("mine", "Nguyễn Mẫu Lan")

    client.force_login(world.hanh)
    assert "You act for Nguyễn Mẫu Lan" in client.get(reverse("tasks:task", args=[task.pk])).text
    assert "You, for Nguyễn Mẫu Lan" in client.get(reverse("tasks:inbox"), {"tab": "mine"}).text

    client.force_login(world.lan)
    assert "You act for" not in client.get(reverse("tasks:task", args=[task.pk])).text


def test_nobody_gets_a_task_only_because_she_stands_in(world, task):
    away(world.lan, world.hanh)

    assert list(people_for(task)) == [world.lan, world.mai]


def test_the_inbox_of_a_substitute_costs_no_query_more_for_many_absent(
    client, world, task, django_assert_max_num_queries
):
    world.claim(task, world.lan)
    for person in ("lan", "mai", "cuc"):
        away(getattr(world, person), world.hanh)
    client.force_login(world.hanh)
    client.get("/tasks/")
    with django_assert_max_num_queries(12):
        client.get("/tasks/?tab=mine")
