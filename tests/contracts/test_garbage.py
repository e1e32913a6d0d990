"""Whatever somebody puts into an address, the site answers with a page, and the page has a number to ring."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kilauta.domains.finder.queries.offers import FACETS
from tests.cast import KAINUU, LINES

from .reading import Page
from .walking import routes, visitor

PATTERNS = sorted(route.name for route in routes() if route.arguments)
PARAMETERS = [*FACETS, "q", "paikka", "sivu", "tapa", "kieli", "kenelle", "topic__in", "order_by", "next"]
# Pieces of addresses that mean something, beside any text at all.
KNOWN = [
    "puhelin",
    "a-laite",
    "290",
    "290-kuhmo",
    "missa-vain",
    "a4",
    "kainuu",
    "0",
    "-1",
    "9999999999",
    "¹",
    "٣",
]

anything = st.text(max_size=120)
pieces = st.one_of(st.sampled_from(KNOWN), anything)
slugs = st.one_of(st.sampled_from(KNOWN), st.from_regex(r"[-a-zA-Z0-9_]{1,80}", fullmatch=True))
queries = st.lists(st.tuples(st.one_of(st.sampled_from(PARAMETERS), anything), pieces), max_size=5)
languages = st.sampled_from(["", "/sv", "/en"])
patiently = settings(
    max_examples=105, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def visit(address: str) -> Page:
    """Go to an address and wherever it sends one; what the server does not catch is raised here."""
    response = visitor(KAINUU).get(address, follow=True)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return Page(KAINUU, address, response.status_code, dict(response.headers), (), content)


def is_answered(page: Page) -> bool:
    """A page is found or said to be missing; either way somebody can be rung."""
    return page.status in {200, 404} and (not page.is_html or LINES[KAINUU] in page.rings)


@patiently
@given(
    name=st.sampled_from(PATTERNS),
    language=languages,
    parts=st.lists(slugs, min_size=2, max_size=2),
    query=queries,
)
def test_unknown_names_in_an_address_are_answered(
    name: str, language: str, parts: list[str], query: list
) -> None:
    route = next(route for route in routes() if route.name == name)
    try:
        path = reverse(name, args=parts[: len(route.arguments)])
    except NoReverseMatch:
        return  # such an address is nobody's; the next test goes to those
    assert is_answered(visit(f"{language if route.in_languages else ''}{path}?{urlencode(query)}"))


@patiently
@given(
    language=languages, parts=st.lists(pieces, max_size=4), tail=st.sampled_from(["", "/", ".pdf", ".json"])
)
@example("", ["kilauta", "\0", "\n"], "/")
@example("/sv", ["..", "..", "etc", "passwd"], "")
@example("", ["", "puhelin", "", "["], "/")
def test_any_text_in_an_address_is_answered(language: str, parts: list[str], tail: str) -> None:
    path = "/".join(quote(part.encode("utf-8", "surrogatepass"), safe="") for part in parts)
    assert is_answered(visit(f"{language}/{path}{tail}"))


@patiently
@given(
    path=st.sampled_from(
        ["/haku/", "/kilauta/", "/kilauta/puhelin/290-kuhmo/", "/palvelut/", "/", "/kartta/"]
    ),
    language=languages,
    query=queries,
)
@example("/haku/", "", [("q", "\0"), ("topic", "\0"), ("paikka", "\0")])
@example("/haku/", "", [("q", '" OR 1=1 -- <script>alert(1)</script>')])
@example("/haku/", "", [("q", "'*:&|!()<->"), ("sivu", "²")])
@example("/haku/", "", [("q", "ä" * 5000)])
@example("/palvelut/", "", [("sivu", "1e9")])
def test_any_text_in_a_query_is_answered(path: str, language: str, query: list[tuple[str, str]]) -> None:
    page = visit(f"{language}{path}?{urlencode(query, errors='replace')}")
    assert is_answered(page)
    assert page.status == 200


@pytest.mark.parametrize(
    "raw", ["%", "%%", "%ff%fe", "%C0%AE", "%00", "%u0041", "+", "&&=;", "q=%ff&q=%00", "q" * 4000]
)
def test_broken_bytes_in_a_query_are_answered(raw: str) -> None:
    for path in ("/haku/", "/kilauta/", "/antajat/"):
        assert visit(f"{path}?{raw}").status == 200


@pytest.mark.parametrize(
    "raw", ["/%ff/", "/haku/%C0%AE/", "/palvelut/%00/", "/sv/%e2%28%a1/", "//", "/%2e%2e/", "/haku"]
)
def test_broken_bytes_in_an_address_are_answered(raw: str) -> None:
    assert is_answered(visit(raw))


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "testserver.evil.example", "", "a b", "[::1"]
)
def test_a_host_that_is_not_ours_gets_a_plain_page_and_no_trace(host: str) -> None:
    response = visitor(KAINUU).get("/", headers={"host": host})
    page = Page(
        KAINUU, "/", response.status_code, dict(response.headers), tuple(response.cookies), response.content
    )
    assert (page.status, len(page.every("h1")), page.cookies) == (400, 1, ())
    assert b"Traceback" not in page.content


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "'-alert(1)-'"]
)
def test_what_a_visitor_types_is_shown_as_text(words: str) -> None:
    page = visit(f"/haku/?{urlencode({'q': words, 'topic': words, 'paikka': words})}")
    assert [e for e in page.read.elements if e.tag == "img" or "onerror" in e.attrs] == []
    assert [said for said in page.read.texts if "script" in said.inside] == []
