"""Handing over, putting back, and leaving only with empty hands."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.organisations.absences import SetAbsence
from casework.organisations.acts import Appoint, Relieve
from casework.organisations.leaving import CloseAccount, Move
from casework.sharing.models import CaseAccess
from notifications.models import OutboxMessage
from workflows.acts import PutBack, ReassignTask
from workflows.casefile.timeline import events_of, timeline_of
from workflows.engine.models import Task
from workflows.holds.task_acts import WaitForAnswer


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def task(world):
    task = world.task(world.open_case(name="HTX Nấm Hoa Sen"))
    world.claim(task, world.lan)
    return task


def owner_of(task):
    return Task.objects.get(pk=task.pk).owner


def refusal(act, by):
    with pytest.raises(ActionNotPossible) as caught:
        perform(act, by=by)
    return str(caught.value)


def test_the_former_owner_is_told_who_took_it_away_and_to_whom_it_went(world, task):
    perform(ReassignTask(task.pk, to=world.mai, reason="Lan nghỉ"), by=world.hanh)

    told = OutboxMessage.objects.get(kind="task.taken_away")
    assert told.user == world.lan
    assert told.facts == {"by": world.hanh.pk, "from": world.lan.pk, "to": world.mai.pk}
    sentences = [entry.sentence for entry in timeline_of(events_of(Case.objects.get(pk=task.case_id)))]
    assert any("from Nguyễn Mẫu Lan to Trần Mẫu Mai" in sentence for sentence in sentences)


@pytest.mark.parametrize("reason", ["", "  "])
def test_handing_over_needs_a_reason(world, task, reason):
    assert refusal(ReassignTask(task.pk, to=world.mai, reason=reason), world.hanh)
    assert refusal(PutBack(task.pk, reason), world.hanh)
    assert owner_of(task) == world.lan


def test_somebody_of_another_organisation_does_not_get_it(world, task):
    words = refusal(ReassignTask(task.pk, to=world.cuc, reason="x"), world.hanh)

    assert words == "Lê Mẫu Cúc has no right to do this task in Hội LHPN xã Bác Ái."


def test_the_programme_office_of_the_case_moves_it_and_that_of_another_case_does_not(client, world, task):
    office = world.organisation("office-kh")
    assert CaseAccess.objects.filter(case=task.case_id, organisation=office).exists()
    client.force_login(world.van)
    assert client.get(reverse("tasks:reassign", args=[task.pk])).status_code == 200

    perform(ReassignTask(task.pk, to=world.mai, reason="Cân đối"), by=world.van)
    assert owner_of(task) == world.mai
    with pytest.raises(PermissionDenied):
        perform(ReassignTask(task.pk, to=world.lan, reason="x"), by=world.son)


def test_who_is_away_is_shown_with_her_substitute(client, world, task):
    today = timezone.localdate()
    perform(SetAbsence(world.mai, world.hanh, today, today + timedelta(days=3)), by=world.mai)
    client.force_login(world.hanh)

    page = client.get(reverse("tasks:reassign", args=[task.pk])).text

    assert f"Trần Mẫu Mai (away until {today + timedelta(days=3):%d/%m/%Y}, Phạm Mẫu Hạnh acts for her)" in page


def test_nobody_leaves_or_moves_with_open_tasks(world, task):
    membership = world.lan.memberships.get()

    for act in (
        Relieve(membership.pk, "x"),
        Move(membership.pk, world.organisation("wu-kh-b"), "advisor", "x"),
        CloseAccount(world.lan, "x"),
    ):
        assert refusal(act, world.owner).startswith("Nguyễn Mẫu Lan still has 1 open task in Hội LHPN xã Bác Ái.")
    assert world.lan.is_active

    perform(PutBack(task.pk, "Lan nghỉ việc"), by=world.hanh)
    perform(CloseAccount(world.lan, "x"), by=world.owner)
    assert not world.lan.is_active


def test_all_tasks_go_to_one_person_or_back(client, world, task):
    other = world.task(world.open_case(name="HTX Rau Xanh"))
    world.claim(other, world.lan)
    client.force_login(world.hanh)
    address = reverse("staff:handover", args=[world.lan.pk])
    sent = {"organisation": world.organisation("wu-kh-a").pk, "reason": "Lan chuyển công tác"}

    assert client.get(address).text.count('name="task"') == 2
    client.post(address, {**sent, "task": [task.pk], "to": world.mai.pk})
    client.post(address, {**sent, "task": [other.pk], "to": "queue"})

    assert (owner_of(task), owner_of(other)) == (world.mai, None)
    assert "Nothing to hand over" in client.get(address).text


def test_what_cannot_be_moved_is_listed_and_the_rest_is_done(client, world, task):
    other = world.task(world.open_case(name="HTX Rau Xanh"))
    world.claim(other, world.lan)
    client.force_login(world.hanh)
    address = reverse("staff:handover", args=[world.lan.pk])
    sent = {"organisation": world.organisation("wu-kh-a").pk, "task": [], "to": world.mai.pk, "reason": "x"}

    assert "Tick at least one task." in client.post(address, sent).text
    assert "Choose one of the list." not in client.post(address, {**sent, "task": [task.pk], "to": world.mai.pk}).text
    refused = client.post(address, {**sent, "task": [other.pk], "to": world.cuc.pk}).text
    assert "This choice is not open to you" in refused
    assert owner_of(other) == world.lan


def test_a_role_with_an_end_and_open_tasks_is_shown(client, world, task):
    user = world.mai
    perform(Relieve(user.memberships.get().pk, "x"), by=world.owner)
    end = timezone.localdate() + timedelta(days=10)
    perform(Appoint(user, world.organisation("wu-kh-a"), "advisor", valid_until=end), by=world.owner)
    perform(ReassignTask(task.pk, to=user, reason="x"), by=world.hanh)
    client.force_login(world.hanh)

    assert "Role ends, tasks open" in client.get(reverse("staff:people")).text
    assert (
        f"This role ends on {end:%d/%m/%Y}, and 1 task is still open"
        in client.get(reverse("staff:person", args=[user.pk])).text
    )


def test_a_held_task_is_handed_over_too(world, task):
    act = WaitForAnswer(task.pk, waits_for="founder", reason="Chờ nhóm trả lời", expected_on=None)
    perform(act, by=world.lan)

    perform(ReassignTask(task.pk, to=world.mai, reason="Lan nghỉ"), by=world.hanh)

    assert owner_of(task) == world.mai
    assert Task.objects.get(pk=task.pk).held
