"""Stuck cases: each kind is found, only by whom it concerns, at a cost that does not grow."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from casework.acts import perform
from casework.organisations.models import Membership, User
from workflows.acts import ClaimTask
from workflows.holds.acts import HoldCase
from workflows.holds.models import Hold
from workflows.steering.closing import CloseCase
from workflows.steering.corrections import ReturnToStep
from workflows.steering.moving import JumpTo, ReopenCase
from workflows.steering.stuck import KINDS, rows_of, working_days_ago

PAGE = "/stuck/"


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def break_by_hand(statement, *params):
    """What no act can do. The guard speaks when the transaction is committed; that of a test never is."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def found(world, kind, who="hanh", since=None):
    rows = rows_of(KINDS[kind], world.standing(who), since or timezone.localdate() - timedelta(days=30))
    return [row if hasattr(row, "code") else row.case for row in rows]


def without_tasks(case):
    break_by_hand("UPDATE workflows_task SET status = 'CANCELED', finished = now() WHERE case_id = %s", case.pk)


def tomorrow():
    """From then on even what happened today was long ago."""
    return timezone.localdate() + timedelta(days=1)


def test_nothing_is_stuck_in_a_world_that_moves(client, world):
    world.open_case()
    client.force_login(world.hanh)

    page = client.get(PAGE)

    assert page.context["total"] == 0
    assert "No case is stuck" in page.content.decode()


def test_an_open_case_without_a_task_is_found_and_mended_by_a_jump(world, walk):
    without_tasks(walk.case)
    assert found(world, "no_task") == [walk.case]

    perform(JumpTo(walk.case.pk, "survey_needs", "stuck"), by=world.hanh)

    assert found(world, "no_task") == []
    assert walk.open() == ["survey_needs"]


def test_a_closed_account_and_a_lost_right_are_found_and_a_proper_owner_is_not(world, walk):
    task = walk.task("screen_lead")
    perform(ClaimTask(task.pk), by=world.lan)
    assert found(world, "bad_owner") == []

    User.objects.filter(username="lan").update(is_active=False)
    assert found(world, "bad_owner") == [walk.case]
    User.objects.filter(username="lan").update(is_active=True)
    Membership.objects.filter(user=world.lan).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert found(world, "bad_owner") == [walk.case]


def test_a_step_that_no_flow_knows_and_one_that_failed_are_found(world, walk):
    other = world.open_case(name="HTX Khác")
    break_by_hand("UPDATE workflows_task SET node = 'old_step' WHERE case_id = %s AND status = 'NEW'", walk.case.pk)
    break_by_hand("UPDATE workflows_task SET status = 'ERROR' WHERE case_id = %s AND status = 'NEW'", other.pk)

    assert set(found(world, "broken")) == {walk.case, other}


def test_a_case_in_which_nothing_happens_is_found_after_so_many_working_days(world, walk):
    assert found(world, "silent", since=tomorrow()) == [walk.case]
    assert found(world, "silent", since=timezone.localdate()) == []


def test_a_case_whose_follow_up_opens_later_is_not_called_silent(world, walk):
    walk.to("follow_up_6_months")
    while paying := walk.case.tasks.open().filter(node="record_disbursement").first():
        world.finish(paying)

    assert found(world, "silent", since=tomorrow()) == []


def test_a_hold_that_lasts_longer_than_expected_is_found(world, walk):
    walk.to("hold_consultation")
    task = walk.task("hold_consultation")
    perform(ClaimTask(task.pk), by=world.lan)
    perform(ReturnToStep(task.pk, "survey_needs", "why"), by=world.lan)
    assert found(world, "over_held") == []

    break_by_hand("UPDATE workflows_hold SET expected_on = %s", timezone.localdate() - timedelta(days=1))

    assert found(world, "over_held") == [walk.case]
    assert Hold.objects.get().task == task


def test_a_case_held_too_long_is_let_go_on_from_the_page(client, world, walk):
    perform(HoldCase(walk.case.pk, "harvest", timezone.localdate() + timedelta(days=1)), by=world.lan)
    break_by_hand("UPDATE workflows_hold SET expected_on = %s", timezone.localdate() - timedelta(days=1))
    client.force_login(world.hanh)

    page = client.get(PAGE)

    assert [group.kind.name for group in page.context["groups"] if group.count] == ["over_held"]
    assert reverse("holds:resume", args=[walk.case.code]) in page.content.decode()


def test_closed_cases_are_not_stuck(world, walk):
    perform(CloseCase(walk.case.pk, "no_contact"), by=world.lan)

    assert [kind for kind in KINDS if found(world, kind, since=tomorrow())] == []
    perform(ReopenCase(walk.case.pk, "survey_needs", "on"), by=world.hanh)
    assert found(world, "silent", since=tomorrow()) == [walk.case]


def test_cases_of_others_are_not_shown(client, world, walk):
    without_tasks(walk.case)

    assert found(world, "no_task", "son") == []
    client.force_login(world.son)
    assert client.get(PAGE).context["total"] == 0


@pytest.mark.parametrize(
    ("who", "status"), [("hanh", 200), ("van", 200), ("lan", 403), ("binh", 403), ("ngan", 403), ("stranger", 403)]
)
def test_who_may_open_the_page(client, world, who, status):
    client.force_login(getattr(world, who))

    assert client.get(PAGE).status_code == status


def test_each_row_has_the_buttons_that_mend_it(client, world, walk):
    owned = world.open_case(name="HTX Chủ")
    task = world.task(owned)
    perform(ClaimTask(task.pk), by=world.mai)
    User.objects.filter(username="mai").update(is_active=False)
    without_tasks(walk.case)
    client.force_login(world.hanh)

    page = client.get(PAGE).content.decode()

    assert reverse("steering:jump", args=[walk.case.code]) in page
    assert reverse("steering:close", args=[walk.case.code]) in page
    assert reverse("tasks:reassign", args=[task.pk]) in page


@pytest.mark.parametrize(
    "query",
    ["?days=0", "?days=-1", "?days=99999999999", "?days=abc", "?kind=nothing", "?days=%00&kind=%00", "?days=🌾"],
)
def test_hostile_filters_fall_back(client, world, query):
    client.force_login(world.hanh)

    page = client.get(PAGE + query)

    assert page.status_code == 200
    assert page.context["form"].errors
    assert page.context["days"] == 20


def test_one_kind_alone_still_counts_the_others(client, world, walk):
    without_tasks(walk.case)
    client.force_login(world.hanh)

    groups = {group.kind.name: group for group in client.get(PAGE, {"kind": "silent"}).context["groups"]}

    assert (groups["no_task"].count, groups["no_task"].rows) == (1, [])


def test_the_page_costs_the_same_for_one_case_and_for_many(client, world, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(16) as statements:
            client.get(PAGE)
        return len(statements)

    client.force_login(world.hanh)
    without_tasks(world.open_case())
    first = cost()
    for number in range(6):
        without_tasks(world.open_case(name=f"HTX số {number}"))

    assert cost() == first


@pytest.mark.parametrize(
    ("today", "n", "day"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 20)),
        (date(2026, 11, 23), 5, date(2026, 11, 16)),
        # Tết 2026 was from 14 to 22 February.
        (date(2026, 2, 24), 3, date(2026, 2, 12)),
    ],
)
def test_working_days_are_counted_back_over_weekends_and_days_off(world, today, n, day):
    with time_machine.travel(f"{today}T03:00:00+00:00", tick=False):
        assert working_days_ago(n) == day
