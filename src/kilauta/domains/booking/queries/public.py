"""What somebody who books without an account is shown."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet

from kilauta.domains.booking.choices import OPEN
from kilauta.domains.booking.logic.slots import instants
from kilauta.domains.booking.models import Booking, Offer
from kilauta.domains.directory.logic.facts import (
    ChannelFacts,
    MunicipalityFacts,
    Named,
    PlaceFacts,
    ServiceFacts,
)
from kilauta.domains.directory.queries.pages import by_name
from kilauta.domains.directory.queries.reading import Reading
from kilauta.lib.zone import local

from .rooms import token_of as room_token
from .secrets import code_of, token_of
from .slots import free_slots, in_order

DAYS = 10  # with free times, on one page
OTHER = "x-muu"
NEAREST = 4  # times to choose from where the one wanted is gone


@dataclass(frozen=True, slots=True)
class Bookable:
    """A way to get help that can be booked here."""

    channel: ChannelFacts
    service: ServiceFacts
    place: PlaceFacts | None
    municipality: MunicipalityFacts | None
    offers: tuple[Offer, ...]

    @property
    def asks(self) -> bool:
        """A booking waits for the supporter's yes."""
        return any(each.needs_yes for each in self.offers)

    @property
    def family(self) -> str:
        return self.channel.family

    @property
    def minutes(self) -> int:
        return min(each.minutes for each in self.offers)

    def topics(self, reading: Reading) -> tuple[Named, ...]:
        """Return what the service helps with, by name; what is about nothing of it stands last."""
        known = reading.catalogue.topics
        named = by_name((known[code] for code in self.service.topics if code in known), reading.lang)
        return tuple(sorted(named, key=lambda topic: topic.code == OTHER))


@dataclass(frozen=True, slots=True)
class FreeDay:
    on: date
    number: int


@dataclass(frozen=True, slots=True)
class Time:
    """A time to choose: `at` is what stands for it in addresses, minutes since 1970."""

    at: int
    starts: datetime


@dataclass(frozen=True, slots=True)
class BookingPage:
    booking: Booking
    bookable: Bookable | None
    token: str
    code: str
    starts: datetime
    ends: datetime
    may_change: bool
    # the secret end of the address of the meeting, where it is held from afar
    room: str


def offers_of(channels: set[UUID] | frozenset[UUID]) -> QuerySet[Offer]:
    """Return what of these channels somebody may be booked for."""
    lasting = Offer.objects.filter(channel__in=channels, supporter__is_active=True)
    return lasting.select_related("supporter", "channel", "network", "place").order_by("pk")


def bookable(reading: Reading, channel: UUID) -> Bookable | None:
    """Return the way to get help, if it is public and somebody can be booked for it."""
    held = reading.catalogue
    facts = held.channels.get(str(channel))
    if facts is None:
        return None
    offers = tuple(offers_of({channel}).filter(network=reading.network.id))
    if not offers:
        return None
    place = held.places.get(facts.place)
    return Bookable(
        facts,
        held.services[facts.service],
        place,
        held.municipalities.get(place.municipality) if place else None,
        offers,
    )


def free_days(
    thing: Bookable, *, since: date | None, now: datetime
) -> tuple[tuple[FreeDay, ...], date | None]:
    """Return the next days with free times, and the day from which there are more, if there are."""
    begins = max(now, now if since is None else _midnight(since))
    until = now + timedelta(days=max(each.horizon for each in thing.offers) + 1)
    days: list[FreeDay] = []
    slots = in_order(thing.offers, since=begins, until=until, now=now)
    for on, times in groupby(slots, key=lambda slot: local(slot.starts_at).date()):
        if len(days) == DAYS:
            return tuple(days), on
        days.append(FreeDay(on, len({slot.starts_at for slot in times})))
    return tuple(days), None


def times_of(thing: Bookable, day: date, *, now: datetime) -> tuple[Time, ...]:
    """Return the free times of one day, each once, whoever has it."""
    begins = _midnight(day)
    end = _midnight(day + timedelta(days=1))
    found = free_slots(thing.offers, since=begins, until=end, now=now)
    return tuple(_time(at) for at in sorted({slot.starts_at for slot in found}))


def nearest_to(thing: Bookable, at: datetime, *, now: datetime) -> tuple[Time, ...]:
    """Return the free times nearest to one that is gone, in their order."""
    around = timedelta(days=7)
    found = free_slots(thing.offers, since=max(now, at - around), until=at + around, now=now)
    starts = {slot.starts_at for slot in found} - {at}
    return tuple(_time(each) for each in sorted(sorted(starts, key=lambda each: abs(each - at))[:NEAREST]))


def is_free(thing: Bookable, at: datetime, *, now: datetime) -> bool:
    found = free_slots(thing.offers, since=at, until=at + timedelta(seconds=1), now=now)
    return bool(found)


def booking_page(reading: Reading, booking: Booking) -> BookingPage:
    """Return what whoever has the link of the booking sees."""
    return BookingPage(
        booking,
        bookable(reading, booking.offer.channel_id),
        token_of(booking.pk),
        code_of(booking.pk),
        local(booking.starts_at),
        local(booking.ends_at),
        booking.state in OPEN and booking.starts_at > reading.now,
        room_token(booking.pk, booking.room) if booking.state in OPEN else "",
    )


def _time(at: datetime) -> Time:
    return Time(int(at.timestamp()) // 60, local(at))


def _midnight(day: date) -> datetime:
    return instants(day, 0)[0]
