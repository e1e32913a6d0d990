"""What an organisation is told about its own entries: the same numbers as the office's, hidden by the same rule."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kilauta.domains.directory.queries import Catalogue
from kilauta.domains.directory.queries.catalogue import catalogue
from kilauta.domains.finder.logic.periods import Month, last_over
from kilauta.lib.words import Words
from kilauta.lib.zone import local

from . import figures
from .figures import Told
from .searched import Row, month_name

MONTHS = 3


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """The last months that are over, oldest first: numbers by month, and the pages with what they have in all."""

    months: tuple[str, ...]
    rows: tuple[Row, ...]
    pages: tuple[tuple[Words, int], ...]


def own_figures(organisation: str, *, network: str, now: datetime) -> OwnFigures | None:
    """Return the numbers of an organisation's public entries in a network; None if it has none."""
    held = catalogue()
    if organisation not in held.organisations:
        return None
    newest = last_over(local(now).date())
    months = tuple(newest.later(step) for step in range(1 - MONTHS, 1))
    channels = {
        channel.id for service in held.services_of.get(organisation, ()) for channel in service.channels
    }
    named = _pages(held, organisation)
    opened = figures.pages(network, months)[1]
    measured = (
        (_("Our pages were opened"), opened, frozenset(named)),
        (_("We stood first in an answer"), figures.chosen(network, months, "answer"), channels),
        (_("Our number was tapped"), figures.chosen(network, months, "call"), channels | {organisation}),
    )
    rows = tuple(
        Row(name, tuple(_sum(told, month, keys) for month in months)) for name, told, keys in measured
    )
    pages = tuple((named[key], number) for key, number in opened.all() if key in named)
    return OwnFigures(tuple(month_name(month) for month in months), rows, pages)


def _sum(told: Told, month: Month, keys: frozenset[str] | set[str]) -> int | None:
    numbers = [number for key, number in told.months.get(month, {}).items() if key in keys]
    return sum(numbers) if numbers else None


def _pages(held: Catalogue, organisation: str) -> dict[str, Words]:
    """Return the names of the organisation's pages, by kind of page and short id."""
    services = held.services_of.get(organisation, ())
    places = [each for each in held.places.values() if each.host == organisation]
    own = held.organisations[organisation]
    return {
        _key("provider", own.address): own.name,
        **{_key("service", each.address): each.name for each in services},
        **{_key("place", each.address): each.name for each in places},
    }


def _key(kind: str, address: str) -> str:
    return f"{kind} {address.split('-', 1)[0]}"
