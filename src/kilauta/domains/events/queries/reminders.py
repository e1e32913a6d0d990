"""Whether what a reminder says is still so."""

from datetime import UTC, datetime

from django.db.models import Q

from kilauta.domains.events.models import Occurrence, Signup


def still_wanted(key: str, now: datetime) -> bool:
    """Return whether somebody is still expected at the time that a reminder is about; `key`: sign-up and instant."""
    signup, _space, at = key.partition(" ")
    held = Signup.objects.filter(pk=signup, state="in").first()
    if held is None:
        return False
    begins = datetime.strptime(at, "%Y%m%dT%H%M").replace(tzinfo=UTC)
    mine = Q(pk=held.occurrence_id) if held.occurrence_id else Q(event=held.event_id)
    return begins > now and Occurrence.objects.filter(mine, state="planned", starts_at=begins).exists()
