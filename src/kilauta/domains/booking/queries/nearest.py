"""When the next time is free, for every way to get help of a network: on pages that many read and few book from.

Reckoned once a minute in each process, so that such a page costs nothing more, however many times are offered. What is
shown may be a minute old; what decides is looked at again when somebody books.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from kilauta.domains.booking.models import Offer
from kilauta.domains.directory.logic.facts import ChannelFacts, ServiceFacts
from kilauta.domains.directory.queries.catalogue import catalogue

from .slots import next_free


class _Held(NamedTuple):
    edition: UUID
    minute: datetime
    times: Mapping[str, datetime]


_held: dict[tuple[str, str], _Held] = {}


def nearest(network: str, *, edition: UUID, now: datetime) -> Mapping[str, datetime]:
    """Return when the next time of each way to get help begins, by the channel's key; those without are not there."""
    minute = now.replace(second=0, microsecond=0)
    key = (f"{connection.settings_dict['NAME']}", network)
    held = _held.get(key)
    if held is None or (held.edition, held.minute) != (edition, minute):
        offers = Offer.objects.filter(network=network, supporter__is_active=True).order_by("pk")
        times = {str(channel): slot.starts_at for channel, slot in next_free(offers, now=minute).items()}
        held = _held[key] = _Held(edition, minute, times)
    return held.times


class FreeWay(NamedTuple):
    """A way to get help that can be booked, with its next free time."""

    channel: ChannelFacts
    service: ServiceFacts
    free: datetime


def free_ways(network: str, *, now: datetime, place: str = "", service: str = "") -> tuple[FreeWay, ...]:
    """Return what can be booked at a place, or of a service, the nearest time first."""
    held = catalogue()
    times = nearest(network, edition=held.edition, now=now)
    known = ((held.channels[key], at) for key, at in times.items() if key in held.channels)
    found = (
        FreeWay(each, held.services[each.service], at)
        for each, at in known
        if (place and each.place == place) or (service and each.service == service)
    )
    return tuple(sorted(found, key=lambda way: (way.free, way.channel.external_id)))


def forget() -> None:
    """Look anew at the next question."""
    _held.clear()
