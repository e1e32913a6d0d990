"""What the first view of a page weighs on the way: the page, its style, scripts, letters and pictures."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, Response

from .conftest import serving, surroundings
from .routes import ROUTES, Route, Still

MOST = 100_000
MOST_WITH_MAP = 160_000
TILES = "http://tiles.localhost:9/{z}/{x}/{y}.png"


@dataclass(frozen=True)
class Weight:
    """Bytes of all files of a first view: as served now, and as gzip and brotli would make them."""

    served: int
    gzip: int
    brotli: int
    files: int


class Scales:
    """Opens addresses as one who was never here, and weighs everything that comes, headers left out."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def weigh(self, address: str, template: str = "") -> Weight:
        # a browser of its own for each: one that is told to empty its cache may wait for its own emptying for ever
        with self.browser.new_context(locale="fi-FI", viewport={"width": 360, "height": 740}) as context:
            page, came = context.new_page(), list[Response]()
            page.on("response", lambda response: came.append(response))  # noqa: PLW0108 -- Playwright marks it
            if template:
                # for as long as the page lives: a browser that stops listening in between may wait for ever
                page.route(address, lambda call: call.fulfill(body=template, content_type="text/html"))
            page.goto(address)
            page.evaluate("document.fonts.ready")
            kinds = {response.request.resource_type for response in came}
            assert {"document", "stylesheet", "font"} <= kinds, (
                f"{address} came without a part of itself: {kinds}"
            )
            weights = [of_body(response) for response in came if not response.url.startswith("data:")]
        served, gzipped, brotlied = (sum(column) for column in zip(*weights, strict=True))
        return Weight(served, gzipped, brotlied, len(weights))


@pytest.fixture
def scales(browser: Browser) -> Scales:
    return Scales(browser)


def of_body(response: Response) -> tuple[int, int, int]:
    if not response.ok and response.request.resource_type != "document":
        pytest.fail(f"{response.url} answers {response.status}")
    body = response.body()
    encoding = response.headers.get("content-encoding", "")
    served = int(response.headers.get("content-length", len(body))) if encoding else len(body)
    if response.headers.get("content-type", "").startswith("font/"):
        return served, len(body), len(body)  # packed already
    return served, len(gzip.compress(body, 6)), len(brotli.compress(body, quality=5))


# One state of each page; `run.py prove` weighs all.
ONE_OF_EACH = tuple({route.name.partition("-")[0]: route for route in reversed(ROUTES)}.values())


@pytest.mark.timeout(400)
def test_no_first_view_weighs_more_than_100_kb(scales: Scales, still: Still) -> None:
    weigh_all(ONE_OF_EACH, scales, still)


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_no_state_of_a_page_weighs_more_than_100_kb(scales: Scales, still: Still) -> None:
    weigh_all(ROUTES, scales, still)


def weigh_all(routes: tuple[Route, ...], scales: Scales, still: Still) -> None:
    found = {
        route.name: scales.weigh(route.address(still, "fi"), route.text("fi") if route.template else "")
        for route in routes
    }
    print(table(found))
    assert {name: weight.gzip for name, weight in found.items() if weight.gzip > MOST} == {}


@pytest.fixture
def with_tiles(demo_data: Path) -> Iterator[str]:
    with serving("kilauta.site.wsgi", {**surroundings(demo_data), "KILAUTA_TILES_URL": TILES}) as address:
        yield address


def test_the_map_weighs_at_most_160_kb_before_its_tiles(scales: Scales, with_tiles: str) -> None:
    weight = scales.weigh(f"{with_tiles}/kartta/")
    print(table({"map over tiles": weight}))
    assert weight.gzip <= MOST_WITH_MAP


def table(found: dict[str, Weight]) -> str:
    heaviest_first = sorted(found.items(), key=lambda item: -item[1].gzip)
    lines = [f"\n{'first view':28}{'files':>6}{'served':>10}{'gzip':>10}{'brotli':>10}"]
    lines += [
        f"{name:28}{weight.files:6}{weight.served:10}{weight.gzip:10}{weight.brotli:10}"
        for name, weight in heaviest_first
    ]
    return "\n".join(lines)
