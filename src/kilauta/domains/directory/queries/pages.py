"""What each public page of the directory shows, resolved: templates only write it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from kilauta.domains.directory.logic.facts import (
    FAMILIES,
    ChannelFacts,
    EServiceFacts,
    MunicipalityFacts,
    Named,
    OrganisationFacts,
    PlaceFacts,
    ServiceFacts,
    lineage,
)
from kilauta.domains.directory.logic.status import Status
from kilauta.lib.text import sort_key
from kilauta.lib.words import Words

from .reading import Reading


class HasName(Protocol):
    @property
    def name(self) -> Words: ...


T = TypeVar("T", bound=HasName)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to get one service, as shown in a list of ways."""

    channel: ChannelFacts
    status: Status
    place: PlaceFacts | None
    municipality: MunicipalityFacts | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A service in a list: who gives it, its ways, the numbers to ring."""

    service: ServiceFacts
    organisation: OrganisationFacts
    ways: tuple[Way, ...]

    @property
    def best(self) -> Way | None:
        """The way to show in one line: one with a number that helps now, else one with a number, else any."""
        with_phone = [way for way in self.ways if way.channel.phone]
        return next(
            (way for way in with_phone if way.status.helps_now), next(iter(with_phone or self.ways), None)
        )


@dataclass(frozen=True, slots=True)
class ServicePage:
    listed: Listed
    topics: tuple[Named, ...]
    eservices: tuple[EServiceFacts, ...]
    limits: tuple[Named, ...]
    devices: tuple[Named, ...]
    audiences_only: tuple[Named, ...]
    audiences_also: tuple[Named, ...]
    roles: tuple[tuple[str, OrganisationFacts], ...]


@dataclass(frozen=True, slots=True)
class ProviderPage:
    organisation: OrganisationFacts
    parents: tuple[OrganisationFacts, ...]
    units: tuple[OrganisationFacts, ...]
    services: tuple[Listed, ...]
    places: tuple[PlaceFacts, ...]
    eservices: tuple[EServiceFacts, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    place: PlaceFacts
    host: OrganisationFacts | None
    municipality: MunicipalityFacts
    status: Status
    services: tuple[Listed, ...]


def way(reading: Reading, channel: ChannelFacts) -> Way:
    held = reading.catalogue
    place = held.places.get(channel.place)
    return Way(
        channel=channel,
        status=reading.clockwork.channel(channel),
        place=place,
        municipality=held.municipalities.get(place.municipality) if place else None,
    )


def listed(reading: Reading, service: ServiceFacts, channels: Iterable[ChannelFacts] | None = None) -> Listed:
    """Return the service for a list; with only the given channels when they are given."""
    ways = tuple(way(reading, channel) for channel in (service.channels if channels is None else channels))
    ordered = sorted(ways, key=lambda w: (FAMILIES.index(w.channel.family), w.channel.external_id))
    return Listed(service, reading.catalogue.organisations[service.organisation], tuple(ordered))


_sort_key = lru_cache(maxsize=65536)(sort_key)


def by_name(things: Iterable[T], lang: str) -> tuple[T, ...]:
    """Return named things in the order of the reader's alphabet."""
    return tuple(sorted(things, key=lambda thing: _sort_key(str(thing.name.pick(lang)), lang)))


def service_page(reading: Reading, short_id: str) -> ServicePage | None:
    held = reading.catalogue
    service = held.services.get(held.by_short_id["service"].get(short_id, ""))
    if service is None:
        return None
    roles = tuple(
        (role, held.organisations[key])
        for role, key in sorted((role, key) for key, role in service.roles)
        if key in held.organisations
    )
    return ServicePage(
        listed=listed(reading, service),
        topics=by_name((held.topics[code] for code in service.topics if code in held.topics), reading.lang),
        eservices=by_name((held.eservices[key] for key in service.eservices), reading.lang),
        limits=tuple(held.limits[code] for code in service.limits if code in held.limits),
        devices=tuple(held.devices[code] for code in held.devices if code in service.devices),
        audiences_only=tuple(
            held.audiences[code] for code in held.audiences if code in service.audiences_only
        ),
        audiences_also=tuple(
            held.audiences[code] for code in held.audiences if code in service.audiences_also
        ),
        roles=roles,
    )


def provider_page(reading: Reading, short_id: str) -> ProviderPage | None:
    held = reading.catalogue
    organisation = held.organisations.get(held.by_short_id["organisation"].get(short_id, ""))
    if organisation is None:
        return None
    return ProviderPage(
        organisation=organisation,
        parents=tuple(reversed(lineage(organisation.parent, held.organisations))),
        units=by_name((o for o in held.organisations.values() if o.parent == organisation.id), reading.lang),
        services=tuple(
            listed(reading, s) for s in by_name(held.services_of.get(organisation.id, ()), reading.lang)
        ),
        places=by_name((p for p in held.places.values() if p.host == organisation.id), reading.lang),
        eservices=by_name((e for e in held.eservices.values() if e.owner == organisation.id), reading.lang),
    )


def place_page(reading: Reading, short_id: str) -> PlacePage | None:
    held = reading.catalogue
    place = held.places.get(held.by_short_id["place"].get(short_id, ""))
    if place is None:
        return None
    services: dict[str, list[ChannelFacts]] = {}
    for channel in held.channels_at.get(place.id, ()):
        services.setdefault(channel.service, []).append(channel)
    return PlacePage(
        place=place,
        host=held.organisations.get(place.host),
        municipality=held.municipalities[place.municipality],
        status=reading.clockwork.place(place),
        services=tuple(listed(reading, held.services[key], channels) for key, channels in services.items()),
    )


def services_of_network(reading: Reading) -> tuple[ServiceFacts, ...]:
    """Return the services that reach the reader's network, by name."""
    held = reading.catalogue
    return by_name((s for s in held.services.values() if held.in_network(s, reading.network)), reading.lang)


def providers_of_network(reading: Reading) -> tuple[OrganisationFacts, ...]:
    """Return the organisations that give a service in the reader's network or are its entries, by name."""
    held = reading.catalogue
    giving = {s.organisation for s in held.services.values() if held.in_network(s, reading.network)}
    found = (o for o in held.organisations.values() if o.id in giving or o.steward == reading.network.id)
    return by_name(found, reading.lang)


def places_of_network(reading: Reading) -> tuple[PlaceFacts, ...]:
    held = reading.catalogue
    return by_name(
        (p for p in held.places.values() if p.municipality in reading.network.municipalities), reading.lang
    )
