"""A small network with nothing but what can be booked: for tests in a database of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.operations import bookings
from kilauta.domains.territory.models import Municipality
from kilauta.kit.refusals import Refused
from kilauta.kit.store import editions
from tests import factories
from tests.cast import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from kilauta.domains.booking.models import Booking, Offer
    from kilauta.domains.booking.operations.bookings import Booked

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NOBODY = BookingContact()


def wall(text: str) -> datetime:
    """Return the instant of a wall time in Finland."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Helsinki")).astimezone(UTC)


# The day after NOW, a Wednesday.
NINE = wall("2026-11-25T09:00")


def small(supporters: int = 1, *, mode: str = "phone", **more: Any) -> list[Offer]:
    """Make a network, a way to get help in it, and supporters who can be booked on weekdays from nine to twelve."""
    network = factories.network("small", is_default=True)
    Municipality.objects.get_or_create(code="290", defaults={"name_fi": "Kuhmo", "region": network.region})
    network.municipalities.add("290")
    giver = factories.organisation("a", steward=network)
    way = factories.channel("a", factories.service("a", giver), ["290"], mode=mode)
    people = [factories.person(f"Tuki{n}") for n in range(supporters)]
    made = [factories.offer(way, person, network=network, **more) for person in people]
    editions.renew()
    return made


def book(offer: Offer, starts_at: datetime = NINE, **more: Any) -> Booked:
    given = {"contact": NOBODY, "made_by": "resident", "actor": None, "now": NOW, **more}
    return bookings.book(offer, starts_at=starts_at, **given)


def booked(offer: Offer, starts_at: datetime = NINE, **more: Any) -> Booking:
    return book(offer, starts_at, **more).booking


def code(act: Callable[[], object]) -> str:
    """Return with which code the act was refused; nothing when it was not."""
    try:
        act()
    except Refused as refused:
        return refused.code
    return ""
