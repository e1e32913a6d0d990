"""Reminding those who signed up the day before."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from kilauta.domains.events.models import Occurrence, Signup

from .letters import tell

# A day before: who cannot come can still let another have the seat.
AHEAD = timedelta(hours=24)
# Nobody is reminded of what begins soon, or of what they have signed up for only just now.
TOO_LATE, JUST_NOW = timedelta(hours=2), timedelta(hours=2)


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Write the reminders of the times that begin within a day, one of each time; return how many are reminded of."""
    times = Occurrence.objects.filter(
        state="planned", event__state="published", starts_at__gt=now + TOO_LATE, starts_at__lte=now + AHEAD
    ).select_related(
        "event__network", "event__place__municipality", "event__municipality", "place__municipality"
    )
    return sum(_remind_of(each, now) for each in times.order_by("starts_at", "pk"))


def _remind_of(occurrence: Occurrence, now: datetime) -> int:
    for_it = Q(occurrence=occurrence) | Q(occurrence__isnull=True, event=occurrence.event_id)
    signed = Signup.objects.filter(for_it, state="in", made_at__lte=occurrence.starts_at - AHEAD - JUST_NOW)
    told = 0
    for each in signed.exclude(email="", phone="").select_related("occurrence").order_by("turn"):
        each.event = occurrence.event
        told += tell(each, "reminder", now=now, occurrence=occurrence) is not None
    return told
