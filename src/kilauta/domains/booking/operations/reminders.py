"""Reminding people of their times."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from kilauta.domains.booking.models import Booking

from .letters import tell

# A day before: later there is no time left to give the time to somebody else.
AHEAD = timedelta(hours=24)
# Nobody is reminded of what begins soon, or of what they have booked only just now.
TOO_LATE, JUST_NOW = timedelta(hours=2), timedelta(hours=2)


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Write the reminders of the times that begin within a day, one of each time; return how many are reminded of.

    A time that is moved is reminded of anew. What is cancelled or moved before its reminder has left is not sent
    (`queries.meetings.still_wanted`).
    """
    due = Booking.objects.filter(
        state="booked",
        starts_at__gt=now + TOO_LATE,
        starts_at__lte=now + AHEAD,
        made_at__lte=F("starts_at") - AHEAD - JUST_NOW,
    ).exclude(email="", phone="")
    found = due.select_related(
        "offer__channel__service",
        "offer__organisation",
        "offer__network",
        "offer__place__municipality",
    )
    return len(
        [
            message
            for each in found.order_by("starts_at", "pk")
            if (message := tell(each, "reminder", now=now))
        ]
    )
