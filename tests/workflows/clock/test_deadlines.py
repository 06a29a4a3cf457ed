"""The deadline of a task: from its limit or a day that was named, with holds, extensions and the calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import pytest
from django.utils import timezone

from casework.acts import perform
from casework.organisations.models import AdministrativeUnit
from tests.workflows.clock.shift import Shift, add_rows, shift
from workflows.clock.calendar import close_of, morning_of
from workflows.clock.deadline import columns_of, count_again, current_deadline, deadline_of
from workflows.clock.limits import NoTimeLimit, limit_for, opening_day
from workflows.clock.models import CalendarDay, CalendarYear, TimeLimit
from workflows.clock.reference import load_calendar, load_time_limits
from workflows.clock.terms import HeldSpan, due
from workflows.engine.models import Task
from workflows.flows.catalogue import human_nodes
from workflows.holds.models import Extension, Hold

MONDAY = date(2026, 3, 2)


def limit(length=3, unit="working_day", **more):
    return TimeLimit(node="x", length=length, unit=unit, **more)


def test_a_limit_is_counted_and_its_moments_are_in_order(world):
    found = deadline_of(MONDAY, limit(10), None)

    assert columns_of(found) == {
        "due_at": close_of(date(2026, 3, 16)),
        "half_at": morning_of(date(2026, 3, 10)),
        "warn_at": morning_of(date(2026, 3, 13)),
        "missing_year": None,
    }


def test_of_somebody_elses_term_the_last_word_comes_the_working_day_before(world):
    """Three days from Thursday end on Tuesday; the word comes on Monday."""
    columns = columns_of(deadline_of(date(2026, 3, 5), limit(3, watched=True), None))

    assert columns["warn_at"] == morning_of(date(2026, 3, 9))
    assert columns["half_at"] <= columns["warn_at"] < columns["due_at"]


def test_a_promised_day_stands_before_the_limit(world):
    found = deadline_of(MONDAY, limit(3, watched=True), None, named=date(2026, 3, 20))

    assert found.day == date(2026, 3, 20)
    assert columns_of(found)["warn_at"] == morning_of(date(2026, 3, 19))


def test_holds_move_a_limit_and_a_named_day(world):
    week = HeldSpan(date(2026, 3, 3), date(2026, 3, 10))

    assert deadline_of(MONDAY, limit(3), None, holds=[week]).day == date(2026, 3, 12)
    assert deadline_of(MONDAY, None, None, named=date(2026, 3, 5), holds=[week]).day == date(2026, 3, 12)


@pytest.mark.parametrize("days", [200, 600])
def test_the_calendar_is_read_far_enough_for_long_holds(world, days):
    """Otherwise a year would seem to be missing, and holidays beyond would be counted as worked."""
    spans = [HeldSpan(MONDAY + timedelta(days=2), MONDAY + timedelta(days=2 + days))]
    everything = deadline_of(MONDAY, limit(3), None, named=date(2030, 1, 1)).calendar

    named = deadline_of(MONDAY, None, None, named=MONDAY + timedelta(days=days), holds=spans)
    counted = deadline_of(MONDAY, limit(30), None, holds=spans)

    assert (named.missing_year, counted.missing_year) == (None, None)
    assert counted.day == due(MONDAY, 30, "working_day", everything, spans).end


def test_a_deadline_needs_a_limit_or_a_day(world):
    with pytest.raises(ValueError, match="needs a limit"):
        deadline_of(MONDAY, None, None)


@pytest.fixture
def task(world):
    """A task whose term of three days began on 2 March 2026."""
    row = world.task(world.open_case())
    return shift(world, row, term_begins=MONDAY, due_at=close_of(date(2026, 3, 5)), first_due_at=close_of(MONDAY))


@dataclass(frozen=True)
class CountAgain(Shift):
    """Counts the deadline of a task anew."""

    verb: ClassVar[str] = "task.counted"

    def change(self, unit):
        task = self._task(unit)
        return count_again(unit, task), unit.facts.get("moved")


def again(world, task):
    """(before, now) or None, and what the event says of it."""
    return perform(CountAgain(task.pk), by=world.hanh).result


def test_a_stored_task_is_counted_from_its_own_term(task):
    assert current_deadline(task).day == date(2026, 3, 5)


def test_counting_again_says_what_moved_only_when_it_moved(world, task):
    assert again(world, task) == (None, None)

    CalendarDay.objects.create(day=date(2026, 3, 4), kind="off", name="Nghỉ bão", source="UBND", area=None)

    moved, said = again(world, task)
    assert moved == (date(2026, 3, 5), date(2026, 3, 6))
    assert said == [{"task": task.pk, "node": "screen_lead", "from": moved[0], "to": moved[1]}]
    task.refresh_from_db()
    assert task.due_at == close_of(date(2026, 3, 6))


def test_a_day_off_of_another_province_moves_nothing(world, task):
    elsewhere = AdministrativeUnit.objects.get(code="68")
    CalendarDay.objects.create(day=date(2026, 3, 4), kind="off", name="Nghỉ bão", source="UBND", area=elsewhere)

    assert current_deadline(task).day == date(2026, 3, 5)


def test_the_last_extension_stands_and_later_holds_move_it(world, task):
    rows = Rows(world, task)
    rows.extension(until=date(2026, 3, 10), on=date(2026, 3, 4))
    rows.extension(until=date(2026, 3, 12), on=date(2026, 3, 5))
    assert current_deadline(task).day == date(2026, 3, 12)

    rows.hold(date(2026, 3, 3), date(2026, 3, 4))  # before the decision, which knew of it
    assert current_deadline(task).day == date(2026, 3, 12)

    rows.hold(date(2026, 3, 9), date(2026, 3, 11))
    assert current_deadline(task).day == date(2026, 3, 16)


def test_holds_of_the_case_and_of_the_task_count_but_not_those_of_another_task(world, task):
    rows = Rows(world, task)
    other = Task.objects.filter(case=task.case).exclude(pk=task.pk).first()
    rows.hold(date(2026, 3, 3), date(2026, 3, 4))
    rows.hold(date(2026, 3, 4), date(2026, 3, 6), task=task)
    rows.hold(date(2026, 3, 6), date(2026, 3, 20), task=other)

    assert current_deadline(task).day == date(2026, 3, 10)


def test_an_open_hold_moves_nothing_yet(world, task):
    Rows(world, task).hold(date(2026, 3, 3), None)

    assert current_deadline(task).day == date(2026, 3, 5)


class Rows:
    """Holds and extensions of long ago, written by an act of the test with the days they need."""

    def __init__(self, world, task):
        self.by, self.task, self.world = world.hanh, task, world

    def hold(self, first, until, task=None):
        values = {"began_at": morning_of(first), "ended_at": until and morning_of(until), "began_by": self.by}
        self._add(Hold(case=self.task.case, task=task, waits_for="pause", reason="Chờ", **values))

    def extension(self, until, on):
        values = {"before": MONDAY, "until": until, "extended_at": morning_of(on), "extended_by": self.by}
        self._add(Extension(case=self.task.case, task=self.task, reason="Cần thêm thời gian", **values))

    def _add(self, row):
        add_rows(self.world, self.task, row)


def test_a_missing_year_is_told_with_the_task(world):
    CalendarYear.objects.filter(year=2027).delete()

    columns = columns_of(deadline_of(date(2026, 12, 30), limit(3), None))

    assert columns["missing_year"] == 2027
    assert columns["due_at"] is not None


def test_the_limit_is_that_of_the_day_on_which_the_step_begins(world):
    before = limit_for("record_registration_result", date(2024, 6, 28))
    since = limit_for("record_registration_result", date(2024, 7, 1))

    assert (before.length, since.length) == (5, 3)
    assert deadline_of(date(2024, 7, 1), since, None).day == date(2024, 7, 4)


def test_a_changed_limit_counts_from_its_day_on(world):
    TimeLimit.objects.create(node="screen_lead", length=1, valid_from=date(2026, 6, 1), source="circular")

    assert limit_for("screen_lead", date(2026, 5, 29)).length == 3
    assert limit_for("screen_lead", date(2026, 6, 1)).length == 1


def test_the_narrowest_limit_holds(world):
    union = world.organisation("wu-kh-a")
    scopes = [("", None, 4), ("new", None, 5), ("", union, 6), ("new", union, 7)]
    for kind, organisation, length in scopes:
        TimeLimit.objects.create(
            node="thu", kind=kind, organisation=organisation, length=length, valid_from=MONDAY, source="thử"
        )

    asked = [("other", None), ("new", None), ("other", union.pk), ("new", union.pk)]
    assert [limit_for("thu", MONDAY, *one).length for one in asked] == [4, 5, 6, 7]


def test_a_limit_that_has_ended_holds_no_longer(world):
    TimeLimit.objects.create(node="thu", length=4, valid_from=MONDAY, valid_until=date(2026, 3, 31), source="thử")

    assert limit_for("thu", date(2026, 3, 31)).length == 4
    with pytest.raises(NoTimeLimit):
        limit_for("thu", date(2026, 4, 1))


def test_a_step_without_a_limit_is_told(world):
    with pytest.raises(NoTimeLimit):
        limit_for("screen_lead", date(1999, 1, 1))


def test_every_human_node_has_a_limit(world):
    limited = set(TimeLimit.objects.values_list("node", flat=True))

    assert {node.name for node in human_nodes()} <= limited


def test_a_task_opens_on_its_day_in_vietnam_and_never_in_the_past(time_machine):
    time_machine.move_to(datetime(2026, 8, 30, 17, 30, tzinfo=UTC), tick=False)  # 00:30 on the 31st in Vietnam

    assert opening_day(timezone.now(), 0) == date(2026, 8, 31)
    assert opening_day(timezone.now(), 6) == date(2027, 2, 28)
    assert opening_day(timezone.now() - timedelta(days=400), 6) == date(2026, 8, 31)


def test_loading_again_adds_nothing(world):
    assert CalendarDay.objects.count() > 80
    assert (load_time_limits(), load_calendar()) == (0, 0)


def test_loading_again_leaves_an_administrators_rows_alone(world):
    row = TimeLimit.objects.get(node="screen_lead")
    row.length, row.source = 7, "set by the programme office"
    row.save()
    CalendarDay.objects.filter(day=date(2026, 11, 24)).update(kind="worked", source="the law was not amended")
    own = CalendarDay.objects.create(day=date(2026, 12, 24), kind="off", name="Nghỉ riêng", source="local decision")

    load_time_limits()
    load_calendar()

    assert TimeLimit.objects.get(node="screen_lead").length == 7
    assert CalendarDay.objects.get(day=date(2026, 11, 24)).kind == "worked"
    assert CalendarDay.objects.filter(pk=own.pk, kind="off").exists()


def test_a_deleted_day_of_the_reference_comes_back(world):
    CalendarDay.objects.filter(day=date(2026, 1, 2)).delete()

    assert load_calendar() == 1
    assert deadline_of(date(2025, 12, 31), limit(3), None).day == date(2026, 1, 7)
