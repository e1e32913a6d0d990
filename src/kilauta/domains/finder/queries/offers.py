"""The offers of one network as lists and bit masks, made once per edition of the catalogue."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from kilauta.domains.directory import choices
from kilauta.domains.directory.logic.facts import FAMILIES, ChannelFacts, NetworkFacts, ServiceFacts
from kilauta.domains.directory.logic.status import Clockwork, Standing
from kilauta.domains.directory.queries import Catalogue
from kilauta.domains.finder.logic.facets import Layout
from kilauta.domains.finder.logic.ranking import Offer

FACETS = ("topic", "eservice", "way", "fee", "open", "booking", "audience", "language", "device", "access")
OPEN_NOW, OPEN_AT_WEEKEND = "now", "weekend"
FREE = "free"

Masks = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Offers:
    """What reaches a network: services in the order of the catalogue, their channels, and masks over the channels."""

    catalogue: Catalogue
    network: NetworkFacts

    @cached_property
    def services(self) -> tuple[ServiceFacts, ...]:
        return tuple(
            s for s in self.catalogue.services.values() if self.catalogue.in_network(s, self.network)
        )

    @cached_property
    def channels(self) -> tuple[tuple[ServiceFacts, ChannelFacts], ...]:
        """The channels that reach the network, those of one service side by side."""
        return tuple(
            (service, channel)
            for service in self.services
            for channel in service.channels
            if self.catalogue.reaches(channel, self.network)
        )

    @cached_property
    def layout(self) -> Layout:
        sizes = dict.fromkeys((service.id for service in self.services), 0)
        for service, _channel in self.channels:
            sizes[service.id] += 1
        return Layout(tuple(sizes.values()))

    @cached_property
    def number_of(self) -> dict[str, int]:
        return {service.id: number for number, service in enumerate(self.services)}

    @cached_property
    def masks(self) -> Masks:
        """The masks that do not depend on the hour."""
        masks: dict[str, dict[str, int]] = {facet: defaultdict(int) for facet in FACETS}
        known = vocabulary_of(self.catalogue)  # a term that is retired is offered no more
        for number, (service, channel) in enumerate(self.channels):
            for facet, value in self._values(service, channel):
                if value in known[facet]:
                    masks[facet][value] |= 1 << number
        return {facet: dict(values) for facet, values in masks.items()}

    def _values(self, service: ServiceFacts, channel: ChannelFacts) -> Iterator[tuple[str, str]]:
        yield from (("topic", topic) for topic in service.topics)
        yield from (("eservice", eservice) for eservice in service.eservices)
        yield "way", channel.family
        yield "fee", service.fee
        yield from (("audience", audience) for audience in service.audiences_only | service.audiences_also)
        yield from (("language", code) for code in service.language_codes)
        yield from (("device", device) for device in service.devices)
        if channel.place:
            yield from (("access", fact) for fact in self.catalogue.places[channel.place].access_yes)

    @cached_property
    def by_municipality(self) -> dict[str, int]:
        masks: dict[str, int] = defaultdict(int)
        for number, (_service, channel) in enumerate(self.channels):
            for code in self.network.municipalities if channel.everywhere else channel.area:
                masks[code] |= 1 << number
        return dict(masks)

    @cached_property
    def by_schedule(self) -> dict[int, int]:
        """The channels that share a schedule, by one of them."""
        masks: dict[int, int] = defaultdict(int)
        first: dict[int, int] = {}
        for number, (_service, channel) in enumerate(self.channels):
            masks[first.setdefault(channel.schedule_key, number)] |= 1 << number
        return dict(masks)

    def masks_at(self, clockwork: Clockwork) -> Masks:
        """Return all masks, with what is open now and at the weekend."""
        now = weekend = 0
        for number, mask in self.by_schedule.items():
            schedule = self.channels[number][1].schedule
            if clockwork.schedule(schedule).standing is Standing.OPEN:
                now |= mask
            if schedule.open_at_weekend(clockwork.today):
                weekend |= mask
        for number in self.pausable:
            status = clockwork.channel(self.channels[number][1])
            if status.standing is Standing.PAUSED or status.full:
                now &= ~(1 << number)
        return {**self.masks, "open": {OPEN_NOW: now, OPEN_AT_WEEKEND: weekend}}

    def mask_of(self, channels: Collection[str]) -> int:
        """Return the offers of these channels."""
        return sum(1 << n for n, (_s, channel) in enumerate(self.channels) if channel.id in channels)

    @cached_property
    def pausable(self) -> tuple[int, ...]:
        return tuple(n for n, (_s, c) in enumerate(self.channels) if c.may_pause or c.full)

    def offer(self, number: int, clockwork: Clockwork) -> Offer:
        service, channel = self.channels[number]
        return Offer(service, channel, clockwork.channel(channel))


def vocabulary_of(catalogue: Catalogue) -> dict[str, Collection[str]]:
    """Return the values that each filter knows, also those that find nothing in a network."""
    return {
        "topic": catalogue.topics,
        "eservice": catalogue.eservices,
        "way": FAMILIES,
        "fee": choices.codes("fee"),
        "open": (OPEN_NOW, OPEN_AT_WEEKEND),
        "booking": (FREE,),
        "audience": catalogue.audiences,
        "language": choices.codes("language"),
        "device": catalogue.devices,
        "access": choices.codes("access"),
    }


_held: dict[str, Offers] = {}


def offers_of(catalogue: Catalogue, network: NetworkFacts) -> Offers:
    """Return the offers of the network in this edition."""
    held = _held.get(network.id)
    if held is None or held.catalogue is not catalogue:
        held = Offers(catalogue, network)
        _held[network.id] = held
    return held
