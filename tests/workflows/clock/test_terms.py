"""When a term ends, against a count of single days as witness: no database."""

import calendar as month_calendar
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casework.months import add_months
from workflows.clock.calendar import Calendar, Day
from workflows.clock.terms import HeldSpan, Term, due, moved, part_of, working_day_before

ALL_YEARS = frozenset(range(2000, 2200))
ONE = timedelta(days=1)
pure = settings(max_examples=300, deadline=None)

STARTS = st.dates(date(2023, 1, 1), date(2030, 12, 31))
KINDS = st.sampled_from(["off", "worked", "half", "ordinary"])
UNITS = st.sampled_from(["working_day", "calendar_day", "month"])


@st.composite
def situations(draw):
    """A start, a calendar with all kinds of days around it, and spans held, which may touch and overlap."""
    start = draw(STARTS)
    offsets = draw(st.dictionaries(st.integers(-3, 90), KINDS, max_size=15))
    days = {start + ONE * offset: Day(kind, kind) for offset, kind in offsets.items()}
    lengths = draw(st.lists(st.tuples(st.integers(-9, 60), st.integers(0, 20)), max_size=4))
    spans = [HeldSpan(start + ONE * first, start + ONE * (first + length)) for first, length in lengths]
    return start, Calendar(days, ALL_YEARS), spans


def worked(calendar, day):
    """The witness: how much of a day is worked, in other words."""
    weekday = month_calendar.day_name[day.weekday()] not in {"Saturday", "Sunday"}
    kind = calendar.days[day].kind if day in calendar.days else "ordinary"
    return {"off": 0, "half": 0.5, "worked": 1, "ordinary": 1 if weekday else 0}[kind]


def held(spans, day):
    return any(span.first <= day < span.until for span in spans)


def counted_one_by_one(start, n, unit, calendar, spans):
    """The witness: one day after the other, until the term is used up; then on to a day that is worked."""
    wanted = (add_months(start, n) - start).days if unit == "month" else n
    day, used = start, 0
    while used < wanted:
        day += ONE
        if not held(spans, day):
            used += worked(calendar, day) if unit == "working_day" else 1
    while held(spans, day) or not worked(calendar, day):
        day += ONE
    return day


@pure
@given(situation=situations(), n=st.integers(0, 30), unit=UNITS)
def test_a_term_ends_where_a_count_of_single_days_ends(situation, n, unit):
    start, calendar, spans = situation
    assume(unit != "month" or n <= 6)

    assert due(start, n, unit, calendar, spans).end == counted_one_by_one(start, n, unit, calendar, spans)


@pure
@given(situation=situations(), n=st.integers(1, 30), unit=UNITS)
def test_a_longer_term_never_ends_earlier(situation, n, unit):
    start, calendar, spans = situation

    assert due(start, n, unit, calendar, spans).end >= due(start, n - 1, unit, calendar, spans).end >= start


@pure
@given(situation=situations(), n=st.integers(0, 30), unit=UNITS)
def test_a_later_start_never_ends_earlier(situation, n, unit):
    start, calendar, spans = situation

    assert due(start + ONE, n, unit, calendar, spans).end >= due(start, n, unit, calendar, spans).end


@pure
@given(situation=situations(), n=st.integers(0, 30), unit=UNITS)
def test_a_hold_never_makes_a_term_end_earlier(situation, n, unit):
    start, calendar, spans = situation

    assert due(start, n, unit, calendar, spans).end >= due(start, n, unit, calendar).end


@pure
@given(situation=situations(), n=st.integers(0, 30), unit=UNITS, fraction=st.sampled_from([0.5, 0.8]))
def test_a_share_of_a_term_lies_within_it(situation, n, unit, fraction):
    start, calendar, spans = situation
    term = due(start, n, unit, calendar, spans)

    assert part_of(term, 0.5, calendar) <= part_of(term, 0.8, calendar) <= term.end
    assert part_of(term, fraction, calendar) > start or term.end == start


@pure
@given(situation=situations(), ahead=st.integers(0, 60))
def test_a_named_day_moves_by_the_working_days_held_since(situation, ahead):
    start, calendar, spans = situation
    one = [span for span in spans[:1] if start <= span.first <= start + ONE * ahead]
    assume(one)
    day = start + ONE * ahead

    after = moved(day, start, calendar, one)

    lost = sum(worked(calendar, one[0].first + ONE * i) for i in range((one[0].until - one[0].first).days))
    gained = sum(worked(calendar, day + ONE * i) for i in range(1, (after - day).days + 1))
    assert lost <= gained < lost + 1


def test_a_hold_before_the_day_was_named_or_after_it_ended_moves_nothing():
    day, plain = date(2026, 3, 20), Calendar({}, ALL_YEARS)
    before, after = HeldSpan(date(2026, 3, 2), date(2026, 3, 5)), HeldSpan(date(2026, 3, 23), date(2026, 3, 25))

    assert moved(day, date(2026, 3, 9), plain, [before, after]) == day


@pytest.mark.parametrize(
    ("start", "n", "unit", "end", "rolled_from"),
    [
        (date(2026, 3, 2), 10, "calendar_day", date(2026, 3, 12), None),
        (date(2026, 3, 2), 5, "calendar_day", date(2026, 3, 9), date(2026, 3, 7)),  # a Saturday
        (date(2026, 8, 31), 6, "month", date(2027, 3, 1), date(2027, 2, 28)),  # no 31 February; a Sunday
        (date(2026, 1, 15), 1, "month", date(2026, 2, 16), date(2026, 2, 15)),
        (date(2026, 3, 7), 0, "working_day", date(2026, 3, 9), date(2026, 3, 7)),
        (date(2026, 3, 6), 1, "working_day", date(2026, 3, 9), None),
    ],
)
def test_days_and_months_end_on_a_working_day(start, n, unit, end, rolled_from):
    term = due(start, n, unit, Calendar({}, ALL_YEARS))

    assert (term.end, term.rolled_from) == (end, rolled_from)


def test_two_half_days_make_one_working_day():
    halves = Calendar({date(2026, 3, 3): Day("half", "Lễ"), date(2026, 3, 4): Day("half", "Lễ")}, ALL_YEARS)

    assert due(date(2026, 3, 2), 1, "working_day", halves).end == date(2026, 3, 4)
    assert due(date(2026, 3, 2), 2, "working_day", halves).end == date(2026, 3, 5)
    assert halves.is_working_day(date(2026, 3, 3))


def test_days_held_twice_are_left_out_once_and_the_day_it_goes_on_counts():
    spans = [HeldSpan(date(2026, 3, 3), date(2026, 3, 5)), HeldSpan(date(2026, 3, 4), date(2026, 3, 6))]

    term = due(date(2026, 3, 2), 1, "working_day", Calendar({}, ALL_YEARS), spans)

    assert term.end == date(2026, 3, 6)
    assert term.holds == (HeldSpan(date(2026, 3, 3), date(2026, 3, 6)),)


def test_a_hold_that_ends_the_day_it_began_holds_nothing():
    spans = [HeldSpan(date(2026, 3, 3), date(2026, 3, 3))]

    assert due(date(2026, 3, 2), 1, "working_day", Calendar({}, ALL_YEARS), spans).end == date(2026, 3, 3)


def test_a_term_into_a_year_that_nobody_entered_says_so():
    calendar = Calendar({}, frozenset({2026}))

    assert due(date(2026, 12, 30), 1, "working_day", calendar).missing_year is None
    assert due(date(2026, 12, 30), 2, "working_day", calendar).missing_year == 2027


@pytest.mark.parametrize(("n", "unit", "why"), [(-1, "working_day", "negative"), (3, "fortnight", "fortnight")])
def test_nonsense_is_refused(n, unit, why):
    with pytest.raises(ValueError, match=why):
        due(date(2026, 3, 2), n, unit, Calendar())


@pytest.mark.parametrize(
    ("n", "unit", "half", "warn"),
    [
        (10, "working_day", date(2026, 3, 9), date(2026, 3, 12)),  # five are used up on the evening of Friday the 6th
        (3, "working_day", date(2026, 3, 3), date(2026, 3, 4)),
        (1, "working_day", date(2026, 3, 2), date(2026, 3, 2)),
        (30, "calendar_day", date(2026, 3, 17), date(2026, 3, 26)),
    ],
)
def test_half_and_four_fifths_of_a_term(n, unit, half, warn):
    term = due(date(2026, 3, 1), n, unit, Calendar({}, ALL_YEARS))

    assert (part_of(term, 0.5, Calendar()), part_of(term, 0.8, Calendar())) == (half, warn)


def test_days_held_are_no_part_of_the_half():
    spans = (HeldSpan(date(2026, 3, 3), date(2026, 3, 17)),)
    term = due(date(2026, 3, 1), 10, "calendar_day", Calendar({}, ALL_YEARS), spans)

    assert (part_of(term, 0.5, Calendar()), term.end) == (date(2026, 3, 21), date(2026, 3, 25))
    assert part_of(Term(term.start, 0, "calendar_day", term.start), 0.5, Calendar()) == term.start


def test_the_working_day_before():
    assert working_day_before(date(2026, 3, 9), Calendar()) == date(2026, 3, 6)


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
@given(day=STARTS, months=st.integers(0, 60))
def test_adding_months_lands_in_the_right_month(day, months):
    end = add_months(day, months)

    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == min(day.day, month_calendar.monthrange(end.year, end.month)[1])
