"""The times that everybody may see, and the ways to choose among them."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from kilauta.domains.events.choices import FOR_SUPPORTERS
from kilauta.domains.events.models import Event, Occurrence

# A time lasts two weeks at most.
LONGEST = timedelta(days=14)
# A feed reaches so far back and ahead.
BACK, AHEAD = timedelta(days=30), timedelta(days=400)


def public_times(network: str) -> QuerySet[Occurrence]:
    """Return the times of published events, cancelled ones too, with all that is told of them at hand."""
    shown = Occurrence.objects.filter(network=network, is_shown=True)
    return with_words(shown)


def with_words(times: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """Let `queries.telling.words_of` ask nothing more: two queries for any number of times."""
    joined = times.select_related(
        "event__network", "event__place__municipality", "event__municipality", "place__municipality"
    )
    return joined.prefetch_related("event__parts__organisation")


def for_residents(times: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """Leave out what is for those who give help."""
    return times.exclude(event__kind__in=FOR_SUPPORTERS)


def coming(times: QuerySet[Occurrence], *, now: datetime) -> QuerySet[Occurrence]:
    """Return what has not ended, soonest first."""
    # nothing lasts longer: so the index of the beginnings finds what is still on
    return times.filter(starts_at__gt=now - LONGEST, ends_at__gt=now).order_by("starts_at", "pk")


def past(times: QuerySet[Occurrence], *, now: datetime) -> QuerySet[Occurrence]:
    """Return what has ended, newest first."""
    return times.filter(starts_at__lt=now, ends_at__lte=now).order_by("-starts_at", "-pk")


def near(times: QuerySet[Occurrence], *, now: datetime) -> QuerySet[Occurrence]:
    """Return what a feed holds: from thirty days ago to four hundred days ahead."""
    return times.filter(ends_at__gt=now - BACK, starts_at__lt=now + AHEAD).order_by("starts_at", "pk")


def at_municipality(times: QuerySet[Occurrence], code: str) -> QuerySet[Occurrence]:
    """Return what is held in a municipality; a time that is elsewhere than the others where it is."""
    usual = Q(place__isnull=True, event__municipality=code)
    return times.filter(usual | Q(place__municipality=code))


def event_by(network: str, short_id: str) -> Event | None:
    """Return the event of this address, if everybody may see it or might have: withdrawn ones say so."""
    shown = Event.objects.filter(network=network, short_id=short_id, state__in=("published", "withdrawn"))
    joined = shown.select_related("network", "place__municipality", "municipality")
    return joined.prefetch_related("parts__organisation", "topics", "audiences", "devices").first()
