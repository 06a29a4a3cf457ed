"""Working days: the vectors of domain.md §7.2, a day-by-day count as witness, months, and the data behind them."""

import calendar
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.clock.calendar import add_working_days, close_of, due_day, exceptions_between, is_working_day
from workflows.clock.limits import NoTimeLimit, add_months, limit_for, opening_day
from workflows.clock.models import CalendarDay, TimeLimit
from workflows.clock.reference import load_calendar, load_time_limits
from workflows.flows.catalogue import human_nodes

DAYS = st.dates(date(2023, 1, 1), date(2030, 12, 31))
NEARBY = st.integers(0, 90)
pure = settings(max_examples=300, deadline=None)


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
    assert due_day(begins, 3) == ends


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
    assert is_working_day(day, exceptions_between(day, day)) is worked


def exceptions_around(start, offsets):
    return {start + timedelta(days=offset): kind for offset, kind in offsets.items()}


@pure
@given(
    start=DAYS,
    days=st.integers(0, 30),
    offsets=st.dictionaries(NEARBY, st.sampled_from(["off", "worked"]), max_size=15),
)
def test_a_term_holds_exactly_its_working_days_and_ends_on_one(start, days, offsets):
    exceptions = exceptions_around(start, offsets)

    end = add_working_days(start, days, exceptions)

    after_start = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    worked = [day for day in after_start if _worked(day, exceptions)]
    assert _worked(end, exceptions)
    if days:
        assert len(worked) == days
        assert end == worked[-1]
    else:
        assert worked in ([], [end])
        assert (worked == []) == _worked(start, exceptions)


def _worked(day, exceptions):
    """The witness: the rule in other words."""
    return exceptions.get(day, "off" if calendar.day_name[day.weekday()] in {"Saturday", "Sunday"} else "on") != "off"


@pure
@given(start=DAYS, days=st.integers(1, 30))
def test_a_longer_term_never_ends_earlier(start, days):
    assert add_working_days(start, days, {}) >= add_working_days(start, days - 1, {}) >= start


@given(start=st.dates(date(2023, 1, 1), date(2029, 12, 31)), days=st.integers(0, 30))
@settings(max_examples=150, deadline=None)
def test_the_calendar_is_read_far_enough_ahead(all_exceptions, start, days):
    horizon = start + timedelta(days=2 * days + 45)
    seen = {day: kind for day, kind in all_exceptions.items() if start <= day <= horizon}

    assert add_working_days(start, days, seen) == add_working_days(start, days, all_exceptions)


@pytest.fixture(scope="module")
def all_exceptions(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return dict(CalendarDay.objects.values_list("day", "kind"))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 29), 6, date(2027, 2, 28)),
        (date(2026, 8, 28), 6, date(2027, 2, 28)),
        (date(2026, 5, 31), 6, date(2026, 11, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 7, 15), 6, date(2027, 1, 15)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(day, months, expected):
    assert add_months(day, months) == expected


@pure
@given(day=DAYS, months=st.integers(0, 60))
def test_adding_months_lands_in_the_right_month(day, months):
    end = add_months(day, months)

    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == min(day.day, calendar.monthrange(end.year, end.month)[1])


def test_a_task_opens_on_its_day_in_vietnam_and_never_in_the_past(time_machine_at):
    time_machine_at(datetime(2026, 8, 30, 17, 30, tzinfo=UTC))  # 00:30 on the 31st in Vietnam

    assert opening_day(timezone.now(), 0) == date(2026, 8, 31)
    assert opening_day(timezone.now(), 6) == date(2027, 2, 28)
    assert opening_day(timezone.now() - timedelta(days=400), 6) == date(2026, 8, 31)


@pytest.fixture
def time_machine_at(time_machine):
    return lambda moment: time_machine.move_to(moment, tick=False)


def test_a_term_ends_at_the_close_of_its_last_day_in_vietnam():
    assert close_of(date(2026, 9, 7)).astimezone(UTC) == datetime(2026, 9, 7, 16, 59, 59, tzinfo=UTC)


def test_the_limit_is_that_of_the_day_on_which_the_step_begins(world):
    before = limit_for("record_registration_result", date(2024, 6, 28))
    since = limit_for("record_registration_result", date(2024, 7, 1))

    assert (before.working_days, since.working_days) == (5, 3)
    assert since.due_at == close_of(date(2024, 7, 4))


def test_a_changed_limit_counts_from_its_day_on(world):
    TimeLimit.objects.create(node="screen_lead", working_days=1, valid_from=date(2026, 6, 1), source="circular")

    assert limit_for("screen_lead", date(2026, 5, 29)).working_days == 3
    assert limit_for("screen_lead", date(2026, 6, 1)).due_at == close_of(date(2026, 6, 2))


def test_a_step_without_a_limit_is_told(world):
    with pytest.raises(NoTimeLimit):
        limit_for("screen_lead", date(1999, 1, 1))


def test_every_human_node_has_a_limit(world):
    limited = set(TimeLimit.objects.values_list("node", flat=True))

    assert {node.name for node in human_nodes()} <= limited


def test_loading_again_adds_nothing(world):
    assert CalendarDay.objects.count() > 80
    assert (load_time_limits(), load_calendar()) == (0, 0)


def test_loading_again_leaves_an_administrators_rows_alone(world):
    limit = TimeLimit.objects.get(node="screen_lead")
    limit.working_days, limit.source = 7, "set by the programme office"
    limit.save()
    CalendarDay.objects.filter(day=date(2026, 11, 24)).update(kind="worked", source="the law was not amended")
    own = CalendarDay.objects.create(day=date(2026, 12, 24), kind="off", name="Nghỉ riêng", source="local decision")

    load_time_limits()
    load_calendar()

    assert TimeLimit.objects.get(node="screen_lead").working_days == 7
    assert CalendarDay.objects.get(day=date(2026, 11, 24)).kind == "worked"
    assert CalendarDay.objects.filter(pk=own.pk, kind="off").exists()


def test_a_deleted_day_of_the_reference_comes_back(world):
    CalendarDay.objects.filter(day=date(2026, 1, 2)).delete()

    assert load_calendar() == 1
    assert due_day(date(2025, 12, 31), 3) == date(2026, 1, 7)
