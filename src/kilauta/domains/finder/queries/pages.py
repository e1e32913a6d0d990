"""Pages of topics, e-services and municipalities, and the map: the directory seen from what people look for."""

from collections.abc import Iterable
from dataclasses import dataclass

from kilauta.domains.directory.logic.facts import (
    EServiceFacts,
    MunicipalityFacts,
    Named,
    OrganisationFacts,
    PlaceFacts,
    RuleFacts,
    ServiceFacts,
)
from kilauta.domains.directory.logic.status import Status
from kilauta.domains.directory.queries.pages import Listed, by_name, listed, places_of_network
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder.logic.need import Need, Where, Wish
from kilauta.domains.finder.logic.ranking import turn

from .answer_page import Pick, pick
from .answering import answered
from .offers import offers_of

# The page of a municipality shows so many of the services that reach it from elsewhere, others every day.
MOST_REACHING = 8


@dataclass(frozen=True, slots=True)
class ThemeTopics:
    theme: Named
    topics: tuple[tuple[Named, int], ...]


@dataclass(frozen=True, slots=True)
class TopicPage:
    topic: Named
    theme: Named | None
    rule: RuleFacts | None
    first: Pick | None
    services: tuple[Listed, ...]
    eservices: tuple[EServiceFacts, ...]


@dataclass(frozen=True, slots=True)
class EServicePage:
    eservice: EServiceFacts
    owner: OrganisationFacts | None
    own_line: tuple[Listed, ...]
    supporters: tuple[Listed, ...]
    topics: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    municipality: MunicipalityFacts
    places: tuple[tuple[PlaceFacts, Status], ...]
    here: tuple[Listed, ...]
    reaching: tuple[Listed, ...]
    reaching_count: int


@dataclass(frozen=True, slots=True)
class MapPage:
    places: tuple[tuple[MunicipalityFacts, tuple[tuple[PlaceFacts, Status], ...]], ...]


def topics_page(reading: Reading) -> tuple[ThemeTopics, ...]:
    """Return the themes with their topics and how many services the network has for each."""
    held, offers = reading.catalogue, offers_of(reading.catalogue, reading.network)
    counts = {code: offers.layout.count(mask) for code, mask in offers.masks["topic"].items()}
    return tuple(
        ThemeTopics(
            theme, tuple((t, counts.get(t.code, 0)) for t in held.topics.values() if t.group == theme.code)
        )
        for theme in held.themes.values()
    )


def topic_page(reading: Reading, code: str) -> TopicPage | None:
    held = reading.catalogue
    topic = held.topics.get(code)
    if topic is None:
        return None
    found = answered(
        held,
        reading.network,
        need=Need(code, frozenset({code})),
        where=Where(),
        wish=Wish(reader=reading.lang),
        now=reading.now,
    )
    return TopicPage(
        topic=topic,
        theme=held.themes.get(topic.group),
        rule=held.rules.get(code),
        first=pick(reading, found.answer.first) if found.answer.first else None,
        services=_listed(reading, (s for s in _services(reading) if code in s.topics)),
        eservices=by_name((e for e in held.eservices.values() if code in e.topics), reading.lang),
    )


def eservices_page(reading: Reading) -> tuple[EServiceFacts, ...]:
    return by_name(reading.catalogue.eservices.values(), reading.lang)


def eservice_page(reading: Reading, short_id: str) -> EServicePage | None:
    """Return the e-service with its owner's own line first, then who else supports it."""
    held = reading.catalogue
    eservice = held.eservices.get(held.by_short_id["eservice"].get(short_id, ""))
    if eservice is None:
        return None
    helping = [s for s in _services(reading) if eservice.id in s.eservices]
    return EServicePage(
        eservice=eservice,
        owner=held.organisations.get(eservice.owner),
        own_line=_listed(reading, (s for s in helping if eservice.id in s.owned_eservices)),
        supporters=_listed(reading, (s for s in helping if eservice.id not in s.owned_eservices)),
        topics=tuple(held.topics[code] for code in held.topics if code in eservice.topics),
    )


def municipalities_page(reading: Reading) -> tuple[tuple[MunicipalityFacts, int], ...]:
    """Return the network's municipalities and how many services reach each."""
    offers = offers_of(reading.catalogue, reading.network)
    mine = (m for m in reading.catalogue.municipalities.values() if m.code in reading.network.municipalities)
    return tuple(
        (m, offers.layout.count(offers.by_municipality.get(m.code, 0))) for m in by_name(mine, reading.lang)
    )


def municipality_page(reading: Reading, code: str) -> MunicipalityPage | None:
    """Return a municipality with what is given in it and what reaches it from elsewhere."""
    held = reading.catalogue
    municipality = held.municipalities.get(code)
    if municipality is None:
        return None
    here: dict[str, ServiceFacts] = {}
    reaching: dict[str, ServiceFacts] = {}
    for service in held.services.values():
        for channel in service.channels:
            place = held.places.get(channel.place)
            if place and place.municipality == code:
                here[service.id] = service
            elif channel.serves(code):
                reaching[service.id] = service
    places = by_name((p for p in held.places.values() if p.municipality == code), reading.lang)
    others = [service for key, service in reaching.items() if key not in here]
    first = sorted(others, key=lambda s: turn(s.id, reading.clockwork.today))[:MOST_REACHING]
    return MunicipalityPage(
        municipality=municipality,
        places=tuple((place, reading.clockwork.place(place)) for place in places),
        here=_listed(reading, here.values()),
        reaching=_listed(reading, first),
        reaching_count=len(others),
    )


def map_page(reading: Reading) -> MapPage:
    held = reading.catalogue
    places = places_of_network(reading)
    mine = by_name((held.municipalities[code] for code in reading.network.municipalities), reading.lang)
    return MapPage(
        tuple(
            (m, tuple((p, reading.clockwork.place(p)) for p in places if p.municipality == m.code))
            for m in mine
        )
    )


def _services(reading: Reading) -> Iterable[ServiceFacts]:
    return offers_of(reading.catalogue, reading.network).services


def _listed(reading: Reading, services: Iterable[ServiceFacts]) -> tuple[Listed, ...]:
    return tuple(listed(reading, service) for service in by_name(services, reading.lang))
