"""Asking for help, and taking it back: with the keyboard alone, without scripts, on a small screen, in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.cast import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# So many steps of the tabulator lead to anything on a page of ours.
STEPS = 80
QUESTIONS = ("about", "town", "whose", "way", "when")


def reach(page: Page, selector: str) -> None:
    """Go on with the tabulator until this has the focus."""
    for _step in range(STEPS):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"The tabulator does not lead to {selector}")


def press(page: Page, selector: str) -> None:
    reach(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_is_asked_for_and_taken_back_by_keyboard_alone(browser: Browser, live: str, lang: str) -> None:
    small = {"width": 320, "height": 640}
    context = browser.new_context(base_url=live, viewport=small, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{'' if lang == 'fi' else f'/{lang}'}/tukipyynto/")
    for name in QUESTIONS:
        reach(page, f"input[name={name}]")
        page.keyboard.press("Space")
        assert fits(page)
        press(page, "button[value=next]")
    reach(page, "input[name=contact]")
    page.keyboard.type("050 555 0177")
    press(page, "button[value=next]")
    expect(page.locator(".read-back > div")).to_have_count(6)
    assert fits(page)
    press(page, "button[value=next]")
    expect(page.locator(".big-number")).to_be_visible()
    assert fits(page)
    assert context.cookies() == []
    press(page, "main form button[type=submit]")
    expect(page.locator("main form")).to_have_count(0)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    context.close()
