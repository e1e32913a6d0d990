"""The catalogue: everything the public may read, held in memory by each process until the edition changes.

A region's directory is small (a few thousand channels at most), is read thousands of times for each change, and every
page mixes several tables. So it is read whole once per edition, and a page costs one query: is my edition the newest?
"""

import threading
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from django.db import connection

from kilauta.domains.directory.logic.facts import (
    ChannelFacts,
    EServiceFacts,
    LocalityFacts,
    MunicipalityFacts,
    Named,
    NetworkFacts,
    OrganisationFacts,
    PlaceFacts,
    RuleFacts,
    ServiceFacts,
)
from kilauta.kit.store import editions

from . import loading


class HasAddress(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def address(self) -> str: ...


@dataclass(frozen=True)
class Catalogue:
    """The public directory of one edition. Things are keyed by id; values of lists by code."""

    edition: uuid.UUID
    municipalities: dict[str, MunicipalityFacts]
    localities: dict[str, LocalityFacts]
    networks: dict[str, NetworkFacts]
    themes: dict[str, Named]
    topics: dict[str, Named]
    audiences: dict[str, Named]
    limits: dict[str, Named]
    devices: dict[str, Named]
    groups: dict[str, Named]
    organisations: dict[str, OrganisationFacts]
    places: dict[str, PlaceFacts]
    eservices: dict[str, EServiceFacts]
    services: dict[str, ServiceFacts]
    rules: dict[str, RuleFacts]
    # Short ids of entries that were joined to another: the id of that one, by kind and short id.
    moved: dict[str, dict[str, str]]

    @cached_property
    def channels(self) -> dict[str, ChannelFacts]:
        return {channel.id: channel for service in self.services.values() for channel in service.channels}

    @cached_property
    def default_network(self) -> NetworkFacts:
        networks = sorted(self.networks.values(), key=lambda network: (not network.is_default, network.id))
        return networks[0] if networks else loading.NO_NETWORK

    @cached_property
    def by_short_id(self) -> dict[str, dict[str, str]]:
        """For each kind of page, the id of the thing behind the short id of an address, also of one it once had."""
        kinds: dict[str, Mapping[str, HasAddress]] = {
            "service": self.services,
            "organisation": self.organisations,
            "place": self.places,
            "eservice": self.eservices,
        }
        return {
            kind: {
                **self.moved.get(kind, {}),
                **{thing.address.split("-", 1)[0]: thing.id for thing in things.values()},
            }
            for kind, things in kinds.items()
        }

    @cached_property
    def channels_at(self) -> dict[str, tuple[ChannelFacts, ...]]:
        """The channels of each place."""
        found: dict[str, list[ChannelFacts]] = {}
        for channel in self.channels.values():
            if channel.place:
                found.setdefault(channel.place, []).append(channel)
        return {place: tuple(channels) for place, channels in found.items()}

    @cached_property
    def services_of(self) -> dict[str, tuple[ServiceFacts, ...]]:
        """The services of each organisation."""
        found: dict[str, list[ServiceFacts]] = {}
        for service in self.services.values():
            found.setdefault(service.organisation, []).append(service)
        return {organisation: tuple(services) for organisation, services in found.items()}

    def network_at(self, host: str) -> NetworkFacts:
        """Return the network whose host name this is (port ignored), else the default one."""
        name = host.split(":", 1)[0].lower()
        return next((n for n in self.networks.values() if n.host and n.host == name), self.default_network)

    def in_network(self, service: ServiceFacts, network: NetworkFacts) -> bool:
        """Return whether some channel of the service reaches the network's municipalities."""
        return any(self.reaches(channel, network) for channel in service.channels)

    def reaches(self, channel: ChannelFacts, network: NetworkFacts) -> bool:
        return channel.everywhere or not channel.area.isdisjoint(network.municipalities)


def excerpt(only: Mapping[str, Collection[str]]) -> Catalogue:
    """Return the named things (ids by kind) as they are now, for the words they are found by, and nothing else."""
    return Catalogue(edition=uuid.UUID(int=0), **loading.excerpt(only))


_lock = threading.Lock()
_held: dict[str, Catalogue] = {}


def catalogue() -> Catalogue:
    """Return the public directory as it is now: one query when nothing has changed."""
    stamp = editions.current()
    alias = f"{connection.settings_dict['NAME']}"
    held = _held.get(alias)
    if held is not None and held.edition == stamp:
        return held
    # While one reader reads the new edition, the others are answered from the one before it instead of waiting.
    if not _lock.acquire(blocking=held is None) and held is not None:
        return held
    try:
        held = _held.get(alias)
        if held is None or held.edition != stamp:
            held = Catalogue(edition=stamp, **loading.everything())
            _held[alias] = held
        return held
    finally:
        _lock.release()
