"""Organising work in the browser: a substitute acts, a case is held over Tết, two hundred tasks change hands."""

import re
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect as see

from casework.acts import perform
from casework.models import AuditEvent
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.work import Person
from tests.factories import World
from workflows.demo.answers import answer_for
from workflows.engine.models import Task
from workflows.holds.acts import HoldCase

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WAYS = pytest.mark.parametrize(
    ("size", "javascript"), [(PHONE, True), (DESKTOP, False)], ids=["phone", "desktop-no-js"]
)


@pytest.fixture
def at_work(page_at: Callable) -> Callable[..., Person]:
    """Somebody at her own browser, signed in."""

    def signed_in(username: str, size: tuple[int, int], *, javascript: bool = True) -> Person:
        person = Person(page_at(size, javascript=javascript), username, javascript)
        person.sign_in()
        return person

    return signed_in


def fill(person: Person, **fields: str) -> None:
    """Type or choose by the names of the fields."""
    for name, value in fields.items():
        field = person.page.locator(f"main [name={name}]")
        tag = field.first.evaluate("one => one.tagName + ':' + one.type")
        if tag.startswith("SELECT"):
            field.select_option(value)
        elif tag.endswith(":radio"):
            person.page.locator(f"main [name={name}][value='{value}']").check()
        else:
            field.fill(value)


def send(person: Person) -> None:
    """The main button of the page's form."""
    person.page.locator("main form button.btn--main[type=submit]").first.click()


def vn(day: date) -> str:
    return f"{day:%d/%m/%Y}"


@WAYS
def test_a_substitute_acts_and_the_history_names_both(
    at_work: Callable, committed_world: World, axe: Callable, size: tuple[int, int], javascript: bool
) -> None:
    world = committed_world
    case = world.open_case()
    task = world.task(case)
    world.claim(task, world.lan)
    today = timezone.localdate()

    lan = at_work("lan", size, javascript=javascript)
    lan.page.goto("/absence/")
    if javascript:
        assert axe(lan.page) == []
    fill(lan, first_day=vn(today), last_day=vn(today), substitute=str(world.mai.pk), reason="Đi tập huấn mẫu")
    send(lan)
    lan.reads(re.compile("Trần Mẫu Mai"))

    mai = at_work("mai", size, javascript=javascript)
    mai.page.goto("/tasks/")
    row = mai.page.locator(".row").filter(has_text="HTX Nấm Hoa Sen")
    see(row).to_contain_text("Nguyễn Mẫu Lan")
    mai.page.goto(f"/tasks/{task.pk}/")
    mai.type_in(answer_for(Task.objects.select_related("case__area").get(pk=task.pk)))
    mai.press("Hoàn thành")
    see(mai.page.locator("#messages")).to_contain_text("HTX Nấm Hoa Sen")

    event = AuditEvent.objects.get(case_id=case.pk, verb="task.completed")
    assert (event.actor_id, event.on_behalf_of_id) == (world.mai.pk, world.lan.pk)
    hanh = at_work("hanh", size, javascript=javascript)
    hanh.page.goto(f"/cases/{case.code}/history/")
    hanh.reads(re.compile("Trần Mẫu Mai thay Nguyễn Mẫu Lan"))


@WAYS
def test_a_case_is_held_over_tet_and_its_deadline_moves_by_the_working_days(
    at_work: Callable, committed_world: World, axe: Callable, size: tuple[int, int], javascript: bool
) -> None:
    with time_machine.travel(datetime(2027, 1, 27, 9, tzinfo=VIETNAM)):
        case = committed_world.open_case()
        task = committed_world.task(case)
        assert timezone.localdate(task.due_at) == date(2027, 2, 1)
    with time_machine.travel(datetime(2027, 1, 29, 9, tzinfo=VIETNAM)):
        lan = at_work("lan", size, javascript=javascript)
        lan.page.goto(f"/cases/{case.code}/")
        lan.page.get_by_role("link", name="Tạm dừng hồ sơ").click()
        if javascript:
            assert axe(lan.page) == []
        fill(lan, reason="Nghỉ Tết", expected_on="16/02/2027")
        send(lan)
        see(lan.page.locator("main")).to_contain_text("Nghỉ Tết")
        lan.page.goto("/tasks/?tab=held")
        see(lan.page.locator(".row")).to_contain_text("HTX Nấm Hoa Sen")
        lan.page.goto("/tasks/?tab=queue")
        see(lan.page.locator(".row")).to_have_count(0)
    with time_machine.travel(datetime(2027, 2, 16, 9, tzinfo=VIETNAM)):
        later = at_work("lan", size, javascript=javascript)
        later.page.goto(f"/cases/{case.code}/")
        later.page.get_by_role("link", name="Cho hồ sơ tiếp tục").click()
        fill(later, answer="Nhóm đã họp lại")
        send(later)
        see(later.page.locator("main")).to_contain_text("Nhóm đã họp lại")
        task.refresh_from_db()
        # One of three working days was used up by 28 January, and nothing counts until 16 February.
        assert timezone.localdate(task.due_at) == date(2027, 2, 17)
        later.page.goto(f"/tasks/{task.pk}/")
        later.reads(re.compile("tạm dừng 29/01–15/02"))


def test_two_hundred_tasks_change_hands_and_seven_are_told_why_not(
    at_work: Callable, committed_world: World, axe: Callable
) -> None:
    world = committed_world
    cases = [world.open_case(name=f"HTX Mẫu số {number}") for number in range(200)]
    hanh = at_work("hanh", DESKTOP)
    hanh.page.goto("/tasks/?tab=organisation")
    hanh.page.locator("label[for=bulk-all]").click()
    hanh.page.locator("select[name=do]").select_option("reassign")
    hanh.page.locator("#bulk button[type=submit]").click()
    see(hanh.page.locator("main")).to_contain_text("200 việc")
    assert axe(hanh.page) == []
    for case in cases[:7]:
        perform(HoldCase(case.pk, "Nhóm đang mùa gặt"), by=world.lan)

    fill(hanh, to=str(world.mai.pk), reason="Chị Lan chuyển công tác mẫu")
    send(hanh)

    see(hanh.page.locator("tbody tr")).to_have_count(7, timeout=60_000)
    see(hanh.page.locator("main [role=status]:not(#messages)")).to_contain_text("193 việc")
    see(hanh.page.locator("tbody tr").first).to_contain_text("đang tạm dừng")
    assert axe(hanh.page) == []
    assert Task.objects.filter(owner=world.mai, status="ASSIGNED").count() == 193
