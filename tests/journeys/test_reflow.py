"""Nothing runs out of the page: on the narrowest screen, with larger letters, wider spaces, longer words."""

from __future__ import annotations

import pytest

from .looking import LONG_WORD, Eyes, listed
from .routes import Route, Still, for_every_page, for_every_route


@for_every_route
def test_a_page_fits(route: Route, language: str, eyes: Eyes, still: Still) -> None:
    stretch(route, language, eyes, still, sizes=(32,))


@pytest.mark.prove
@for_every_page
def test_a_page_fits_in_every_language(route: Route, language: str, eyes: Eyes, still: Still) -> None:
    stretch(route, language, eyes, still, sizes=(21, 24, 32))


def stretch(route: Route, language: str, eyes: Eyes, still: Still, *, sizes: tuple[int, ...]) -> None:
    eyes.widen(320)
    eyes.go(route, language, still)
    faults: list[str] = []

    def look(how: str) -> None:
        found = [*eyes.ask("overflow"), *eyes.ask("spilling"), *eyes.ask("brokenNumbers")]
        faults.extend(f"{how}: {fault}" for fault in found)

    look("320 px")
    eyes.ask_for("spread")
    look("320 px, spaces of WCAG 1.4.12")
    eyes.ask_for("plain")
    eyes.ask_for("enlarge")
    look("320 px, letters of 200 %")
    eyes.widen(1280)
    look("1280 px, letters of 200 %")
    eyes.ask_for("plain")
    for size in sizes:
        eyes.enlarge_letters(size)
        eyes.widen(320)
        look(f"320 px, letters of the browser {size} px")
        eyes.widen(1280)
        look(f"1280 px, letters of the browser {size} px")
    eyes.enlarge_letters(16)
    eyes.widen(640, 320)
    look("telephone on its side")
    eyes.widen(320)
    eyes.ask_for(f"lengthen({LONG_WORD!r})")
    look("320 px, words of 35 letters")
    eyes.ask_for("spread")
    look("320 px, words of 35 letters, spaces of WCAG 1.4.12")
    eyes.widen(256)
    eyes.ask_for("plain")
    beyond = eyes.ask("overflow")
    print(f"{route.name} at 256 px: {beyond[0] if beyond else 'fits, with words of 35 letters'}")
    assert not faults, listed(faults)
