"""When a supporter cannot be there: each booking goes to another, to another time, or ends; and all are told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kilauta.domains.booking.models import Booking, Call, Offer
from kilauta.kit.accounts.models import Person
from kilauta.kit.outbox import operations as outbox
from kilauta.kit.refusals import Refused

from .bookings import cancel, move
from .staff_letters import tell_supporter

PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Wish:
    """What becomes of a booking: another offer and time (None: as they are), or no time at all."""

    offer: Offer | None = None
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """How many bookings were handed on, moved or cancelled, and those that could not be, with the reason."""

    done: int
    left: Mapping[UUID, str]


@transaction.atomic
def settle(booking: Booking, wish: Wish, *, actor: Person, now: datetime) -> Booking:
    """Hand a booking on, move or cancel it for the provider; who cannot be told by message stands on the call list."""
    before, whose = (booking.offer_id, booking.starts_at), booking.supporter_id
    if wish.starts_at is None:
        done, why = cancel(booking, by=PROVIDER, actor=actor, now=now), "cancelled"
    else:
        offer = wish.offer or booking.offer
        done = move(booking, offer=offer, starts_at=wish.starts_at, actor=actor, now=now, by=PROVIDER)
        why = "handed" if done.starts_at == before[1] else "moved"
    if why == "cancelled" or (done.offer_id, done.starts_at) != before:
        _to_be_rung(done, why, was_at=before[1], now=now)
    if why != "cancelled" and done.supporter_id not in {whose, actor.pk}:
        tell_supporter(done, "handed", now=now)
    return done


def settle_all(wishes: Iterable[tuple[Booking, Wish]], *, actor: Person, now: datetime) -> Settled:
    """Settle one booking after another; one that is refused keeps none of the others from it."""
    done, left = 0, {}
    for booking, wish in wishes:
        try:
            settle(booking, wish, actor=actor, now=now)
            done += 1
        except Refused as refused:
            left[booking.pk] = refused.message
    return Settled(done, left)


def is_reached(booking: Booking) -> bool:
    """Return whether a message reaches whoever booked."""
    return bool(booking.email or (booking.phone and outbox.texts_leave()))


def _to_be_rung(booking: Booking, why: str, *, was_at: datetime, now: datetime) -> None:
    if is_reached(booking):
        return
    values = {"why": why, "offer": booking.offer}
    # who has not been rung yet still believes in the time of before
    if not Call.objects.filter(booking=booking, rung_at__isnull=True).update(**values):
        Call.objects.create(booking=booking, was_at=was_at, made_at=now, **values)


@transaction.atomic
def note_rung(call: Call, *, actor: Person, now: datetime) -> Call:
    """Hold that somebody has told them. Told already, nothing is done."""
    held = Call.objects.select_for_update().get(pk=call.pk)
    if held.rung_at is None:
        held.rung_at, held.rung_by = now, actor
        held.save(update_fields=["rung_at", "rung_by"])
    return held
