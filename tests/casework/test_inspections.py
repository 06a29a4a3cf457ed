"""An inspection by hand: for a time, by a decision, never to oneself, and over at once when it is revoked."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.cases.inspections import RevokeInspection, grant_of_inspection
from casework.models import AuditEvent, Case, CaseAccess
from casework.organisations.acts import Appoint


@pytest.fixture
def case(world):
    return world.open_case()


def grant(world, case, office="inspect-kh", decision="12/QĐ-TTr", reason="Kế hoạch năm", days=30):
    until = timezone.now() + timedelta(days=days)
    act = grant_of_inspection(case.pk, world.organisation(office), decision, reason, until)
    return CaseAccess.objects.get(pk=perform(act, by=world.van).result["access"])


def sees(world, case):
    return Case.objects.visible_to(world.standing("thanh")).filter(pk=case.pk).exists()


def test_a_revoked_inspection_is_over_at_once_and_can_be_granted_again(world, case):
    access = grant(world, case)
    assert sees(world, case)

    perform(RevokeInspection(case.pk, access.pk, "Kết thúc sớm"), by=world.van)

    assert not sees(world, case)
    event = AuditEvent.objects.filter(case_id=case.pk).latest("seq")
    assert (event.verb, event.reason) == ("inspection.revoked", "Kết thúc sớm")
    grant(world, case)
    assert sees(world, case)


@pytest.mark.parametrize(
    "wrong", [{"days": -1}, {"decision": " "}, {"reason": ""}, {"reason": "x" * 300}, {"office": "wu-kh"}]
)
def test_an_inspection_has_an_end_a_decision_a_reason_and_an_inspectorate(world, case, wrong):
    with pytest.raises(ActionNotPossible):
        grant(world, case, **wrong)
    assert not sees(world, case)


def test_nobody_grants_an_inspection_to_her_own_office(world, case):
    perform(Appoint(world.van, world.organisation("inspect-kh"), "inspector"), by=world.owner)

    with pytest.raises(ActionNotPossible):
        grant(world, case)
    assert not CaseAccess.objects.filter(kind="inspect").exists()


def test_only_a_running_inspection_is_revoked_with_a_reason_by_an_administrator(world, case):
    access = grant(world, case)
    own = case.access.get(kind="own")

    for pk, reason in [(access.pk, " "), (own.pk, "Nhầm")]:
        with pytest.raises(ActionNotPossible):
            perform(RevokeInspection(case.pk, pk, reason), by=world.van)
    for name in ("lan", "hanh", "thanh"):
        with pytest.raises(PermissionDenied):
            perform(RevokeInspection(case.pk, access.pk, "Nhầm"), by=getattr(world, name))
    assert sees(world, case)


def test_an_inspection_that_is_over_makes_room_for_the_next(world, case, time_machine):
    access = grant(world, case, days=2)
    time_machine.move_to(timezone.now() + timedelta(days=3), tick=False)

    grant(world, case)

    access.refresh_from_db()
    assert access.revoked_at == access.valid_until
    assert sees(world, case)
