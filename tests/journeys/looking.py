"""Eyes on a page: axe, our own checks of what axe does not see, and the ways a page is stretched.

Scripts reach the page through the debugger, so that its Content-Security-Policy stays on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from .routes import Route, Still

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
AXE_VERSION = re.search(r"axe v([\d.]+)", AXE)[1]  # type: ignore[index]
TAGS = (
    *(
        "wcag2a",
        "wcag2aa",
        "wcag2aaa",
        "wcag21a",
        "wcag21aa",
        "wcag21aaa",
        "wcag22a",
        "wcag22aa",
        "wcag22aaa",
    ),
    "best-practice",
)
# axe leaves these out unless they are named.
ALSO = (
    "target-size",
    "color-contrast-enhanced",
    "identical-links-same-purpose",
    "meta-refresh-no-exceptions",
)
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {rule: {"enabled": True} for rule in ALSO},
    "resultTypes": ["violations"],
    "iframes": False,
}
OURS = Path(__file__).with_name("looking.js").read_text(encoding="utf-8")
# Remembers who listens to the pointer, before any script of the page runs.
LISTENING = """
globalThis.listened = new Map();
const told = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, ...rest) {
  if (this instanceof Element && /^(click|dblclick|mousedown|mouseup|pointerdown|pointerup|touchstart|touchend)$/.test(type)) {
    globalThis.listened.set(this, type);
  }
  return told.call(this, type, ...rest);
};
"""
WIDTHS = (320, 360, 1280)
HEIGHT = 740
# Thirty-five letters, without a place to break.
LONG_WORD = "lentokonesuihkuturbiinimoottorihuol"


def listed(faults: list[str]) -> str:
    """Return the faults one below the other, for the message of a test."""
    return "\n".join([f"{len(faults)} faults", *faults])


class Eyes:
    """A page that is led from address to address and looked at."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    @contextmanager
    def opened(cls, browser: Browser) -> Iterator[Eyes]:
        context = browser.new_context(locale="fi-FI", timezone_id="Europe/Helsinki")
        context.add_init_script(LISTENING)
        page = context.new_page()
        yield cls(page)
        context.close()

    def go(self, route: Route, language: str, still: Still) -> None:
        """Open a page, and make sure that it is the page and the state that was meant."""
        address = route.address(still, language)
        if route.template:
            text, address = route.text(language), f"{address}?{route.name}"
            # an address of its own, for good: a browser that stops listening in between may wait for ever
            self.page.route(address, lambda call: call.fulfill(body=text, content_type="text/html"))
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == route.status, f"{address} answers {answer.status}"
        self.prepare()
        assert self.page.locator(route.shows).count(), f"{address} does not show {route.shows}"

    def prepare(self) -> None:
        self.page.evaluate(OURS)
        self.page.evaluate("looking.unfold()")

    def widen(self, width: int, height: int = HEIGHT) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def ask(self, check: str) -> list[str]:
        """Return the faults that one of our own checks finds."""
        return list(self.page.evaluate(f"looking.{check}()"))

    def ask_for(self, change: str) -> None:
        """Have the page changed: `spread`, `enlarge`, `plain`, `lengthen('…')`."""
        self.page.evaluate(f"looking.{change if change.endswith(')') else f'{change}()'}")

    def axe(self) -> list[str]:
        """Return the faults that axe finds."""
        if not self.page.evaluate("'axe' in globalThis"):
            self.page.evaluate(AXE)
        found: list[dict[str, Any]] = self.page.evaluate(
            f"axe.run(document, {json.dumps(OPTIONS)}).then((results) => results.violations)"
        )
        return [
            f"axe {fault['id']}: {' '.join(map(str, node['target']))} {node['html'][:120]}"
            for fault in found
            for node in fault["nodes"]
        ]

    def walk(self) -> list[str]:
        """Go through the page with the tabulator; return what is wrong on the way."""
        for _ in range(self.page.evaluate("looking.watch()")):
            self.page.keyboard.press("Tab")
        return self.ask("walkFaults")

    def enlarge_letters(self, size: int) -> None:
        """Set the size of letters a visitor has chosen in the browser itself; 16 is what it comes with."""
        with_browser = self.page.context.new_cdp_session(self.page)
        with_browser.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
        with_browser.detach()
