"""Rooms of remote help: made with a booking or for a call, entered by code, ended."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.booking.models import Booking, CallRoom
from kilauta.domains.booking.queries.rooms import Room, room_by_code
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.limits import counters
from kilauta.kit.refusals import Refused

LASTS = timedelta(hours=3)
KEPT = timedelta(days=1)
SECRET, DIGITS = 32, 6
# Wrong codes from one address, and from all of them together: a million codes are few for a machine.
TRIES, TRIES_OF_ALL, WITHIN = 5, 300, timedelta(minutes=10)


def open_room(booking: Booking) -> None:
    """Give a booking of remote help its own room and the code to it, other bookings none; the caller saves."""
    if booking.offer.channel.mode != "remote":
        booking.room = booking.room_code = ""
    elif not booking.room:
        booking.room, booking.room_code = secrets.token_urlsafe(SECRET), _free_code()


@transaction.atomic
def open_call_room(network_id: str, *, actor: Person, now: datetime) -> CallRoom:
    """Open a room for somebody who is on the phone now; the supporter's earlier one ends."""
    CallRoom.objects.filter(supporter=actor, ends_at__gt=now).update(ends_at=now)
    return CallRoom.objects.create(
        network=Network.objects.get(pk=network_id),
        supporter=actor,
        room=secrets.token_urlsafe(SECRET),
        code=_free_code(),
        opened_at=now,
        ends_at=now + LASTS,
    )


@transaction.atomic
def end_call_room(room: Room, *, actor: Person, now: datetime) -> None:
    """Let nobody in any more; nothing happens to what has ended, or is a booking's."""
    CallRoom.objects.filter(pk=room.key, supporter=actor, ends_at__gt=now).update(ends_at=now)


def enter(code: str, *, network_id: str, visitor: str, now: datetime) -> Room:
    """Return the room that this code opens now.

    Refuses a wrong code and one that does not open yet or any more with the same words, and after five of them from one
    address (`visitor`) every code for ten minutes. Right codes are not counted.
    """
    with transaction.atomic():
        room = room_by_code(code, network=network_id, now=now)
        # counted before it is answered, taken back where it was right: many at once learn no more than one
        mark = transaction.savepoint()
        allowed = counters.allow("room-code", visitor, most=TRIES, within=WITHIN, now=now) and counters.allow(
            "room-code-of-all", "", most=TRIES_OF_ALL, within=WITHIN, now=now
        )
        if allowed and room is not None:
            transaction.savepoint_rollback(mark)
            return room
        transaction.savepoint_commit(mark)
    if not allowed:
        raise Refused("wait", _("Too many wrong codes. Wait ten minutes, or call."), "code")
    raise Refused("no-room", _("No meeting opens with this code now. Check the code, or call."), "code")


@transaction.atomic
def forget_rooms(*, now: datetime) -> None:
    """Wipe the rooms and codes of meetings that were over yesterday."""
    over = Booking.objects.exclude(room="", room_code="").filter(ends_at__lte=now - KEPT)
    over.update(room="", room_code="")
    CallRoom.objects.filter(ends_at__lte=now - KEPT).delete()


def _free_code() -> str:
    """Return six digits that open no other room."""
    while True:
        code = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
        if not (
            Booking.objects.filter(room_code=code).exists() or CallRoom.objects.filter(code=code).exists()
        ):
            return code
