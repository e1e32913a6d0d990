"""A page as somebody reads it: its elements and texts, each with the language it is said to be in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Attributes that lead somewhere on the site; the data-… ones are followed by our own scripts.
LEADING = re.compile(r'\s(?:href|src|action|data-near|data-points|data-target)="([^"]*)"')
IDS = re.compile(r'<[^>]*?\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Element:
    tag: str
    attrs: dict[str, str]
    lang: str
    inside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of text, the language it stands in, and the elements around it, the outermost first."""

    text: str
    lang: str
    inside: tuple[str, ...]


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.texts: list[Said] = []
        self.crossed: list[str] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._seen(tag, attrs)
        if tag not in VOID:
            self._open.append((tag, element.lang))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        opened, _lang = self._open.pop() if self._open else ("nothing", "")
        if opened != tag:
            self.crossed.append(f"</{tag}> ends <{opened}>")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(Said(data.strip(), self._lang, tuple(tag for tag, _ in self._open)))

    @property
    def _lang(self) -> str:
        return self._open[-1][1] if self._open else ""

    def _seen(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        given = {name: value or "" for name, value in attrs}
        element = Element(tag, given, given.get("lang", self._lang), tuple(name for name, _ in self._open))
        self.elements.append(element)
        return element


@dataclass(frozen=True)
class Page:
    host: str
    address: str
    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    content: bytes = field(repr=False)

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @cached_property
    def read(self) -> Reader:
        reader = Reader()
        reader.feed(self.content.decode("utf-8"))
        return reader

    def every(self, tag: str) -> list[Element]:
        return [element for element in self.read.elements if element.tag == tag]

    def text_of(self, tag: str) -> list[str]:
        return [said.text for said in self.read.texts if tag in said.inside]

    @property
    def repeated_ids(self) -> list[str]:
        counts = Counter(IDS.findall(self.content.decode("utf-8")))
        return [name for name, times in counts.items() if times > 1]

    @property
    def rings(self) -> set[str]:
        """The numbers that can be rung from here."""
        return {e.attrs["href"] for e in self.every("a") if e.attrs.get("href", "").startswith("tel:")}

    def ways_on(self) -> Iterator[str]:
        """Yield the addresses on this site that the page leads to, without fragments."""
        for found in LEADING.findall(self.content.decode("utf-8")):
            way = self.on_site(unescape(found).partition("#")[0])
            if way:
                yield way

    def on_site(self, way: str) -> str:
        """Return the address on this site that a way leads to ("" when it leads away, or nowhere)."""
        if not way or (way.startswith("/") and not way.startswith("//")):
            return way
        whole = urlsplit(urljoin(f"http://{self.host}{self.address}", way))
        if whole.scheme != "http" or whole.netloc != self.host:
            return ""
        return f"{whole.path}?{whole.query}" if whole.query else whole.path
