"""What a supporter is told by mail of a booking: nothing of who comes, only where to look."""

from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.utils import formats, translation

from kilauta.domains.booking.logic import addresses
from kilauta.domains.booking.models import Booking
from kilauta.domains.directory.queries.facts import say, way_name
from kilauta.kit.outbox import operations as outbox
from kilauta.lib.zone import local

OWN = "tyopoyta/varaukset/"


@transaction.atomic
def tell_supporter(booking: Booking, what: Literal["wanted", "handed"], *, now: datetime) -> None:
    """Write to the supporter that somebody asks for their yes, or that they have been given another's booking."""
    person, channel = booking.offer.supporter, booking.offer.channel
    if not person.email:
        return
    begins, wall = addresses.start(settings.ADDRESS, booking.offer.network.host), local(booking.starts_at)
    with translation.override(person.lang):
        context = {
            "name": f"{say(channel.service.name)}: {way_name(channel)}",
            "when": f"{formats.date_format(wall, 'l j.n.Y')} {formats.time_format(wall)}",
            "number": booking.number,
            "link": addresses.page(begins, person.lang, OWN),
        }
    outbox.send(f"booking/{what}", to=person.email, lang=person.lang, now=now, context=context)
