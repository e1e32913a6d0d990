"""Somebody books a time, moves it and cancels it: at 320 px, with the keyboard alone, without JavaScript, in each language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.cast import LANGUAGES

from .looking import WIDTHS, Eyes, listed

TIMES = "main .times a, main .times button"
SEND = "main form .actions button[type=submit]:not([name])"


class Keyboard:
    """Goes through a page with the tabulator, and presses what it stands on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.screens = 0

    def to(self, selector: str, number: int = 0) -> None:
        """Stand on the thing, by the tabulator alone."""
        wanted = self.page.locator(selector).nth(number)
        wanted.wait_for()
        for _n in range(120):
            if wanted.evaluate("thing => thing === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"The tabulator does not come to {selector} on {self.page.url}.")

    def enter(self, selector: str, number: int = 0) -> None:
        self.to(selector, number)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.screens += 1

    def write(self, selector: str, text: str) -> None:
        self.to(selector)
        self.page.keyboard.type(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_time_is_booked_moved_and_cancelled(language: str, browser: Browser, live: str) -> None:
    start = live if language == "fi" else f"{live}/{language}"
    with browser.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 740}, timezone_id="Europe/Helsinki"
    ) as context:
        page = context.new_page()
        hand = Keyboard(page)
        page.goto(f"{start}/haku/?booking=free&way=remote")
        hand.enter("main a[href*='/varaa/']")
        hand.screens = 1
        hand.enter("main a[href^='?paiva=']", 1)
        hand.enter(TIMES)
        hand.enter(SEND)
        hand.write("#id_name", "Elli")
        hand.enter(SEND)
        hand.enter(SEND)
        assert "/varaus/" in page.url
        assert hand.screens <= 6 + 1  # the last press leads to what is booked
        own = page.url
        hand.enter("main a[href$='/siirra/']")
        hand.enter("main a[href^='?paiva=']", 2)
        hand.enter(TIMES)
        assert page.url == own
        hand.enter("main a[href$='/peru/']")
        hand.enter(SEND)
        assert page.locator("main a[href$='/siirra/']").count() == 0
        assert context.cookies() == []


def test_no_screen_of_it_has_a_fault(eyes: Eyes, live: str) -> None:
    page, faults = eyes.page, list[str]()

    def look() -> None:
        eyes.prepare()
        for width in WIDTHS:
            eyes.widen(width)
            found = (*eyes.axe(), *eyes.ask("own"), *eyes.ask("overflow"))
            # where something is wrong, what is wrong is spoken first
            faults.extend(f"{page.url} {width} px: {each}" for each in found if "div.errors" not in each)

    def press(selector: str) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()
        look()

    page.goto(f"{live}/haku/?booking=free&way=visit")
    look()
    for selector in ("main a[href*='/varaa/']", "main a[href^='?paiva=']", TIMES, SEND):
        press(selector)
    page.fill("#id_phone", "12")
    press(SEND)
    page.fill("#id_phone", "050 555 0199")
    press(SEND)
    press(SEND)
    own = page.url
    for end in ("lappu/", "siirra/", "peru/"):
        page.goto(own + end)
        look()
    page.goto(f"{live}/varaus/")
    look()
    assert not faults, listed(faults)
