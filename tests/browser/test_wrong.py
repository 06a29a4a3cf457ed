"""Something wrong on the form of every step: sentences in Vietnamese, links to the fields, nothing typed is lost."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from casework.cases.models import Case
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.work import SENT_FORM, Person, typed
from tests.factories import World
from workflows.demo.answers import answer_for
from workflows.demo.play import make_ready
from workflows.engine.models import Task
from workflows.flows.catalogue import node_titles

# On top of right answers, for every step: what is wrong, and a part of the sentence that says so.
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "screen_lead": ({"decision": "duplicate", "duplicate_of": "KH-2026-999999"}, "Không có hồ sơ nào khác mang mã này"),
    "survey_needs": ({"ethnic_minority_women": "500"}, "Số này lớn hơn tổng số chị em tham gia"),
    "hold_consultation": ({"attendees": "3", "women": "4"}, "Số này lớn hơn tổng số người dự"),
    "form_founding_group": ({"rows-1-birth_year": "85"}, "1985"),
    "draft_plan": ({"sources-1-amount": "1 triệu"}, "còn thiếu 99.000.000 đồng"),
    "draft_charter": ({"cooperative_name": "Nấm Hoa Sen"}, "Hợp tác xã"),
    "review_plan": ({"outcome": "return", "remarks": "Sửa lại."}, "Hãy đánh dấu ít nhất một mục"),
    "hold_founding_conference": ({"votes_for": "1"}, "tán thành nghị quyết"),
    "prepare_dossier": ({"documents": ["application"]}, "Còn thiếu: "),
    "file_dossier": ({"promised_on": "01/08/2025"}, "không thể trước ngày nộp"),
    "record_registration_result": ({"registration_code": "123"}, "0100233488"),
    "link_market": ({"result": "skipped", "reason": ""}, "Hãy ghi lý do tạm thời chưa liên kết thị trường"),
    "request_credit": ({"consent_given": ""}, "Chưa có sự đồng ý này thì chưa thể tiếp tục"),
    "decide_credit": ({"granted_amount": "900 tỷ"}, "Số này lớn hơn số tiền đề nghị vay"),
    "confirm_linkage": ({"decision": "return", "reason": ""}, "Hãy ghi rõ còn thiếu gì"),
}
VIETNAMESE = re.compile(r"[ăâđêôơưạảãáàấầẩẫậắằẳẵặẹẻẽéèếềểễệọỏõóòốồổỗộớờởỡợụủũúùứừửữựịỉĩíìỵỷỹýỳ]", re.IGNORECASE)


@pytest.fixture
def at_the_task(page_at: Callable, committed_world: World) -> Callable[[Task], Person]:
    """Whoever may do a task has taken it and opened its page; each person signs in once."""
    people: dict[str, Person] = {}

    def open_it(task: Task) -> Person:
        user = committed_world.claim(task)
        make_ready(task, user)
        username = user.username
        if username not in people:
            people[username] = Person(page_at(PHONE if len(people) % 2 else DESKTOP), username)
            people[username].sign_in()
        people[username].page.goto(f"/tasks/{task.pk}/")
        people[username].sees(str(node_titles()[task.node]))
        return people[username]

    return open_it


def steps_of(case: Case, world: World) -> Iterator[Task]:
    """Every step of the main way, each as it comes up."""
    for node in WRONG:
        yield world.advance(case, node)


def refusal(person: Person) -> list[str]:
    """Send, and read the lines of the list of mistakes. Each of them that is a link leads to a field of the page."""
    page = person.page
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        person.press("Hoàn thành")
    assert answer.value.status == 200, page.url
    summary = page.locator("[data-summary]")
    summary.get_by_text("Chưa ghi được. Hãy xem lại:").wait_for()
    for link in summary.locator("a").all():
        target = link.get_attribute("href") or ""
        assert page.locator(target).count() == 1, f"{page.url}: {target} leads nowhere"
    lines = summary.locator("li").all_inner_texts()
    assert lines
    assert all(VIETNAMESE.search(line) for line in lines), lines
    return lines


def test_a_wrong_answer_is_explained_at_every_step_and_all_typed_is_kept(
    at_the_task: Callable, committed_world: World
) -> None:
    unexplained = []
    for task in steps_of(committed_world.open_case("lan"), committed_world):
        person = at_the_task(task)
        wrong, sentence = WRONG[task.node]
        person.type_in({**answer_for(person.task), **wrong})
        before = typed(person.page)

        lines = refusal(person)

        if not any(sentence in line for line in lines):
            unexplained.append((task.node, lines))
        assert typed(person.page) == before, task.node
        assert Task.objects.get(pk=task.pk).is_open

    assert unexplained == []


def test_an_emptied_form_is_explained_at_every_step(at_the_task: Callable, committed_world: World) -> None:
    for task in steps_of(committed_world.open_case("lan"), committed_world):
        person = at_the_task(task)
        boxes = person.page.locator(f"{SENT_FORM} :is(input:not([type]), input[type=text], input[type=tel], textarea)")
        for box in boxes.all():
            if box.is_visible():
                box.fill("")

        refusal(person)

        assert Task.objects.get(pk=task.pk).is_open, task.node
