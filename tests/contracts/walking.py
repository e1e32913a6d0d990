"""The whole public site: which addresses there are, and each page read once for all contracts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse, translate_url
from django.utils import translation

from tests.cast import KAINUU, LANGUAGES, Visitor

from .reading import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

# Nothing links to these; they are asked for by their names.
UNLINKED = ("alive", "ready", "robots", "sitemap", "gallery", "events:linked")
# How many addresses of one shape a walk visits; the shape is the route and the names of its query parameters.
MANY, FEW, ONE = 60, 2, 1
# A thousand answers and a sheet of PDF for each village say nothing new; `prove` walks them all.
LIMITS = {
    "finder:answer": 30,
    "finder:choose-place": 20,
    "finder:card": 20,
    "finder:card-pdf": 4,
    "directory:provider-card": 4,
    "directory:error": 6,
    "directory:claim": 4,
    "booking:days": 6,
    "booking:book": 4,
    "booking:wait": 2,
    "guidance:feedback-of": 4,
    "events:leaflet": 4,
    "events:poster": 2,
    "events:event-calendar": 4,
    "selko:answer": 10,
    "selko:card": 10,
}
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Route:
    """A pattern of the URLconf."""

    name: str
    arguments: tuple[str, ...]
    in_languages: bool

    @property
    def languages(self) -> tuple[str, ...]:
        return LANGUAGES if self.in_languages else ("fi",)


@cache
def routes() -> tuple[Route, ...]:
    """Return every route that stands open to everybody.

    Those behind a door have a table of who may what (tests/site/test_doors.py); a personal link opens for its token only.
    """
    every = _routes(get_resolver().url_patterns, "", (), in_languages=False)
    return tuple(route for route in every if "token" not in route.arguments)


def _routes(
    patterns: list[URLPattern | URLResolver], space: str, above: tuple[str, ...], *, in_languages: bool
) -> Iterator[Route]:
    for each in patterns:
        arguments = (*above, *each.pattern.converters)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            prefixed = type(each.pattern).__name__ == "LocalePrefixPattern"
            yield from _routes(each.url_patterns, inner, arguments, in_languages=in_languages or prefixed)
        elif getattr(each.callback, "door", "") == "public":
            yield Route(f"{space}{each.name}", arguments, in_languages)


@cache
def visitor(host: str) -> Visitor:
    return Visitor(host)


@cache
def page(address: str, host: str = KAINUU) -> Page:
    """Return the page at an address, read once: it is the same for every contract."""
    response = visitor(host).get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return Page(host, address, response.status_code, dict(response.headers), tuple(response.cookies), content)


def route_of(address: str) -> str:
    """Return the name of the route that answers at an address ("" when none does)."""
    path = urlsplit(address).path
    with translation.override(translation.get_language_from_path(path) or "fi"):
        try:
            return resolve(path).view_name
        except Resolver404:
            return ""


def is_shut(address: str) -> bool:
    """Return whether a door of the rooms stands there."""
    try:
        return getattr(resolve(urlsplit(address).path).func, "door", "public") != "public"
    except Resolver404:
        return False


@dataclass
class Walk:
    host: str
    limit: int
    limits: dict[str, int]
    pages: dict[str, Page] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    shapes: Counter[tuple[str, tuple[str, ...]]] = field(default_factory=Counter)

    def go(self) -> Walk:
        waiting = ["/", *(reverse(name) for name in UNLINKED)]
        self.seen.update(waiting)
        while waiting:
            address = waiting.pop(0)
            here = self.pages[address] = page(address, self.host)
            if here.is_html:
                for way in here.ways_on():
                    if way not in self.seen:
                        self.seen.add(way)
                        if self.is_worth(way):
                            waiting.append(way)
        return self

    def is_worth(self, address: str) -> bool:
        if address.startswith(("/sv/", "/en/")):
            return False  # the same pages once more
        if is_shut(address):
            return False  # a stranger is asked to sign in: tests/site/test_doors.py
        parts = urlsplit(address)
        names = tuple(sorted({name for name, _value in parse_qsl(parts.query, keep_blank_values=True)}))
        shape = (route_of(address) or parts.path, names)
        self.shapes[shape] += 1
        most = (self.limits.get(shape[0], self.limit), FEW, ONE, 0)[min(len(names), 3)]
        return self.shapes[shape] <= min(most, self.limit)

    def by_route(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for address in self.pages:
            found[route_of(address)].append(address)
        return found

    def samples(self, route: str) -> list[str]:
        """Return a few addresses of a route: first, middle, last."""
        addresses = self.by_route()[route]
        chosen = {0, len(addresses) // 2, len(addresses) - 1}
        return [addresses[number] for number in sorted(chosen) if 0 <= number < len(addresses)]


@cache
def walk(host: str = KAINUU, limit: int = MANY) -> Walk:
    return Walk(host, limit, LIMITS).go()


def in_language(address: str, language: str) -> str:
    with translation.override("fi"):
        whole = translate_url(f"http://{KAINUU}{address}", language)
    return whole.removeprefix(f"http://{KAINUU}")


def samples(route: Route, language: str) -> list[Page]:
    """Return a few pages of a route in a language."""
    chosen = walk().samples(route.name)
    return [page(in_language(address, language)) for address in (chosen if language == "fi" else chosen[:2])]
