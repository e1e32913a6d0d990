"""*Miten meni?* by anybody: by keyboard alone on a narrow screen without scripts, and on a tablet that forgets."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from .rooms import enter

NARROW = {"width": 320, "height": 640}


def tab_to(page: Page, target: str) -> None:
    """Press the tabulator until the focus is there."""
    for _each in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(target) => document.activeElement.matches(target)", target):
            return
    pytest.fail(f"The tabulator does not reach {target}")


@pytest.mark.parametrize("language", ["", "/sv", "/en"])
def test_feedback_is_given_by_keyboard_at_320_pixels_without_scripts(
    browser: Browser, live: str, language: str
) -> None:
    context = browser.new_context(base_url=live, viewport=NARROW)
    context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{language}/miten-meni/")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    tab_to(page, "main button")
    page.keyboard.press("Enter")
    page.locator(".errors").wait_for()
    tab_to(page, "a[href='#id_q_got_0']")
    page.keyboard.press("Enter")
    expect(page.locator("#id_q_got_0")).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, "[name=q_found]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=q_words]")
    page.keyboard.type("Kiitos avusta")
    tab_to(page, "main button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/miten-meni/kiitos/apu/**")
    assert "Kiitos avusta" not in page.content()
    assert context.cookies() == []
    context.close()


def test_a_tablet_shows_nothing_of_who_was_there_before(browser: Browser, live: str) -> None:
    context = browser.new_context(base_url=live, viewport={"width": 800, "height": 1200})
    page = context.new_page()
    page.clock.install()
    page.goto("/miten-meni/poyta/apu/")
    start = page.url
    page.locator("[name=q_got]").first.check()
    page.locator("[name=q_words]").fill("Salainen asia")
    page.clock.run_for(61_000)
    page.wait_for_url(start)
    expect(page.locator("[name=q_words]")).to_have_value("")
    expect(page.locator("[name=q_got]:checked")).to_have_count(0)
    page.locator("[name=q_got]").first.check()
    page.locator("[name=q_words]").fill("Salainen asia")
    page.locator("main form button").click()
    page.wait_for_url("**/kiitos/")
    page.go_back()
    expect(page.locator("[name=q_words]")).to_have_value("")
    expect(page.locator("[name=q_got]:checked")).to_have_count(0)
    assert "Salainen" not in page.content()
    page.reload()
    expect(page.locator("[name=q_words]")).to_have_value("")
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert (stored, context.cookies()) == ([0, 0, ""], [])
    page.goto("/miten-meni/poyta/apu/kiitos/")
    page.clock.run_for(21_000)
    page.wait_for_url(start)
    context.close()


def test_paper_is_typed_key_by_key(browser: Browser, live: str) -> None:
    context = browser.new_context(base_url=live)
    page = enter(context, live, "aino@kainuu.example")
    page.goto("/tyopoyta/palaute/paperilta/")
    page.locator("#id_q_got").focus()
    page.keyboard.type("121a")
    assert page.evaluate("document.activeElement.name") == "q_audience"
    assert [
        page.locator(f"#id_q_{code}").input_value() for code in ("got", "in-time", "right-kind", "found")
    ] == list("121a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/paperilta/?**")
    expect(page.locator("#id_q_got")).to_have_value("")
    context.close()
