"""Nothing is left on a visitor's device, and nobody else is told: no cookie, no storage, no other machine asked.

The usual run follows the links to one page of every kind, in whichever language it meets it first; `run.py prove`
follows all of them in each language.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from .looking import listed

STARTS = ("/", "/sv/", "/en/", "/selko/", "/komponentit/")
# More filters at once lead to the same page with other numbers.
MOST_FILTERS = 1
# What is opened by another program, not by the browser.
FILES = (".pdf", ".json", ".xml", ".csv", ".xlsx", ".ics", "/syote/")
WATCHING = """
globalThis.violated = [];
document.addEventListener("securitypolicyviolation", (event) => {
  globalThis.violated.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
LEFT_BEHIND = """async () => ({
  "cookies": document.cookie ? document.cookie.split(";").length : 0,
  "local storage": localStorage.length,
  "session storage": sessionStorage.length,
  "databases": (await indexedDB.databases()).length,
  "caches": (await caches.keys()).length,
  "workers": (await navigator.serviceWorker.getRegistrations()).length,
})"""
LINKS = """() => [...document.querySelectorAll("a[href]")].map((link) =>
  ({ to: new URL(link.getAttribute("href"), document.baseURI).href, rel: link.getAttribute("rel") || "", target: link.getAttribute("target") }))"""


@dataclass
class Watch:
    """Follows one browser and writes down whatever should not be."""

    context: BrowserContext
    origin: str
    page: Page = field(init=False)
    faults: list[str] = field(default_factory=list)
    seen: int = 0

    def __post_init__(self) -> None:
        self.context.add_init_script(WATCHING)
        self.page = self.context.new_page()
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self._note(f"a script fails: {error}"))
        self.page.on("websocket", lambda socket: self._note(f"a socket to {socket.url}"))

    def open(self, path: str) -> list[str]:
        """Open a page of the site, look at what it leaves behind, and return where its links lead."""
        self.seen += 1
        answer = self.page.goto(self.origin + path)
        if answer is None or not answer.ok:
            self._note(f"answers {answer and answer.status}", path)
        for violation in self.page.evaluate("globalThis.violated"):
            self._note(f"breaks its own policy: {violation}")
        for what, number in self.page.evaluate(LEFT_BEHIND).items():
            if number:
                self._note(f"{what}: {number}")
        for cookie in self.context.cookies():
            self._note(f"cookie {cookie['name']}")
        return list(self._links())

    def _links(self) -> Iterator[str]:
        for link in self.page.evaluate(LINKS):
            parts = urlsplit(link["to"])
            if parts.scheme not in {"http", "https"}:
                continue
            if f"{parts.scheme}://{parts.netloc}" != self.origin:
                if "noreferrer" not in link["rel"].split():
                    self._note(f"a link that tells where one comes from: {link['to']}")
                continue
            if link["target"]:
                self._note(f"a link that opens a window of its own: {link['to']}")
            yield parts._replace(fragment="", scheme="", netloc="").geturl()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:")):
            self._note(f"asks another machine: {request.url}")

    def _answered(self, response: Response) -> None:
        if "set-cookie" in response.headers:
            self._note(f"{response.url} sets a cookie")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._note(f"console: {message.text}")

    def _note(self, fault: str, path: str = "") -> None:
        self.faults.append(f"{path or urlsplit(self.page.url).path}: {fault}")


DOORS = re.compile(r"^(?:/sv|/en)?/(?:tyopoyta|koordinointi)/")


@pytest.fixture
def watch(browser: Browser, live: str) -> Iterator[Watch]:
    context = browser.new_context(locale="fi-FI", viewport={"width": 360, "height": 740})
    yield Watch(context, live)
    context.close()


@pytest.mark.timeout(400)
def test_one_page_of_every_kind_leaves_nothing_behind(watch: Watch) -> None:
    crawl(watch, everything=False)


@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_no_page_leaves_anything_behind(watch: Watch) -> None:
    crawl(watch, everything=True)


def crawl(watch: Watch, *, everything: bool) -> None:
    """Follow the links from the first pages, to all pages or one of each kind, and see that nothing was left anywhere."""
    waiting = deque(STARTS)
    known = set(STARTS)
    kinds: set[str] = set()
    while waiting:
        path = waiting.popleft()
        if path.partition("?")[0].endswith(FILES):
            answer = watch.context.request.get(watch.origin + path)
            if not answer.ok or "set-cookie" in answer.headers:
                watch.faults.append(f"{path}: answers {answer.status} {answer.headers.get('set-cookie', '')}")
            continue
        for link in (urljoin(path, address) for address in watch.open(path)):
            # behind a door somebody signs in, and a session is what they want
            if DOORS.match(link) or link in known or len(parse_qsl(urlsplit(link).query)) > MOST_FILTERS:
                continue
            known.add(link)
            if everything or kind_of(link) not in kinds:
                kinds.add(kind_of(link))
                waiting.append(link)
    assert watch.seen > 60, "the crawl ended before it began"
    assert not watch.faults, listed(sorted(set(watch.faults)))


def kind_of(path: str) -> str:
    """Return what pages made by the same lines of code have in common: `/kilauta/*/*/?tapa`."""
    parts = urlsplit(path)
    easy, first, rest = re.fullmatch(r"(?:/sv|/en)?(/selko|)(/[\w-]*/?)(.*)", parts.path).groups()  # type: ignore[union-attr]
    depth = "*/" * rest.strip("/").count("/") + ("*" if rest else "") + rest[-5:] * rest.endswith(FILES)
    names = sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return f"{easy}{first}{depth}?{'&'.join(names)}"
