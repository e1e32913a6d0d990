"""A time for a caller in one screen: counted in keys and seconds, by keyboard, without scripts, on a narrow screen."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .rooms import enter

ADVISER, SUPPORTER = "aino@kainuu.example", "carla@kainuu.example"
MOST_SECONDS = 45
# at the pace of somebody who types with two fingers, beside what pages take
SECONDS_A_KEY = 0.35


class Hands:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)


@pytest.fixture
def wide(browser: Browser, live: str) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=live, locale="fi-FI", timezone_id="Europe/Helsinki", viewport={"width": 1280, "height": 800}
    )
    yield context
    context.close()


@pytest.fixture
def narrow(browser: Browser, live: str) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=live, java_script_enabled=False, locale="fi-FI", viewport={"width": 320, "height": 740}
    )
    yield context
    context.close()


def test_a_caller_has_a_time_within_three_quarters_of_a_minute_by_keyboard(
    wide: BrowserContext, live: str
) -> None:
    page = enter(wide, live, ADVISER)
    page.goto("/tiski/?q=kirjaston digineuvonta kajaani")
    page.locator(".desk-row h3 a", has_text="digineuvonta").first.click()
    began, hands = time.monotonic(), Hands(page)
    page.locator("a[href*='/tyopoyta/varaa/?tapa=']").first.focus()
    hands.press("Enter")
    expect(page.locator("[name=at]").first).to_be_checked()
    page.locator("[name=at]").first.focus()
    hands.press("ArrowDown", "Tab")
    hands.type("Elli")
    hands.press("Tab")
    hands.type("050 555 0188")
    hands.press("Enter")
    expect(page.locator(".aloud")).to_be_visible()
    took = time.monotonic() - began
    whole = took + hands.pressed * SECONDS_A_KEY
    print(f"one screen: {hands.pressed} keys, {took:.1f} s of pages, {whole:.1f} s with the keys")
    assert whole <= MOST_SECONDS
    assert page.locator(".aloud strong").count() == 2


def test_the_same_on_the_narrowest_screen_without_scripts(narrow: BrowserContext, live: str) -> None:
    page = enter(narrow, live, ADVISER)
    page.goto("/tyopoyta/varaa/")
    page.locator(".choices a", has_text="Kirjaston digineuvonta").first.click()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320
    page.locator("[name=name]").fill("Toivo")
    page.locator("main form button").first.click()
    expect(page.locator(".aloud")).to_be_visible()
    page.locator("a[href$='/lappu/']").click()
    expect(page.locator("main h1")).to_be_visible()


def test_a_supporter_is_away_and_settles_the_day_by_keyboard(wide: BrowserContext, live: str) -> None:
    page = enter(wide, live, SUPPORTER)
    page.goto("/tyopoyta/ajat/poissa/")
    page.locator("[name=last_on]").fill("31.12.2030")
    page.locator("main form button").first.press("Enter")
    # three months at most: the day is said to be too far, and nothing is lost
    expect(page.locator("[name=last_on]")).to_have_value("31.12.2030")
    expect(page.locator(".errors")).to_be_visible()
