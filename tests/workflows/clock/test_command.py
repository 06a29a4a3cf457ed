"""`manage.py clock`: answers from the calendar, derivations of a case, and plain sentences for nonsense."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from casework.organisations.models import AdministrativeUnit
from tests.workflows.clock.shift import add_rows
from workflows.clock.models import CalendarDay, CalendarYear
from workflows.holds.models import Extension


def ask(capsys, *args):
    call_command("clock", *args)
    return capsys.readouterr().out


def ask_json(capsys, *args):
    return json.loads(ask(capsys, *args, "--json"))


@pytest.mark.parametrize("day", ["2026-02-13", "13/02/2026", " 13/2/2026 "])
def test_a_term_is_answered_with_its_derivation(world, capsys, day):
    found = ask_json(capsys, "due", "--from", day, "--days", "3")

    assert "14–22/02 → 25/02/2026" in found.pop("explanation")
    assert found == {
        "from": "2026-02-13",
        "days": 3,
        "unit": "working_day",
        "area": None,
        "due": "2026-02-25",
        "missing_year": None,
    }


@pytest.mark.parametrize(
    ("unit", "n", "due"),
    [("calendar_day", "10", "2026-03-12"), ("month", "6", "2026-09-03"), ("month", "0", "2026-03-02")],
)
def test_days_and_months(world, capsys, unit, n, due):
    """2 September is National Day."""
    assert ask_json(capsys, "due", "--from", "2026-03-02", "--days", n, "--unit", unit)["due"] == due


def test_people_get_one_line(world, capsys):
    assert ask(capsys, "due", "--from", "2026-03-02", "--days", "1").strip().endswith("→ 03/03/2026")


def test_a_province_has_its_own_days(world, capsys):
    area = AdministrativeUnit.objects.get(code="56")
    CalendarDay.objects.create(day=date(2026, 3, 3), kind="off", name="Nghỉ bão", source="UBND", area=area)

    dues = [
        ask_json(capsys, "due", "--from", "2026-03-02", "--days", "1", *more)["due"]
        for more in ([], ["--area", "56"], ["--area", "22795"], ["--area", "68"])
    ]
    assert dues == ["2026-03-03", "2026-03-04", "2026-03-04", "2026-03-03"]


def test_a_missing_year_is_said_and_not_guessed(world, capsys):
    CalendarYear.objects.filter(year=2027).delete()

    with pytest.raises(SystemExit) as ended:
        call_command("clock", "due", "--from", "2026-12-30", "--days", "5", "--json")

    found = json.loads(capsys.readouterr().out)
    assert (ended.value.code, found["due"], found["missing_year"]) == (1, None, 2027)
    assert "2027" in found["explanation"]


@pytest.mark.parametrize(
    "args",
    [
        ["due", "--from", "31/02/2026", "--days", "3"],
        ["due", "--from", "9999-12-31", "--days", "3"],
        ["due", "--from", "0001-01-01", "--days", "3"],
        ["due", "--from", "hôm qua 🙂", "--days", "3"],
        ["due", "--from", "2026-02-13", "--days", "-3"],
        ["due", "--from", "2026-02-13", "--days", "99999999999999999999"],
        ["due", "--from", "2026-02-13", "--days", "ba"],
        ["due", "--from", "2026-02-13", "--days", "3", "--unit", "năm"],
        ["due", "--from", "2026-02-13", "--days", "3", "--area", "nơi\x00nào"],
        ["explain", "--case", "KH-0000-000000"],
        ["explain", "--case", "x\x00y"],
        ["explain"],
        [],
    ],
)
def test_nonsense_is_answered_by_a_sentence(world, args):
    with pytest.raises(CommandError) as refused:
        call_command("clock", *args)
    assert str(refused.value)


def test_the_longest_term_is_counted_or_refused_but_never_breaks(world, capsys):
    for unit in ("working_day", "calendar_day", "month"):
        with pytest.raises((SystemExit, CommandError)):
            call_command("clock", "due", "--from", "2199-01-01", "--days", "3660", "--unit", unit)


def test_the_open_deadlines_of_a_case_are_derived(world, capsys):
    task = world.task(world.open_case())
    world.claim(task, by=world.lan)
    today = timezone.localdate()
    before = timezone.localdate(task.due_at)
    until = before + timedelta(days=30)
    add_rows(
        world,
        task,
        Extension(case=task.case, task=task, before=before, until=until, reason="Mưa lũ", extended_by=world.hanh),
    )

    told = ask_json(capsys, "explain", "--case", task.case.code.lower())

    [one] = told["tasks"]
    assert (told["case"], one["owner"], one["first_due"]) == (task.case.code, "lan", before.isoformat())
    assert one["organisation"] == task.organisation.name
    assert one["extensions"] == [{"before": before.isoformat(), "until": until.isoformat(), "reason": "Mưa lũ"}]
    for day in (until, today):
        assert f"{day:%d/%m/%Y}" in one["explanation"]
    assert told["legal_terms"] == []


def test_people_read_the_same(world, capsys):
    task = world.task(world.open_case())

    words = ask(capsys, "explain", "--case", task.case.code)

    for word in (task.case.code, task.organisation.name, "→"):
        assert word in words


def test_a_case_without_open_deadlines_says_so(world, capsys):
    case = world.open_case()
    world.finish(world.task(case), decision="decline", reason="Không đủ người")

    assert ask_json(capsys, "explain", "--case", case.code)["tasks"] == []
    assert len(ask(capsys, "explain", "--case", case.code).splitlines()) == 2
