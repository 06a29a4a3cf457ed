"""Due dates in words, counted in working days."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from casework.organisations.models import AdministrativeUnit
from workflows.clock.models import CalendarDay
from workflows.desk.due import WorkingDays, due_of, due_words

# A Monday; the 24th is the Day of Vietnamese Culture.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.get_default_timezone())
CLOSE_OF_TODAY = NOW.replace(hour=23, minute=59, second=59)


@pytest.fixture(autouse=True)
def _english(world):
    with translation.override("en"):
        yield


def words(days, now=NOW, area=None):
    return due_words(CLOSE_OF_TODAY + timedelta(days=days), WorkingDays(now), area)


@pytest.mark.parametrize(
    ("days", "kind", "text"),
    [
        (-12, "late", "8 working days late"),
        (-4, "late", "2 working days late"),  # since Thursday: Friday and today
        (-3, "late", "1 working day late"),
        (0, "today", "Due today"),
        (1, "soon", "No working day left"),
        (2, "soon", "1 working day left"),
        (4, "soon", "3 working days left"),
        (7, "ok", "4 working days left"),
    ],
)
def test_days_are_working_days(days, kind, text):
    due = words(days)

    assert (due.kind, due.text) == (kind, text)
    assert due.date == (NOW + timedelta(days=days)).date()


def test_on_a_weekend_a_task_of_friday_is_late_without_a_number():
    assert words(-2, now=NOW - timedelta(days=1)).text == "Late since the last working day"


def test_a_province_counts_by_its_own_calendar():
    here, elsewhere = AdministrativeUnit.objects.get(code="22795"), AdministrativeUnit.objects.get(code="68")
    CalendarDay.objects.create(day=date(2026, 11, 25), kind="off", name="Nghỉ bão", source="UBND", area=here.parent)

    assert (words(3, area=here).text, words(3, area=elsewhere).text) == ("1 working day left", "2 working days left")


def test_the_calendar_is_read_once_for_all_rows_and_provinces(django_assert_num_queries):
    areas = list(AdministrativeUnit.objects.filter(code__in=["22795", "68"]))
    days = WorkingDays(NOW)
    with django_assert_num_queries(1):
        for number in range(50):
            due_words(CLOSE_OF_TODAY + timedelta(days=number), days, areas[number % 2])


def test_the_day_of_vietnam_counts_not_the_day_of_utc():
    at_one_in_the_morning = NOW.replace(hour=1).astimezone(timezone.get_fixed_timezone(0))

    assert due_words(NOW.replace(hour=23), WorkingDays(at_one_in_the_morning)).kind == "today"


def task(**changes):
    usual = {
        "due_at": NOW - timedelta(days=9),
        "held": False,
        "finished": None,
        "opens_on": None,
        "watched": False,
        "missing_year": None,
        "case": SimpleNamespace(area=None),
    }
    return SimpleNamespace(**{**usual, **changes})


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"held": True}, "held"),
        ({"finished": NOW}, "none"),
        ({"opens_on": (NOW + timedelta(days=1)).date()}, "none"),
        ({}, "late"),
    ],
)
def test_held_finished_and_coming_tasks_are_never_late(changes, kind):
    assert due_of(task(**changes), NOW).kind == kind


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"held": True}, "On hold"),
        ({"watched": True}, "The registrar promised 14/11/2026, no answer yet"),
        ({"watched": True, "due_at": NOW + timedelta(days=3)}, "The registrar promised 26/11/2026"),
        ({"missing_year": 2027}, "Not certain: the calendar of 2027 is missing"),
    ],
)
def test_what_is_not_ours_or_not_certain_is_said(changes, text):
    assert due_of(task(**changes), NOW).text == text


def test_a_list_with_the_calendar_at_hand_asks_no_more(django_assert_num_queries):
    days = WorkingDays(NOW)
    due_of(task(), NOW, days)
    with django_assert_num_queries(0):
        due_of(task(), NOW, days)
