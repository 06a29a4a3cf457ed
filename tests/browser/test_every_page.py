"""Every page that a person opens: accessible, within the screen, light, and within reach of a finger."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from casework.cases.models import Case
from casework.models import Cooperative, CreditApplication, DocumentVersion, Member
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.work import Person, picture
from tests.cabinet import fill_the_file
from tests.factories import World
from tests.programme_things import kept_by_people

HEAVIEST = 60_000  # bytes over the wire, with css, scripts and icons, from an empty cache
NARROWEST = 320
SMALLEST = 44
# Whatever takes a finger, but for links inside running text (WCAG 2.5.8 exempts them).
TARGETS = "button, summary, input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, .btn, nav a"


IN_A_CASE = (
    "",
    "people/",
    "people/edit/",
    "people/new/",
    "people/offices/",
    "people/ties/",
    "people/import/",
    "plan/",
    "plan/charter/",
    "plan/conference/",
    "plan/visits/",
    "plan/visits/new/",
    "plan/filing/",
    "market/",
    "market/add/",
    "sharing/",
    "sharing/consent/",
    "sharing/lender/",
    "readers/",
    "programmes/",
    "law/",
    "papers/",
    "papers/made/dossier/",
    "notes/",
    "export/",
)


@pytest.fixture
def addresses(committed_world: World) -> Callable[[Case], dict[str, list[str]]]:
    """A case with a return behind it, a task in each state, and who opens which page."""
    world = committed_world
    case = world.open_case("lan")
    review = world.advance(case, "review_plan")
    returned = {"outcome": "return", "remarks": "Ghi rõ thôn.", "marked_in_charter": ["seat"]}
    world.finish(review, **returned)
    draft = world.task(case, "draft_charter")
    world.claim(draft, world.lan)
    waiting = world.task(world.open_case("lan", name="HTX Mây Tre Thử"))
    credit = world.advance(world.open_case("cuc", name="HTX Rau Thử"), "decide_credit")
    file, full = f"/cases/{case.code}/", world.open_case("lan", name="HTX Hồ Sơ Đầy Thử")
    world.advance(full, "decide_credit")
    loan = f"/credit/{CreditApplication.latest_of(credit.case).pk}/"
    room = ["/credit/", loan, *(f"{loan}{page}/" for page in ("ask", "decline", "paid", "repayment"))]
    fill_the_file(world, full)
    inside, kept = f"/cases/{full.code}/", kept_by_people(world)
    member = Member.objects.filter(case=full, until=None).order_by("pk")[0]
    document = DocumentVersion.objects.filter(case=full, media_type="application/pdf").order_by("pk")[0]
    return {
        "lan": [
            *(f"/tasks/?tab={tab}" for tab in ("mine", "queue", "organisation", "held", "done")),
            f"/tasks/{draft.pk}/",
            f"/tasks/{waiting.pk}/",
            f"/tasks/{review.pk}/",
            "/cases/",
            "/cases/new/",
            file,
            f"{file}history/",
            f"{file}contact/",
            "/password/",
            "/style/",
            "/absence/",
            "/calendar/",
            "/notifications/",
            "/notifications/preferences/",
            "/tasks/views/",
            "/tasks/views/new/",
            f"{file}clock/hold/",
            f"{file}steer/close/",
            f"/tasks/{draft.pk}/clock/wait/",
            f"/tasks/{draft.pk}/return/",
            *(f"{inside}{page}" for page in IN_A_CASE),
            f"{inside}people/{member.pk}/",
            f"{inside}papers/files/{document.pk}/look/",
            "/cooperatives/",
            f"/cooperatives/{Cooperative.objects.get(cases=full).pk}/",
            f"/cooperatives/{Cooperative.objects.get(cases=full).pk}/strengthen/",
            f"/cooperatives/{Cooperative.objects.get(cases=full).pk}/health/",
            "/trainings/",
            "/trainings/add/",
            f"/trainings/{kept['training']['pk']}/",
            f"/trainings/{kept['training']['pk']}/print/",
            f"/trainings/{kept['training']['pk']}/attendance/",
            "/trainings/people/",
            "/trainings/outreach/",
            "/fairs/",
            f"/fairs/{kept['fair']['pk']}/",
            f"/fairs/{kept['fair']['pk']}/parts/add/",
            "/support/",
            "/support/add/",
            "/support/overlaps/",
            "/market/",
            f"/results/answer/{kept['token']['token']}/",
        ],
        "hanh": [
            "/tasks/?tab=organisation",
            f"/tasks/{waiting.pk}/reassign/",
            file,
            f"{inside}law/R9/override/",
            f"{file}steer/jump/",
            f"{file}steer/jump/?to=survey_needs",
            f"/tasks/{draft.pk}/clock/extend/",
            f"/tasks/{draft.pk}/clock/priority/",
            "/stuck/",
            "/board/",
            "/board/?show=table",
            "/board/times/?by=officer",
            "/board/workload/?by=officer",
            "/board/late/",
            "/board/returns/",
            "/board/map/",
            "/programme/",
            "/targets/year/2026/wu-kh/",
            "/targets/year/2026/wu-kh/new-cooperatives/",
            "/targets/year/2026/wu-kh/courses/set/",
            "/reports/",
            "/reports/start/",
            "/exports/",
            "/reviews/",
            "/results/",
            "/results/ask/",
            f"/results/{kept['asked']['pk']}/",
            f"/results/{kept['asked']['pk']}/enter/",
            "/exports/new/cases/?stage=lead",
            "/data-requests/",
            "/data-requests/new/",
            f"/data-requests/{kept['request']['pk']}/",
            f"/data-requests/{kept['request']['pk']}/look-up/",
            f"/cooperatives/{Cooperative.objects.get(cases=full).pk}/",
            "/settings/",
            "/settings/people/",
            f"/settings/people/{world.hanh.pk}/",
            f"/absence/of/{world.lan.pk}/",
            "/duplicates/",
            f"/duplicates/lead/{case.pk}/{full.pk}/",
        ],
        worker_of(world, credit): [f"/tasks/{credit.pk}/", "/tasks/", "/board/", "/board/workload/", *room],
        "van": [
            "/rosters/",
            "/settings/law/",
            "/settings/law/drafts/new/",
            "/settings/checklists/",
            "/settings/",
            "/settings/calendar/",
            "/settings/calendar/days/",
            "/settings/calendar/import/",
            "/settings/limits/",
            "/settings/limits/new/",
            "/settings/people/",
            f"/settings/people/{world.van.pk}/handover/",
            "/settings/background/",
            "/settings/deliveries/",
            "/targets/periods/",
        ],
        "stranger": ["/tasks/"],
    }


def worker_of(world: World, task: Any) -> str:
    """Who would do a task."""
    return world.worker(task).username


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def small_targets(page: Page) -> list[str]:
    """Visible controls that are lower than a finger."""
    return page.locator(f"main :is({TARGETS})").evaluate_all(
        """(found, least) => found.filter(one => one.checkVisibility() && !one.closest(".vh"))
             .map(one => [one.getBoundingClientRect().height, one.outerHTML.slice(0, 80)])
             .filter(([height]) => height > 1 && height < least - 0.5).map(([height, html]) => `${height}: ${html}`)""",
        SMALLEST,
    )


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1366x768", "390x844"])
def test_every_page_is_accessible_and_fits(page_at: Callable, axe: Callable, addresses: dict, size: tuple) -> None:
    found = []
    for username, urls in addresses.items():
        person = Person(page_at(size), username)
        person.sign_in()
        for url in urls:
            person.page.goto(url)
            picture(person.page, f"page-{username}-{url.strip('/').replace('/', '-').replace('?', '-')}")
            found += [f"{username} {url} {line}" for line in axe(person.page)]
            found += [f"{username} {url} {line}" for line in small_targets(person.page)]
            if overflow(person.page) > 0:
                found.append(f"{username} {url}: wider than {size[0]} by {overflow(person.page)}")

    assert found == []


def test_no_page_is_wider_than_the_smallest_phone(page_at: Callable, addresses: dict) -> None:
    wide = []
    for username, urls in addresses.items():
        person = Person(page_at((NARROWEST, 640)), username)
        person.sign_in()
        for url in urls:
            person.page.goto(url)
            if overflow(person.page) > 0:
                wide.append(f"{username} {url}: by {overflow(person.page)}")

    assert wide == []


def wire_bytes(client: Client, url: str) -> int:
    """What an address costs over the wire, compressed as our own middleware does it."""
    answer = client.get(url, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, url
    return len(b"".join(answer) if answer.streaming else answer.content)


def test_no_page_weighs_more_than_sixty_kilobytes(addresses: dict, committed_world: World) -> None:
    # Not through the browser: the test server of Django sends static files by itself and uncompressed.
    heavy, assets = [], {}
    for username, urls in addresses.items():
        client = Client()
        client.force_login(getattr(committed_world, username))
        for url in urls:
            html = client.get(url).content.decode()
            for asset in set(re.findall(r'(?:href|src)="(/static/[^"#?]+)', html)) - assets.keys():
                assets[asset] = wire_bytes(client, asset)
            weight = wire_bytes(client, url) + sum(size for asset, size in assets.items() if asset in html)
            if weight > HEAVIEST:
                heavy.append(f"{username} {url}: {weight}")

    assert heavy == []
    assert 20_000 < sum(assets.values()) < HEAVIEST


def test_the_language_stays_as_chosen(page_at: Callable, committed_world: World) -> None:
    lan = Person(page_at(DESKTOP), "lan")
    lan.sign_in()
    lan.sees("Việc cần làm")

    lan.page.locator(".menu summary").last.click()
    lan.page.get_by_role("button", name="English").click()
    lan.sees("Tasks")
    lan.page.goto("/cases/")

    lan.sees("Cases")
    lan.page.locator(".menu summary").last.click()
    lan.page.get_by_role("button", name="Tiếng Việt").click()
    lan.sees("Hồ sơ")


@pytest.mark.parametrize("url", ["/cases/KH-2026-999999/", "/tasks/999999/", "/no-such-page/"])
def test_what_is_not_there_is_told_in_vietnamese(
    page_at: Callable, axe: Callable, expect: Callable, committed_world: World, url: str
) -> None:
    lan = Person(page_at(PHONE), "lan")
    lan.sign_in()

    lan.page.goto(url)

    assert axe(lan.page) == []
    assert "Không" in lan.page.get_by_role("heading", level=1).inner_text()
    expect(lan.page, "404")
