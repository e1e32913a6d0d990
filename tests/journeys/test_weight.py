"""What the first view of a page weighs on the way: the page, its style, scripts, letters and pictures."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

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


def weigh(browser: Browser, address: str, route: Route | None = None) -> Weight:
    """Open the address as one who was never here, and weigh everything that came, headers left out."""
    context = browser.new_context(locale="fi-FI", viewport={"width": 360, "height": 740})
    page = context.new_page()
    came: list[Response] = []
    page.on("response", lambda response: came.append(response))  # noqa: PLW0108 -- Playwright marks what it calls
    if route and route.template:
        text = route.text("fi")
        page.route(address, lambda call: call.fulfill(body=text, content_type="text/html"), times=1)
    page.goto(address, wait_until="networkidle")
    weights = [of_body(response) for response in came if not response.url.startswith("data:")]
    context.close()
    return Weight(*(sum(column) for column in zip(*weights, strict=True)), len(weights))  # type: ignore[arg-type]


def of_body(response: Response) -> tuple[int, int, int]:
    if not response.ok and response.request.resource_type != "document":
        pytest.fail(f"{response.url} answers {response.status}")
    body = response.body()
    encoding = response.headers.get("content-encoding", "")
    served = int(response.headers.get("content-length", len(body))) if encoding else len(body)
    if response.headers.get("content-type", "").startswith("font/"):
        return served, len(body), len(body)  # packed already
    return served, len(gzip.compress(body, 6)), len(brotli.compress(body, quality=5))


def test_no_first_view_weighs_more_than_100_kb(browser: Browser, still: Still) -> None:
    found = {route.name: weigh(browser, route.address(still, "fi"), route) for route in ROUTES}
    print(table(found))
    assert {name: weight.gzip for name, weight in found.items() if weight.gzip > MOST} == {}


@pytest.fixture
def with_tiles(demo_data: object) -> object:
    around = {**surroundings(demo_data), "KILAUTA_TILES_URL": TILES}  # type: ignore[arg-type]
    with serving("kilauta.site.wsgi", around) as address:
        yield address


def test_the_map_weighs_at_most_160_kb_before_its_tiles(browser: Browser, with_tiles: str) -> None:
    weight = weigh(browser, f"{with_tiles}/kartta/")
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
