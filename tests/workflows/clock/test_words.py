"""Deadlines in words: every stretch that was not counted is named."""

from datetime import date

import pytest
from django.utils import translation

from workflows.clock.deadline import deadline_of
from workflows.clock.models import CalendarDay, CalendarYear, TimeLimit
from workflows.clock.terms import HeldSpan
from workflows.clock.words import explain, length_words, missing_words, span_words


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def limit(length=3, unit="working_day"):
    return TimeLimit(node="x", length=length, unit=unit)


def explained(begins, *args, **more):
    return explain(deadline_of(begins, *args, None, **more))


def test_tet_is_named_with_the_weekends_it_touches(world):
    words = explained(date(2026, 2, 13), limit())

    assert words == "3 working days from 13/02/2026, off: Tết Nguyên Đán 14–22/02 → 25/02/2026"


def test_the_same_in_vietnamese(world):
    with translation.override("vi"):
        words = explained(date(2026, 2, 13), limit())

    assert words == "3 ngày làm việc từ 13/02/2026, nghỉ Tết Nguyên Đán 14–22/02 → 25/02/2026"


def test_a_saturday_worked_instead_is_named(world):
    assert "Làm bù cho 02/01/2026 10/01" in explained(date(2026, 1, 7), limit())


def test_plain_weekends_are_not_named(world):
    assert explained(date(2026, 3, 5), limit()) == "3 working days from 05/03/2026 → 10/03/2026"


def test_half_a_day_is_named(world):
    CalendarDay.objects.create(day=date(2026, 3, 6), kind="half", name="Nghỉ nửa ngày", source="thử")

    assert "Nghỉ nửa ngày 06/03" in explained(date(2026, 3, 5), limit())


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (limit(5, "calendar_day"), "5 days from 02/03/2026, would end on a day off, 07/03/2026 → 09/03/2026"),
        (limit(1, "month"), "1 month from 02/03/2026 → 02/04/2026"),
    ],
)
def test_days_and_months(world, one, words):
    assert explained(date(2026, 3, 2), one) == words


def test_holds_are_named_and_only_those_that_moved_it(world):
    spans = [HeldSpan(date(2026, 3, 3), date(2026, 3, 5)), HeldSpan(date(2026, 5, 4), date(2026, 5, 9))]

    assert (
        explained(date(2026, 3, 2), limit(), holds=spans)
        == "3 working days from 02/03/2026, on hold 03–04/03 → 09/03/2026"
    )


def test_a_named_day_says_when_it_was_set_and_what_moved_it(world):
    spans = [HeldSpan(date(2026, 3, 10), date(2026, 3, 12))]
    words = explained(date(2026, 3, 2), limit(), named=date(2026, 3, 11), named_on=date(2026, 3, 4), holds=spans)

    assert words == "set to 11/03/2026 on 04/03/2026, on hold 10–11/03 → 13/03/2026"


def test_a_missing_year_is_said_in_a_sentence(world):
    CalendarYear.objects.filter(year=2027).delete()

    words = explained(date(2026, 12, 30), limit())

    assert words.endswith("The calendar of 2027 has not been entered yet, so this day is not certain.")
    assert missing_words(None) == ""


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 9, 2), date(2026, 9, 2), "02/09"),
        (date(2026, 2, 14), date(2026, 2, 22), "14–22/02"),
        (date(2026, 4, 30), date(2026, 5, 1), "30/04–01/05"),
        (date(2026, 12, 31), date(2027, 1, 1), "31/12–01/01"),
    ],
)
def test_spans_of_days(first, last, words):
    assert span_words(first, last) == words


def test_one_and_many():
    assert [length_words(n, "working_day") for n in (1, 2)] == ["1 working day", "2 working days"]
