"""Absences, who stands in for whom, and every refusal."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.acts import ActionNotPossible, perform
from casework.organisations.absences import EndAbsence, SetAbsence, say_if_loop, stand_ins, substitutes_of
from casework.organisations.acts import Appoint, Relieve
from casework.organisations.leaving import CloseAccount, Move
from casework.organisations.models import Absence, User
from casework.organisations.standing import standing_of


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def day(offset=0):
    return timezone.localdate() + timedelta(days=offset)


def away(person, substitute, first=0, last=5, by=None):
    act = SetAbsence(person, substitute, day(first), day(last), "Nghỉ phép")
    return Absence.objects.get(pk=perform(act, by=by or person).result["absence"])


def refusal(act, by):
    with pytest.raises(ActionNotPossible) as caught:
        perform(act, by=by)
    return str(caught.value), caught.value.field


def third(world, role="advisor"):
    """One more person in the commune of lan and mai."""
    user = User.objects.create_user("hoa", full_name="Vũ Mẫu Hoa")
    perform(Appoint(user, world.organisation("wu-kh-a"), role), by=world.owner)
    return user


def test_the_substitute_gets_the_seats_of_the_absent_person_and_loses_them_at_once(world):
    assert standing_of(world.hanh).seat_for("screen_lead", world.organisation("wu-kh-a").pk) is None

    absence = away(world.lan, world.hanh)
    acting = standing_of(world.hanh)

    seat = acting.seat_for("screen_lead", world.organisation("wu-kh-a").pk)
    assert (seat.instead_of_id, seat.instead_of_name) == (world.lan.pk, "Nguyễn Mẫu Lan")
    assert acting.covered_ids == {world.lan.pk}
    assert "screen_lead" in acting.task_rights()[world.organisation("wu-kh-a").pk]
    assert len(acting.seats) == 1
    assert standing_of(world.lan).seat_for("screen_lead", world.organisation("wu-kh-a").pk).instead_of_id is None

    perform(EndAbsence(absence.pk), by=world.lan)
    assert standing_of(world.hanh).acting == ()


def test_her_own_seat_comes_before_that_of_the_absent(world):
    away(world.lan, world.mai)

    standing = standing_of(world.mai)

    assert standing.seat_for("screen_lead", world.organisation("wu-kh-a").pk).instead_of_id is None
    assert standing.seat_instead_of(world.lan.pk, "screen_lead", world.organisation("wu-kh-a").pk).instead_of_id
    assert standing.seat_instead_of(world.hanh.pk, "screen_lead", world.organisation("wu-kh-a").pk) is None


def test_a_substitution_holds_from_its_first_to_its_last_day(world):
    away(world.lan, world.mai, 2, 4)

    held = [bool(standing_of(world.mai, day(n)).acting) for n in range(7)]

    assert held == [False, False, True, True, True, False, False]


def test_a_chain_is_followed_to_whoever_is_there(world):
    hoa = third(world)
    away(world.lan, world.mai)
    away(world.mai, hoa)

    assert standing_of(hoa).covered_ids == {world.lan.pk, world.mai.pk}
    assert [link.substitute for link in stand_ins({world.lan.pk})[world.lan.pk]] == [world.mai, hoa]
    assert standing_of(world.mai).covered_ids == {world.lan.pk}


@pytest.mark.parametrize("role", ["administrator", "inspector"])
def test_some_roles_are_never_passed_on(world, role):
    perform(Appoint(world.lan, world.organisation("wu-kh-a"), role), by=world.owner)
    away(world.lan, world.mai)

    assert {seat.role for seat in standing_of(world.mai).acting} == {"advisor"}


def test_nobody_stands_in_for_herself(world):
    words, field = refusal(SetAbsence(world.lan, world.lan, day(), day(1)), world.lan)

    assert (words, field) == ("Nobody stands in for herself. Choose somebody else.", "substitute")


def test_somebody_of_another_organisation_does_not_stand_in(world):
    for other in (world.cuc, world.binh, world.phuong, world.stranger):
        words, field = refusal(SetAbsence(world.lan, other, day(), day(1)), world.lan)
        assert words.startswith(f"{other} works in no organisation")
        assert field == "substitute"
    assert list(substitutes_of(world.lan).order_by("username")) == [world.hanh, world.mai]
    assert set(substitutes_of(world.hanh)) == {world.lan, world.mai, world.cuc}


def test_a_closed_account_does_not_stand_in(world):
    perform(CloseAccount(world.mai, "Nghỉ việc"), by=world.owner)

    words, _field = refusal(SetAbsence(world.lan, world.mai, day(), day(1)), world.lan)

    assert words == "The account of Trần Mẫu Mai is closed."


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (2, 1, "The last day comes before the first day."),
        (-5, -1, "This last day is over already."),
        (0, 366, "An absence lasts at most 366 days."),
    ],
)
def test_impossible_days_are_refused(world, first, last, words):
    said, field = refusal(SetAbsence(world.lan, world.mai, day(first), day(last)), world.lan)

    assert said.startswith(words)
    assert field == "last_day"


def test_366_days_are_still_allowed(world):
    assert away(world.lan, world.mai, 0, 365).pk


def test_overlapping_absences_of_one_person_are_refused(world):
    absence = away(world.lan, world.mai, 3, 6)
    act = SetAbsence(world.lan, world.hanh, day(6), day(9))

    words, field = refusal(act, world.lan)
    assert words.startswith("Nguyễn Mẫu Lan is entered as away from")
    assert field == "first_day"

    perform(EndAbsence(absence.pk), by=world.lan)
    perform(act, by=world.lan)
    assert Absence.objects.filter(user=world.lan, ended_at=None).count() == 1


def test_two_people_do_not_stand_in_for_each_other_on_one_day(world):
    away(world.lan, world.mai, 0, 5)

    words, field = refusal(SetAbsence(world.mai, world.lan, day(5), day(9)), world.mai)

    assert words.startswith("That would be a circle")
    assert field == "substitute"
    perform(SetAbsence(world.mai, world.lan, day(6), day(9)), by=world.mai)


def test_a_longer_circle_is_refused_too(world):
    hoa = third(world)
    away(world.lan, world.mai)
    away(world.mai, hoa)

    words, _field = refusal(SetAbsence(hoa, world.lan, day(), day(1)), hoa)

    assert words.startswith("That would be a circle")


def test_a_circle_that_is_closed_on_no_single_day_is_none(world):
    hoa = third(world)
    away(world.lan, world.mai, 0, 3)
    away(world.mai, hoa, 4, 6)

    away(hoa, world.lan, 0, 9)
    assert standing_of(world.mai, day(1)).covered_ids == {world.lan.pk, hoa.pk}


def test_a_loop_in_the_rows_does_not_hang_the_standing(world):
    away(world.lan, world.mai)
    Absence.objects.create(user=world.mai, substitute=world.lan, first_day=day(), last_day=day(1), set_by=world.mai)

    assert standing_of(world.mai).covered_ids == {world.lan.pk}
    assert len(stand_ins({world.lan.pk})[world.lan.pk]) == 2


PEOPLE = ("lan", "mai", "hanh")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.integers(0, 5), st.integers(0, 3)), max_size=8
    )
)
def test_whatever_is_entered_no_day_has_a_circle(world, wanted):
    Absence.objects.all().delete()
    people = {name: getattr(world, name) for name in PEOPLE}
    for who, substitute, first, length in wanted:
        try:
            away(people[who], people[substitute], first, first + length)
        except ActionNotPossible:
            continue
    for n in range(9):
        stands = dict(Absence.objects.on(day(n)).values_list("user", "substitute"))
        for start in stands:
            seen, here = set(), start
            while here in stands:
                assert here not in seen
                seen.add(here)
                here = stands[here]


def test_a_supervisor_enters_it_for_her_people_and_nobody_else_does(world):
    away(world.lan, world.mai, by=world.hanh)
    for other in (world.mai, world.binh, world.son, world.stranger):
        with pytest.raises(PermissionDenied):
            perform(SetAbsence(world.cuc, world.hanh, day(), day(1)), by=other)
        with pytest.raises(PermissionDenied):
            perform(EndAbsence(Absence.objects.get(user=world.lan).pk), by=other)


def test_an_absence_that_is_over_is_not_ended_again(world):
    absence = away(world.lan, world.mai)
    perform(EndAbsence(absence.pk), by=world.hanh)

    words, _field = refusal(EndAbsence(absence.pk), world.lan)

    assert words == "This absence is over already."


def test_whoever_loses_her_seat_stands_in_no_more(world):
    absence = away(world.lan, world.mai)

    perform(Relieve(world.mai.memberships.get().pk, "Chuyển công tác"), by=world.owner)

    absence.refresh_from_db()
    assert absence.ended_at


def test_closing_an_account_ends_roles_absences_and_sign_in(world):
    absence = away(world.lan, world.mai)

    perform(CloseAccount(world.lan, "Nghỉ hưu"), by=world.owner)

    absence.refresh_from_db()
    assert absence.ended_at
    assert not world.lan.is_active
    assert standing_of(world.lan).every_seat == ()
    assert standing_of(world.mai).acting == ()
    assert refusal(CloseAccount(world.lan, "Nghỉ hưu"), world.owner)[0] == "This account is closed already."


def test_nobody_closes_her_own_account(world):
    perform(Appoint(world.hanh, world.organisation("wu-kh"), "administrator"), by=world.owner)

    assert refusal(CloseAccount(world.hanh, "x"), world.hanh)[0].startswith("Nobody closes her own account")
    with pytest.raises(PermissionDenied):
        perform(CloseAccount(world.phuong, "x"), by=world.hanh)


def test_a_move_ends_one_role_and_begins_the_other_or_does_neither(world):
    membership = world.lan.memberships.get()

    assert refusal(Move(membership.pk, world.organisation("wu-kh-a"), "no", "x"), world.owner)[1] == "role"
    assert standing_of(world.lan).seats[0].organisation_code == "wu-kh-a"

    perform(Move(membership.pk, world.organisation("wu-kh-b"), "advisor", "Điều động"), by=world.owner)
    assert [seat.organisation_code for seat in standing_of(world.lan).seats] == ["wu-kh-b"]


def test_a_role_that_ended_before_it_began_is_refused(world):
    act = Appoint(world.stranger, world.organisation("wu-kh-a"), "advisor", valid_until=date(2020, 1, 1))

    assert refusal(act, world.owner)[1] == "valid_until"


def test_the_check_for_circles_costs_one_query_a_level(world, django_assert_num_queries):
    away(world.mai, world.hanh)
    lan, mai = world.lan, world.mai
    with django_assert_num_queries(2):
        say_if_loop(lan, mai, day(), day(1))
