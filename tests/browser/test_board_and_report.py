"""Steering in the browser: a number of the board and what it counts, a target, a report of two people."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect as see

from casework.models import AuditEvent
from casework.programme.indicators.models import Indicator, ReportingPeriod, Target
from casework.programme.reports.models import Report
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.work import Person
from tests.factories import World

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


def period_that_is_over() -> ReportingPeriod:
    return ReportingPeriod.objects.filter(kind="year", last_day__lt=timezone.localdate()).order_by("-last_day")[0]


def send(person: Person) -> None:
    """The main button of the page's form."""
    person.page.locator("main form button.btn--main[type=submit]").first.click()


@WAYS
def test_a_number_of_the_board_opens_as_many_cases(world: World, at_work: Callable, size, javascript) -> None:
    for number in range(3):
        world.open_case(name=f"HTX Mẫu {number}")
    hanh = at_work("hanh", size, javascript=javascript)

    hanh.page.goto("/board/")
    number = hanh.page.locator("a.board-number").filter(has=hanh.page.locator("strong", has_text=re.compile("^3$")))
    number.first.click()

    see(hanh.page.locator(".tally strong").first).to_contain_text("3")
    see(hanh.page.locator("ol.rows > li, ul.rows > li")).to_have_count(3)


@WAYS
def test_a_supervisor_sets_a_target(world: World, at_work: Callable, size, javascript) -> None:
    hanh = at_work("hanh", size, javascript=javascript)
    indicator = Indicator.objects.get(code="new-cooperatives")
    year = period_that_is_over().year

    hanh.page.goto(f"/targets/year/{year}/wu-kh/")
    hanh.page.locator(f"a[href$='/{indicator.code}/set/']").click()
    hanh.page.locator("main [name=value]").fill("hai")
    send(hanh)
    see(hanh.page.locator("main [name=value]")).to_have_value("hai")
    hanh.page.locator("main [name=value]").fill("2")
    hanh.page.locator("main [name=source]").fill("Kế hoạch mẫu số 1")
    send(hanh)

    see(hanh.page.locator(f"a[href$='/{indicator.code}/set/']")).to_contain_text("2")
    assert Target.objects.get(indicator=indicator, withdrawn_at=None).value == 2


@WAYS
def test_one_writes_the_report_and_another_freezes_it(world: World, at_work: Callable, size, javascript) -> None:
    period = period_that_is_over()
    mai, hanh = (at_work(name, size, javascript=javascript) for name in ("mai", "hanh"))

    mai.page.goto("/reports/start/")
    mai.page.locator("main [name=period]").select_option(str(period.pk))
    send(mai)
    report = Report.objects.get()
    mai.page.goto(f"/reports/{report.pk}/texts/")
    mai.page.locator("main [name=difficulties]").fill("Thiếu vốn < 5 triệu & “rớt” giá")
    send(mai)
    mai.reads("Thiếu vốn < 5 triệu & “rớt” giá")

    hanh.page.goto(f"/reports/{report.pk}/review/")
    send(hanh)
    hanh.page.goto(f"/reports/{report.pk}/freeze/")
    hanh.page.locator("main [name=number]").fill("01/BC-BTV")
    hanh.page.locator("main [name=signed_on]").fill(f"{timezone.localdate():%d/%m/%Y}")
    send(hanh)
    hanh.reads(re.compile("01/BC-BTV"))

    for format_ in ("docx", "xlsx"):
        with hanh.page.expect_download() as taken:
            hanh.page.get_by_role("button", name=f"Tải {format_.upper()}").click()
        assert taken.value.suggested_filename.endswith(format_)
        assert taken.value.path().stat().st_size > 1000
    events = AuditEvent.objects.filter(chain=f"report:{report.pk}")
    assert {"report.reviewed", "report.frozen"} <= set(events.values_list("verb", flat=True))
    report.refresh_from_db()
    assert (report.reviewed_by, report.written_by) == (world.hanh, world.mai)
