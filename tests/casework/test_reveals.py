"""Masked data are shown for a reason, and not without end."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.acts import RevealContact
from casework.people.acts import RevealPerson
from casework.programme.trainings.acts import RevealTrainee
from casework.programme.trainings.models import Trainee
from tests.casework.programme.trainings.test_trainings import PERSON, attend, course


@pytest.fixture(autouse=True)
def few(settings):
    settings.REVEALS_AN_HOUR, settings.REVEALS_A_DAY = 2, 3


def reveal(case, by):
    return perform(RevealContact(case.pk, "gọi hẹn ngày"), by=by)


def test_one_too_many_is_refused_with_the_time_at_which_she_may_go_on(world, client):
    first, other = world.open_case(), world.open_case(name="HTX Khác Mẫu")
    reveal(first, world.lan)
    reveal(other, world.lan)

    with pytest.raises(ActionNotPossible, match=r"2 .*\d\d:\d\d \d\d/\d\d/\d{4}"):
        reveal(first, world.lan)

    client.force_login(world.lan)
    shown = client.post(reverse("cases:reveal_contact", args=[first.code]), {"reason": "gọi hẹn ngày"})
    assert shown.status_code == 200
    assert "900000001" not in shown.content.decode()
    assert AuditEvent.objects.filter(verb="contact.revealed").count() == 2


def test_each_person_has_her_own_number(world):
    case = world.open_case()
    reveal(case, world.lan)
    reveal(case, world.lan)

    assert reveal(case, world.mai)


def test_the_hour_passes_and_the_day_counts_on(world, time_machine):
    case = world.open_case()
    reveal(case, world.lan)
    reveal(case, world.lan)
    time_machine.move_to(timezone.now() + timedelta(minutes=61), tick=False)
    reveal(case, world.lan)  # its event bears the time of the database, an hour earlier

    with pytest.raises(ActionNotPossible, match="3 "):
        reveal(case, world.lan)
    time_machine.move_to(timezone.now() + timedelta(days=1), tick=False)
    assert reveal(case, world.lan)


def test_every_kind_of_unmasking_counts_together(world):
    """The phone of a contact, a value of a person, the phone of a participant: two of them in an hour, whichever."""
    case = world.open_case()
    training = course(world)
    attend(world, training, PERSON)
    line = Trainee.objects.get()
    kinds = [
        RevealContact(case.pk, "gọi hẹn ngày"),
        RevealPerson(case.pk, case.contact_id, "phone", "gọi hẹn ngày"),
        RevealTrainee(line.pk, "gọi hẹn ngày"),
    ]
    for last in range(3):
        with transaction.atomic():
            for act in (*kinds[:last], *kinds[last + 1 :]):
                perform(act, by=world.lan)
            with pytest.raises(ActionNotPossible, match="2 "):
                perform(kinds[last], by=world.lan)
            transaction.set_rollback(True)
