"""The watch over the browser sees what it must see: a watch that cannot fail is worth nothing."""

from collections.abc import Callable

from playwright.sync_api import Page

STRICT = "default-src 'none'; script-src 'self'"
EASY = "default-src 'self' 'unsafe-inline'"


def show(page: Page, body: str, policy: str) -> None:
    page.route(
        "**/watched",
        lambda route: route.fulfill(
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": policy},
            body=f"<!doctype html><html lang=vi><title>Thử</title><main><h1>Thử</h1>{body}</main>",
        ),
    )
    page.goto("/watched")


def test_a_refusal_by_the_content_policy_is_seen(page_at: Callable, expect: Callable) -> None:
    page = page_at()

    show(page, '<p style="color: red">Đỏ</p>', STRICT)

    expect(page, "Content Security Policy")


def test_a_refusal_by_the_content_policy_is_seen_without_javascript(page_at: Callable, expect: Callable) -> None:
    page = page_at(javascript=False)

    show(page, '<p style="color: red">Đỏ</p>', STRICT)

    expect(page, "Content Security Policy")


def test_a_warning_and_a_broken_script_are_seen(page_at: Callable, expect: Callable) -> None:
    page = page_at()

    show(page, "<script>console.warn('cẩn thận'); throw new Error('gãy')</script>", EASY)

    expect(page, "cẩn thận")
    expect(page, "gãy")


def test_a_missing_file_is_seen(page_at: Callable, expect: Callable) -> None:
    page = page_at()

    show(page, '<img src="/static/no-such-picture.png" alt="">', EASY)
    page.wait_for_load_state("networkidle")

    expect(page, "404")


def test_axe_finds_a_picture_without_words_and_text_without_contrast(page_at: Callable, axe: Callable) -> None:
    page = page_at()
    show(page, '<img src="data:," width="9" height="9"><p style="color: #ccc">nhạt</p>', EASY + " data:")

    violations = axe(page)

    assert [line.partition(":")[0] for line in violations] == ["color-contrast", "image-alt"]


def test_scripts_do_not_run_without_javascript(page_at: Callable) -> None:
    page = page_at(javascript=False)

    show(page, "<script>document.querySelector('h1').textContent = 'chạy'</script>", EASY)

    assert page.locator("h1").text_content() == "Thử"
