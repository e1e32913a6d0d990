"""Notices in words stand beside the state of an entry on their days, wherever that state is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from kilauta.domains.directory import operations
from kilauta.domains.directory.queries import catalogue
from kilauta.lib.words import Words
from tests.cast import Visitor
from tests.domains.directory.keeping import Helper, by, helper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

WEEK = {"from_on": date(2026, 11, 23), "until_on": date(2026, 11, 29)}
SAID = "Zuusi ovi (23.11.2026–29.11.2026)"


@pytest.fixture
def held() -> Helper:
    return helper()


def noticed(thing: Any, *, closes: bool = False) -> None:
    operations.add_notice(thing, Words("Zuusi ovi"), closes=closes, **WEEK, **by())


def pages(held: Helper) -> dict[str, str]:
    """Return where an entry is shown, by the name of the page."""
    facts = catalogue()
    service = facts.services[str(held.service.pk)].address
    return {
        "service": reverse("directory:service", args=[service]),
        "adviser": reverse("finder:desk-entry", args=[service]),
        "desk": "/tiski/?q=palvelu",
        "search": "/haku/?q=palvelu",
        "place": reverse("directory:place", args=[facts.places[str(held.place.pk)].address]),
        "provider": reverse("directory:provider", args=[facts.organisations[str(held.giver.pk)].address]),
    }


def shown(held: Helper, day: int = 24) -> set[str]:
    """Return the pages that show the notice on a day of November."""
    with time_machine.travel(datetime(2026, 11, day, 10, tzinfo=UTC), tick=False):
        return {name for name, page in pages(held).items() if SAID in text(page)}


def text(page: str) -> str:
    found = BeautifulSoup(Visitor().get(page).content, "html.parser").main
    assert found is not None
    return found.get_text("").replace("\u00ad", "")


@pytest.mark.parametrize(
    ("owner", "where"),
    [
        ("giver", {"service", "adviser", "desk", "search", "place", "provider"}),
        ("service", {"service", "adviser", "desk", "search", "place", "provider"}),
        ("line", {"service", "adviser", "desk", "search", "provider"}),
        ("desk", {"service", "adviser", "place"}),
        ("place", {"service", "adviser", "place"}),
    ],
)
def test_a_notice_stands_wherever_the_state_does(held: Helper, owner: str, where: set[str]) -> None:
    noticed(getattr(held, owner))
    assert shown(held) == where


def test_it_begins_and_ends_by_itself(held: Helper) -> None:
    noticed(held.line)
    assert [bool(shown(held, day)) for day in (22, 23, 29, 30)] == [False, True, True, False]


def test_an_organisation_that_is_closed_gives_no_help_meanwhile(held: Helper) -> None:
    noticed(held.giver, closes=True)
    line = catalogue().channels[str(held.line.pk)]
    assert [line.closed_on(date(2026, 11, day)) for day in (22, 23, 29, 30)] == [False, True, True, False]
    assert shown(held) == {"provider"}
