"""Aino keeps the library's entries right: by keyboard, without scripts, and from the mail without an account."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.cast import NOW

from .conftest import serving, surroundings

MOST_SECONDS = 60
MOST_CLICKS = 2
MOST_TABS = 300
# The library is trusted, its line was last made sure of long ago, and it is asked by mail whether all is right.
BEFORE = """
from datetime import datetime, timedelta
from kilauta.domains.directory import operations
from kilauta.domains.directory.models import Channel, Organisation
from kilauta.domains.directory.ports.jobs import ask
from kilauta.kit.accounts.models import Person
from kilauta.kit.outbox.models import Message
now = datetime.fromisoformat("{now}")
by = {{"actor": Person.objects.system(), "now": now}}
library = Organisation.objects.get(external_id="kajaani-kirjasto")
operations.set_trusted(library, trusted=True, **by)
line = Channel.objects.get(external_id="kajaani-digineuvonta-puhelin")
line.verifications.all().delete()
operations.verify(line, ["hours"], actor=by["actor"], now=now - timedelta(days=85))
ask(now)
mail = Message.objects.get(address="aino@kainuu.example")
print("LINK", next(word for word in mail.body.split() if "/vahvista/" in word))
"""


@pytest.fixture(scope="module")
def library(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a server of its own whose clock stands, and the path of the link that was mailed to Aino."""
    folder = tmp_path_factory.mktemp("library") / "data"
    shutil.copytree(demo_data, folder)
    around = {**surroundings(folder), "STOPPED_AT": NOW.isoformat()}
    command = [
        sys.executable,
        "-m",
        "kilauta.site.cli",
        "manage",
        "shell",
        "-v",
        "0",
        "-c",
        BEFORE.format(now=NOW.isoformat()),
    ]
    done = subprocess.run(command, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    link = next(line.split()[1] for line in done.stdout.splitlines() if line.startswith("LINK"))
    with serving("tests.journeys.stopped", around) as address:
        yield address, urlsplit(link).path


@pytest.fixture
def without_scripts(browser: Browser, library: tuple[str, str]) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=library[0], java_script_enabled=False, locale="fi-FI")
    yield context
    context.close()


@pytest.fixture
def page(without_scripts: BrowserContext) -> Page:
    return without_scripts.new_page()


def reach(page: Page, what: Locator) -> None:
    """Go on with the tabulator until this has the focus."""
    expect(what).to_have_count(1)
    for _ in range(MOST_TABS):
        if what.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("The tabulator does not reach it.")


def press(page: Page, what: Locator) -> None:
    """Reach a link or a button by keyboard and press it."""
    reach(page, what)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, what: Locator, words: str) -> None:
    reach(page, what)
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def found(page: Page) -> str:
    """Return what search says of the library's advice."""
    page.goto("/haku/?q=kirjaston digineuvonta kajaani")
    return page.locator(".hit", has_text="Kajaani").first.locator(".hit-state").inner_text()


def test_from_sign_in_to_changed_hours_in_search_by_keyboard_without_scripts(page: Page) -> None:
    assert "klo 17" in found(page)
    began = time.monotonic()
    page.goto("/kokeile/")
    press(page, page.locator("form:has(input[value='aino@kainuu.example']) button"))
    page.goto("/tyopoyta/")
    press(page, page.locator(".room-menu a[href='/tyopoyta/oma/']"))
    press(page, page.locator(".line-name a", has_text="Kirjaston digineuvonta, Kajaani"))
    press(page, page.locator(".line:has-text('050 555 0109'):has-text('Puhelimitse') a[href$='/aukiolo/']"))
    write(page, page.locator("[name=w0_1_0_closes]"), "15")
    press(page, page.locator("button[name=do][value=save]"))
    expect(page.locator(".notice").first).to_be_visible()
    assert "klo 15" in found(page)
    took = time.monotonic() - began
    print(f"from sign-in to changed hours in search: {took:.1f} s")
    assert took <= MOST_SECONDS


def test_from_the_mail_to_everything_is_right_in_two_clicks(page: Page, library: tuple[str, str]) -> None:
    clicks = 1
    page.goto(library[1])
    assert page.context.cookies() == []
    press(page, page.locator("button[name=right][value=kaikki]"))
    clicks += 1
    assert clicks <= MOST_CLICKS
    assert page.url.partition("?")[0].endswith("/kiitos/")
    expect(page.locator(".notice-good")).to_be_visible()
    assert page.context.cookies() == []
    page.goto(library[1])
    expect(page.locator(".trust", has_text="24.11.2026").first).to_be_visible()
