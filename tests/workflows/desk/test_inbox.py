"""The inbox: whose tasks, how many, in which order, under which filters."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from casework.cases.models import Case
from workflows.desk.filters import DUE
from workflows.desk.paging import NEAREST, NEWEST, page_of
from workflows.engine.models import Task

INBOX = "/tasks/"


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def inbox(client, **params):
    return client.get(INBOX, params)


def subjects(response):
    return [row.subject for row in response.context["rows"]]


def counts(response):
    return {tab.name: tab.count for tab in response.context["tabs"]}


def rows_in_all_tabs(client, **params):
    """How many rows each tab really shows under the same filters, all pages together."""
    found = {}
    for tab in ("mine", "queue", "organisation", "held", "done"):
        response = inbox(client, **params, tab=tab)
        rows = list(response.context["rows"])
        while response.context["next_url"]:
            response = client.get(response.context["next_url"])
            rows += response.context["rows"]
        found[tab] = len(rows)
    return found


@pytest.fixture
def busy_desk(world):
    """Cases of lan in every state: waiting, taken, taken by a colleague, done; one of another commune."""
    cases = [world.open_case(name=f"HTX Nấm Số {number}", trade="Nấm") for number in range(5)]
    world.claim(world.task(cases[0]), world.lan)
    world.claim(world.task(cases[1]), world.mai)
    world.finish(world.task(cases[2]), world.lan)
    world.finish(world.task(cases[3]), world.lan)
    world.claim(world.task(cases[3]), world.lan)
    world.open_case(by="cuc", name="HTX Dệt Của Chị Cúc")
    return cases


FILTERS = [
    {},
    {"q": "nam so"},
    {"q": "NẤM SỐ 3"},
    {"stage": "lead"},
    {"node": "survey_needs"},
    {"due": "week"},
    {"due": "late"},
    {"stage": "lead", "q": "nấm", "due": "week"},
    {"owner": "nobody"},
]


@pytest.mark.parametrize("who", ["lan", "hanh", "ngan"])
def test_each_count_equals_the_rows_of_its_tab(client, world, busy_desk, who):
    client.force_login(getattr(world, who))

    for filters in FILTERS:
        assert counts(inbox(client, **filters)) == rows_in_all_tabs(client, **filters), filters


def test_the_tabs_hold_what_their_names_say(client, world, busy_desk):
    client.force_login(world.lan)

    assert counts(inbox(client)) == {"mine": 2, "queue": 2, "organisation": 5, "held": 0, "done": 2}
    assert set(subjects(inbox(client, tab="mine"))) == {"HTX Nấm Số 0", "HTX Nấm Số 3"}
    assert set(subjects(inbox(client, tab="queue"))) == {"HTX Nấm Số 2", "HTX Nấm Số 4"}


def test_a_supervisor_sees_the_organisations_below_hers(client, world, busy_desk):
    client.force_login(world.hanh)

    response = inbox(client, tab="organisation")

    assert {row.organisation for row in response.context["rows"]} == {"Hội LHPN xã Bác Ái", "Hội LHPN xã Ninh Sơn"}


def test_another_province_shows_nothing_of_it(client, world, busy_desk):
    client.force_login(world.son)

    response = inbox(client, tab="organisation")

    assert subjects(response) == []
    assert "Nấm Số" not in response.text


def test_every_filter_alone_finds_what_it_names(client, world, busy_desk):
    client.force_login(world.hanh)
    ninh_son = Case.objects.get(working_name="HTX Dệt Của Chị Cúc")
    everything = {
        "q": "det cua",
        "commune": ninh_son.area_id,
        "organisation": ninh_son.lead_organisation_id,
    }

    for name, value in everything.items():
        assert subjects(inbox(client, tab="organisation", **{name: value})) == ["HTX Dệt Của Chị Cúc"], name
    assert subjects(inbox(client, tab="organisation", owner=world.mai.pk)) == ["HTX Nấm Số 1"]
    assert subjects(inbox(client, tab="organisation", q=ninh_son.code)) == ["HTX Dệt Của Chị Cúc"]


def test_due_filters_cover_every_task_exactly_once(client, world):
    tasks = [world.task(world.open_case(name=f"HTX Hạn {number}")) for number in range(2)]
    for task in tasks:
        world.claim(task, world.lan)
    due_at = tasks[0].due_at

    for days, expected in [(-9, "later"), (-5, "week"), (-1, "week"), (0, "today"), (1, "late")]:
        with time_machine.travel(timezone.localtime(due_at).replace(hour=9) + timedelta(days=days), tick=False):
            client.force_login(world.lan)
            found = {due: len(subjects(inbox(client, tab="mine", due=due))) for due in DUE}
        assert found == {**dict.fromkeys(DUE, 0), expected: 2}


def test_the_nearest_due_comes_first_and_equals_by_id(client, world):
    first = world.open_case(name="HTX Một")
    second = world.open_case(name="HTX Hai")
    world.finish(world.task(first), world.lan)  # its next step has a longer limit
    third = world.open_case(name="HTX Ba")
    client.force_login(world.lan)

    assert subjects(inbox(client, tab="queue")) == [second.working_name, third.working_name, first.working_name]


@pytest.mark.parametrize("order", [NEAREST, NEWEST])
def test_pages_show_every_row_once_forwards_and_backwards(world, order):
    for number in range(7):
        world.finish(world.task(world.open_case(name=f"HTX Trang {number}")), world.lan)
    tasks = Task.objects.done_by(world.standing("lan"))

    pages = [page_of(tasks, order, size=3)]
    while pages[-1].next:
        pages.append(page_of(tasks, order, after=pages[-1].next, size=3))
    back = [page_of(tasks, order, before=pages[-1].previous, size=3)]
    while back[0].previous:
        back.insert(0, page_of(tasks, order, before=back[0].previous, size=3))

    rows = [row for page in pages for row in page.rows]
    assert [len(page.rows) for page in pages] == [3, 3, 1]
    assert [page.rows for page in back] == [page.rows for page in pages[:2]]
    assert rows == sorted(rows, key=lambda row: row.pk, reverse=order.downwards)
    assert len(set(rows)) == 7


def test_the_fifty_first_row_stands_on_the_next_page(client, world):
    for number in range(51):
        world.open_case(name=f"HTX Trang {number}")
    client.force_login(world.lan)

    first = inbox(client, tab="queue", q="trang")
    second = client.get(first.context["next_url"])
    again = client.get(second.context["previous_url"])

    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 1)
    assert [row.id for row in again.context["rows"]] == [row.id for row in first.context["rows"]]
    assert second.context["tab"].count == 51
    assert not second.context["next_url"]


@pytest.mark.parametrize(
    "nonsense",
    [
        {"tab": "everything", "stage": "nowhere", "node": "draft", "due": "soon"},
        {"organisation": "1 OR 1", "commune": "-1", "owner": "²"},
        {"organisation": "9" * 30, "commune": "9223372036854775807"},
        {"after": "yesterday,1", "before": ",,"},
        {"after": "2026-13-45T99:00:00+00:00,5"},
        {"after": "2026-01-01T00:00:00,5"},
        {"after": "9999-12-31T23:59:59+00:00,99999999999999999999"},
        {"q": "\0%_'\"<b>"},
        {"q": "n" * 5000},
    ],
)
def test_a_senseless_address_is_answered_with_a_page(client, world, busy_desk, nonsense):
    client.force_login(world.lan)

    assert inbox(client, **nonsense).status_code == 200


def test_what_was_searched_is_shown_as_text(client, world):
    client.force_login(world.lan)

    response = inbox(client, q="<b>x")

    assert "<b>x" not in response.text
    assert "&lt;b&gt;x" in response.text


def test_active_filters_are_chips_that_lead_to_the_list_without_them(client, world, busy_desk):
    client.force_login(world.lan)

    response = inbox(client, tab="queue", stage="lead", q="nấm")
    without_stage = client.get(next(chip.url for chip in response.context["active"] if chip.label == "Stage"))

    assert {chip.value for chip in response.context["active"]} == {"Lead", "nấm"}
    assert [chip.value for chip in without_stage.context["active"]] == ["nấm"]
    assert without_stage.context["tab"].name == "queue"


def test_a_choice_that_is_no_longer_offered_still_filters_and_can_be_removed(client, world, busy_desk):
    client.force_login(world.lan)

    response = inbox(client, tab="queue", commune="1")

    assert subjects(response) == []
    assert [chip.value for chip in response.context["active"]] == ["no longer in the list"]
    assert "Nothing matches these filters" in response.text


@pytest.mark.parametrize(
    ("tab", "rows"),
    [("mine", 1), ("mine", 10), ("queue", 1), ("queue", 50), ("organisation", 50), ("done", 1), ("done", 10)],
)
def test_a_page_costs_the_same_statements_for_one_row_and_for_fifty(
    client, world, django_assert_max_num_queries, tab, rows
):
    for number in range(rows):
        task = world.task(world.open_case(name=f"HTX Đo {number}"))
        if tab == "mine":
            world.claim(task, world.lan)
        elif tab == "done":
            world.finish(task, world.lan)
    client.force_login(world.lan)
    inbox(client, tab=tab)

    with django_assert_max_num_queries(10) as statements:
        response = inbox(client, tab=tab)

    assert len(response.context["rows"]) == rows
    assert len(statements) == (8 if tab == "done" else 9)  # the calendar, where days are counted


def test_someone_without_a_seat_reads_what_to_do(client, world):
    client.force_login(world.stranger)

    response = inbox(client)

    assert response.status_code == 200
    assert "You do not act for any organisation yet" in response.text


@pytest.mark.parametrize("tab", ["mine", "queue", "organisation", "done"])
def test_an_empty_tab_says_what_will_stand_there(client, world, tab):
    client.force_login(world.phuong)

    response = inbox(client, tab=tab)

    assert response.context["rows"] == []
    assert 'class="empty"' in response.text


def test_htmx_gets_the_list_alone_with_the_counts_and_a_clean_address(client, world, busy_desk):
    client.force_login(world.lan)

    response = client.get(INBOX, {"tab": "queue", "q": "", "stage": "lead"}, headers={"HX-Request": "true"})

    assert response.templates[0].name == "workflows/desk/_inbox.html"
    assert "<html" not in response.text
    assert 'id="inbox-tabs"' in response.text
    assert response["HX-Push-Url"] == f"{INBOX}?tab=queue&stage=lead"
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_boosted_and_restored_pages_are_whole(client, world, header):
    client.force_login(world.lan)

    response = client.get(INBOX, headers={"HX-Request": "true", header: "true"})

    assert "<html" in response.text


def test_a_returned_task_says_its_round(client, world):
    case = world.open_case(name="HTX Trả Lại")
    world.finish(
        world.advance(case, "review_plan"), outcome="return", remarks="Thiếu đầu ra", marked_in_plan=["market"]
    )
    client.force_login(world.lan)

    response = inbox(client, tab="queue")

    assert {row.round for row in response.context["rows"]} == {2}
    assert "Round 2" in response.text


def test_what_is_done_says_how_it_ended_and_is_never_late(client, world):
    world.finish(world.task(world.open_case(name="HTX Xong")), world.lan)
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        client.force_login(world.lan)
        (row,) = inbox(client, tab="done").context["rows"]

    assert (row.due_kind, row.due_text) == ("none", "Taken up")


def test_a_follow_up_of_next_year_is_not_yet_in_any_list(client, world):
    case = world.open_case(name="HTX Theo Dõi")
    follow_up = world.advance(case, "follow_up_6_months")
    client.force_login(world.lan)

    assert follow_up.pk not in [row.id for row in inbox(client, tab="queue").context["rows"]]
    with time_machine.travel(timezone.now() + timedelta(days=190)):
        client.force_login(world.lan)
        assert follow_up.pk in [row.id for row in inbox(client, tab="queue").context["rows"]]


class Ids(HTMLParser):
    """Every id of a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name == "id"]


def test_every_id_of_the_page_stands_once(client, world, busy_desk):
    client.force_login(world.lan)
    ids = Ids()

    ids.feed(inbox(client, tab="organisation").text)

    assert len(ids.found) == len(set(ids.found)) > 5


def test_only_get_is_answered(client, world):
    client.force_login(world.lan)

    assert client.post(INBOX).status_code == 405
    assert client.put(INBOX).status_code == 405


def test_the_inbox_asks_for_a_sign_in(client, db):
    response = inbox(client)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("login"))


def test_rows_never_name_a_task_twice(world, busy_desk):
    tasks = Task.objects.queue(world.standing("lan"))

    assert len({task.pk for task in tasks}) == len(tasks)
