"""What somebody types is never lost and never counts twice: refusals, a lost session, tabs, double clicks."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect as see

from casework.audit.models import AuditEvent
from casework.cases.models import Case
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.work import Person, typed
from tests.factories import World
from workflows.engine.models import Task

SURVEY = {"trade": "Nấm rơm", "needs": "Cần chỗ phơi và người mua quanh năm."}


@pytest.fixture
def survey(committed_world: World) -> Task:
    """A survey that Lan has taken and not begun."""
    task = committed_world.advance(committed_world.open_case("lan"), "survey_needs")
    committed_world.claim(task, committed_world.lan)
    return task


def at_work(page_at: Callable, task: Task, size: tuple[int, int] = PHONE, *, javascript: bool = True) -> Person:
    """Lan with the page of the task open."""
    lan = Person(page_at(size, javascript=javascript), "lan")
    lan.sign_in()
    lan.page.goto(f"/tasks/{task.pk}/")
    return lan


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_refused_form_says_what_is_wrong_and_keeps_what_was_typed(
    page_at: Callable, survey: Task, javascript: bool
) -> None:
    lan = at_work(page_at, survey, javascript=javascript)
    lan.type_in({**SURVEY, "surveyed_on": "31/02/2026", "expected_capital": "nhiều"})

    lan.press("Hoàn thành")

    see(lan.page.locator("[data-summary] a")).not_to_have_count(0)
    kept = typed(lan.page) if javascript else None
    for name, value in {**SURVEY, "surveyed_on": "31/02/2026", "expected_capital": "nhiều"}.items():
        see(lan.page.locator(f"[name={name}]")).to_have_value(value)
    assert kept is None or kept["trade"] == ["Nấm rơm"]
    assert Task.objects.get(pk=survey.pk).status == "ASSIGNED"


def test_a_draft_is_kept_while_typing_and_stands_in_a_second_tab(page_at: Callable, survey: Task) -> None:
    lan = at_work(page_at, survey)
    lan.type_in(SURVEY)
    see(lan.page.locator("[data-draft-status]")).to_contain_text(re.compile(r"\d{2}:\d{2}"))

    second = lan.page.context.new_page()
    second.goto(f"/tasks/{survey.pk}/")

    see(second.locator("[name=needs]")).to_have_value(SURVEY["needs"])


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_lost_session_loses_nothing(page_at: Callable, survey: Task, javascript: bool) -> None:
    lan = at_work(page_at, survey, DESKTOP, javascript=javascript)
    lan.type_in(SURVEY)
    lan.page.context.clear_cookies(name="sessionid")

    lan.press("Hoàn thành")
    lan.sign_in()

    see(lan.page).to_have_url(re.compile(rf"/tasks/{survey.pk}/$"))
    for name, value in SURVEY.items():
        see(lan.page.locator(f"[name={name}]")).to_have_value(value)


def test_a_double_click_finishes_once(page_at: Callable, committed_world: World) -> None:
    task = committed_world.task(committed_world.open_case("lan"))
    committed_world.claim(task, committed_world.lan)
    lan = at_work(page_at, task, DESKTOP)
    lan.type_in({"decision": "accept"})

    lan.page.locator("main").get_by_role("button", name="Hoàn thành", exact=True).dblclick(no_wait_after=True)
    lan.reads("Đã hoàn thành:")

    events = AuditEvent.objects.filter(case_id=task.case_id, verb="task.completed")
    assert events.count() == 1
    assert Task.objects.open().filter(case=task.case_id).count() == 1


def test_going_back_to_a_finished_form_and_sending_it_again_changes_nothing(
    page_at: Callable, committed_world: World
) -> None:
    task = committed_world.task(committed_world.open_case("lan"))
    committed_world.claim(task, committed_world.lan)
    lan = at_work(page_at, task, javascript=False)
    lan.type_in({"decision": "accept"})
    lan.press("Hoàn thành")
    lan.reads("Đã hoàn thành:")

    lan.page.go_back()
    lan.page.goto(f"/tasks/{task.pk}/")

    assert lan.page.get_by_role("button", name="Hoàn thành", exact=True).count() == 0
    assert Case.objects.get(pk=task.case_id).stage == "consultation"
    assert AuditEvent.objects.filter(case_id=task.case_id, verb="task.completed").count() == 1


def test_of_two_people_one_gets_the_task_and_the_other_reads_who_has_it(
    page_at: Callable, committed_world: World
) -> None:
    task = committed_world.task(committed_world.open_case("lan"))
    lan, mai = Person(page_at(PHONE), "lan"), Person(page_at(DESKTOP), "mai")
    for person in (lan, mai):
        person.sign_in()
        person.open_tab("Chờ nhận")

    for person in (lan, mai):
        person.page.get_by_role("button", name="Nhận việc").first.click()
        see(person.page.locator("#messages")).not_to_be_empty()

    see(mai.page.locator("#messages")).to_contain_text("Nguyễn Mẫu Lan")
    assert Task.objects.get(pk=task.pk).owner.username == "lan"


def test_without_scripts_more_rows_keep_the_founders_typed_so_far(page_at: Callable, committed_world: World) -> None:
    task = committed_world.advance(committed_world.open_case("lan"), "form_founding_group")
    committed_world.claim(task, committed_world.lan)
    lan = at_work(page_at, task, javascript=False)
    rows = lan.page.locator("fieldset.rowset")
    before = rows.count()
    lan.page.locator("[name=rows-1-full_name]").fill("Katơr Mẫu Na")

    lan.press("Thêm dòng")

    see(lan.page.locator("[name=rows-1-full_name]")).to_have_value("Katơr Mẫu Na")
    assert rows.count() > before


@pytest.mark.parametrize(
    "node",
    ["screen_lead", "hold_consultation", "survey_needs", "draft_charter", "review_plan", "prepare_dossier"],
)
def test_an_empty_form_is_answered_with_links_to_what_is_missing(
    page_at: Callable, axe: Callable, committed_world: World, node: str
) -> None:
    case = committed_world.open_case("lan")
    task = committed_world.advance(case, node)
    worker = committed_world.claim(task)
    person = Person(page_at(PHONE), worker.username)
    person.sign_in()
    person.page.goto(f"/tasks/{task.pk}/")
    for box in person.page.locator("form[data-draft-url] :is(input[type=text], textarea)").all():
        if box.is_visible():
            box.fill("")

    person.press("Hoàn thành")

    summary = person.page.locator("[data-summary]")
    see(summary).to_be_visible()
    assert axe(person.page) == []
    target = summary.locator("a").first.get_attribute("href") or ""
    assert target.startswith("#")
    assert person.page.locator(target).count() == 1
