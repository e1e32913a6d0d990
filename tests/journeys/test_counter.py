"""Aino has a queue at the desk of the library: at most three taps for each person, also by keyboard and without scripts."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .looking import LISTENING, Eyes, listed
from .rooms import enter

MOST_TAPS = 3
NARROW = 320


class Taps:
    """Counts what somebody taps."""

    def __init__(self, page: Page) -> None:
        self.page, self.number = page, 0

    def on(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(selector).click()
        self.number += 1


def today(page: Page) -> int:
    return int(page.locator(".counter-number").inner_text())


def test_from_the_first_page_of_the_desk_one_person_takes_at_most_three_taps(
    visit: BrowserContext, live: str
) -> None:
    page = enter(visit, live, "aino@kainuu.example")
    page.goto("/tyopoyta/")
    began, taps = time.monotonic(), Taps(page)
    taps.on("main a[href='/tyopoyta/laskuri/']")
    before = today(page)
    taps.on("button[name=topic][value=a-posti]")
    expect(page.locator(".counter-last")).to_contain_text("Sähköposti")
    took = time.monotonic() - began
    print(f"one person at the counter: {taps.number} taps, {took:.1f} s")
    assert taps.number <= MOST_TAPS
    assert today(page) == before + 1
    taps.on("button[name=outcome][value=solved]")
    assert taps.number <= MOST_TAPS
    expect(page.locator("button[name=outcome][value=solved]")).to_have_attribute("aria-pressed", "true")
    taps.on("button[name=do][value=withdraw]")
    assert today(page) == before


def test_by_keyboard_a_digit_counts_while_the_list_has_the_focus_and_only_then(
    visit: BrowserContext, live: str
) -> None:
    page = enter(visit, live, "carla@kainuu.example")
    page.goto("/tyopoyta/laskuri/")
    first = page.locator("button[data-key]").first.get_attribute("value")
    Taps(page).on(f"button[name=topic][value={first}]")
    before = today(page)
    # the list has the focus after a tap: the next person is one key
    with page.expect_navigation():
        page.keyboard.press("1")
    assert today(page) == before + 1
    page.goto("/tyopoyta/laskuri/")
    page.keyboard.press("1")
    page.locator("h1").click()
    page.keyboard.press("1")
    page.reload()
    assert today(page) == before + 1


def test_without_scripts_and_with_a_double_click_it_counts_once(browser: Browser, live: str) -> None:
    context = browser.new_context(base_url=live, java_script_enabled=False, locale="fi-FI")
    page = enter(context, live, "aino@kainuu.example")
    page.goto("/tyopoyta/laskuri/")
    before = today(page)
    page.locator("button[name=topic][value=a-turva]").dblclick()
    expect(page.locator(".counter-last")).to_contain_text("huijaukset")
    page.goto("/tyopoyta/laskuri/")
    assert today(page) == before + 1
    context.close()


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_the_counter_has_no_fault_on_the_narrowest_screen(prefix: str, browser: Browser, live: str) -> None:
    context = browser.new_context(base_url=live, locale="fi-FI")
    context.add_init_script(LISTENING)
    page = enter(context, live, "aino@kainuu.example")
    page.goto(f"{prefix}/tyopoyta/laskuri/")
    Taps(page).on("button[name=topic][value=a-laite]")
    eyes = Eyes(page)
    eyes.widen(NARROW)
    eyes.prepare()
    faults = [*eyes.axe(), *eyes.ask("own"), *eyes.ask("overflow")]
    assert not faults, listed(faults)
    context.close()
