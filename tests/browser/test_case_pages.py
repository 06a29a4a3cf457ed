"""The pages of a case beside its steps: capital typed into the table, a paper added and made, a note written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casework.models import Document, GeneratedPaper, Member, Note
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.work import Person
from tests.casework.documents.files import pdf
from tests.factories import World

WAYS = pytest.mark.parametrize(
    ("size", "javascript"), [(PHONE, True), (DESKTOP, False)], ids=["phone", "desktop-no-js"]
)


@pytest.fixture
def lan(page_at: Callable) -> Callable[..., Person]:
    """Lan at her own browser, signed in."""

    def at(size: tuple[int, int], *, javascript: bool) -> Person:
        person = Person(page_at(size, javascript=javascript), "lan", javascript)
        person.sign_in()
        return person

    return at


@WAYS
def test_capital_is_typed_into_the_table(
    lan: Callable, committed_world: World, size: tuple[int, int], javascript: bool
) -> None:
    case = committed_world.open_case()
    committed_world.advance(case, "draft_plan")
    person = lan(size, javascript=javascript)
    person.page.goto(f"/cases/{case.code}/people/edit/")
    boxes = person.page.locator("input[name$=-committed]")
    for number in range(Member.objects.filter(case=case).count()):
        boxes.nth(number).fill("15 triệu")
    person.press("Lưu danh sách")
    person.page.wait_for_url(f"**/cases/{case.code}/people/")

    assert set(Member.objects.filter(case=case).values_list("committed", flat=True)) == {15_000_000}


@WAYS
def test_a_document_is_added_a_paper_is_made_and_a_note_is_written(
    lan: Callable, committed_world: World, tmp_path: Path, size: tuple[int, int], javascript: bool
) -> None:
    case = committed_world.open_case()
    committed_world.advance(case, "prepare_dossier")
    person, file = lan(size, javascript=javascript), tmp_path / "giấy chứng nhận.pdf"
    file.write_bytes(pdf())
    page = person.page
    page.goto(f"/cases/{case.code}/papers/")
    page.locator("select[name=type]").select_option("certificate")
    page.locator("input[type=file]").set_input_files(file)
    person.press("Thêm tài liệu")
    person.reads("Tài liệu đã có trong hồ sơ.")
    page.locator("form[action$='/ds-thanh-vien/'] button").click()
    person.reads("Giấy tờ đã có trong hồ sơ, dạng Word và PDF.")
    page.goto(f"/cases/{case.code}/notes/")
    page.locator("textarea[name=text]").fill("Chị Mẫu bận mùa gặt")
    person.press("Viết ghi chú")
    person.reads("Chị Mẫu bận mùa gặt")

    assert Document.objects.filter(case=case).count() == 2
    assert GeneratedPaper.objects.filter(case=case).count() == 2
    assert Note.objects.get(case=case).visibility == "own"
