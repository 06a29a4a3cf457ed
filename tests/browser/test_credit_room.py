"""The lender in the browser: it reads what is shared, asks, decides in part; and is stopped with its page open."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect as see

from casework.linkage.models import CreditApplication
from casework.sharing.consents import live_share
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


def asked(world: World, name: str) -> CreditApplication:
    case = world.open_case(name=name)
    world.finish(world.advance(case, "request_credit"), lender=world.organisation("bank-kh").pk, amount=200_000_000)
    return CreditApplication.latest_of(case)


def send(person: Person) -> None:
    """The main button of the page's form."""
    person.page.locator("main form button.btn--main[type=submit]").first.click()


@WAYS
def test_a_lender_asks_is_answered_and_pays_out(world: World, at_work: Callable, size, javascript) -> None:
    application = asked(world, "HTX Vay Mẫu")
    ngan, lan = (at_work(name, size, javascript=javascript) for name in ("ngan", "lan"))
    ngan.page.goto("/credit/")
    ngan.page.get_by_role("link", name="HTX Vay Mẫu").click()
    see(ngan.page.locator("main")).to_contain_text("200.000.000")
    ngan.page.locator("a[href$='/ask/']").click()
    ngan.page.locator("[name=text]").fill("Ai bảo lãnh?")
    send(ngan)

    lan.page.goto(f"/cases/{application.case.code}/sharing/")
    see(lan.page.locator("main")).to_contain_text("Ai bảo lãnh?")
    lan.page.locator("a[href$='/answer/']").click()
    lan.page.locator("[name=text]").fill("Các thành viên.")
    send(lan)

    world.finish(
        world.task(application.case, "decide_credit"), by=world.ngan, decision="partial", granted_amount=150_000_000
    )
    # The first payment is a task; what follows is entered in the room.
    world.finish(world.task(application.case, "record_disbursement"), by=world.ngan, amount="50 triệu")
    ngan.page.goto(f"/credit/{application.pk}/")
    see(ngan.page.locator("main")).to_contain_text("Các thành viên.")
    ngan.page.locator("a[href$='/paid/']").click()
    ngan.page.locator("[name=amount]").fill("160 triệu")
    ngan.page.locator("[name=paid_on]").fill("")
    send(ngan)
    see(ngan.page.locator("[name=amount]")).to_have_value("160 triệu")
    assert application.disbursements.get().amount == 50_000_000


@WAYS
def test_a_consent_is_withdrawn_while_the_lender_types(world: World, at_work: Callable, size, javascript) -> None:
    application = asked(world, "HTX Đổi Ý Mẫu")
    ngan, lan = (at_work(name, size, javascript=javascript) for name in ("ngan", "lan"))
    ngan.page.goto(f"/credit/{application.pk}/ask/")
    ngan.page.locator("[name=text]").fill("Có sổ đỏ không?")

    lan.page.goto(f"/cases/{application.case.code}/sharing/")
    lan.page.locator("a[href$='/withdraw/']").click()
    lan.page.locator("[name=reason]").fill("Nhóm không vay nữa")
    send(lan)
    see(lan.page.locator("main")).to_contain_text("Nhóm không vay nữa")
    assert live_share(application.case_id, application.lender_id) is None

    send(ngan)
    see(ngan.page.locator("main")).to_contain_text("không còn được chia sẻ")
    see(ngan.page.locator("[name=text]")).to_have_value("Có sổ đỏ không?")
    ngan.page.goto("/credit/")
    see(ngan.page.locator("main")).not_to_contain_text("HTX Đổi Ý Mẫu")
