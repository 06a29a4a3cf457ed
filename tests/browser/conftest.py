"""A real Chromium for the tests of pages: two sizes, Vietnamese, with and without JavaScript.

    def test_inbox(page_at): page = page_at(PHONE)             one size
    def test_inbox(page): …                                    runs twice, at DESKTOP and at PHONE
    def test_inbox(page_at): page = page_at(PHONE, javascript=False)

A test fails when the browser reports anything: an error or warning in the console, a script that broke, a refusal
by the content security policy. A test that walks into a refusal on purpose says so: `expect(page, "404")`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import expect as see

DESKTOP = (1366, 768)
PHONE = (390, 844)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
BAD = ("error", "warning")
PATIENCE = 15_000  # milliseconds: two cores may run other tests beside this one
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Playwright's plain API runs an event loop in the thread of the test, where Django then refuses the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

see.set_options(timeout=PATIENCE)

_problems: dict[BrowserContext, list[str]] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test below this folder, so that `-m "not browser"` leaves them out."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this test process. Missing: skipped on a developer's machine, failed when CI is set."""
    if not CHROMIUM:
        missing = "no Chromium: sudo apt-get install --no-install-recommends chromium, or set CHROMIUM to its path"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page_at(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Open fresh pages, each its own person: page_at((width, height), javascript=True)."""
    contexts: list[BrowserContext] = []

    def open_page(size: tuple[int, int] = DESKTOP, *, javascript: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
            java_script_enabled=javascript,
        )
        context.set_default_timeout(PATIENCE)
        _watch(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()  # before the count: it also brings the last reports
    seen = [problem for context in contexts for problem in _problems.pop(context)]
    assert seen == [], "the browser reported problems"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["1366x768", "390x844"])
def page(request: pytest.FixtureRequest, page_at: Callable[..., Page]) -> Page:
    """One page at each size: the test runs twice."""
    return page_at(request.param)


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Find what WCAG 2.0–2.2 A and AA forbid: axe(page) gives "rule: elements" lines, best empty.

    axe needs JavaScript in the page, and does not see lost focus, borders without contrast or poor wording.
    """
    return _violations


@pytest.fixture
def expect() -> Callable[[Page, str], None]:
    """Forgive what the test provoked: expect(page, "404") drops the problems that mention it, and wants one."""
    return _forgive


def _watch(context: BrowserContext) -> None:
    problems = _problems[context] = []
    context.on("console", lambda message: message.type in BAD and problems.append(message.text))
    context.on("weberror", lambda error: problems.append(str(error.error)))


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    return [
        f"{violation['id']}: " + "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
        for violation in found.response["violations"]
    ]


def _forgive(page: Page, words: str) -> None:
    problems = _problems[page.context]
    unforgiven = [problem for problem in problems if words not in problem]
    assert len(unforgiven) < len(problems), f"the browser did not report {words!r}"
    problems[:] = unforgiven
