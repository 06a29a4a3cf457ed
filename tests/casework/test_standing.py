"""What a person is today: seats, their dates, their reach, and guardian's answer to the same question."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.acts import perform
from casework.models import Membership, Organisation, User
from casework.organisations.acts import Appoint, Relieve
from casework.organisations.roles import PERMISSIONS, REACHES_DOWN, ROLE_PERMISSIONS, Role
from casework.organisations.standing import standing_of
from tests.factories import PEOPLE


def seats(user, on=None):
    return [(seat.organisation_code, seat.role) for seat in standing_of(user, on).seats]


def has_now(user, permission, organisation):
    """What guardian says, asked of a person read anew: guardian remembers its answers on the instance."""
    return User.objects.get(pk=user.pk).has_perm(f"casework.{permission}", organisation)


def test_everybody_holds_exactly_the_seat_she_was_given(world):
    for username, _name, organisation, role in PEOPLE:
        assert seats(getattr(world, username)) == [(organisation, role)]
    assert seats(world.stranger) == []


def test_a_standing_costs_one_query(world, django_assert_num_queries):
    user = world.hanh

    with django_assert_num_queries(1):
        standing_of(user)


def test_a_seat_is_held_from_its_first_to_its_last_day(world):
    first, last = date(2026, 3, 2), date(2026, 5, 29)
    world_user = world.stranger
    perform(Appoint(world_user, world.organisation("wu-kh-b"), Role.ADVISOR, first, last), by=world.owner)

    held = [day for day in (first, last) if seats(world_user, day)]
    not_held = [day for day in (first - timedelta(days=1), last + timedelta(days=1)) if seats(world_user, day)]

    assert held == [first, last]
    assert not_held == []


def test_a_seat_that_begins_tomorrow_gives_nothing_today(world):
    tomorrow = timezone.localdate() + timedelta(days=1)
    perform(Appoint(world.stranger, world.organisation("wu-kh-b"), Role.ADVISOR, tomorrow), by=world.owner)

    assert seats(world.stranger) == []
    assert seats(world.stranger, tomorrow) == [("wu-kh-b", "advisor")]


def test_somebody_relieved_has_no_seat_at_once_and_can_be_appointed_again(world):
    membership = Membership.objects.get(user=world.lan)
    perform(Relieve(membership.pk, "moved away"), by=world.owner)

    assert seats(world.lan) == []
    assert not has_now(world.lan, "open_case", world.organisation("wu-kh-a"))

    perform(Appoint(world.lan, world.organisation("wu-kh-a"), Role.ADVISOR), by=world.owner)

    assert seats(world.lan) == [("wu-kh-a", "advisor")]
    assert has_now(world.lan, "open_case", world.organisation("wu-kh-a"))


def test_somebody_appointed_today_and_relieved_today_has_no_seat(world):
    receipt = perform(Appoint(world.stranger, world.organisation("wu-kh-a"), Role.ADVISOR), by=world.owner)

    perform(Relieve(receipt.result["membership"], "a mistake"), by=world.owner)

    assert seats(world.stranger) == []


def test_a_closed_account_has_no_seat_and_no_right(world):
    User.objects.filter(pk=world.lan.pk).update(is_active=False)

    assert seats(world.lan) == []
    assert not has_now(world.lan, "open_case", world.organisation("wu-kh-a"))


def test_nobody_sits_in_an_organisation_that_has_ended(world):
    ended = timezone.localdate() - timedelta(days=1)
    Organisation.objects.filter(code="bank-kh").update(valid_until=ended)

    assert seats(world.ngan) == []
    assert seats(world.ngan, ended) == [("bank-kh", "credit_officer")]


def test_one_person_holds_a_role_once_and_several_roles_at_once(world):
    perform(Appoint(world.hanh, world.organisation("wu-kh"), Role.ADVISOR), by=world.owner)

    assert sorted(seats(world.hanh)) == [("wu-kh", "advisor"), ("wu-kh", "supervisor")]
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=world.hanh, organisation=world.organisation("wu-kh"), role="advisor", valid_from=date(2026, 1, 1)
        )


def test_supervisors_and_administrators_reach_the_organisations_below_and_nobody_else_does(world):
    below = {o.pk for o in Organisation.objects.below(world.organisation("wu-kh"))}
    codes = set(Organisation.objects.filter(pk__in=below).values_list("code", flat=True))
    assert codes == {"wu-kh", "wu-kh-a", "wu-kh-b"}

    assert set(world.standing("hanh").reach_ids) == below
    for username, _name, organisation, role in PEOPLE:
        if role not in REACHES_DOWN:
            assert world.standing(username).reach_ids == [world.organisation(organisation).pk]


def test_an_advisor_of_the_province_does_not_reach_the_communes(world):
    perform(Appoint(world.stranger, world.organisation("wu-kh"), Role.ADVISOR), by=world.owner)

    assert world.standing("stranger").reach_ids == [world.organisation("wu-kh").pk]
    assert world.standing("stranger").seat_for("open_case", world.organisation("wu-kh-a").pk) is None


def test_a_supervisor_steers_below_but_does_not_take_tasks_there(world):
    standing = world.standing("hanh")
    commune = world.organisation("wu-kh-a").pk

    assert standing.seat_for("reassign_task", commune).organisation_code == "wu-kh"
    assert set(standing.task_rights()) == {world.organisation("wu-kh").pk}


def test_a_role_of_one_organisation_gives_no_right_in_another(world):
    assert world.standing("lan").seat_for("open_case", world.organisation("wu-kh-b").pk) is None
    assert world.standing("quynh").seat_for("review_plan", world.organisation("al-kh").pk) is None
    assert world.standing("lan").seat_for("open_case", None) is None


@pytest.mark.parametrize("username", [name for name, *_ in PEOPLE] + ["stranger"])
def test_guardian_agrees_with_the_standing_in_every_own_organisation(world, username):
    user = User.objects.get(username=username)
    standing = standing_of(user)

    for organisation in Organisation.objects.filter(pk__in=standing.organisation_ids):
        for permission in PERMISSIONS:
            by_seat = standing.seat_for(permission, organisation.pk) is not None
            assert user.has_perm(f"casework.{permission}", organisation) is by_seat, permission


def test_no_right_is_held_on_everything(world):
    for username, *_ in PEOPLE:
        user = getattr(world, username)
        assert not any(user.has_perm(f"casework.{permission}") for permission in PERMISSIONS)


def test_every_right_belongs_to_a_role_and_every_role_is_described():
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert set().union(*ROLE_PERMISSIONS.values()) == set(PERMISSIONS)


@pytest.mark.parametrize("username", ["lan", "hanh", "van", "son"])
def test_nobody_but_an_administrator_of_it_appoints(world, username):
    before = Membership.objects.count()

    with pytest.raises(PermissionDenied):
        perform(Appoint(world.stranger, world.organisation("wu-kh-a"), Role.ADVISOR), by=getattr(world, username))

    assert Membership.objects.count() == before
