"""Wishes: quiet hours, defaults of a role, and what differs from them."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from casework.organisations.roles import Role
from notifications import defaults
from notifications.kinds import GROUPS, Group, group_of
from notifications.models import Mode, Reader, Wish
from notifications.readers import Wishes, wishes_of
from notifications.words import WORDINGS

minutes = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda n: at(0, day=1) + timedelta(minutes=n))


def at(hour, minute=0, day=23):
    return datetime(2026, 11, day, hour, minute, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (at(20, 59), at(20, 59)),
        (at(21), at(6, day=24)),
        (at(23, 59), at(6, day=24)),
        (at(0, day=24), at(6, day=24)),
        (at(5, 59, day=24), at(6, day=24)),
        (at(6, day=24), at(6, day=24)),
    ],
)
def test_quiet_hours_pass_midnight(asked, expected):
    assert Wishes(1).awake_at(asked) == expected


@given(moments, minutes, minutes)
def test_what_waits_goes_at_the_first_moment_that_is_not_quiet(moment, quiet_from, quiet_until):
    wishes = Wishes(1, quiet_from=quiet_from, quiet_until=quiet_until)

    goes = wishes.awake_at(moment)

    assert moment <= goes < moment + timedelta(days=1)
    assert wishes.awake_at(goes) == goes
    if goes != moment:
        assert timezone.localtime(goes).time() == quiet_until


def test_without_quiet_hours_nothing_waits():
    assert Wishes(1, quiet_from=None, quiet_until=None).awake_at(at(3)) == at(3)


def test_every_role_has_a_default_for_every_group():
    for role in Role:
        for group in Group:
            assert defaults.mode([role], group, "email") in Mode
        assert defaults.digest([role]) in Reader.Digest


def test_of_two_roles_the_more_urgent_default_holds():
    assert defaults.mode([Role.INSPECTOR, Role.ADVISOR], Group.GIVEN, "email") == Mode.NOW
    assert defaults.mode([Role.INSPECTOR], Group.GIVEN, "email") == Mode.OFF
    assert defaults.mode([Role.ADVISOR], Group.GIVEN, "sms") == Mode.OFF


def test_every_kind_has_words_and_a_group():
    assert set(WORDINGS) == set(GROUPS)
    assert group_of("something.new") == Group.OTHER


def test_what_she_chose_stands_before_the_default(world):
    Wish.objects.create(user=world.lan, kind=Group.GIVEN, channel="email", mode=Mode.OFF)

    wishes = wishes_of({world.lan.pk})[world.lan.pk]

    assert wishes.mode(Group.GIVEN, "email") == Mode.OFF
    assert wishes.mode(Group.LATE, "email") == Mode.NOW
    assert (wishes.language, wishes.quiet_from, wishes.digest) == ("vi", time(21), "daily")


def test_many_are_read_in_one_query(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(wishes_of(None)) > 10
