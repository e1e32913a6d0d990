"""Carla writes at the village hall, where there is no network: all of it arrives once, and nothing stays behind."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from kilauta.lib import clock
from kilauta.lib.zone import local

from .conftest import serving, surroundings
from .looking import LISTENING, Eyes, listed
from .rooms import enter

PAGE = "/tyopoyta/kirjaa/ilman-verkkoa/"
AINO, CARLA = "aino@kainuu.example", "carla@kainuu.example"
MANY = 20
PRESSES = 100
KEPT = """async () => {
  const shelves = await caches.keys();
  const paths = await Promise.all(shelves.map(async (name) =>
    (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)));
  return {
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).map((each) => new URL(each.scope).pathname),
    paths: paths.flat(),
  };
}"""


@dataclass(frozen=True)
class Hall:
    """The service, and its books; `before`: the entries that an earlier test has left in them."""

    address: str
    database: Path
    before: frozenset[str] = frozenset()

    def sessions(self) -> list[tuple[str, str, int, str]]:
        """Return whose entries came in without a network: who, of which day, of how many persons, which outcome."""
        return sorted(row[1:] for row in self.rows() if row[0] not in self.before)

    def rows(self) -> list[tuple[str, str, str, int, str]]:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(
                "SELECT session.id, person.email, session.held_on, session.persons, session.outcome"
                " FROM guidance_guidancesession session"
                " JOIN accounts_person person ON person.id = session.supporter_id WHERE way = 'offline'"
            ).fetchall()


@pytest.fixture(scope="module")
def service(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("offline") / "data"
    shutil.copytree(demo_data, folder)
    with serving("kilauta.site.wsgi", surroundings(folder)) as address:
        yield Hall(address, folder / "kilauta.sqlite3")


@pytest.fixture
def hall(service: Hall) -> Hall:
    return replace(service, before=frozenset(row[0] for row in service.rows()))


@pytest.fixture
def device(browser: Browser, hall: Hall) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=hall.address,
        locale="fi-FI",
        timezone_id="Europe/Helsinki",
        viewport={"width": 360, "height": 740},
    )
    yield context
    context.close()


def installed(device: BrowserContext, hall: Hall, email: str) -> Page:
    """Sign in, open the page once with a network, and wait until the device keeps it."""
    page = enter(device, hall.address, email)
    page.goto(PAGE)
    expect(page.locator("[data-part=ready]")).to_be_visible()
    return page


def write(page: Page, days_ago: int = 0, topic: str = "a-posti") -> None:
    before = int(page.locator("[data-part=number]").inner_text())
    page.locator("[name=day]").fill(day(days_ago))
    if not page.locator("[name=mode]").input_value():
        page.locator("[name=mode]").select_option("walk-in")
    page.locator(f"[value={topic}]").check()
    page.locator("form button[type=submit]").click()
    if offline(page):
        waiting(page, before + 1)


def day(ago: int = 0) -> str:
    """Return a day of Finland, as the browser's field for days writes it."""
    return str(local(clock.now()).date() - timedelta(days=ago))


def offline(page: Page) -> bool:
    return not page.evaluate("navigator.onLine")


def waiting(page: Page, number: int) -> None:
    expect(page.locator("[data-part=number]")).to_have_text(str(number), timeout=40_000)


def days(number: int) -> list[str]:
    return sorted(day(each) for each in range(number))


def empty(page: Page) -> None:
    """Make sure that the device holds nothing but the page and its parts."""
    page.wait_for_function("indexedDB.databases().then((found) => found.length === 0)")
    kept = page.evaluate(KEPT)
    assert (kept["local"], kept["session"], kept["databases"]) == (0, 0, 0)
    assert kept["workers"] in ([PAGE], [])
    assert [path for path in kept["paths"] if not path.startswith(("/static/kilauta/", "/look/"))] in (
        [PAGE],
        [],
    )


def test_twenty_entries_written_without_a_network_arrive_once_each_of_its_own_day(
    device: BrowserContext, hall: Hall
) -> None:
    page = installed(device, hall, CARLA)
    empty(page)
    page.close()
    device.set_offline(True)
    page = device.new_page()
    page.goto(PAGE)
    for number in range(MANY):
        write(page, number)
    assert hall.sessions() == []
    page.reload()
    waiting(page, MANY)
    device.set_offline(False)
    waiting(page, 0)
    expect(page.locator("[data-part=told]")).to_have_class("notice notice-good")
    assert hall.sessions() == [(CARLA, each, 1, "not-recorded") for each in days(MANY)]
    empty(page)
    page.reload()
    waiting(page, 0)
    assert len(hall.sessions()) == MANY


def test_an_answer_that_is_lost_makes_no_second_entry(browser: Browser, hall: Hall) -> None:
    # a worker would hide from us what the page sends
    context = browser.new_context(base_url=hall.address, locale="fi-FI", service_workers="block")
    page = enter(context, hall.address, CARLA)
    page.goto(PAGE)
    lost: list[int] = []

    def lose(call: Route) -> None:
        if len(lost) < 2:
            lost.append(call.fetch().status)
            call.abort()
        else:
            call.continue_()

    page.route("**/vienti/", lose)
    write(page)
    waiting(page, 1)
    expect(page.locator("[data-tried]")).to_be_visible()
    assert len(hall.sessions()) == 1
    # as somebody would who presses the button until all is gone; what is under way is not sent once more
    for _ in range(PRESSES):
        if page.locator("[data-part=number]").inner_text() == "0":
            break
        page.locator("[data-part=send]").evaluate("(button) => button.click()")
        page.wait_for_timeout(250)
    waiting(page, 0)
    assert lost == [200, 200]
    assert len(hall.sessions()) == 1
    empty(page)
    context.close()


def test_what_is_wrong_stays_with_a_sentence_and_is_mended(device: BrowserContext, hall: Hall) -> None:
    page = installed(device, hall, CARLA)
    device.set_offline(True)
    write(page, 1)
    # as if this page had been opened a month ago
    page.locator("[name=day]").evaluate("(field) => { field.min = ''; }")
    write(page, 40)
    device.set_offline(False)
    waiting(page, 1)
    expect(page.locator("[data-fault]:visible")).to_contain_text("30")
    assert len(hall.sessions()) == 1
    page.locator("[data-mend]").click()
    page.locator("[name=day]").fill(day())
    page.locator("form button[type=submit]").click()
    waiting(page, 0)
    assert [each for _who, each, _persons, _outcome in hall.sessions()] == days(2)
    empty(page)


def test_when_the_sign_in_is_gone_entries_wait_and_the_page_says_so(
    device: BrowserContext, hall: Hall
) -> None:
    page = installed(device, hall, CARLA)
    device.set_offline(True)
    write(page)
    device.clear_cookies()
    device.set_offline(False)
    expect(page.locator("[data-part=told]")).to_have_class("notice notice-warn")
    assert hall.sessions() == []
    # nobody is signed in: the page itself comes from the device, and keeps what was written
    page.reload()
    expect(page.locator("[data-part=others]")).to_be_visible()
    enter(device, hall.address, CARLA).close()
    page.reload()
    waiting(page, 0)
    expect(page.locator("[data-part=told]")).to_have_class("notice notice-good")
    assert hall.sessions() == [(CARLA, day(), 1, "not-recorded")]


def test_written_while_nobody_was_signed_in_it_is_sent_by_whoever_says_it_is_theirs(
    device: BrowserContext, hall: Hall
) -> None:
    page = installed(device, hall, CARLA)
    device.set_offline(True)
    device.clear_cookies()
    write(page)
    device.set_offline(False)
    enter(device, hall.address, CARLA).close()
    page.reload()
    expect(page.locator("[data-part=unknown]")).to_be_visible()
    assert hall.sessions() == []
    page.locator("[data-part=claim]").click()
    waiting(page, 0)
    assert hall.sessions() == [(CARLA, day(), 1, "not-recorded")]


def test_another_person_on_the_same_device_sends_their_own_and_leaves_the_rest(
    device: BrowserContext, hall: Hall
) -> None:
    page = installed(device, hall, CARLA)
    device.set_offline(True)
    write(page, 1)
    write(page, 2)
    page.close()
    device.set_offline(False)
    page = enter(device, hall.address, AINO)
    page.goto(PAGE)
    expect(page.locator("[data-part=others-number]")).to_have_text("2")
    waiting(page, 0)
    assert page.locator("[data-part=rows] li").count() == 0
    write(page)
    expect(page.locator("[data-part=told]")).to_have_class("notice notice-good")
    today = day()
    assert hall.sessions() == [(AINO, today, 1, "not-recorded")]
    enter(device, hall.address, CARLA).close()
    page.reload()
    expect(page.locator("[data-part=told]")).to_have_class("notice notice-good")
    theirs = [(CARLA, day(ago), 1, "not-recorded") for ago in (2, 1)]
    assert hall.sessions() == [(AINO, today, 1, "not-recorded"), *theirs]
    empty(page)


@pytest.mark.parametrize("has_network", [True, False])
def test_a_shared_computer_is_cleared_and_says_first_what_will_be_lost(
    has_network: bool, device: BrowserContext, hall: Hall
) -> None:
    page = installed(device, hall, CARLA)
    device.set_offline(True)
    write(page)
    write(page, 1)
    if has_network:
        # the service does not take them, so that they are still there
        device.clear_cookies()
        device.set_offline(False)
        expect(page.locator("[data-part=told]")).to_have_class("notice notice-warn")
        enter(device, hall.address, AINO).close()
    page.locator("[data-part=clear]").click()
    expect(page.locator("[data-part=unsent-number]")).to_have_text("2")
    page.locator("[data-part=clear-yes]").click()
    expect(page.locator("[data-part=told]")).to_have_class("notice notice-good")
    empty(page)
    kept = page.evaluate(KEPT)
    assert (kept["workers"], kept["paths"]) == ([], [])
    assert hall.sessions() == []
    if has_network:
        assert device.cookies() == []
        page.goto("/tyopoyta/")
        assert "/tili/" in page.url


def test_a_telephone_can_put_it_among_its_programs(device: BrowserContext, hall: Hall) -> None:
    page = installed(device, hall, CARLA)
    found = device.new_cdp_session(page).send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"].endswith(f"{PAGE}kirjaus.webmanifest")
    wrong = device.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    # a window of tests is a private one
    assert [each["errorId"] for each in wrong if each["errorId"] != "in-incognito"] == []


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_the_page_has_no_fault_with_entries_waiting_on_the_narrowest_screen(
    prefix: str, browser: Browser, hall: Hall
) -> None:
    context = browser.new_context(base_url=hall.address, locale="fi-FI", service_workers="block")
    context.add_init_script(LISTENING)
    page = enter(context, hall.address, CARLA)
    page.goto(f"{prefix}{PAGE}")
    context.set_offline(True)
    write(page)
    page.locator("[data-part=clear]").click()
    eyes = Eyes(page)
    eyes.widen(320)
    eyes.prepare()
    faults = [*eyes.axe(), *eyes.ask("own"), *eyes.ask("overflow")]
    assert not faults, listed(faults)
    context.close()
