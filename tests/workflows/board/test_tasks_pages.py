"""Workload, what is late and will be, and the map: each number opens exactly what it counts, for every role."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone, translation

from casework.acts import perform
from casework.exports.lists import LISTS
from workflows.acts import ReassignTask
from workflows.board import breach, exports_tasks, workload
from workflows.clock.calendar import calendar_between, morning_of
from workflows.clock.models import CalendarDay
from workflows.desk.filters import SEEN, Filters
from workflows.desk.soon import soon_until
from workflows.engine.models import Task
from workflows.holds.acts import HoldCase

PAGES = ["workload", "workload/cases", "late", "returns", "returns/tasks", "map", "times", "times/stays"]
ROLES = ["lan", "cuc", "hanh", "binh", "ngan", "van", "thanh", "son"]


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def by_hand(statement, *params):
    """What no act can do: time passes. The guard speaks at the end of the transaction; that of a test never comes."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def due(task, day):
    moment = timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
    by_hand("UPDATE workflows_task SET due_at = %s WHERE id = %s", moment, task.pk)


@pytest.fixture
def busy(world):
    """Cases at many steps; tasks late, soon, held, waiting, taken; one with a lender, one in another province."""
    today = timezone.localdate()
    cases = [world.open_case(name=f"HTX Mẫu Số {n}") for n in range(4)]
    world.claim(world.task(cases[0]), world.lan)
    due(world.task(cases[0]), today - timedelta(days=3))
    due(world.task(cases[1]), today - timedelta(days=1))
    due(world.task(cases[2]), today)
    perform(HoldCase(cases[3].pk, "Chờ mùa gặt"), by=world.lan)
    world.advance(world.open_case(by="cuc", name="HTX Của Chị Cúc"), "review_plan")
    credit = world.open_case(name="HTX Vay Vốn")
    world.advance(credit, "request_credit")
    world.finish(world.task(credit, "request_credit"), lender=world.organisation("bank-kh").pk)
    world.open_case(by="phuong", name="HTX Lâm Đồng")
    idle = world.task(world.open_case(name="HTX Chưa Ai Nhận"))
    by_hand("UPDATE workflows_task SET warn_at = now() - interval '1 hour' WHERE id = %s", idle.pk)
    return cases


# What a person may see of tasks, told independently of the code that is tested.
SEEN_SQL = """
SELECT t.* FROM workflows_task t
 WHERE t.flow_task_type = 'HUMAN' AND t.status IN ('NEW', 'ASSIGNED') AND (t.opens_on IS NULL OR t.opens_on <= %s)
   AND (t.organisation_id = ANY(%s) OR EXISTS (
        SELECT 1 FROM casework_caseaccess a WHERE a.case_id = t.case_id AND a.organisation_id = ANY(%s)
           AND a.kind IN ('own', 'partner', 'inspect') AND a.revoked_at IS NULL AND a.valid_from <= clock_timestamp()
           AND (a.valid_until IS NULL OR a.valid_until > clock_timestamp())))
"""


def raw(world, who, what):
    today, reach = timezone.localdate(), world.standing(who).reach_ids
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {what} FROM ({SEEN_SQL}) s", [today, reach, reach])
        return cursor.fetchone()[0]


def listed(client, url):
    """How many rows the list behind an address really shows, all pages together."""
    response = client.get(url)
    assert response.status_code == 200, url
    n = len(response.context["rows"])
    while response.context["next_url"]:
        response = client.get(response.context["next_url"])
        n += len(response.context["rows"])
    return n


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("by", ["organisation", "officer"])
def test_each_number_of_the_workload_opens_exactly_its_tasks(client, world, busy, who, by):
    client.force_login(getattr(world, who))
    page = client.get("/board/workload/", {"by": by})
    lines, total = list(page.context["lines"]), page.context["total"]

    for line in [*lines, total]:
        for name in workload.COLUMNS:
            cell = getattr(line, name)
            assert (not cell.url and not cell.count) or listed(client, cell.url) == cell.count, (line.label, name)
        assert line.cases is None or listed(client, line.cases.url) == line.cases.count
    assert sum(line.open.count for line in lines) == total.open.count == raw(world, who, "count(*)")
    late = "count(*) FILTER (WHERE NOT held AND due_at < date_trunc('day', now(), 'Asia/Ho_Chi_Minh'))"
    assert total.late.count == raw(world, who, late)
    assert total.held.count == raw(world, who, "count(*) FILTER (WHERE held)")
    assert total.free.count == raw(world, who, "count(*) FILTER (WHERE owner_id IS NULL)")


def test_a_lender_sees_only_its_own_tasks_and_no_cases(client, world, busy):
    client.force_login(world.ngan)

    page = client.get("/board/workload/")

    assert [line.label for line in page.context["lines"]] == ["Ngân hàng Thử nghiệm Khánh Hòa"]
    assert page.context["total"].cases is None
    assert client.get("/board/times/").context["lines"] == []
    assert (
        page.context["total"].open.count
        == Task.objects.open().filter(organisation=world.organisation("bank-kh")).count()
    )


@pytest.mark.parametrize("who", ROLES)
def test_the_lists_of_what_is_late_count_what_they_show_and_what_the_desk_shows(client, world, busy, who):
    client.force_login(getattr(world, who))

    for which in breach.WHICH:
        page = client.get("/board/late/", {"which": which})
        shown = len(page.context["rows"])
        assert shown == page.context["count"] == listed(client, page.context["desk_url"])
        assert shown == next(one["count"] for one in page.context["lists"] if one["current"])


def test_late_soon_and_idle_are_told_apart(client, world, busy):
    client.force_login(world.hanh)

    found = {
        which: {row.name for row in client.get("/board/late/", {"which": which}).context["rows"]}
        for which in breach.WHICH
    }

    assert {"HTX Mẫu Số 0", "HTX Mẫu Số 1"} <= found["late"]
    assert "HTX Mẫu Số 2" in found["soon"] - found["late"]
    assert found["idle"] == {"HTX Chưa Ai Nhận"}
    assert not any("HTX Mẫu Số 3" in names for names in found.values()), "held tasks are never late"


def test_the_rows_say_who_has_it_how_late_and_offer_what_she_may_do(client, world, busy):
    client.force_login(world.hanh)

    row = next(row for row in client.get("/board/late/").context["rows"] if row.name == "HTX Mẫu Số 0")

    assert row.owner == "Nguyễn Mẫu Lan"
    assert "late" in row.due.text.lower()
    assert [link.label for link in row.links] == ["Hand over", "Extend", "Ask"]
    for link in row.links:
        assert client.get(link.url).status_code == 200, link


def test_an_advisor_is_offered_no_hand_over(client, world, busy):
    client.force_login(world.lan)

    page = client.get("/board/late/")

    assert {link.label for row in page.context["rows"] for link in row.links} <= {"Ask"}
    assert not any(line.give_url for line in client.get("/board/workload/").context["lines"])


def test_the_tasks_of_a_number_are_handed_over_from_there(client, world, busy):
    client.force_login(world.hanh)
    page = client.get("/board/workload/", {"by": "officer"})
    line = next(line for line in page.context["lines"] if line.label == "Nguyễn Mẫu Lan")

    form = client.get(line.give_url)

    mine = Task.objects.open().filter(owner=world.lan, held=False)
    assert form.context["count"] == mine.count() > 0
    perform(ReassignTask(mine.first().pk, world.mai, "nghỉ"), by=world.hanh, request_id=uuid4())
    after = client.get("/board/workload/", {"by": "officer"}).context["lines"]
    assert "Trần Mẫu Mai" in {line.label for line in after}


def test_soon_is_three_working_days_of_the_calendar_and_of_the_province(world):
    friday = morning_of(date(2026, 10, 16))
    # Monday to Wednesday are the three working days after it; Wednesday is the last that is soon.
    assert soon_until(friday)[None] == date(2026, 10, 21)
    province = world.organisation("wu-kh").area
    CalendarDay.objects.create(day=date(2026, 10, 20), kind="off", name="Lễ", source="thử", area=province)

    assert soon_until(friday)[province.pk] == date(2026, 10, 22)
    # 27 and 30 April and 1 May are off, so the third working day is Monday.
    assert soon_until(morning_of(date(2026, 4, 24)))[None] == date(2026, 5, 4)


def test_a_day_off_of_one_province_moves_what_is_soon_there_and_nowhere_else(world):
    here, there = world.task(world.open_case()), world.task(world.open_case(by="phuong"))
    today, last = timezone.localdate(), soon_until(timezone.now())[None]
    for task in (here, there):
        due(task, last + timedelta(days=1))
    calendar = calendar_between(today, last)
    off = max(day for n in range((last - today).days) if calendar.is_working_day(day := last - timedelta(days=n)))
    area = world.organisation("wu-kh").area
    CalendarDay.objects.create(day=off, kind="off", name="Lễ", source="thử", area=area)
    found = Filters(tab=SEEN, due="soon").apply(Task.objects.open(), timezone.now())

    assert set(found) == {here}


@pytest.mark.parametrize("who", ROLES)
def test_each_number_of_the_map_opens_exactly_its_tasks(client, world, busy, who):
    client.force_login(getattr(world, who))

    steps = client.get("/board/map/").context["map"].steps

    for step in steps:
        for name in ("open", "held", "late"):
            assert listed(client, getattr(step, f"{name}_url")) == getattr(step, name), (step.node, name)
    assert sum(step.open for step in steps) == raw(world, who, "count(*) FILTER (WHERE node <> 'errand')")


def test_the_map_draws_what_its_table_says_and_how_long_a_step_takes(client, world):
    case = world.open_case()
    task = world.task(case)
    by_hand("UPDATE workflows_task SET created = created - interval '4 days', opens_on = NULL WHERE id = %s", task.pk)
    world.finish(task)
    client.force_login(world.hanh)

    found = client.get("/board/map/", {"flow": "founding"}).context["map"]

    steps = {step.node: step for step in found.steps}
    assert steps["survey_needs"].open == 1
    assert steps["screen_lead"].median == pytest.approx(4, abs=0.1)
    assert sorted(pill.text for pill in found.pills) == ["1 open", "4,0 days"]
    svg = client.get("/board/map/").content.decode()
    assert 'role="img"' in svg
    assert "style=" not in svg


@pytest.mark.parametrize("page", PAGES)
def test_who_has_no_seat_is_refused_and_nonsense_falls_back(client, world, page):
    client.force_login(world.stranger)
    assert client.get(f"/board/{page}/").status_code == 403
    client.force_login(world.hanh)
    for query in (
        "organisation=%00&kind=%00&by=%00&which=%00&flow=%00&page=%00&node=%00&what=%00&key=%00&months=%00&stage=%00",
        "organisation=99999999999999999999&kind=🌾&by=x&which=x&flow=x&page=-1&months=0&stage=x&key=🌾&after=x",
        "organisation=²&page=99999999999&months=9999&by=officer&key=99999999999999&before=9999-99-99,1&node=🌾",
    ):
        assert client.get(f"/board/{page}/?{query}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_for_one_case_and_for_many(client, world, page, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(18) as statements:
            client.get(f"/board/{page}/", {"which": "soon", "what": "sent", "node": "review_plan"})
        return len(statements)

    def one():
        task = world.advance(world.open_case(), "survey_needs")
        world.claim(task)
        due(task, timezone.localdate())

    one()
    client.force_login(world.hanh)
    first = cost()
    for _n in range(4):
        one()

    assert cost() == first


def test_the_files_are_what_the_pages_show(client, world, busy):
    exports_tasks.register_lists()
    standing = world.standing("hanh")
    client.force_login(world.hanh)
    for name, query in (("late", ""), ("late", "which=soon"), ("workload", "by=officer"), ("times", "by=organisation")):
        asked = QueryDict(query)
        rows = list(LISTS[name].rows(standing, asked))
        page = client.get(f"/board/{name}/?{query}").context
        assert len(rows) == LISTS[name].count(standing, asked) == len(page["rows" if name == "late" else "lines"])
        for row in rows:
            for column in LISTS[name].columns:
                column.value(row)
