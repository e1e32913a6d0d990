from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Count, Q

from kilauta.domains.booking.choices import HOLDING
from kilauta.domains.booking.models import Offer
from kilauta.kit.accounts.models import Person
from kilauta.lib.zone import local

# Whose turn it is, is told by the bookings of so long before and after now.
RECENT = timedelta(days=14)


def fairest(offers: Collection[Offer], *, now: datetime) -> list[Offer]:
    """Return the offers, that of the supporter with the fewest bookings of late first; equals take turns by the day."""
    recent = Q(
        bookings__state__in=HOLDING,
        bookings__starts_at__gte=now - RECENT,
        bookings__starts_at__lt=now + RECENT,
    )
    people = Person.objects.filter(pk__in={each.supporter_id for each in offers})
    load = dict(people.annotate(load=Count("bookings", filter=recent)).values_list("pk", "load"))
    day = local(now).date().isoformat()

    def turn(offer: Offer) -> tuple[int, bytes]:
        return load.get(offer.supporter_id, 0), sha256(f"{day}:{offer.pk}".encode()).digest()

    return sorted(offers, key=turn)
