"""What can be booked in the demo, and a few times that are booked already."""

from datetime import datetime, timedelta

from django.db import transaction

from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.models import Offer
from kilauta.domains.booking.operations.bookings import book
from kilauta.domains.booking.operations.offers import Row, add_offer, set_week
from kilauta.domains.booking.queries.slots import free_slots
from kilauta.domains.directory.models import Channel
from kilauta.kit.accounts.models import Person

NETWORK = "kainuu"
AINO, CARLA = "aino@kainuu.example", "carla@kainuu.example"
MORNINGS = tuple(Row(day, 9 * 60, 12 * 60) for day in range(5))
AFTERNOONS = tuple(Row(day, 13 * 60, 16 * 60) for day in (1, 3))
# way to get help, supporter, times, and what else is said of it
OFFERS = (
    ("kajaani-digineuvonta-ajalla", AINO, MORNINGS, {"minutes": 60}),
    ("kajaani-digineuvonta-puhelin", AINO, AFTERNOONS, {"minutes": 30}),
    ("etatuki-video", CARLA, (Row(0, 15 * 60, 18 * 60), Row(2, 15 * 60, 18 * 60)), {"minutes": 45}),
    (
        "naapuriapu-hiisijarvi", CARLA, (Row(4, 10 * 60, 14 * 60, "even"),),
        {"minutes": 60, "before": 30, "after": 30, "needs_yes": True},
    ),
)  # fmt: skip
# way to get help, which of its free times, and who comes: invented, as everybody in the demo
BOOKED = (
    ("kajaani-digineuvonta-ajalla", 1, BookingContact(name="Eila", phone="050 555 0181", topic="a-laite")),
    ("kajaani-digineuvonta-ajalla", 3, BookingContact(name="Onni", topic="a-posti")),
    ("kajaani-digineuvonta-puhelin", 0, BookingContact(name="Helmi", phone="050 555 0182", for_other=True)),
    ("etatuki-video", 0, BookingContact(name="Göran", phone="050 555 0183", lang="sv")),
    (
        "naapuriapu-hiisijarvi", 0,
        BookingContact(name="Toivo", phone="050 555 0184", municipality="697", address="Kyläraitti 3"),
    ),
)  # fmt: skip


@transaction.atomic
def bring_in_offers(*, actor: Person, now: datetime) -> None:
    """Offer times and book some of them, unless that was done before."""
    ways = Channel.objects.filter(source="kilauta", service__organisation__state="published")
    channels = {
        each.external_id: each for each in ways.filter(external_id__in=[offer[0] for offer in OFFERS])
    }
    people = {each.email: each for each in Person.objects.filter(email__in=(AINO, CARLA))}
    for way, email, rows, values in OFFERS:
        channel, supporter = channels[way], people[email]
        if not Offer.objects.filter(channel=channel, supporter=supporter).exists():
            made = add_offer(
                channel, network=NETWORK, supporter=supporter, values=values, actor=actor, now=now
            )
            set_week(made, rows=rows, actor=actor, now=now)
            _book(made, way, now)


def _book(offer: Offer, way: str, now: datetime) -> None:
    free = free_slots([offer], since=now, until=now + timedelta(days=offer.horizon), now=now)
    for _way, number, contact in (each for each in BOOKED if each[0] == way):
        book(
            offer, starts_at=free[number].starts_at, contact=contact, made_by="resident", actor=None, now=now
        )
