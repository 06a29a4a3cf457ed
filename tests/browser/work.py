"""People at work in the browser: they sign in, take tasks and type, through the pages only.

lan = Person(page_at(PHONE), "lan")
lan.sign_in()
lan.take("screen_lead")
lan.type_in({"decision": "accept"})
lan.press("Hoàn thành")
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page
from playwright.sync_api import expect as see

from tests.factories import PASSWORD
from workflows.engine.models import Task
from workflows.flows.catalogue import node_titles

# Where to put a picture of every page that is looked at; for people who want to look too.
SHOTS = os.environ.get("BROWSER_SHOTS")
SENT_FORM = "form[data-draft-url]"
CONTROLS = """form => [...form.elements].filter(one => one.name).map(one => ({
  name: one.name, type: one.type, id: one.id, value: one.value, checked: one.checked, shown: one.checkVisibility(),
}))"""


@dataclass
class Person:
    """One person with one page of her own browser."""

    page: Page
    username: str
    javascript: bool = True

    def sign_in(self) -> None:
        """From whatever page asks for it."""
        if not self.page.url.startswith("http"):
            self.page.goto("/")
        self.page.get_by_label("Tên đăng nhập").fill(self.username)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.press("Đăng nhập")
        see(self.page.get_by_role("heading", level=1)).not_to_have_text("Đăng nhập")

    def open_tab(self, tab: str) -> None:
        """A tab of the inbox."""
        if "/tasks/?" not in self.page.url and not self.page.url.endswith("/tasks/"):
            self.page.get_by_role("link", name="Việc cần làm", exact=True).click()
            self.sees("Việc cần làm")
        self.page.locator(".tabs").get_by_role("link", name=tab).click()
        see(self.page.locator(".tabs [aria-current]")).to_contain_text(tab)

    def take(self, node: str) -> None:
        """Find a task in the queue, take it there, and open it from the sentence that says so."""
        title = str(node_titles()[node])
        self.open_tab("Chờ nhận")
        row = self.page.locator(".row").filter(has=self.page.locator(".row__over", has_text=title))
        row.get_by_role("button", name="Nhận việc").first.click()
        told = self.page.locator("#messages")
        see(told).to_contain_text(f"Bạn đã nhận việc: {title}")
        told.get_by_role("link").click()
        self.sees(title)

    def open_case(self, name: str) -> None:
        """Find a case in the list, and open it."""
        self.page.get_by_role("link", name="Hồ sơ", exact=True).click()
        self.page.locator(".row").get_by_role("link", name=name).click()
        self.sees(name)

    def type_in(self, fields: dict[str, Any]) -> None:
        """Fill the form of the page by the names of its fields; what the page hides now is left out."""
        form = self.page.locator(SENT_FORM)
        for counter in [name for name in fields if name.endswith("-TOTAL_FORMS")]:
            self._make_room(form.locator(f"#{counter.removesuffix('-TOTAL_FORMS')}"), int(fields[counter]))
        controls = form.evaluate(CONTROLS)
        for name, value in fields.items():
            found = [control for control in controls if control["name"] == name and control["shown"]]
            marked = [put(form, control, value) for control in found]
            if any(marked):
                controls = form.evaluate(CONTROLS)  # an answer may show or hide other fields

    def _make_room(self, table: Locator, rows: int) -> None:
        while table.locator("fieldset.rowset").count() < rows:
            before = table.locator("fieldset.rowset").count()
            table.get_by_role("button", name="Thêm dòng").click()
            see(table.locator("fieldset.rowset")).not_to_have_count(before)

    def press(self, button: str) -> None:
        """A button by its exact words; "Đăng nhập" is not "Đăng nhập lại"."""
        self.page.locator("main").get_by_role("button", name=button, exact=True).click()

    def reads(self, sentence: str | re.Pattern) -> None:
        """A sentence somewhere in the page, visible."""
        see(self.page.locator("main").get_by_text(sentence).first).to_be_visible()

    def sees(self, heading: str) -> None:
        """The page with this heading."""
        see(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    @property
    def task(self) -> Task:
        """The task whose page is open; only to know what to type."""
        found = re.search(r"/tasks/(\d+)/", self.page.url)
        assert found, f"no page of a task: {self.page.url}"
        return Task.objects.select_related("case__area", "organisation").get(pk=found[1])


def put(form: Locator, control: dict[str, Any], value: Any) -> bool:
    """Type, choose or tick, as the control wants it. Whether a mark was set or taken away."""
    wanted = [str(item) for item in value] if isinstance(value, list) else [str(value)]
    mark = control["type"] in ("radio", "checkbox")
    if not mark:
        field = form.locator(f"[id={control['id']}]")
        field.select_option(wanted) if control["type"] == "select-one" else field.fill(wanted[0])
        return False
    on = control["value"] in wanted or value == "on"
    if on == control["checked"] or (control["type"] == "radio" and not on):
        return False
    # The words beside the mark are pressed, as fingers do.
    form.locator(f"label[for={control['id']}]").click(position={"x": 20, "y": 14})
    see(form.locator(f"[id={control['id']}]")).to_be_checked(checked=on)
    return True


def typed(page: Page) -> dict[str, list[str]]:
    """What stands in the form of the page now: names and values, as a browser would send them."""
    pairs = page.locator(SENT_FORM).evaluate(
        "form => [...new FormData(form)].filter(([name]) => name !== 'csrfmiddlewaretoken' && name !== 'request_id')"
    )
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page, if somebody wants to look."""
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
