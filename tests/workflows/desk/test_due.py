"""Due dates in words."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from workflows.desk.due import due_of, due_words

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.get_default_timezone())
CLOSE_OF_TODAY = NOW.replace(hour=23, minute=59, second=59)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("days", "kind", "text"),
    [
        (-12, "late", "12 days late"),
        (-1, "late", "1 day late"),
        (0, "today", "Due today"),
        (1, "soon", "1 day left"),
        (3, "soon", "3 days left"),
        (4, "ok", "4 days left"),
    ],
)
def test_days_are_counted_by_the_calendar_of_vietnam(days, kind, text):
    due = due_words(CLOSE_OF_TODAY + timedelta(days=days), NOW)

    assert (due.kind, due.text) == (kind, text)
    assert due.date == (NOW + timedelta(days=days)).date()


def test_the_day_of_vietnam_counts_not_the_day_of_utc():
    at_one_in_the_morning = NOW.replace(hour=1)

    assert (
        due_words(NOW.replace(hour=23), at_one_in_the_morning.astimezone(timezone.get_fixed_timezone(0))).kind
        == "today"
    )


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
    task = {"due_at": NOW - timedelta(days=9), "held": False, "finished": None, "opens_on": None}

    assert due_of(SimpleNamespace(**{**task, **changes}), NOW).kind == kind
