"""No fault in the rooms either: every kind of page that the work has, with rows in its lists."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.cast import NOW
from tools import vnu

from .conftest import serving, surroundings
from .looking import LISTENING, Eyes, listed
from .rooms import STORY, Room, enter, rooms

# A coordinator's rooms hold an editor's; the administrator's hold what only she reaches.
PEOPLE = ("bengt@kainuu.example", "daniela@kainuu.example")
NARROW, WIDE = 320, 1280


@pytest.fixture(scope="module")
def house(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("rooms") / "data"
    shutil.copytree(demo_data, folder)
    around = {**surroundings(folder), "STOPPED_AT": NOW.isoformat()}
    command = [sys.executable, "-m", "kilauta.site.cli", "manage", "shell", "-v", "0", "-c"]
    done = subprocess.run(
        [*command, STORY.format(now=NOW.isoformat())], env=around, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with serving("tests.journeys.stopped", around) as address:
        yield address


@pytest.fixture(scope="module")
def keys(browser: Browser, house: str) -> Iterator[dict[str, tuple[Eyes, list[Room]]]]:
    """Each person's eyes, and the rooms that only they of these people reach."""
    found: dict[str, tuple[Eyes, list[Room]]] = {}
    known: set[str] = set()
    for email in PEOPLE:
        context = browser.new_context(locale="fi-FI", timezone_id="Europe/Helsinki")
        context.add_init_script(LISTENING)
        page = enter(context, house, email)
        mine = [room for room in rooms(page, house) if room.kind not in known]
        known |= {room.kind for room in mine}
        found[email] = Eyes(page), mine
    yield found
    for eyes, _mine in found.values():
        eyes.page.context.close()


def look(
    keys: dict[str, tuple[Eyes, list[Room]]], house: str, prefix: str, widths: tuple[int, ...]
) -> list[str]:
    faults = []
    for eyes, mine in keys.values():
        for room in mine:
            eyes.widen(widths[0])
            eyes.page.goto(f"{house}{prefix}{room.path}")
            eyes.prepare()
            for width in widths:
                eyes.widen(width)
                seen = (*eyes.axe(), *eyes.ask("own"), *eyes.ask("overflow"), *eyes.ask("brokenNumbers"))
                faults += [f"{prefix}{room.kind} {width} px: {fault}" for fault in seen]
    return faults


@pytest.mark.timeout(900)
def test_no_page_of_work_has_a_fault_or_runs_over(
    keys: dict[str, tuple[Eyes, list[Room]]], house: str
) -> None:
    number = sum(len(mine) for _eyes, mine in keys.values())
    assert number > 60
    faults = look(keys, house, "", (NARROW,))
    assert not faults, listed(faults)
    print(f"{number} kinds of pages without a fault")


@pytest.mark.prove
@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_no_page_of_work_has_a_fault_in_any_language_and_width(
    prefix: str, keys: dict[str, tuple[Eyes, list[Room]]], house: str
) -> None:
    faults = look(keys, house, prefix, (NARROW, WIDE))
    assert not faults, listed(faults)


@pytest.mark.prove
def test_the_tabulator_goes_through_every_page_of_work(
    keys: dict[str, tuple[Eyes, list[Room]]], house: str
) -> None:
    faults = []
    for eyes, mine in keys.values():
        eyes.widen(NARROW)
        for room in mine:
            eyes.page.goto(f"{house}{room.path}")
            eyes.prepare()
            faults += [f"{room.kind}: {fault}" for fault in eyes.walk()]
    assert not faults, listed(faults)


def test_the_checker_of_html_has_nothing_to_say(
    keys: dict[str, tuple[Eyes, list[Room]]], tmp_path: Path
) -> None:
    files = []
    for _eyes, mine in keys.values():
        for room in mine:
            file = tmp_path / f"{len(files)}{room.kind.replace('/', '_').replace('*', 'x')}.html"
            file.write_text(room.text, encoding="utf-8")
            files.append(file)
    faults = vnu.validate(files, warnings=True)
    assert not faults, listed(faults)
