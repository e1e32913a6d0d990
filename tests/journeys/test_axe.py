"""No fault of accessibility, on any page, in any state, at any width, in any language."""

from __future__ import annotations

import pytest

from .looking import WIDTHS, Eyes, listed
from .routes import Route, Still, for_every_page, for_every_route


@for_every_route
def test_a_page_has_no_fault(route: Route, language: str, eyes: Eyes, still: Still) -> None:
    """The usual run looks at the Finnish pages at the narrowest, `run.py prove` at all of them at every width."""
    look(route, language, WIDTHS[:1], eyes, still)


@pytest.mark.prove
@for_every_page
def test_a_page_has_no_fault_at_any_width(route: Route, language: str, eyes: Eyes, still: Still) -> None:
    look(route, language, WIDTHS, eyes, still)


def look(route: Route, language: str, widths: tuple[int, ...], eyes: Eyes, still: Still) -> None:
    eyes.go(route, language, still)
    faults = []
    for width in widths:
        eyes.widen(width)
        faults += [f"{width} px: {fault}" for fault in (*eyes.axe(), *eyes.ask("own"))]
    assert not faults, listed(faults)


@for_every_route
def test_the_keyboard_goes_through_the_page(route: Route, language: str, eyes: Eyes, still: Still) -> None:
    eyes.widen(320)
    eyes.go(route, language, still)
    faults = eyes.walk()
    assert not faults, listed(faults)
