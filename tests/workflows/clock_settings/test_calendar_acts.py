"""The calendar is kept by acts: what they write, what they refuse, and that the recount is ordered with them."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.organisations.models import AdministrativeUnit
from workflows.clock.models import CalendarDay, CalendarYear
from workflows.clock.settings.calendar_acts import (
    ConfirmYear,
    DayRow,
    ImportCalendar,
    RemoveCalendarDay,
    SetCalendarDay,
)

SOURCE = "123/QĐ-TTg"
MONDAY, SATURDAY = date(2026, 6, 8), date(2026, 6, 13)
OFF, WORKED, HALF, ORDINARY = CalendarDay.Kind.values


def set_day(world, day=MONDAY, kind=OFF, name="Nghỉ thử", source=SOURCE, area=None, by="van", **more):
    return perform(SetCalendarDay(area, day, kind, name, source, **more), by=getattr(world, by))


def province(code="56"):
    return AdministrativeUnit.objects.get(code=code)


def refusal(call, *args, **kwargs):
    with pytest.raises(ActionNotPossible) as caught:
        call(*args, **kwargs)
    return str(caught.value), caught.value.field


def test_a_day_is_set_with_its_source_and_the_recount_is_ordered(world):
    receipt = set_day(world, confirmed=False)

    row = CalendarDay.objects.get(day=MONDAY, area=None)
    assert (row.kind, row.name, row.source, row.confirmed) == (OFF, "Nghỉ thử", SOURCE, False)
    event = AuditEvent.objects.filter(chain="calendar").latest("seq")
    job = DBTaskResult.objects.get(pk=event.facts["job"])
    change = job.args_kwargs["args"][0]
    assert event.verb == "calendar.day_set"
    assert event.facts["change"] == receipt.result["change"] == change["id"]
    assert change["by"] == world.van.pk
    assert change["scope"]["first"] == "2026-06-08"


def test_a_change_that_is_rolled_back_orders_nothing(world):
    with transaction.atomic():
        set_day(world)
        transaction.set_rollback(True)

    assert not DBTaskResult.objects.exists()
    assert not CalendarDay.objects.filter(day=MONDAY).exists()


def test_the_same_form_sent_twice_is_one_change(world):
    request, act = uuid4(), SetCalendarDay(None, MONDAY, OFF, "Nghỉ thử", SOURCE)
    first = perform(act, by=world.van, request_id=request)
    again = perform(act, by=world.van, request_id=request)

    assert again.replayed
    assert again.result == first.result
    assert DBTaskResult.objects.count() == 1


def test_a_day_that_is_there_is_replaced(world):
    set_day(world)
    set_day(world, kind=HALF, name="Nửa ngày")

    assert CalendarDay.objects.get(day=MONDAY).kind == HALF
    event = AuditEvent.objects.filter(chain="calendar").latest("seq")
    assert {"from": OFF, "to": HALF}.items() <= next(c for c in event.changes if c["field"] == "kind").items()


@pytest.mark.parametrize("by", ["lan", "hanh", "thanh", "stranger"])
def test_only_an_administrator_keeps_the_calendar(world, by):
    with pytest.raises(PermissionDenied):
        set_day(world, by=by)


@pytest.mark.parametrize(
    ("day", "kind", "says"),
    [
        (SATURDAY, OFF, "ngày nghỉ|day off"),
        (SATURDAY, ORDINARY, "ngày nghỉ|day off"),
        (MONDAY, WORKED, "làm việc|worked"),
        (MONDAY, ORDINARY, "làm việc|worked"),
    ],
)
def test_a_day_that_changes_nothing_has_no_sense(world, day, kind, says):
    sentence, field = refusal(set_day, world, day=day, kind=kind)
    assert re.search(says, sentence)
    assert field == "kind"


def test_a_saturday_may_be_worked_and_half_a_day_too(world):
    set_day(world, day=SATURDAY, kind=WORKED)
    set_day(world, day=SATURDAY, kind=HALF)


def test_a_province_may_work_on_the_nations_day_off_and_rest_on_its_worked_saturday(world):
    set_day(world)
    set_day(world, day=SATURDAY, kind=WORKED)

    set_day(world, area=province(), kind=ORDINARY)
    set_day(world, area=province(), day=SATURDAY, kind=OFF)
    assert refusal(set_day, world, area=province("68"), kind=OFF)[1] == "kind"


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2101, 1, 3)])
def test_years_that_cannot_be_meant_are_refused(world, day):
    assert refusal(set_day, world, day=day)[1] == "day"


def test_what_is_missing_or_wrong_is_named(world):
    commune = province().communes.first()
    assert refusal(set_day, world, name=" ")[1] == "name"
    assert refusal(set_day, world, source="")[1] == "source"
    assert refusal(set_day, world, area=commune)[1] == "area"
    assert refusal(set_day, world, kind="holiday")[1] == "kind"


def test_setting_what_is_there_changes_nothing(world):
    set_day(world)
    refusal(set_day, world)
    assert DBTaskResult.objects.count() == 1


def test_a_removed_day_stays_readable_in_its_event(world):
    set_day(world)
    row = CalendarDay.objects.get(day=MONDAY)
    assert refusal(perform, RemoveCalendarDay(row, ""), by=world.van)[1] == "reason"

    perform(RemoveCalendarDay(row, "Nhập nhầm"), by=world.van)

    assert not CalendarDay.objects.filter(day=MONDAY).exists()
    event = AuditEvent.objects.filter(chain="calendar").latest("seq")
    assert event.reason == "Nhập nhầm"
    assert event.facts["removed"][0]["name"] == "Nghỉ thử"
    refusal(perform, RemoveCalendarDay(row, "Nhập nhầm"), by=world.van)


def test_a_missing_year_is_entered_and_a_predicted_one_confirmed_with_its_days(world):
    perform(ConfirmYear(2031, SOURCE), by=world.van)
    assert CalendarYear.objects.get(year=2031).confirmed

    perform(ConfirmYear(2027, SOURCE, with_days=True), by=world.van)
    assert CalendarYear.objects.get(year=2027).source == SOURCE
    assert not CalendarDay.objects.filter(day__year=2027, confirmed=False).exists()
    refusal(perform, ConfirmYear(2027, SOURCE, with_days=True), by=world.van)


def test_a_decision_is_taken_in_once(world):
    rows = (DayRow(date(2027, 1, 1), OFF, "Tết Dương lịch"), DayRow(date(2027, 6, 12), WORKED, "Làm bù"))
    act = ImportCalendar(2027, rows, SOURCE)
    perform(act, by=world.van)

    assert CalendarYear.objects.get(year=2027).confirmed
    stored = CalendarDay.objects.filter(day__in=[row.day for row in rows])
    assert {(row.kind, row.source, row.confirmed) for row in stored} == {(OFF, SOURCE, True), (WORKED, SOURCE, True)}
    refusal(perform, act, by=world.van)


def test_a_whole_decision_removes_predictions_it_does_not_name(world):
    before = CalendarDay.objects.filter(day__year=2027, confirmed=False).count()
    rows = (DayRow(date(2027, 1, 1), OFF, "Tết Dương lịch"),)
    perform(ImportCalendar(2027, rows, SOURCE, whole=True), by=world.van)

    assert before > 5
    assert [row.day for row in CalendarDay.objects.filter(day__year=2027, area=None)] == [date(2027, 1, 1)]
    event = AuditEvent.objects.filter(chain="calendar").latest("seq")
    assert len(event.facts["removed"]) == before - 1


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (DayRow(date(2028, 1, 3), OFF, "Nghỉ"),),
        (DayRow(date(2027, 1, 1), OFF, "Nghỉ"), DayRow(date(2027, 1, 1), HALF, "Nghỉ")),
        (DayRow(date(2027, 1, 2), OFF, "Thứ Bảy"),),
        tuple(DayRow(date(2027, 1, 1), OFF, "Nghỉ") for _n in range(401)),
    ],
)
def test_rows_that_cannot_be_taken_in_are_refused_as_a_whole(world, rows):
    refusal(perform, ImportCalendar(2027, rows, SOURCE), by=world.van)
    assert not CalendarDay.objects.filter(source=SOURCE).exists()
