"""A real browser, and the product as `run.py demo` starts it: own process, file database, demo region loaded.

Each file of journeys that asks for `live` gets a server with a fresh copy of the demo, so that what one person does
is not what another finds. Files that only look at pages share servers whose clock stands (`still`).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tools import chromium

from .looking import Eyes
from .routes import Still

ROOT = Path(__file__).parents[2]
PATIENCE = 90
# another machine may be slower, or busy: what is asked is that it comes, not when
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.playing() as playwright:
        started = chromium.launch(playwright)
        opening = started.new_context

        def patient(**more: Any) -> BrowserContext:
            """Wait for a page as long as for anything else: on a busy machine thirty seconds have been too few."""
            context = opening(**more)
            context.set_default_navigation_timeout(PATIENCE * 1000)
            return context

        started.new_context = patient  # type: ignore[method-assign]
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, live: str) -> Iterator[BrowserContext]:
    """A visitor's own browser: nothing remembered, Finnish, on the small screen of a telephone."""
    context = browser.new_context(
        base_url=live, locale="fi-FI", timezone_id="Europe/Helsinki", viewport={"width": 360, "height": 740}
    )
    yield context
    context.close()


@pytest.fixture
def page(visit: BrowserContext) -> Page:
    return visit.new_page()


@pytest.fixture(scope="module")
def eyes(browser: Browser) -> Iterator[Eyes]:
    """One page that looks at many addresses after each other."""
    with Eyes.opened(browser) as opened:
        yield opened


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a freshly loaded demo."""
    folder = tmp_path_factory.mktemp("demo")
    load = [sys.executable, "-m", "kilauta.site.cli", "demo"]
    done = subprocess.run(load, env=surroundings(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"The demo cannot be loaded.\n{done.stdout}{done.stderr}"
    return folder


@pytest.fixture(scope="module")
def live(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server whose data this file of tests has for itself."""
    folder = tmp_path_factory.mktemp("live") / "data"
    shutil.copytree(demo_data, folder)
    with serving("kilauta.site.wsgi", surroundings(folder)) as address:
        yield address


@pytest.fixture(scope="session")
def still(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Still]:
    """Give the address of a server at which it is always that instant; started when first asked for."""
    with ExitStack() as running:

        @cache
        def address(instant: datetime) -> str:
            folder = tmp_path_factory.mktemp("still") / "data"
            shutil.copytree(demo_data, folder)
            around = {**surroundings(folder), "STOPPED_AT": instant.isoformat()}
            return running.enter_context(serving("tests.journeys.stopped", around))

        yield address


@contextmanager
def serving(application: str, around: dict[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "--config", "python:kilauta.site.gunicorn",
        "--log-level", "warning", "--bind", f"127.0.0.1:{port}", application,
    ]  # fmt: skip
    server = subprocess.Popen(command, env=around, cwd=ROOT)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=40)


def surroundings(folder: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("KILAUTA_") and name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    key = "only-for-tests-and-long-enough-for-the-checks-of-the-start"
    return {**kept, "KILAUTA_DEMO": "1", "KILAUTA_DATA": str(folder), "KILAUTA_SECRET_KEY": key}


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except urllib.error.HTTPError as error:
            pytest.fail(f"The server answers {error.code} on its first page.")
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server did not answer on {address}.")
