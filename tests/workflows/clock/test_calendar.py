"""The calendar as it is delivered, the vectors of domain.md §7.2, and provinces that differ."""

from datetime import UTC, date, datetime

import pytest

from casework.organisations.models import AdministrativeUnit
from workflows.clock.calendar import calendar_between, close_of, horizon, morning_of
from workflows.clock.models import CalendarDay, CalendarYear
from workflows.clock.terms import due


def end_of(begins, n=3, unit="working_day", area=None):
    return due(begins, n, unit, calendar_between(begins, horizon(begins, n), area)).end


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2026, 8, 28), date(2026, 9, 7)),  # National Day: 31/8, 1/9 and 2/9 are off
        (date(2026, 8, 21), date(2026, 8, 25)),  # Saturday 22/8 is worked for 31/8
        (date(2026, 11, 23), date(2026, 11, 27)),  # 24/11, Day of Vietnamese Culture
        (date(2026, 2, 13), date(2026, 2, 25)),  # Tết, 14 to 22 February
        (date(2025, 12, 31), date(2026, 1, 7)),  # 1/1 and 2/1 are off
        (date(2026, 1, 7), date(2026, 1, 10)),  # Saturday 10/1 is worked for 2/1
    ],
)
def test_three_working_days_after(world, begins, ends):
    assert end_of(begins) == ends


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 1, 17), False),
        (date(2026, 4, 27), False),  # the Hung Kings' day fell on a Sunday
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2026, 9, 3), True),
    ],
)
def test_the_calendar_of_2026_is_that_of_the_state_bodies(world, day, worked):
    assert calendar_between(day, day).is_working_day(day) is worked


def test_a_term_that_ends_at_tet_ends_after_it(world):
    assert end_of(date(2026, 2, 6), 10, "calendar_day") == date(2026, 2, 23)
    assert end_of(date(2026, 1, 15), 1, "month") == date(2026, 2, 23)


@pytest.fixture
def provinces(world):
    return AdministrativeUnit.objects.get(code="56"), AdministrativeUnit.objects.get(code="68")


def enter(day, kind, area=None):
    CalendarDay.objects.create(day=day, kind=kind, name="Nghỉ thử", source="thử", area=area)


def test_a_provinces_day_holds_for_it_and_its_communes_only(provinces):
    here, elsewhere = provinces
    enter(date(2026, 3, 3), "off", here)
    commune = here.communes.first()

    found = {end_of(date(2026, 3, 2), 1, area=area) for area in (here.pk, commune.pk)}

    assert found == {date(2026, 3, 4)}
    assert end_of(date(2026, 3, 2), 1, area=elsewhere.pk) == end_of(date(2026, 3, 2), 1) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("nation", "province", "worked"),
    [("off", "ordinary", True), ("off", "worked", True), ("worked", "off", False), ("off", "half", True)],
)
def test_the_provinces_row_stands_before_the_nations(provinces, nation, province, worked):
    here, _elsewhere = provinces
    enter(date(2026, 3, 3), nation)
    enter(date(2026, 3, 3), province, here)

    assert calendar_between(date(2026, 3, 1), date(2026, 3, 9), here.pk).is_working_day(date(2026, 3, 3)) is worked


def test_an_ordinary_saturday_is_no_working_day(provinces):
    here, _elsewhere = provinces
    enter(date(2026, 1, 10), "ordinary", here)  # worked instead in the nation

    assert not calendar_between(date(2026, 1, 1), date(2026, 1, 31), here.pk).is_working_day(date(2026, 1, 10))


def test_a_year_that_was_taken_out_is_missing(world):
    CalendarYear.objects.filter(year=2027).delete()
    calendar = calendar_between(date(2026, 12, 1), date(2027, 3, 1))

    assert calendar.missing_year(date(2026, 12, 1), date(2026, 12, 31)) is None
    assert calendar.missing_year(date(2026, 12, 1), date(2027, 1, 1)) == 2027


def test_a_calendar_is_one_query(provinces, django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar_between(date(2026, 1, 1), date(2026, 12, 31), provinces[0].pk)


def test_moments_are_those_of_vietnam():
    assert close_of(date(2026, 9, 7)).astimezone(UTC) == datetime(2026, 9, 7, 16, 59, 59, tzinfo=UTC)
    assert morning_of(date(2026, 9, 7)).astimezone(UTC) == datetime(2026, 9, 7, 1, tzinfo=UTC)
