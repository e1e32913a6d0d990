"""The rooms of remote help: whose, when they are open, and how one is found by its code or its link."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from kilauta.domains.booking.models import Booking, CallRoom
from kilauta.kit.accounts.models import Person

# One may come so early to a booked meeting, and stay so long after its end.
EARLY, LATE = timedelta(minutes=10), timedelta(minutes=15)
DIGITS = 32
MEETING_STATES = ("booked", "kept")


@dataclass(frozen=True, slots=True)
class Room:
    """A room one can be let into within `[opens_at, closes_at)`; `secret` is its name at the meeting service."""

    key: UUID
    secret: str
    code: str
    opens_at: datetime
    closes_at: datetime
    starts_at: datetime
    phone: str
    number: str = ""

    @property
    def token(self) -> str:
        return token_of(self.key, self.secret)

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at

    def is_over(self, now: datetime) -> bool:
        return now >= self.closes_at


def token_of(key: UUID, secret: str) -> str:
    """Return the secret end of the address of a room's page; "" where there is none. It tells nothing of the room."""
    if not secret:
        return ""
    return key.hex + hashlib.sha256(f"kilauta.room:{secret}".encode()).hexdigest()[:DIGITS]


def by_video() -> bool:
    """Return whether there is a meeting service; else help from afar is given by phone."""
    return bool(settings.MEETING_URL)


def meeting_address(secret: str) -> str:
    """Return where the meeting is held, outside of this service."""
    return str(settings.MEETING_URL).replace("{room}", secret)


def room_by_token(token: str, *, network: str) -> Room | None:
    """Return the room whose link this is, open or not."""
    try:
        key = UUID(token[:DIGITS]) if len(token) == 2 * DIGITS else None
    except ValueError:
        key = None
    if key is None:
        return None
    booked = _bookings().filter(pk=key, offer__network=network).first()
    called = (
        None if booked else CallRoom.objects.select_related("network").filter(pk=key, network=network).first()
    )
    room = _of_booking(booked) if booked else _of_call(called) if called else None
    return room if room and secrets.compare_digest(room.token, token) else None


def room_by_code(code: str, *, network: str, now: datetime) -> Room | None:
    """Return the room that is open now and has this code; None also where two should have it."""
    booked = _bookings().filter(room_code=code, offer__network=network)
    called = CallRoom.objects.select_related("network").filter(code=code, network=network)
    rooms = [*(_of_booking(each) for each in booked), *(_of_call(each) for each in called)]
    found = [room for room in rooms if room.is_open(now)]
    return found[0] if len(found) == 1 else None


def rooms_of(person: Person, *, now: datetime) -> list[Room]:
    """Return the rooms of a supporter that are open now or open within a day, the next first."""
    until = now + timedelta(days=1)
    booked = _bookings().filter(supporter=person, ends_at__gt=now - LATE, starts_at__lt=until)
    called = CallRoom.objects.select_related("network").filter(supporter=person, ends_at__gt=now)
    rooms = [*(_of_booking(each) for each in booked), *(_of_call(each) for each in called)]
    return sorted(rooms, key=lambda room: (room.opens_at, room.key))


def room_of(person: Person, key: UUID, *, now: datetime) -> Room | None:
    """Return one of those rooms."""
    return next((room for room in rooms_of(person, now=now) if room.key == key), None)


def _bookings() -> QuerySet[Booking]:
    held = Booking.objects.exclude(room="").filter(state__in=MEETING_STATES)
    return held.select_related("offer__channel", "offer__organisation", "offer__network")


def _of_booking(booking: Booking) -> Room:
    offer = booking.offer
    return Room(
        key=booking.pk,
        secret=booking.room,
        code=booking.room_code,
        opens_at=booking.starts_at - EARLY,
        closes_at=booking.ends_at + LATE,
        starts_at=booking.starts_at,
        phone=offer.channel.phone or offer.organisation.phone or offer.network.phone,
        number=booking.number,
    )


def _of_call(call: CallRoom) -> Room:
    return Room(
        key=call.pk,
        secret=call.room,
        code=call.code,
        opens_at=call.opened_at,
        closes_at=call.ends_at,
        starts_at=call.opened_at,
        phone=call.network.phone,
    )
