"""What a booking holds: a seat of its slot; and with the first one, the supporter, the room and the device."""

from uuid import UUID

from kilauta.domains.booking.choices import HOLDING
from kilauta.domains.booking.logic.slots import Slot
from kilauta.domains.booking.models import Booking, Offer
from kilauta.domains.booking.queries.slots import slot_holder
from kilauta.kit.reservations import operations as reservations
from kilauta.kit.reservations.models import Reservation, Resource


def lock(*offers: Offer) -> None:
    """Let nobody else take or free a slot of these supporters, rooms and devices until the transaction ends."""
    reservations.lock([thing for offer in offers for thing in (_seats(offer), *_things(offer))])


def take(booking: UUID, offer: Offer, slot: Slot) -> None:
    """Hold the slot for the booking, in place of what it held; refuses "taken"."""
    starts_at, ends_at = slot.starts_at, slot.ends_at
    reservations.move(_holder(booking), resources=[_seats(offer)], starts_at=starts_at, ends_at=ends_at)
    mine = slot_holder(offer.pk, slot)
    if not Reservation.objects.filter(holder=mine).exists():
        reservations.hold(_things(offer), starts_at=starts_at, ends_at=ends_at, holder=mine)


def give_back(booking: Booking) -> None:
    """Free what a booking that is over holds, and the supporter's time if nobody else is in the slot."""
    reservations.release(_holder(booking.pk))
    leave(booking.offer, Slot(booking.starts_at, booking.ends_at), but=booking.pk)


def leave(offer: Offer, slot: Slot, *, but: UUID) -> None:
    mates = Booking.objects.filter(
        offer=offer, starts_at=slot.starts_at, ends_at=slot.ends_at, state__in=HOLDING
    )
    if not mates.exclude(pk=but).exists():
        reservations.release(slot_holder(offer.pk, slot))


def _holder(booking: UUID) -> str:
    return f"booking.Booking:{booking}"


def _seats(offer: Offer) -> Resource:
    return reservations.resource("group", str(offer.pk), seats=offer.capacity)


def _things(offer: Offer) -> list[Resource]:
    return [reservations.resource("person", str(offer.supporter_id)), *offer.resources.order_by("pk")]
