"""The one way to change anything: all of an act or nothing, once, by right, and never waiting for ever."""

from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import uuid4

import psycopg2
import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from casework.acts import Act, ActionNotPossible, Busy, Notice, perform
from casework.cases.acts import GrantAccess, OpenCase, RevealContact
from casework.models import AuditEvent, Case, LeadScreening, Membership, Organisation, Person, User
from casework.organisations.acts import Appoint, Relieve
from notifications.models import OutboxMessage
from workflows.acts import ClaimTask, CompleteTask, ReassignTask, ReleaseTask, can_do
from workflows.engine.models import Task, TaskAssignment
from workflows.models import Process

TABLES = (AuditEvent, Case, LeadScreening, OutboxMessage, Person, Process, Task, TaskAssignment)
DECLINE = {"decision": "decline", "reason": "too far away"}


def everything():
    """What is stored, to compare before and after: every row of the tables an act may write."""
    return {model.__name__: list(model.objects.order_by("pk").values_list(*_readable(model))) for model in TABLES}


def _readable(model):
    return [f.attname for f in model._meta.concrete_fields if not isinstance(f, models.BinaryField)]


@contextmanager
def nothing_changes():
    before = everything()
    yield
    after = everything()
    assert {name for name in after if after[name] != before[name]} == set()


@pytest.fixture
def task(world):
    """The first task of a new case, taken by Lan."""
    task = world.task(world.open_case())
    world.claim(task, world.lan)
    return task


def lead(world, **more):
    commune = world.organisation("wu-kh-a")
    return OpenCase(commune, commune.area, "HTX Nấm Hoa Sen", contact_name="Trần Thị Mẫu", **more)


# ── The same request twice ──────────────────────────────────────────────────────────────────────────────


def test_the_same_request_gives_the_same_receipt_and_does_nothing_twice(world, task):
    request = uuid4()
    first = perform(CompleteTask(task.pk, DECLINE), by=world.lan, request_id=request)

    with nothing_changes():
        again = perform(CompleteTask(task.pk, DECLINE), by=world.lan, request_id=request)

    assert (again.link, again.case_id, again.replayed) == (first.link, first.case_id, True)
    assert not first.replayed


def test_opening_a_case_twice_by_one_request_opens_one_case(world):
    request = uuid4()
    first = perform(lead(world), by=world.lan, request_id=request)

    with nothing_changes():
        again = perform(lead(world), by=world.lan, request_id=request)

    assert (again.link, again.case_id, again.replayed) == (first.link, first.case_id, True)


def test_a_replay_is_answered_even_when_the_right_has_ended_meanwhile(world, task):
    request = uuid4()
    first = perform(CompleteTask(task.pk, DECLINE), by=world.lan, request_id=request)
    perform(Relieve(Membership.objects.get(user=world.lan).pk, "moved"), by=world.owner)

    assert perform(CompleteTask(task.pk, DECLINE), by=world.lan, request_id=request).link == first.link


def test_requests_of_two_people_do_not_mix(world, task):
    request = uuid4()
    perform(CompleteTask(task.pk, DECLINE), by=world.lan, request_id=request)

    with nothing_changes(), pytest.raises(ActionNotPossible):
        perform(CompleteTask(task.pk, DECLINE), by=world.mai, request_id=request)


@pytest.mark.parametrize("other", ["another act", "another case", "another task of the case", "a new case"])
def test_a_request_that_was_used_for_something_else_is_refused(world, other):
    case = world.open_case()
    world.advance(case, "draft_plan")
    plan, charter = world.task(case, "draft_plan"), world.task(case, "draft_charter")
    request = uuid4()
    perform(ClaimTask(plan.pk), by=world.lan, request_id=request)
    act = {
        "another act": ReleaseTask(plan.pk),
        "another case": ClaimTask(world.task(world.open_case()).pk),
        "another task of the case": ClaimTask(charter.pk),
        "a new case": lead(world),
    }[other]

    with nothing_changes(), pytest.raises(ActionNotPossible):
        perform(act, by=world.lan, request_id=request)


# ── Busy ────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def held_by_somebody_else(statement, parameter):
    """Another connection holds a lock while the block runs; ours waits only a moment for it."""
    keys = {"dbname", "database", "host", "port", "user", "password"}
    params = {key: value for key, value in connection.get_connection_params().items() if key in keys}
    with closing(psycopg2.connect(**params)) as other, other.cursor() as cursor:
        cursor.execute(statement, [parameter])
        with connection.cursor() as ours:
            ours.execute("SET lock_timeout = '50ms'")
            yield
            ours.execute("SET lock_timeout = '4s'")


def test_a_case_that_somebody_else_holds_is_busy_and_the_outer_transaction_goes_on(committed_world):
    world = committed_world
    task = world.task(world.open_case())

    with held_by_somebody_else("SELECT 1 FROM casework_case WHERE id = %s FOR UPDATE", task.case_id):
        with transaction.atomic():
            with nothing_changes(), pytest.raises(Busy):
                perform(ClaimTask(task.pk), by=world.lan, request_id=uuid4())
            other = perform(lead(world), by=world.lan)
        assert Case.objects.filter(pk=other.case_id).exists()

    assert perform(ClaimTask(task.pk), by=world.lan).replayed is False


def test_a_chain_or_a_request_that_somebody_else_holds_is_busy_too(committed_world):
    world, request = committed_world, uuid4()
    case = world.open_case()
    lock = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"

    with held_by_somebody_else(lock, f"audit:case:{case.pk}"), nothing_changes(), pytest.raises(Busy):
        perform(ClaimTask(world.task(case).pk), by=world.lan)
    with held_by_somebody_else(lock, f"request:{request}"), nothing_changes(), pytest.raises(Busy):
        perform(lead(world), by=world.lan, request_id=request)


def test_nobody_waits_longer_than_the_connection_allows(world):
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")

        assert cursor.fetchone() == ("4s",)


# ── Rights, asked at the moment of the act ──────────────────────────────────────────────────────────────


def test_a_membership_does_not_end_between_taking_and_finishing(world, task):
    with nothing_changes(), pytest.raises(ActionNotPossible):
        perform(Relieve(Membership.objects.get(user=world.lan).pk, "moved"), by=world.owner)

    assert perform(CompleteTask(task.pk, DECLINE), by=world.lan)


@pytest.mark.parametrize("how", ["relieved", "membership ended by its date", "account closed", "organisation ended"])
def test_a_right_that_ran_out_meanwhile_is_not_one(world, task, how):
    yesterday = timezone.localdate() - timedelta(days=1)
    if how == "relieved":
        Membership.objects.filter(user=world.lan).update(relieved_at=timezone.now())
    elif how == "membership ended by its date":
        Membership.objects.filter(user=world.lan).update(valid_until=yesterday)
    elif how == "account closed":
        User.objects.filter(pk=world.lan.pk).update(is_active=False)
    else:
        Organisation.objects.filter(code="wu-kh-a").update(valid_until=yesterday)

    with nothing_changes(), pytest.raises(PermissionDenied):
        perform(CompleteTask(task.pk, DECLINE), by=world.lan)


@pytest.mark.parametrize("username", ["mai", "cuc", "hanh", "binh", "ngan", "van", "phuong", "stranger", "owner"])
def test_only_the_owner_of_a_task_finishes_it(world, task, username):
    with nothing_changes(), pytest.raises(PermissionDenied):
        perform(CompleteTask(task.pk, DECLINE), by=getattr(world, username))


@pytest.mark.parametrize("username", ["cuc", "hanh", "binh", "ngan", "van", "phuong", "stranger"])
def test_a_task_is_taken_by_who_has_its_right_in_its_organisation(world, username):
    waiting = world.task(world.open_case())

    with nothing_changes(), pytest.raises(PermissionDenied):
        perform(ClaimTask(waiting.pk), by=getattr(world, username))


@pytest.mark.parametrize("username", ["lan", "cuc", "binh", "son"])
def test_a_task_is_handed_over_by_who_steers_its_organisation(world, task, username):
    with nothing_changes(), pytest.raises(PermissionDenied):
        perform(ReassignTask(task.pk, world.mai, "on leave"), by=getattr(world, username))


@pytest.mark.parametrize("username", ["cuc", "hanh", "binh", "stranger"])
def test_a_task_is_not_handed_to_somebody_without_the_right(world, task, username):
    with nothing_changes(), pytest.raises(ActionNotPossible):
        perform(ReassignTask(task.pk, getattr(world, username), "on leave"), by=world.hanh)


@pytest.mark.parametrize(("begins", "ends"), [(-30, -1), (1, None)], ids=["ended by its date", "begins tomorrow"])
def test_a_task_is_not_handed_to_somebody_whose_membership_does_not_count_today(world, task, begins, ends):
    today = timezone.localdate()
    first, last = today + timedelta(days=begins), ends and today + timedelta(days=ends)
    perform(Appoint(world.stranger, world.organisation("wu-kh-a"), "advisor", first, last), by=world.owner)

    assert not can_do(world.stranger, Task.objects.get(pk=task.pk))
    with nothing_changes(), pytest.raises(ActionNotPossible):
        perform(ReassignTask(task.pk, world.stranger, "on leave"), by=world.hanh)


def test_a_handed_over_task_belongs_to_the_other_person_with_reason(world, task):
    perform(ReassignTask(task.pk, world.mai, "on leave"), by=world.hanh)

    with nothing_changes(), pytest.raises(PermissionDenied):
        perform(CompleteTask(task.pk, DECLINE), by=world.lan)
    perform(CompleteTask(task.pk, DECLINE), by=world.mai)
    had = TaskAssignment.objects.filter(task=task).order_by("pk").values_list("user__username", "ended_how", "reason")
    assert list(had) == [("lan", "reassigned", ""), ("mai", "done", "on leave")]


@pytest.mark.parametrize("act", [ClaimTask(0), CompleteTask(0), GrantAccess(0, None, "own", ""), RevealContact(0, "")])
def test_what_is_not_there_is_said_to_be_not_there(world, act):
    with nothing_changes(), pytest.raises(ObjectDoesNotExist):
        perform(act, by=world.lan)


# ── All or nothing ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _OnCase(Act):
    """An act of the tests on a case, by whoever may open one."""

    verb: ClassVar[str] = "test.done"
    case_id: int

    def lock(self, unit):
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit):
        unit.authorise("open_case", unit.case.lead_organisation_id)


class _Skip(_OnCase):
    def change(self, unit):
        with unit.changing(unit.case):
            unit.case.link(unit.by)


class _FailLate(_OnCase):
    def change(self, unit):
        unit.add(LeadScreening(case=unit.case, decision="accept"))
        with unit.changing(unit.case):
            unit.case.accept_lead(unit.by)
        unit.tell(Notice("test.told", user_id=unit.by.pk))
        raise ActionNotPossible("after everything was written")


class _TellNobody(_OnCase):
    def change(self, unit):
        unit.facts["seen"] = True


def test_a_move_that_the_stage_does_not_allow_is_not_possible(world):
    case = world.open_case()

    with nothing_changes(), pytest.raises(ActionNotPossible):
        perform(_Skip(case.pk), by=world.lan)


def test_an_act_that_fails_at_its_end_leaves_nothing_behind(world):
    case = world.open_case()

    with nothing_changes(), pytest.raises(ActionNotPossible, match="after everything was written"):
        perform(_FailLate(case.pk), by=world.lan, request_id=uuid4())


def test_a_step_that_the_database_refuses_leaves_nothing_behind(world, task):
    with nothing_changes(), pytest.raises(IntegrityError):
        perform(CompleteTask(task.pk, {"decision": "duplicate"}), by=world.lan, request_id=uuid4())

    assert perform(CompleteTask(task.pk, DECLINE), by=world.lan).result["outcome"] == "decline"


def test_the_tasks_of_a_closed_case_wait(world):
    case = world.open_case()
    plan = world.advance(case, "draft_plan")
    world.claim(plan, world.lan)
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(
            status="closed", outcome="stopped", closing_reason="a flood", closed_at=timezone.now()
        )

    for act in (CompleteTask(plan.pk), ReleaseTask(plan.pk), ReassignTask(plan.pk, world.mai, "no")):
        with nothing_changes(), pytest.raises(ActionNotPossible):
            perform(act, by=world.hanh if isinstance(act, ReassignTask) else world.lan)


# ── Outbox ──────────────────────────────────────────────────────────────────────────────────────────────


def told(link):
    rows = OutboxMessage.objects.filter(chain=link.chain, event_seq=link.seq)
    return sorted(rows.values_list("kind", "organisation__code", "user__username"))


def test_who_must_know_is_written_with_the_act(world, task):
    opened = OutboxMessage.objects.filter(case=task.case)
    assert [(m.kind, m.organisation.code, m.task_id) for m in opened] == [("task.waiting", "wu-kh-a", task.pk)]

    given_back = perform(ReleaseTask(task.pk, "too much work"), by=world.lan)
    assert told(given_back.link) == [("task.waiting", "wu-kh-a", None)]

    handed = perform(ReassignTask(task.pk, world.mai, "please"), by=world.hanh)
    assert told(handed.link) == [("task.assigned", None, "mai")]

    finished = perform(CompleteTask(task.pk, {"decision": "accept"}), by=world.mai)
    assert told(finished.link) == [("task.waiting", "wu-kh-a", None)]


def test_two_branches_are_told_one_by_one(world):
    case = world.open_case()
    world.advance(case, "draft_plan")

    waiting = {world.task(case, "draft_plan").pk, world.task(case, "draft_charter").pk}
    last = OutboxMessage.objects.filter(case=case).latest("event_seq").event_seq
    assert set(OutboxMessage.objects.filter(case=case, event_seq=last).values_list("task_id", flat=True)) == waiting


def test_nobody_is_told_of_what_concerns_nobody(world, task):
    claimed = AuditEvent.objects.filter(case_id=task.case_id, verb="task.claimed").get()
    assert not OutboxMessage.objects.filter(chain=claimed.chain, event_seq=claimed.seq).exists()

    assert told(perform(_TellNobody(task.case_id), by=world.lan).link) == []


# ── The house it stands on ──────────────────────────────────────────────────────────────────────────────


def test_the_driver_is_psycopg2(db):
    assert connection.Database.__name__ == "psycopg2"


def test_the_role_of_the_connection_is_a_plain_one(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolreplication, rolcreaterole FROM pg_roles "
                       "WHERE rolname = current_user")  # fmt: skip

        assert cursor.fetchone() == (False, False, False, False)
