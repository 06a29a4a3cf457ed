"""Who sees a case: access rows, their kinds and dates. What pages make of it is in tests/test_access.py."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.cases.acts import GrantAccess, RevealContact
from casework.models import AuditEvent, Case, CaseAccess
from casework.sharing.consents import live_share
from workflows.engine.models import Task


@pytest.fixture
def case(world):
    return world.open_case()


def sees(world, username, case):
    return Case.objects.visible_to(world.standing(username)).filter(pk=case.pk).exists()


def who_sees(world, case):
    names = [
        "lan",
        "mai",
        "cuc",
        "hanh",
        "binh",
        "bao",
        "ngan",
        "nga",
        "van",
        "thanh",
        "phuong",
        "son",
        "quynh",
        "stranger",
    ]
    return {name for name in names if sees(world, name, case)}


def inspect(world, case, until=None):
    until = until or timezone.now() + timedelta(days=9)
    act = GrantAccess(case.pk, world.organisation("inspect-kh"), CaseAccess.Kind.INSPECT, "yearly check", until)
    return CaseAccess.objects.get(pk=perform(act, by=world.van).result["access"])


def test_a_new_case_is_seen_by_its_parties_and_nobody_else(world, case):
    kinds = {access.organisation.code: access.kind for access in case.access.select_related("organisation")}

    assert kinds == {"wu-kh-a": "own", "al-kh": "partner", "wu-kh": "partner", "office-kh": "partner"}
    assert who_sees(world, case) == {"lan", "mai", "hanh", "binh", "bao", "van"}


def test_a_case_of_another_province_has_its_own_parties(world):
    case = world.open_case("phuong")

    assert who_sees(world, case) == {"phuong", "son", "quynh"}


def test_supervisors_reach_down_even_without_an_access_row_of_their_own(world, case):
    case.access.filter(organisation__code="wu-kh").update(revoked_at=timezone.now())

    assert who_sees(world, case) == {"lan", "mai", "hanh", "binh", "bao", "van"}


@pytest.mark.parametrize(
    ("begins", "ends", "revoked", "seen"),
    [
        (-1, None, None, True),
        (-1, 1, None, True),
        (1, None, None, False),
        (-2, -1, None, False),
        (-2, 0, None, False),
        (-2, None, -1, False),
        (-2, 2, -1, False),
    ],
    ids=["open", "not ended", "not yet", "ended", "ends now", "revoked", "revoked before its end"],
)
def test_an_access_counts_between_its_dates_until_it_is_revoked(world, case, time_machine, begins, ends, revoked, seen):
    now = timezone.now()
    time_machine.move_to(now, tick=False)

    def at(hours):
        return None if hours is None else now + timedelta(hours=hours)

    access = inspect(world, case)
    CaseAccess.objects.filter(pk=access.pk).update(valid_from=at(begins), valid_until=at(ends), revoked_at=at(revoked))

    assert sees(world, "thanh", case) is seen


def test_a_share_does_not_open_the_case_page(world, case):
    world.finish(world.advance(case, "request_credit"), lender=world.organisation("bank-kh").pk)

    assert live_share(case.pk, world.organisation("bank-kh").pk)
    assert not sees(world, "ngan", case)


def test_inspection_is_for_one_case(world, case):
    other = world.open_case(name="HTX Rong Biển")
    inspect(world, case)

    assert (sees(world, "thanh", case), sees(world, "thanh", other)) == (True, False)
    assert Case.objects.visible_to(world.standing("thanh")).count() == 1


def test_access_is_granted_by_an_administrator_who_works_on_the_case_only(world, case):
    foreign = world.open_case("phuong")

    for name, wanted in [("lan", case), ("hanh", case), ("thanh", case), ("stranger", case), ("van", foreign)]:
        with pytest.raises(PermissionDenied):
            perform(
                GrantAccess(wanted.pk, world.organisation("inspect-kh"), "inspect", "please"), by=getattr(world, name)
            )
    assert not CaseAccess.objects.filter(kind="inspect").exists()


def test_the_same_access_is_not_granted_twice(world, case):
    inspect(world, case)

    with pytest.raises(ActionNotPossible):
        inspect(world, case)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseAccess.objects.create(
            case=case, organisation=world.organisation("inspect-kh"), kind="inspect", valid_from=timezone.now()
        )


def test_a_granted_access_says_why_and_until_when_in_the_history(world, case):
    until = timezone.now() + timedelta(days=30)

    inspect(world, case, until)

    event = AuditEvent.objects.filter(case_id=case.pk).latest("seq")
    assert (event.verb, event.reason, event.actor_id) == ("access.granted", "yearly check", world.van.pk)
    assert {change["field"] for change in event.changes} >= {"organisation_id", "kind", "valid_until"}


def test_tasks_are_seen_by_who_sees_the_case_and_by_their_organisation(world, case):
    task = world.task(case)

    def seeing(name):
        return Task.objects.visible_to(world.standing(name)).filter(pk=task.pk).exists()

    names = ["lan", "mai", "cuc", "hanh", "binh", "ngan", "van", "thanh", "phuong", "quynh", "stranger"]
    assert {name for name in names if seeing(name)} == {"lan", "mai", "hanh", "binh", "van"}


def test_a_lender_sees_the_task_that_was_given_to_it_and_not_the_case(world, case):
    world.finish(world.advance(case, "request_credit"), lender=world.organisation("bank-kh").pk)
    credit = world.task(case, "decide_credit")

    assert Task.objects.visible_to(world.standing("ngan")).filter(case=case).get() == credit
    assert not Task.objects.visible_to(world.standing("nga")).filter(case=case).exists()
    assert not sees(world, "ngan", case)


@pytest.mark.parametrize(("username", "may"), [("lan", True), ("binh", True), ("cuc", False), ("hanh", False)])
def test_the_contacts_number_is_revealed_to_who_works_on_the_case_and_leaves_an_event(world, case, username, may):
    act = RevealContact(case.pk, "call her back")
    before = AuditEvent.objects.filter(case_id=case.pk).count()

    if may:
        perform(act, by=getattr(world, username))
    else:
        with pytest.raises(PermissionDenied):
            perform(act, by=getattr(world, username))

    assert AuditEvent.objects.filter(case_id=case.pk).count() == before + may


@pytest.mark.parametrize("ends", ["valid_until", "revoked_at"])
def test_a_partner_whose_access_is_over_may_neither_reveal_the_number_nor_grant_access(world, case, ends):
    case.access.exclude(kind="own").update(**{ends: timezone.now()})

    with pytest.raises(PermissionDenied):
        perform(RevealContact(case.pk, "call her back"), by=world.binh)
    with pytest.raises(PermissionDenied):
        inspect(world, case)


def test_an_inspector_may_look_and_nothing_else(world, case):
    inspect(world, case)

    for act in (RevealContact(case.pk, "check"), GrantAccess(case.pk, world.organisation("inspect-kh"), "own", "mine")):
        with pytest.raises(PermissionDenied):
            perform(act, by=world.thanh)


def test_an_inspection_without_an_end_is_refused(world):
    case = world.open_case()

    with pytest.raises(ActionNotPossible) as refusal:
        perform(GrantAccess(case.pk, world.organisation("inspect-kh"), "inspect", "yearly check"), by=world.van)

    assert refusal.value.field == "valid_until"
    assert not case.access.filter(kind="inspect").exists()
