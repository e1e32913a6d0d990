"""What the tests of calendars, messages and remote help share: supporters who can be booked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.test import Client

from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.models import Booking, Offer
from kilauta.domains.booking.operations.bookings import book
from kilauta.domains.territory.models import Municipality, Network
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.outbox.models import Message
from kilauta.kit.store import editions
from kilauta.lib.zone import HELSINKI
from tests import factories
from tests.cast import KAINUU, NOW

MAIL, PHONE = "asukas@posti.example", "050 555 0177"
TUESDAY = datetime(2026, 12, 1, 10, 0, tzinfo=HELSINKI)


def network(key: str = "kainuu") -> Network:
    """Return a network with one municipality; that of the first host, or another one."""
    found = Network.objects.filter(pk=key).first()
    if found is None:
        host = KAINUU if key == "kainuu" else f"{key}.localhost"
        found = factories.network(key, is_default=key == "kainuu", host=host)
        Municipality.objects.get_or_create(
            code="290", defaults={"name_fi": "Kuhmo", "name_sv": "Kuhmo", "region": found.region}
        )
        found.municipalities.add("290")
        editions.renew()
    return found


def offer_of(
    mode: str = "booked-visit", *, supporter: Person | None = None, of: str = "kainuu", **more: Any
) -> Offer:
    """Return what can be booked on weekdays from nine to twelve, at a library or without a place."""
    mine, key = network(of), uuid4().hex[:8]
    giver = factories.organisation(key, steward=mine, phone="050 555 0111")
    place = None
    if mode == "booked-visit":
        where = {"name_fi": "Kuhmon kirjasto", "address": "Pajakkakatu 2", "postal_code": "88900"}
        place = factories.place(key, host=giver, **where)
    service = factories.service(key, giver, bring_fi="Oma puhelin ja laturi")
    channel = factories.channel(key, service, ["290"], mode=mode, place=place)
    supporter = supporter or factories.person(f"tukija-{key}")
    return factories.offer(channel, supporter, at=place, network=mine, **more)


def booked(
    offer: Offer,
    *,
    starts_at: datetime = TUESDAY,
    now: datetime = NOW,
    made_by: str = "supporter",
    **contact: str,
) -> Booking:
    given = {"name": "Elli", "email": MAIL, **contact}
    return book(
        offer,
        starts_at=starts_at.astimezone(UTC),
        contact=BookingContact(**given),
        made_by=made_by,
        actor=None,
        now=now,
    ).booking


def letters() -> list[Message]:
    """Return what has been written to customers, in the order in which it goes out."""
    to_supporters = ("booking/wanted", "booking/handed")
    written = Message.objects.filter(kind__startswith="booking/").exclude(kind__in=to_supporters)
    return list(written.order_by("due_at", "created_at", "kind"))


def at_work(offer: Offer) -> Client:
    """Return the supporter of the offer, signed in."""
    grant(
        offer.supporter, role="supporter", scope_id=str(offer.organisation_id),
        actor=Person.objects.system(), now=NOW,
    )  # fmt: skip
    client = Client(SERVER_NAME=KAINUU)
    client.force_login(offer.supporter)
    return client
