"""An adviser with a caller on the line: by keyboard, without scripts, on a narrow screen, and onto paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import NOW

from .looking import listed
from .routes import Still

LETTERS = 14.0


@pytest.fixture
def desk(browser: Browser, live: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live, locale="fi-FI", timezone_id="Europe/Helsinki", viewport={"width": 1280, "height": 740}
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Browser, live: str) -> Iterator[Page]:
    """The same desk without scripts, on the narrowest screen."""
    context = browser.new_context(
        base_url=live, java_script_enabled=False, locale="fi-FI", viewport={"width": 320, "height": 740}
    )
    yield context.new_page()
    context.close()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_who_can_help_this_caller_is_answered_with_one_search_and_the_keyboard_alone(desk: Page) -> None:
    desk.goto("/tiski/")
    desk.locator("#q").focus()
    desk.keyboard.type("pankkitunnukset")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Vuokatissa")
    desk.keyboard.press("Enter")
    expect(desk.locator("#tulokset")).to_be_focused()
    expect(desk.locator(".desk-rule")).to_contain_text("pankki")
    desk.keyboard.press("ArrowDown")
    assert focused(desk).startswith("1. ")
    desk.keyboard.press("j")
    assert focused(desk).startswith("2. ")
    desk.keyboard.press("k")
    desk.keyboard.press("Enter")
    expect(desk.locator(".aloud blockquote")).to_contain_text(re.compile(r"050,\s555"))
    expect(desk.locator(".desk-rule")).to_contain_text("pankki")


def test_keys_act_only_while_the_list_has_the_focus(desk: Page) -> None:
    desk.goto("/tiski/?q=puhelin")
    desk.locator("#q").focus()
    desk.keyboard.press("End")
    desk.keyboard.type(" jkx")
    assert desk.locator("#q").input_value() == "puhelin jkx"
    desk.locator("main h1").click()
    desk.keyboard.press("x")
    assert desk.locator(":checked[name=palvelu]").count() == 0
    desk.locator("[data-row]").nth(2).focus()
    desk.keyboard.press("x")
    assert desk.locator(":checked[name=palvelu]").count() == 1
    desk.keyboard.press("ArrowUp")
    assert focused(desk).startswith("2. ")
    expect(desk.locator("[data-keys]")).to_be_visible()


def test_what_has_the_focus_in_a_long_list_is_never_covered(desk: Page) -> None:
    desk.goto("/tiski/")
    desk.locator("[data-row]").first.focus()
    covered = []
    for _ in range(19):
        desk.keyboard.press("ArrowDown")
        seen = desk.evaluate(
            """() => {
              const box = document.activeElement.getBoundingClientRect();
              const at = (y) => document.elementFromPoint(box.left + 8, y);
              return [box.top + 4, box.bottom - 4].every((y) => document.activeElement.contains(at(y)));
            }"""
        )
        if not seen:
            covered.append(focused(desk))
    assert covered == []
    assert focused(desk).startswith("20. ")


def test_a_hand_out_is_made_of_marked_choices_without_scripts(plain: Page) -> None:
    plain.goto("/tiski/?q=puhelin&paikka=Kuhmo")
    for number in (0, 2):
        plain.locator("[name=palvelu]").nth(number).check()
    plain.get_by_role("button", name="Tee tuloste").or_(
        plain.get_by_role("button", name="Make the hand-out")
    ).click()
    plain.wait_for_url(re.compile(r"/tiski/tuloste/\?palvelu=\w{6}&palvelu=\w{6}$"))
    assert plain.locator(".handout .sheet-lines > li").count() == 2


def test_an_answer_without_scripts_leads_to_a_number_and_leaves_no_cookie(plain: Page) -> None:
    plain.goto("/haku/?q=taxfix")
    plain.locator(".found-form button[value=no]").click()
    plain.wait_for_url("**/loytyiko/?vastaus=no&q=taxfix")
    expect(plain.locator("main .phone-big")).to_be_visible()
    plain.locator("button[value=too-far]").click()
    plain.wait_for_url("**/loytyiko/?vastaus=too-far&q=taxfix")
    assert plain.locator(".found-why").count() == 0
    assert plain.context.cookies() == []


@pytest.mark.prove
@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["", "/sv", "/en"])
@pytest.mark.parametrize("most", [1, 2, 3, 6])
def test_a_hand_out_is_one_sheet_in_large_letters(
    most: int, language: str, browser: Browser, still: Still
) -> None:
    """Also the six services that take most room of all."""
    server = still(NOW)
    context = browser.new_context(viewport={"width": 700, "height": 740})
    page = context.new_page()
    page.emulate_media(media="print")
    heights: dict[str, float] = {}
    for ids in groups_of_six(page, server):
        page.goto(f"{server}{language}/tiski/tuloste/?palvelu={'-'.join(ids)}")
        measured = page.locator(".sheet-lines > li").evaluate_all(
            "(rows) => rows.map((row) => row.getBoundingClientRect().height)"
        )
        heights.update(zip(ids, measured, strict=True))
    largest = sorted(heights, key=lambda key: -heights[key])[:most]
    page.goto(f"{server}{language}/tiski/tuloste/?palvelu={'-'.join(largest)}")
    sizes = page.locator(".handout *:not(svg, svg *, .foreign)").evaluate_all(
        "(all) => all.filter((one) => one.innerText).map((one) => parseFloat(getComputedStyle(one).fontSize) * 0.75)"
    )
    printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    faults = [f"{len(printed)} sheets"] if len(printed) != 1 else []
    faults += [f"letters of {size} pt" for size in sizes if size < LETTERS - 0.01]
    context.close()
    assert not faults, listed(faults)


def groups_of_six(page: Page, server: str) -> list[list[str]]:
    found: list[str] = []
    for number in range(1, 5):
        page.goto(f"{server}/tiski/?sivu={number}")
        found += page.locator("[name=palvelu]").evaluate_all("(boxes) => boxes.map((box) => box.value)")
    assert len(found) == len(set(found)) > 50
    return [found[start : start + 6] for start in range(0, len(found), 6)]
