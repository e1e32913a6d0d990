"""What every page promises, whoever made it: parametrised over the URLconf, so a new page is held to it at once."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from tests.cast import KAINUU, LINES

from .reading import Page
from .walking import Route, routes, samples, visitor, walk

POLICY = {
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
}
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), accelerometer=(), gyroscope=(), "
        "magnetometer=(), midi=(), fullscreen=(), display-capture=()"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# Addresses that no page leads to here: a style sheet that only networks with a colour of their own have, and the
# receipt of a form that somebody has sent.
ELSEWHERE = {"look", "communications:received"}
EVERY = [
    pytest.param(route, language, id=f"{route.name}-{language}")
    for route in routes()
    for language in route.languages
    if route.name not in ELSEWHERE
]
# What the language of a page cannot change.
ONCE = pytest.mark.parametrize(
    "route", [r for r in routes() if r.name not in ELSEWHERE], ids=lambda r: r.name
)
every_page = pytest.mark.parametrize(("route", "language"), EVERY)


def kept(page: Page) -> dict[str, str]:
    return {name: page.headers.get(name, "") for name in HEADERS}


@every_page
def test_a_page_answers_and_is_safe_to_hold(route: Route, language: str) -> None:
    pages = samples(route, language)
    assert pages != [], (
        "No walk from the front page comes here; link the page, or say in walking.py who asks for it."
    )
    for page in pages:
        assert (page.address, page.status) == (page.address, 200)
        assert (page.address, page.cookies) == (page.address, ())
        assert {part.strip() for part in page.headers["Content-Security-Policy"].split(";")} == POLICY
        assert kept(page) == HEADERS


@every_page
def test_a_page_has_a_title_a_language_one_heading_and_a_number_to_ring(route: Route, language: str) -> None:
    for page in samples(route, language):
        if page.is_html:
            html, *others = page.every("html")
            assert (html.attrs.get("lang"), others) == (language, [])
            assert len(page.every("h1")) == 1, page.address
            (title,) = [said.text for said in page.read.texts if said.inside[-2:] == ("head", "title")]
            assert re.search(r"\w{3}.* – \w{3}", title), f"{page.address}: {title}"
            assert LINES[KAINUU] in page.rings, page.address
            assert page.read.crossed == []


@every_page
def test_nothing_on_a_page_runs_or_styles_in_place_and_no_id_is_there_twice(
    route: Route, language: str
) -> None:
    for page in samples(route, language):
        if page.is_html:
            assert in_place(page) == []
            assert page.repeated_ids == []


def in_place(page: Page) -> list[str]:
    found = []
    for element in page.read.elements:
        found += [
            f"{element.tag} {name}" for name in element.attrs if name == "style" or name.startswith("on")
        ]
        found += [
            value for value in element.attrs.values() if value.strip().lower().startswith("javascript:")
        ]
        script = element.tag == "script" and "src" not in element.attrs
        if element.tag == "style" or (script and element.attrs.get("type") != "application/ld+json"):
            found.append(element.tag)
    return found


@every_page
def test_what_a_page_refers_to_by_id_is_on_it(route: Route, language: str) -> None:
    for page in samples(route, language):
        if page.is_html:
            ids = {element.attrs.get("id") for element in page.read.elements}
            named = {
                name
                for element in page.read.elements
                for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
                for name in element.attrs.get(attribute, "").split()
            }
            inside = {e.attrs["href"][1:] for e in page.every("a") if e.attrs.get("href", "").startswith("#")}
            assert (page.address, (named | inside) - ids) == (page.address, set())


@ONCE
def test_head_answers_as_get_does_without_a_body(route: Route) -> None:
    page = samples(route, "fi")[0]
    head = visitor(KAINUU).head(page.address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == page.headers["Content-Type"]


@ONCE
def test_a_page_that_is_only_read_refuses_everything_else(route: Route) -> None:
    address = samples(route, "fi")[0].address
    verbs = ("post", "put", "patch", "delete")
    answers = {verb: getattr(visitor(KAINUU), verb)(address).status_code for verb in verbs}
    # the visitor's door takes a form from a page of ours, and this one comes from nowhere
    door = {"post": 403} if getattr(resolve(urlsplit(address).path).func, "csrf_exempt", False) else {}
    assert answers == dict.fromkeys(answers, 405) | door


def test_every_page_of_the_walk_has_one_heading_a_number_to_ring_and_no_id_twice() -> None:
    html = [page for page in walk().pages.values() if page.is_html]
    assert [page.address for page in html if page.content.count(b"<h1") != 1] == []
    assert [page.address for page in html if LINES[KAINUU].encode() not in page.content] == []
    assert [page.address for page in html if page.repeated_ids] == []


def test_a_network_with_a_colour_of_its_own_has_it_in_a_style_sheet() -> None:
    sheet = visitor(KAINUU).get("/look/kaakko.css")
    assert (sheet.status_code, sheet.headers["Content-Type"]) == (200, "text/css")
    assert sheet.content == b":root { --accent: #5B2A6E; }\n"
