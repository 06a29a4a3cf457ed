"""The main job through the pages alone: a lead becomes a linked cooperative in the hands of four people.

Whole on a desktop with JavaScript and on a phone without; the other two ways as far as the first return.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect as see

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.work import Person, picture
from tests.factories import World
from workflows.demo.answers import answer_for
from workflows.demo.play import make_ready
from workflows.flows.catalogue import node_titles

NAME = "HTX Nấm Hoa Sen"
LEAD = {
    "working_name": NAME,
    "contact_name": "Trần Thị Mẫu",
    "contact_phone": "0900 000 001",
    "trade": "Nấm bào ngư",
    "women_interested": "11",
    "source": "self",
    "note": "Gọi sau 17 giờ.",
}
RETURN = {
    "outcome": "return",
    "marked_in_charter": ["seat"],
    "remarks": "Ghi rõ thôn nơi đặt trụ sở.",
}
# Who does what. Nobody is told: each finds the step in the queue of her organisation.
TO_THE_RETURN = [
    ("lan", "screen_lead", {}),
    ("lan", "survey_needs", {}),
    ("lan", "hold_consultation", {}),
    ("lan", "form_founding_group", {}),
    ("lan", "draft_plan", {}),
    ("lan", "draft_charter", {}),
    ("binh", "review_plan", RETURN),
]
TO_THE_END = [
    ("lan", "draft_charter", {}),
    ("binh", "review_plan", {}),
    ("lan", "hold_founding_conference", {}),
    ("binh", "prepare_dossier", {}),
    ("lan", "file_dossier", {}),
    ("lan", "record_registration_result", {}),
    ("binh", "link_market", {}),
    ("lan", "request_credit", {"lender": "bank-kh"}),
    ("ngan", "decide_credit", {}),
    ("hanh", "confirm_linkage", {}),
]
# The lead is opened and the capital written down; and everybody takes and finishes each of her steps.
EVENTS = 2 + 2 * len(TO_THE_RETURN + TO_THE_END)


@pytest.fixture
def people(page_at: Callable, committed_world: World) -> Callable[..., dict[str, Person]]:
    """Lan, Bình, Ngân and Hạnh, each at her own browser, signed in."""

    def at(size: tuple[int, int], *, javascript: bool) -> dict[str, Person]:
        names = ("lan", "binh", "ngan", "hanh")
        found = {name: Person(page_at(size, javascript=javascript), name, javascript) for name in names}
        for person in found.values():
            person.sign_in()
        return found

    return at


@pytest.fixture
def look(axe: Callable) -> Callable[..., None]:
    """Look at a kind of page once: axe where scripts run, and a picture if one is wanted."""
    seen: set[str] = set()

    def once(person: Person, kind: str) -> None:
        if kind in seen:
            return
        seen.add(kind)
        picture(person.page, kind)
        if person.javascript:
            assert axe(person.page) == [], kind

    return once


def enter_lead(lan: Person, look: Callable) -> None:
    look(lan, "inbox-empty")
    lan.page.get_by_role("link", name="Thêm đầu mối").click()
    lan.type_in(LEAD)
    look(lan, "case-new")
    lan.press("Mở hồ sơ")
    lan.sees(NAME)
    lan.reads(re.compile(r"Đã mở hồ sơ KH-\d{4}-\d{6}\."))
    look(lan, "case-lead")


def work(people: dict[str, Person], steps: list[tuple[str, str, dict]], world: World, look: Callable) -> None:
    """Everybody takes her steps from the queue, types, and sends."""
    for who, node, given in steps:
        person = people[who]
        person.take(node)
        if node == "hold_founding_conference":
            # What the women bring is typed on the page of the people; tests/browser/test_case_pages.py does that.
            make_ready(person.task, world.lan)
            person.page.reload()
        fields: dict[str, Any] = {**answer_for(person.task), **given}
        if "lender" in given:
            fields["lender"] = world.organisation(given["lender"]).pk
        person.type_in(fields)
        look(person, f"task-{node}")
        person.press("Hoàn thành")
        person.reads(f"Đã hoàn thành: {node_titles()[node]}, {NAME}.")


@pytest.mark.parametrize(("size", "javascript"), [(DESKTOP, True), (PHONE, False)], ids=["desktop", "phone-no-js"])
def test_a_lead_becomes_a_linked_cooperative(
    people: Callable, committed_world: World, look: Callable, size: tuple[int, int], javascript: bool
) -> None:
    hands = people(size, javascript=javascript)

    enter_lead(hands["lan"], look)
    work(hands, TO_THE_RETURN + TO_THE_END, committed_world, look)

    hanh = hands["hanh"]
    hanh.open_case(NAME)
    see(hanh.page.locator(".stepper [aria-current=step]")).to_contain_text("Đã liên kết")
    see(hanh.page.get_by_role("heading", name="Lịch sử")).to_have_text(f"Lịch sử {EVENTS}")
    look(hanh, "case-linked")
    hanh.page.get_by_role("link", name="Toàn bộ lịch sử và thay đổi").click()
    see(hanh.page.locator(".timeline > li")).to_have_count(EVENTS)
    see(hanh.page.locator(".timeline > li").first).to_contain_text(
        "Phạm Mẫu Hạnh đã hoàn thành việc “Xác nhận liên kết”: Đã xác nhận"
    )
    look(hanh, "history")
    see(hands["ngan"].page.get_by_role("link", name="Hồ sơ", exact=True)).to_have_count(0)
    lan = hands["lan"]
    lan.open_tab("Đã xong")
    see(lan.page.locator(".tabs [aria-current]")).to_contain_text(
        str(sum(who == "lan" for who, *_ in TO_THE_RETURN + TO_THE_END))
    )
    look(lan, "inbox-done")


@pytest.mark.parametrize(("size", "javascript"), [(PHONE, True), (DESKTOP, False)], ids=["phone", "desktop-no-js"])
def test_a_plan_is_returned_and_corrected(
    people: Callable, committed_world: World, look: Callable, size: tuple[int, int], javascript: bool
) -> None:
    hands = people(size, javascript=javascript)
    lan, binh = hands["lan"], hands["binh"]
    enter_lead(lan, look)
    work(hands, TO_THE_RETURN, committed_world, look)

    lan.take("draft_charter")

    lan.reads("Lần 2")
    lan.reads("Ghi rõ thôn nơi đặt trụ sở.")
    look(lan, "task-returned")
    text = "1. Tên gọi: {tên}.\n2. Địa chỉ trụ sở chính: {trụ sở}."
    lan.type_in({"seat": "Thôn Mẫu 4, Xã Bác Ái", "article_name": text})
    lan.press("Hoàn thành")
    binh.take("review_plan")
    binh.reads("Thôn Mẫu 4, Xã Bác Ái")
