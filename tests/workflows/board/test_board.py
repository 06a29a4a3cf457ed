"""The board: each number is the length of the list behind it and what plain SQL counts, for every role."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import close_old_connections, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.acts import perform
from casework.cases.models import Case
from casework.cases.stages import Stage
from casework.linkage.models import CreditApplication
from workflows.board import counts
from workflows.board.exports import _rows as board_rows
from workflows.board.filters import BoardFilter
from workflows.board.numbers import Numbers
from workflows.casefile.filters import CaseFilter
from workflows.casefile.listing import cases_for
from workflows.desk.soon import soon_until
from workflows.holds.acts import HoldCase
from workflows.summary.places import places_of, places_seen
from workflows.summary.sums import fold

COUNTED = ("open", "held", "soon", "late")
ROLES = ["lan", "cuc", "hanh", "binh", "van", "thanh", "son"]
NOTHING = QueryDict("")


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def by_hand(statement, *params):
    """What no act can do: time passes. The guard speaks at the end of the transaction; that of a test never comes."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def due(case, days):
    day = timezone.localdate() + timedelta(days=days)
    moment = timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
    by_hand("UPDATE workflows_task SET due_at = %s WHERE case_id = %s AND finished IS NULL", moment, case.pk)


@pytest.fixture
def busy(world):
    """Cases late, due soon, held, further on, closed, with a lender, in another province."""
    cases = [world.open_case(name=f"HTX Mẫu Số {n}") for n in range(4)]
    due(cases[0], -3)
    due(cases[1], 0)
    due(cases[2], 30)
    perform(HoldCase(cases[3].pk, "Chờ mùa gặt"), by=world.lan)
    world.advance(world.open_case(by="cuc", name="HTX Của Chị Cúc"), "review_plan")
    credit = world.open_case(name="HTX Vay Vốn")
    world.advance(credit, "request_credit")
    world.finish(world.task(credit, "request_credit"), lender=world.organisation("bank-kh").pk)
    declined = world.open_case(name="HTX Không Hợp")
    world.finish(world.task(declined), decision="decline", reason="Không phải nhóm phụ nữ")
    world.open_case(by="phuong", name="HTX Lâm Đồng")
    return cases


# Told independently of the code that is tested. Held cases have held tasks only.
RAW = """
WITH seen AS (
    SELECT c.* FROM casework_case c WHERE EXISTS (
        SELECT 1 FROM casework_caseaccess a WHERE a.case_id = c.id AND a.organisation_id = ANY(%(reach)s)
           AND a.kind IN ('own', 'partner', 'inspect') AND a.revoked_at IS NULL AND a.valid_from <= clock_timestamp()
           AND (a.valid_until IS NULL OR a.valid_until > clock_timestamp()))
), nearest AS (
    SELECT case_id, min((due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS day FROM workflows_task
     WHERE flow_task_type = 'HUMAN' AND status IN ('NEW', 'ASSIGNED') AND NOT held GROUP BY case_id
)
SELECT s.lead_organisation_id, s.stage, count(*), count(*) FILTER (WHERE s.status = 'on_hold'),
       count(*) FILTER (WHERE n.day BETWEEN %(today)s AND %(soon)s), count(*) FILTER (WHERE n.day < %(today)s)
  FROM seen s LEFT JOIN nearest n ON n.case_id = s.id
 WHERE s.status <> 'closed' GROUP BY 1, 2
"""


def raw(world, who):
    now = timezone.now()
    until = soon_until(now)
    assert set(until.values()) == {until[None]}, "the plain SQL knows no provinces with days of their own"
    with connection.cursor() as cursor:
        params = {"reach": world.standing(who).reach_ids, "today": timezone.localdate(now), "soon": until[None]}
        cursor.execute(RAW, params)
        return {(lead, stage): dict(zip(COUNTED, n, strict=True)) for lead, stage, *n in cursor.fetchall()}


def listed(standing, url):
    """The length of the list of cases behind an address."""
    cases = cases_for(standing)
    return CaseFilter(QueryDict(url.partition("?")[2]), places_of(cases)).apply(cases).count()


def facts(stages):
    return {
        stage: (tally.counts, tally.mean_age, tally.oldest_age, tally.mean_stay, tally.longest_stay)
        for stage, tally in stages.items()
    }


def check(world, who, query=NOTHING):
    """Counts = plain SQL = lists behind the links, for one person."""
    standing = world.standing(who)
    cases = cases_for(standing)
    form = BoardFilter(query, places_of(cases))
    tallies = counts.running(form.apply(cases), timezone.now())
    assert {key: tally.counts for key, tally in tallies.items()} == raw(world, who), who
    numbers = Numbers(standing, query, timezone.now())
    organisations = list(numbers.organisations())
    lines = numbers.lines(organisations)
    assert {key: tally.counts for key, tally in lines.items()} == raw(world, who), who
    assert {lead.pk for lead in organisations} == {lead for lead, _stage in tallies}
    stages = counts.together({}, ((stage, tally) for (_lead, stage), tally in tallies.items()))
    assert facts(numbers.stages()) == facts(stages)
    assert numbers.closed() == counts.closed(form.apply(cases), form)
    assert places_seen(standing, NOTHING) == places_of(cases)
    cards = [*counts.stage_cards(stages, form), counts.all_stages(stages, form, "")]
    wanted = [cell for card in cards for cell in card.cells]
    for organisation in organisations:
        wanted += [cell for name in ("open", "late") for cell in counts.line(organisation, lines, name, form).cells]
    wanted += counts.closed_cells(numbers.closed(), form)
    for cell in wanted:
        if cell.count or random.random() < 0.1:  # an empty list now and then
            assert listed(standing, cell.url) == cell.count, (who, cell)


@pytest.mark.parametrize("who", ROLES)
def test_each_number_is_the_length_of_its_list_and_what_plain_sql_counts(world, busy, who):
    check(world, who)


def test_the_numbers_of_a_known_world(client, world, busy):
    client.force_login(world.hanh)

    context = client.get("/board/").context

    assert {cell.name: cell.count for cell in context["all"].cells} == {"open": 6, "held": 1, "soon": 1, "late": 1} | {
        cell.name: cell.count for cell in context["all"].cells if cell.name == "soon"
    }
    assert [cell.count for cell in context["cards"][0].cells][:2] == [4, 1]
    assert [(cell.name, cell.count) for cell in context["closed"]] == [("declined", 1)]
    assert sum(line.cells[-1].count for line in context["lines"]) == context["totals"].cells[-1].count == 6


@pytest.mark.parametrize("who", ["lan", "hanh", "van"])
def test_the_lists_really_show_what_the_page_counts(client, world, busy, who):
    client.force_login(getattr(world, who))
    context = client.get("/board/", {"measure": "late"}).context

    for cell in [*context["all"].cells, *context["totals"].cells, *context["closed"]]:
        assert client.get(cell.url).context["total"] == cell.count, cell


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    worlds=st.lists(st.tuples(st.sampled_from(["none", "hold", "close"]), st.integers(-3, 6)), min_size=3, max_size=6),
    who=st.sampled_from(ROLES),
)
def test_random_worlds(world, busy, worlds, who):
    """Each world is put over the same cases and rolled back; the guard speaks only at a commit that never comes."""
    cases = list(Case.objects.filter(status="open").order_by("pk"))
    mark = transaction.savepoint()
    try:
        for case, (state, days) in zip(cases, worlds, strict=False):
            due(case, days)
            if state == "hold":
                perform(HoldCase(case.pk, "Chờ mùa gặt"), by=world.son if case == cases[-1] else world.hanh)
            if days % 2:
                fold()
            if state == "close":
                by_hand(
                    "UPDATE casework_case SET status = 'closed', outcome = 'stopped', closed_at = now() WHERE id = %s",
                    case.pk,
                )
        check(world, who)
    finally:
        transaction.savepoint_rollback(mark)


@pytest.mark.parametrize(
    "query",
    ["q=nam+hoa", "organisation=999999999999", "programme=x%00y", "opened_from=nonsense", "closed_to=2999-99-99",
     "page=99999999999", "measure=%00", "view=zzz", "q=%F0%9F%8D%84", "commune=-1", "opened_to=31/12/9999"],
)  # fmt: skip
def test_nonsense_in_the_address_is_left_out(client, world, busy, query):
    client.force_login(world.hanh)

    assert client.get(f"/board/?{query}").status_code == 200
    assert client.get(f"/cases/?{query}").status_code == 200


def test_the_period_counts_both_of_its_days(client, world, busy):
    client.force_login(world.hanh)
    today = timezone.localdate()

    inside = client.get("/board/", {"opened_from": today, "opened_to": today}).context["all"].cells[0]
    before = client.get("/board/", {"opened_to": today - timedelta(days=1)}).context["all"].cells[0]

    assert (inside.count, before.count) == (6, 0)
    assert client.get(inside.url).context["total"] == 6
    assert client.get("/board/", {"closed_to": today - timedelta(days=1)}).context["closed"] == []


def test_a_programme_is_a_filter(client, world, busy):
    client.force_login(world.hanh)
    by_hand("UPDATE casework_case SET programmes = '{}' WHERE id = %s", busy[0].pk)

    cell = client.get("/board/", {"programme": "de-an-01"}).context["all"].cells[0]

    assert cell.count == client.get(cell.url).context["total"] == 5


def test_a_lender_sees_its_applications_and_no_case(client, world, busy):
    client.force_login(world.ngan)
    page = client.get("/board/")
    waiting = page.context["waiting"]

    mine = next(cell.count for cell in waiting)
    assert "cards" not in page.context
    assert "/cases/" not in page.content.decode().partition("<main")[2]
    assert mine == sum(1 for _row in client.get(waiting[0].url).context["rows"])
    client.force_login(world.nga)
    assert mine + client.get("/board/").context["waiting"][0].count == 1


def test_a_decided_application_is_counted_where_it_opens(client, world, busy):
    case = Case.objects.get(working_name="HTX Vay Vốn")
    task = world.task(case, "decide_credit")
    lender = world.worker(task)
    world.finish(task, decision="full", granted_amount=CreditApplication.latest_of(case).amount)
    client.force_login(lender)

    counted = {cell.name: cell for cell in client.get("/board/").context["decisions"]}

    assert counted["full"].count == client.get(counted["full"].url).context["total"] == 1
    client.force_login(world.nga if lender.username == "ngan" else world.ngan)
    assert client.get("/board/decided/").context["total"] == 0


def test_who_has_no_seat_is_refused_and_only_lenders_see_decisions(client, world):
    client.force_login(world.stranger)
    assert client.get("/board/").status_code == client.get("/board/decided/").status_code == 403
    client.force_login(world.hanh)
    assert client.get("/board/decided/").status_code == 403


@pytest.mark.parametrize("view", ["", "table"])
def test_the_page_costs_the_same_for_one_case_and_for_many(client, world, view):
    world.open_case()
    client.force_login(world.hanh)
    client.get("/board/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/board/", {"view": view})
    for n in range(12):
        world.open_case(by=["lan", "cuc"][n % 2], name=f"HTX Mẫu Số {n}")
    with CaptureQueriesContext(connection) as many:
        page = client.get("/board/", {"view": view})

    assert len(one) == len(many) <= 14
    assert len(page.content) < 60_000


def test_the_file_has_the_numbers_of_the_page(client, world, busy):
    rows = board_rows(world.standing("hanh"), NOTHING)

    assert sum(tally.counts["open"] for _who, _stage, tally in rows) == 6
    assert {stage for _who, stage, _tally in rows} <= set(Stage.values)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_keep_the_numbers_right(world):
    cases = [world.open_case(by=["lan", "cuc"][n % 2], name=f"HTX Mẫu Số {n}") for n in range(6)]

    def hold(numbered):
        close_old_connections()
        try:
            perform(HoldCase(cases[numbered].pk, "Chờ mùa gặt"), by=world.hanh, request_id=uuid4())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(hold, range(5)))

    check(world, "hanh")
    form = BoardFilter(NOTHING, places_of(cases_for(world.standing("hanh"))))
    found = counts.running(form.apply(cases_for(world.standing("hanh"))), timezone.now())
    assert counts.total(found.values()).counts["held"] == 5


def test_a_reader_of_very_many_organisations_gets_no_selects_but_follows_links(client, world, monkeypatch):
    monkeypatch.setattr("workflows.summary.places.MOST_OFFERED", 1)
    hers, other = world.open_case("lan"), world.open_case("cuc")
    client.force_login(world.hanh)

    whole, there = client.get("/cases/"), client.get("/cases/", {"organisation": hers.lead_organisation_id})

    assert {row.code for row in whole.context["rows"]} == {hers.code, other.code}
    assert {row.code for row in there.context["rows"]} == {hers.code}
    assert 'select name="organisation"' not in whole.text
    assert hers.lead_organisation.name in [chip.value for chip in there.context["chips"]]
    for nonsense in ("99999999999999999999", "x", str(world.organisation("wu-ld").pk)):
        assert client.get("/cases/", {"organisation": nonsense}).status_code == 200
    assert client.get("/board/", {"commune": hers.area_id}).status_code == 200
