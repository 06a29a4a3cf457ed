"""Who is told of what is done: the outbox, drained into one notification per person and event."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import signals
from casework.acts import Notice, Told, perform
from casework.models import Absence, User
from casework.organisations.absences import SetAbsence
from notifications import outbox
from notifications.models import Delivery, Notification, OutboxMessage
from notifications.recipients import tell
from tests.owner import as_owner
from workflows.acts import ReassignTask, ReleaseTask


def told(user, **which):
    return list(Notification.objects.filter(user=user, **which).order_by("pk").values_list("kind", flat=True))


def message(number=1, kind="task.waiting", chain="case:0", **more):
    return OutboxMessage(
        kind=kind, chain=chain, event_seq=number, idem_key=f"{chain}/{number}/{kind}/{more}"[:160], **more
    )


def drained():
    """Told of all that waits, so that a test sees only its own."""
    while outbox.pump():
        pass


def absent(user, substitute, days=3):
    today = timezone.localdate()
    return Absence.objects.create(
        user=user, substitute=substitute, first_day=today, last_day=today + timedelta(days=days), set_by=user
    )


def statements_of(count, **more):
    OutboxMessage.objects.bulk_create([message(number, chain=f"case:{count}", **more) for number in range(count)])
    with CaptureQueriesContext(connection) as captured:
        assert outbox.pump() == count
    return len(captured)


# ── Who ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_substitute_learns_that_she_is_one_and_the_person_away_when_another_entered_it(world):
    today = timezone.localdate()
    perform(SetAbsence(world.lan, world.mai, today, today), by=world.lan)
    drained()
    perform(SetAbsence(world.lan, world.mai, today + timedelta(days=9), today + timedelta(days=9)), by=world.hanh)

    drained()

    assert told(world.mai) == ["absence.set", "absence.set"]
    assert told(world.lan) == ["absence.set"]
    assert told(world.hanh) == []


def test_a_waiting_task_is_told_to_those_who_may_do_it_and_to_nobody_else(world):
    case = world.open_case("lan")

    drained()

    assert told(world.mai, case=case) == ["task.waiting"]
    for nobody in (world.cuc, world.hanh, world.binh, world.stranger, world.phuong):
        assert told(nobody) == []


def test_ones_own_act_tells_oneself_nothing(world):
    world.open_case("lan")

    drained()

    assert told(world.lan) == []


def test_a_task_given_is_told_to_its_new_owner_only(world):
    task = world.task(world.open_case("lan"))
    world.claim(task, world.lan)
    supervisor = world.hanh
    drained()
    before = len(told(world.mai))

    perform(ReassignTask(task.pk, to=world.mai, reason="Cần người khác"), by=supervisor)
    drained()

    assert told(world.mai)[before:] == ["task.assigned"]
    assert told(supervisor) == []


def test_the_former_owner_is_told_that_it_was_taken_away(world):
    OutboxMessage.objects.bulk_create(
        [message(1, "task.taken_away", user=world.lan), message(1, "task.assigned", user=world.mai)]
    )

    outbox.pump()

    assert told(world.lan) == ["task.taken_away"]
    assert told(world.mai) == ["task.assigned"]


def test_of_two_notices_of_one_event_the_more_telling_is_kept(world):
    OutboxMessage.objects.bulk_create(
        [message(1, "task.waiting", user=world.lan), message(1, "task.returned", user=world.lan)]
    )

    outbox.pump()

    assert told(world.lan) == ["task.returned"]


def test_the_more_telling_wins_though_it_comes_later(world):
    message(1, "task.waiting", user=world.lan).save()
    outbox.pump()
    message(1, "task.returned", user=world.lan).save()
    outbox.pump()
    message(1, "deadline.moved", user=world.lan).save()
    outbox.pump()

    assert told(world.lan) == ["task.returned"]


def test_a_role_is_an_audience(world):
    message(1, "clock.late", organisation=world.organisation("wu-kh"), audience="supervisor").save()
    message(2, "clock.late", organisation=world.organisation("wu-kh-a"), audience="supervisor").save()

    outbox.pump()

    assert list(Notification.objects.values_list("user__username", "event_seq")) == [("hanh", 1)]


def test_a_right_is_an_audience(world):
    message(1, "clock.late", organisation=world.organisation("al-kh"), audience="review_plan").save()

    outbox.pump()

    assert {n.user.username for n in Notification.objects.all()} == {"binh", "bao"}


def test_who_stands_in_is_told_and_so_is_she_who_is_away(world):
    absent(world.lan, world.mai)
    absent(world.mai, world.cuc)
    message(1, "task.assigned", user=world.lan).save()

    outbox.pump()

    assert {n.user.username for n in Notification.objects.all()} == {"lan", "mai", "cuc"}


def test_two_who_stand_in_for_each_other_are_told_once(world):
    absent(world.lan, world.mai)
    absent(world.mai, world.lan)
    message(1, "task.assigned", user=world.lan).save()

    outbox.pump()

    assert Notification.objects.count() == 2


def test_what_an_inspector_or_administrator_hears_is_not_passed_on(world):
    absent(world.van, world.lan)
    absent(world.hanh, world.mai)
    for number, code in enumerate(["office-kh", "wu-kh"]):
        message(number, "clock.late", organisation=world.organisation(code)).save()

    outbox.pump()

    assert {n.user.username for n in Notification.objects.all()} == {"van", "hanh", "mai"}


def test_an_absence_that_ended_early_tells_nobody_else(world):
    absence = absent(world.lan, world.mai)
    Absence.objects.filter(pk=absence.pk).update(ended_at=timezone.now())
    message(1, "task.assigned", user=world.lan).save()

    outbox.pump()

    assert {n.user.username for n in Notification.objects.all()} == {"lan"}


def test_a_closed_account_and_a_former_member_are_told_nothing(world):
    User.objects.filter(pk=world.mai.pk).update(is_active=False)
    world.lan.memberships.update(valid_from=date(2025, 7, 1), valid_until=timezone.localdate() - timedelta(days=1))
    message(1, organisation=world.organisation("wu-kh-a")).save()
    message(2, user=world.mai).save()

    assert outbox.pump() == 2

    assert not Notification.objects.exists()
    assert not OutboxMessage.objects.exclude(state="sent").exists()


# ── What the clock says ─────────────────────────────────────────────────────────────────────────────────


def test_what_the_clock_says_is_told_once_however_often_it_says_it(world):
    case = world.open_case("lan")
    task = world.task(case)
    notice = Notice("clock.late", user_id=world.lan.pk, task_id=task.pk, facts={"level": 4})
    drained()

    for _again in range(3):
        signals.clock_told.send(None, told=[Told(f"clock:{task.pk}", 7394, case.pk, notice)])
        drained()

    assert told(world.lan) == ["clock.late"]
    assert Notification.objects.get(user=world.lan).facts == {"level": 4}


def test_a_thousand_things_the_clock_says_cost_one_statement(world):
    notice = Notice("clock.late", user_id=world.lan.pk)
    with CaptureQueriesContext(connection) as captured:
        signals.clock_told.send(None, told=[Told("clock:1", number, None, notice) for number in range(1000)])
    assert len(captured) == 1
    assert OutboxMessage.objects.count() == 1000


def test_audience_and_facts_travel_with_an_act(world):
    task = world.task(world.open_case("lan"))
    world.claim(task, world.lan)
    perform(ReleaseTask(task.pk, reason="Bận"), by=world.lan)

    row = OutboxMessage.objects.latest("pk")

    assert (row.kind, row.actor, row.organisation_id) == ("task.waiting", world.lan, task.organisation_id)


# ── Deliveries ──────────────────────────────────────────────────────────────────────────────────────────


def test_mail_is_prepared_once_and_only_for_those_with_an_address(world):
    User.objects.filter(pk=world.lan.pk).update(email="lan@example.test")
    message(1, "task.assigned", user=world.lan).save()
    message(1, "task.assigned", user=world.mai).save()
    outbox.pump()
    message(1, "task.returned", user=world.lan).save()
    outbox.pump()

    assert [(d.user, d.channel) for d in Delivery.objects.all()] == [(world.lan, "email")]


def test_what_waits_for_everybody_is_told_in_the_summary_not_by_mail_at_once(world):
    User.objects.update(email="somebody@example.test")
    world.open_case("lan")

    drained()

    assert told(world.mai) == ["task.waiting"]
    assert not Delivery.objects.exists()


# ── Batches, faults, races ──────────────────────────────────────────────────────────────────────────────


def test_two_hundred_messages_cost_as_many_statements_as_one(world):
    User.objects.update(email="somebody@example.test")
    one = statements_of(1, kind="task.assigned", user=world.lan)
    many = statements_of(200, kind="task.assigned", user=world.lan)
    assert one == many <= 9


@pytest.fixture
def poison(db):
    """Notifications of one kind cannot be stored."""
    as_owner("ALTER TABLE notifications_notification ADD CONSTRAINT no_poison CHECK (kind <> 'poison')")


def test_a_message_that_cannot_be_told_holds_up_no_other(world, poison):
    OutboxMessage.objects.bulk_create(
        [message(1, user=world.lan), message(2, "poison", user=world.lan), message(3, user=world.mai)]
    )

    assert outbox.pump() == 3

    assert told(world.lan) == ["task.waiting"]
    assert told(world.mai) == ["task.waiting"]
    row = OutboxMessage.objects.get(kind="poison")
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "no_poison" in row.last_error
    assert row.next_at > timezone.now() + timedelta(seconds=15)
    assert outbox.pump() == 0


def test_it_is_given_up_after_eight_attempts(world, poison):
    message(1, "poison", user=world.lan).save()
    for _attempt in range(8):
        OutboxMessage.objects.update(next_at=timezone.now() - timedelta(days=1))
        assert outbox.pump() == 1
    OutboxMessage.objects.update(next_at=timezone.now() - timedelta(days=1))

    assert outbox.pump() == 0
    assert OutboxMessage.objects.get().state == "failed"


def test_three_pumps_at_once_tell_everything_once(committed_world):
    people = [committed_world.lan, committed_world.mai, committed_world.hanh, committed_world.binh]
    OutboxMessage.objects.bulk_create(
        [message(n // 4, chain="case:9", user=people[n % 4], kind="task.assigned") for n in range(2000)]
    )

    def drain(_n):
        taken = 0
        while count := outbox.pump():
            taken += count
        connections.close_all()
        return taken

    with ThreadPoolExecutor(3) as pool:
        taken = list(pool.map(drain, range(3)))

    assert sum(taken) == 2000
    assert Notification.objects.count() == 2000
    assert not OutboxMessage.objects.exclude(state="sent").exists()


def test_two_pumps_with_the_same_people_in_another_order_end(committed_world):
    """Both insert for the same persons and events; the order of the insert keeps them from a deadlock."""
    lan, mai = committed_world.lan, committed_world.mai
    kinds = ["task.waiting", "task.assigned"]
    OutboxMessage.objects.bulk_create(
        [message(n, kinds[n % 2], user=user) for n in range(300) for user in (lan, mai)]
        + [message(n, kinds[(n + 1) % 2], user=user) for n in reversed(range(300)) for user in (mai, lan)]
    )

    def drain(_n):
        while outbox.pump():
            pass
        connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(drain, range(2)))

    assert Notification.objects.count() == 600
    assert set(Notification.objects.values_list("kind", flat=True)) == {"task.assigned"}


def test_nobody_is_told_of_nothing(db):
    assert tell([]) == []
    assert outbox.pump() == 0
