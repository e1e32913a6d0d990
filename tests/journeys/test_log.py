"""Logging help from the desk's first page: counted taps, no scripts, and undone by one."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .rooms import enter

MOST_TAPS, MOST_SECONDS = 5, 20
AINO = "aino@kainuu.example"


class Taps:
    """A finger that counts, on the desk's first page from the moment it is shown."""

    def __init__(self) -> None:
        self.number, self.began = 0, time.monotonic()

    def on(self, what: Locator) -> None:
        self.number += 1
        what.click()

    def seconds(self) -> float:
        return time.monotonic() - self.began


@pytest.fixture
def desk(browser: Browser, live: str) -> Iterator[Page]:
    """Aino's own page, on the small screen of a telephone, without scripts."""
    context = browser.new_context(
        base_url=live, java_script_enabled=False, locale="fi-FI", viewport={"width": 320, "height": 640}
    )
    page = enter(context, live, AINO)
    page.goto("/tyopoyta/")
    yield page
    context.close()


def label(page: Page, name: str, value: str) -> Locator:
    """Return what a finger hits: the label of the option."""
    key = page.locator(f"input[name='{name}'][value='{value}']").get_attribute("id")
    return page.locator(f"label[for='{key}']")


def log_one(page: Page) -> Taps:
    taps = Taps()
    taps.on(page.locator("main a.button[href='/tyopoyta/kirjaa/']"))
    taps.on(page.locator(".log-topics label").nth(1))
    taps.on(label(page, "outcome", "solved"))
    taps.on(label(page, "minutes", "30"))
    taps.on(page.locator(".log-save button"))
    expect(page.locator("main .notice-good")).to_be_visible()
    return taps


def test_one_person_is_logged_in_five_taps_and_twenty_seconds(desk: Page) -> None:
    taps = log_one(desk)
    seconds = taps.seconds()
    print(f"one person: {taps.number} taps, {seconds:.1f} s of pages")
    assert taps.number <= MOST_TAPS
    assert seconds <= MOST_SECONDS


def test_the_same_again_is_two_taps(desk: Page) -> None:
    log_one(desk)
    desk.goto("/tyopoyta/")
    taps = Taps()
    taps.on(desk.locator("main a[href^='/tyopoyta/kirjaa/?sama=']"))
    taps.on(desk.locator(".log-save button"))
    expect(desk.locator("main .notice-good")).to_be_visible()
    assert taps.number == 2


def test_what_was_logged_is_undone_by_one_tap_and_brought_back_by_another(desk: Page) -> None:
    log_one(desk)
    desk.locator("button[value='undo']").click()
    expect(desk.locator("main .notice-warn")).to_be_visible()
    desk.locator("button[value='restore']").click()
    expect(desk.locator("main .notice-good")).to_be_visible()


def test_whom_to_is_asked_only_of_who_was_referred(desk: Page) -> None:
    desk.goto("/tyopoyta/kirjaa/")
    asked = desk.locator("select[name='referred_to']")
    expect(asked).to_be_hidden()
    label(desk, "outcome", "referred").click()
    expect(asked).to_be_visible()


def test_a_sheet_is_typed_in_by_keyboard_alone(desk: Page) -> None:
    desk.goto("/tyopoyta/kirjaa/paperilta/")
    desk.locator("#id_r1-topics").focus()
    for keys in ("a2", "20", "1", "7", "2", "", "a3 b1"):
        desk.keyboard.type(keys)
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("main .notice")).to_contain_text("2")
    assert desk.locator("main .errors").count() == 0


def test_the_sheet_is_one_page_of_paper(browser: Browser, live: str) -> None:
    context = browser.new_context(base_url=live, locale="fi-FI")
    page = enter(context, live, AINO)
    for language in ("", "/sv", "/en"):
        page.goto(f"{language}/tyopoyta/kirjaa/lomake/")
        pdf = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(pypdfium2.PdfDocument(pdf)) == 1
    context.close()
