"""A list to keep: everything that a search found, as rows for a table and as entries for a leaflet."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from kilauta.domains.directory import choices
from kilauta.domains.directory.logic.facts import ChannelFacts, ServiceFacts
from kilauta.domains.directory.queries import wording
from kilauta.domains.directory.queries.pages import Listed, by_name, listed
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder.logic.facets import bits
from kilauta.lib.words import Words

from .desk_page import Printed, printed
from .offers import offers_of
from .search_page import SearchPage
from .searching import Results

# A leaflet is folded and carried; a longer one is a directory, which the table is for.
MOST_ENTRIES = 60


@dataclass(frozen=True, slots=True)
class Leaflet:
    """Services with what goes on paper, in the order of their providers' names, and the search they come from."""

    entries: tuple[Printed, ...]
    left_out: int
    about: tuple[Words, ...]
    query: str


def query_of(results: Results) -> str:
    """Return the words, place and filters of a search as they stand in an address."""
    asked = {"q": results.understood.written, "paikka": results.where.code, **results.chosen}
    return urlencode({name: value for name, value in asked.items() if value})


def everything(reading: Reading, results: Results) -> list[Listed]:
    """Return the services found, whole, with the ways that were found, by the names of provider and service."""
    offers = offers_of(reading.catalogue, reading.network)
    ways: dict[str, list[ChannelFacts]] = {}
    services: dict[str, ServiceFacts] = {}
    for number in bits(results.mask):
        service, channel = offers.channels[number]
        services[service.id] = service
        ways.setdefault(service.id, []).append(channel)
    found = [
        listed(reading, service, ways[service.id]) for service in by_name(services.values(), reading.lang)
    ]
    places = {
        one.id: number
        for number, one in enumerate(
            by_name({f.organisation.id: f.organisation for f in found}.values(), reading.lang)
        )
    }
    return sorted(found, key=lambda one: places[one.organisation.id])


def leaflet(reading: Reading, results: Results, page: SearchPage) -> Leaflet:
    """Return what a leaflet of a search shows."""
    found = everything(reading, results)
    chosen = tuple(facet.chosen.name for facet in page.facets if facet.chosen)
    return Leaflet(
        entries=tuple(printed(one, most=1) for one in found[:MOST_ENTRIES]),
        left_out=len(found[MOST_ENTRIES:]),
        about=(*((page.place,) if results.where.code else ()), *chosen),
        query=query_of(results),
    )


def headings() -> tuple[str, ...]:
    return (
        _("Who gives support"),
        _("Service"),
        _("Way of help"),
        _("Telephone"),
        _("E-mail"),
        _("Web address"),
        _("Place"),
        _("Street address"),
        _("Postal code"),
        _("Municipality"),
        _("Helps in"),
        _("Open"),
        _("Fee"),
        _("Languages"),
        _("Topics"),
        _("Confirmed on"),
        _("Read more"),
    )


def rows(reading: Reading, found: list[Listed], site: str) -> Iterator[tuple[str, ...]]:
    """Give a row for each way to each service; `site` is what addresses of pages begin with."""
    held, lang = reading.catalogue, reading.lang

    def say(words: Words) -> str:
        return str(words.pick(lang))

    for one in found:
        service = one.service
        languages = ", ".join(say(choices.label("language", code)) for code in sorted(service.language_codes))
        topics = ", ".join(
            say(held.topics[code].name) for code in sorted(service.topics) if code in held.topics
        )
        for way in one.ways:
            channel, place = way.channel, way.place
            yield (
                say(one.organisation.name),
                say(service.name),
                say(choices.label("mode", channel.mode)),
                channel.phone,
                channel.email,
                channel.url or channel.booking_url,
                say(place.name) if place else "",
                place.street if place else "",
                place.postal_code if place else "",
                say(way.municipality.name) if way.municipality else "",
                wording.area(channel, held, reading.network),
                wording.hours_line(channel.schedule, reading.clockwork.today),
                say(choices.label("fee", service.fee)),
                languages,
                topics,
                max((check.verified_on.isoformat() for check in channel.checks), default=""),
                f"{site}{service.address}/",
            )
