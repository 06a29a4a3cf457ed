"""An act opens by one statement, writes late, and believes no calendar longer than the database does."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.acts import Unit
from casework.cases.models import Case
from casework.sharing import scope
from workflows.acts import ClaimTask
from workflows.clock.calendar import calendar_between
from workflows.clock.known import Mark, known
from workflows.clock.limits import limit_for
from workflows.clock.models import CalendarDay, ClockMark, TimeLimit
from workflows.engine.models import Task


def mark():
    return ClockMark.objects.values_list("version", flat=True).get()


def test_what_is_opened_is_what_the_queries_read(world):
    task = world.task(world.open_case())
    world.claim(task)
    unit = Unit(ClaimTask(task.pk), world.lan, "page")

    with scope.act(), transaction.atomic():
        unit.act.lock(unit)

    stored = Task.objects.select_related("process").get(pk=task.pk)
    for read, asked in [(unit.task, stored), (unit.case, stored.case), (unit.task.process, stored.process)]:
        names = [field.attname for field in asked._meta.concrete_fields]
        assert {name: getattr(read, name) for name in names} == {name: getattr(asked, name) for name in names}
    assert unit.task.open_assignment.user_id == world.lan.pk
    assert unit.case is unit.task.case is unit.task.process.case


def test_a_row_that_waits_is_written_before_anybody_reads(world):
    case = world.open_case()
    unit = Unit(ClaimTask(0), world.lan, "page")

    with scope.act(), transaction.atomic(), unit.late.before_all_else():
        unit.change(Case.objects.get(pk=case.pk), note="first")
        with CaptureQueriesContext(connection) as captured:
            assert Case.objects.get(pk=case.pk).note == "first"
        transaction.set_rollback(True)

    assert [query["sql"][:6] for query in captured.captured_queries] == ["UPDATE", "SELECT"]


def test_of_two_changes_of_a_row_the_second_stands(world):
    unit = Unit(ClaimTask(0), world.lan, "page")
    with scope.act(), transaction.atomic(), unit.late.before_all_else():
        case = Case.objects.get(pk=world.open_case().pk)
        unit.change(case, note="first")
        unit.change(case, note="second")
        unit.late.write()
        assert Case.objects.get(pk=case.pk).note == "second"
        transaction.set_rollback(True)


def test_what_is_known_is_what_the_tables_say(world):
    today, place = timezone.localdate(), world.organisation("wu-kh-a").area
    kept = known(Mark(mark(), None))

    for node in TimeLimit.objects.values_list("node", flat=True).distinct():
        assert limit_for(node, today, known=kept) == limit_for(node, today)
    days = [today + timedelta(days=n) for n in range(400)]
    asked, whole = calendar_between(days[0], days[-1], place.pk), kept.calendar(place.parent_id)
    assert [asked.halves(day) for day in days] == [whole.halves(day) for day in days]
    assert asked.missing_year(days[0], days[-1]) == whole.missing_year(days[0], days[-1])


def test_a_changed_calendar_is_known_at_once_and_forgotten_with_its_transaction(db):
    day, before = timezone.localdate() + timedelta(days=30), mark()
    while day.weekday() > 3 or not known(Mark(before, None)).calendar(None).is_working_day(day):
        day += timedelta(days=1)

    with transaction.atomic():
        CalendarDay.objects.create(day=day, kind="off", name="Lễ", source="thử")
        during = mark()
        assert not known(Mark(during, None)).calendar(None).is_working_day(day)
        transaction.set_rollback(True)

    assert during != before == mark()
    assert known(Mark(before, None)).calendar(None).is_working_day(day)


def test_the_tables_are_read_once_for_a_mark(db):
    TimeLimit.objects.order_by("pk").first().save()
    known(Mark(mark(), None))
    stands = Mark(mark(), None)

    with CaptureQueriesContext(connection) as captured:
        known(stands)

    assert len(captured) == 0
    assert known(Mark(None, None)) is None
    assert known(None) is None


@pytest.mark.parametrize("table", ["timelimit", "calendarday", "calendaryear"])
def test_every_change_gets_a_mark_of_its_own(db, table):
    before = mark()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE workflows_{table} SET source = source")
    assert mark() > before
