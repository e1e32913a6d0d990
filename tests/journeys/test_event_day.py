"""Aino holds a drop-in day at the library, and the network goes away for ten minutes: nothing is lost or doubled."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from .conftest import ROOT, serving, surroundings
from .looking import LISTENING, Eyes, listed
from .rooms import enter

AINO, BENGT = "aino@kainuu.example", "bengt@kainuu.example"
# Thirty have signed up, two of them with a friend; the day has begun an hour ago.
STORY = """
from datetime import timedelta
from kilauta.domains.directory.models import Place
from kilauta.domains.events.logic.times import Span
from kilauta.domains.events.logic.told import EventTold, PartOf
from kilauta.domains.events.operations.events import add_event
from kilauta.domains.events.operations.signups import sign_up
from kilauta.domains.events.logic.guest import Guest
from kilauta.kit.accounts.models import Person
from kilauta.lib import clock
from kilauta.lib.words import Words
now = clock.now()
actor = Person.objects.get(email="aino@kainuu.example")
place = Place.objects.filter(host__external_id="kajaani-kirjasto").order_by("external_id")[0]
told = EventTold(kind="guidance", name=Words("Avoin digineuvonta", "Öppen digirådgivning", "Open digital help"),
    summary=Words("Tule kysymään puhelimesta.", "Kom och fråga om telefonen.", "Come and ask."),
    parts=(PartOf(place.host_id),), place=place.pk, capacity=60, guides_needed=2)
span = Span(now + timedelta(minutes=1), now + timedelta(hours=3))
event = add_event("kainuu", told, spans=[span], actor=actor, now=now, publish=True)
day = event.occurrences.get()
for number in range(30):
    guest = Guest(name=f"Osallistuja {number + 1:02}", persons=2 if number < 2 else 1)
    sign_up(event, occurrence=day, guest=guest, actor=actor, now=now)
day.starts_at = now - timedelta(minutes=1)
day.save()
print(f"/tyopoyta/tapahtumat/{event.pk}/paiva/{day.pk}/")
"""


@dataclass(frozen=True)
class Hall:
    address: str
    database: Path
    path: str

    def ask(self, query: str) -> list[tuple[object, ...]]:
        of = self.path.rstrip("/").split("/")[-1].replace("-", "")
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query, [of]).fetchall()

    def came(self) -> list[tuple[object, ...]]:
        """Return how many rows and persons stand, by whether they had signed up."""
        return self.ask(
            "SELECT signup_id IS NOT NULL, COUNT(*), SUM(persons) FROM events_arrival"
            " WHERE occurrence_id = ? AND undone_at IS NULL GROUP BY 1 ORDER BY 1"
        )

    def line(self) -> list[tuple[object, ...]]:
        return self.ask("SELECT number, state FROM events_ticket WHERE occurrence_id = ? ORDER BY number")


@pytest.fixture
def hall(demo_data: Path, tmp_path: Path) -> Iterator[Hall]:
    folder = tmp_path / "data"
    shutil.copytree(demo_data, folder)
    around = surroundings(folder)
    told = subprocess.run(
        [sys.executable, "-m", "kilauta.site.cli", "manage", "shell", "-v", "0", "-c", STORY],
        env=around, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    path = told.stdout.strip().splitlines()[-1]
    with serving("kilauta.site.wsgi", around) as address:
        yield Hall(address, folder / "kilauta.sqlite3", path)


@pytest.fixture
def tablet(browser: Browser, hall: Hall) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=hall.address,
        locale="fi-FI",
        timezone_id="Europe/Helsinki",
        viewport={"width": 360, "height": 740},
    )
    yield context
    context.close()


class Fingers:
    """Whoever holds the device, and how often they have tapped."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.taps += 1

    def arrive(self, number: int) -> None:
        for _each in range(number):
            before = self.page.locator("[data-part=expected] [aria-pressed=true]").count()
            self.tap("[data-part=expected] [aria-pressed=false]")
            expect(self.page.locator("[data-part=expected] [aria-pressed=true]")).to_have_count(before + 1)

    def call(self, number: int) -> None:
        self.tap("[value=next]")
        expect(self.page.locator("[data-part=called] [data-number]").first).to_have_text(str(number))


def ready(page: Page, hall: Hall) -> Page:
    page.goto(hall.path)
    expect(page.locator("[data-day][data-ready]")).to_be_visible()
    expect(page.locator("[data-day][data-shelved]")).to_be_visible()
    return page


def sent(page: Page) -> None:
    expect(page.locator("[data-part=unsent]")).to_be_hidden(timeout=40_000)


def test_thirty_arrivals_and_twelve_calls_with_the_network_away_in_between(
    tablet: BrowserContext, hall: Hall
) -> None:
    page = ready(enter(tablet, hall.address, AINO), hall)
    hands = Fingers(page)
    for _number in range(12):
        page.locator("[value=number]").first.click()
    expect(page.locator("[data-part=waiting-number]")).to_have_text("12")
    hands.arrive(10)
    for number in range(1, 5):
        hands.call(number)
    sent(page)
    tablet.set_offline(True)
    hands.arrive(12)
    for number in range(5, 10):
        hands.call(number)
    assert hall.came() == [(1, 10, 12)]
    expect(page.locator("[data-part=unsent-number]")).to_have_text("17")
    tablet.set_offline(False)
    hands.arrive(8)
    for number in range(10, 13):
        hands.call(number)
    sent(page)
    assert hands.taps == 30 + 12
    assert hall.came() == [(1, 30, 32)]
    assert [state for _number, state in hall.line()] == ["served"] * 11 + ["called"]
    assert [number for number, _state in hall.line()] == list(range(1, 13))
    expect(page.locator("[data-sum=residents]")).to_have_text("32")


def test_a_tablet_that_wakes_without_a_network_goes_on_without_names_and_keeps_none(
    tablet: BrowserContext, hall: Hall
) -> None:
    page = ready(enter(tablet, hall.address, AINO), hall)
    expect(page.locator("[data-part=expected]")).to_contain_text("Osallistuja 01")
    page.close()
    tablet.set_offline(True)
    page = tablet.new_page()
    page.goto(hall.path)
    expect(page.locator("[data-day][data-ready]")).to_be_visible()
    expect(page.locator("[data-part=expected] li")).to_have_count(30)
    assert "Osallistuja" not in page.content()
    hands = Fingers(page)
    hands.arrive(3)
    hands.tap("[value='count:resident:here']")
    hands.tap("[value=number]")
    hands.tap("[value=next]")
    expect(page.locator("[data-part=unsent-number]")).to_have_text("6")
    page.reload()
    expect(page.locator("[data-part=unsent-number]")).to_have_text("6")
    tablet.set_offline(False)
    sent(page)
    assert hall.came() == [(0, 1, 1), (1, 3, 5)]
    assert hall.line() == [(1, "called")]
    page.reload()
    expect(page.locator("[data-part=expected]")).to_contain_text("Osallistuja 01")


@pytest.mark.prove
def test_an_answer_that_is_lost_counts_nobody_twice(browser: Browser, hall: Hall) -> None:
    # a worker would hide from us what the page sends
    context = browser.new_context(base_url=hall.address, locale="fi-FI", service_workers="block")
    page = enter(context, hall.address, AINO)
    page.goto(hall.path)
    expect(page.locator("[data-day][data-ready]")).to_be_visible()
    lost: list[int] = []

    def lose(call: Route) -> None:
        if '"deed"' in (call.request.post_data or "") and len(lost) < 2:
            lost.append(call.fetch().status)
            call.abort()
        else:
            call.continue_()

    page.route("**/otto/", lose)
    page.locator("[value='count:resident:here']").click()
    page.locator("[value=handout]").click()
    sent(page)
    assert lost == [200, 200]
    assert hall.came() == [(0, 1, 1)]
    assert hall.ask("SELECT handouts FROM events_occurrence WHERE id = ?") == [(1,)]
    expect(page.locator("[data-sum=residents]")).to_have_text("1")
    context.close()


def test_two_people_call_one_line_and_one_is_without_a_network(browser: Browser, hall: Hall) -> None:
    first, second = (
        browser.new_context(base_url=hall.address, locale="fi-FI", timezone_id="Europe/Helsinki")
        for _each in range(2)
    )
    one = ready(enter(first, hall.address, AINO), hall)
    for _number in range(3):
        one.locator("[value=number]").first.click()
    sent(one)
    expect(one.locator("[data-part=waiting-number]")).to_have_text("3")
    other = ready(enter(second, hall.address, BENGT), hall)
    expect(other.locator("[data-part=waiting-number]")).to_have_text("3")
    first.set_offline(True)
    Fingers(one).call(1)
    Fingers(other).call(1)
    first.set_offline(False)
    expect(one.locator("[data-part=told]")).to_have_class("day-told notice notice-warn", timeout=40_000)
    sent(one)
    Fingers(one).call(2)
    assert [state for _number, state in hall.line()] == ["called", "called", "waiting"]
    wall = second.new_page()
    wall.goto(f"{hall.path}naytto/")
    expect(wall.locator(".queue-now")).to_have_text("2")
    assert "Osallistuja" not in wall.content()
    Fingers(one).call(3)
    expect(wall.locator(".queue-now")).to_have_text("3")
    first.close()
    second.close()


@pytest.mark.parametrize("width", [320, pytest.param(1280, marks=pytest.mark.prove)])
def test_the_pages_of_the_day_have_no_fault(width: int, browser: Browser, hall: Hall) -> None:
    context = browser.new_context(base_url=hall.address, locale="fi-FI", service_workers="block")
    context.add_init_script(LISTENING)
    page = enter(context, hall.address, AINO)
    page.goto(hall.path)
    expect(page.locator("[data-day][data-ready]")).to_be_visible()
    for selector in ("[value=number]", "[value=number]", "[value=next]", "[data-part=expected] button"):
        page.locator(selector).first.click()
    sent(page)
    eyes, faults = Eyes(page), []
    for path in ("", "naytto/", "numerot/", "kirjaa/", "sulje/", "paperi/"):
        if path:
            page.goto(f"{hall.path}{path}")
        for details in page.locator("main details:visible").all():
            details.evaluate("(each) => { each.open = true; }")
        eyes.widen(width)
        eyes.prepare()
        faults += [f"{path}: {each}" for each in (*eyes.axe(), *eyes.ask("own"), *eyes.ask("overflow"))]
    assert not faults, listed(faults)
    context.close()
