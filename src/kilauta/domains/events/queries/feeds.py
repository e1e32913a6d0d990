"""What programmes follow: the times near now, and a stamp that says whether anything is new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from kilauta import __version__
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.events.choices import FOR_SUPPORTERS, KINDS
from kilauta.domains.events.models import Event, Occurrence

from .listing import for_residents, near, with_words

PARAMETERS = ("kunta", "aihe", "paikka", "laji")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
MOST_IN_RSS = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a feed is of; what is empty narrows nothing."""

    municipality: str = ""
    # a topic, or the theme of some
    topic: str = ""
    place: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What two answers have in common when they are the same; `changed_at`: the newest change in them."""

    tag: str
    changed_at: datetime


def wanted_of(reading: Reading, given: Mapping[str, str]) -> Wanted | None:
    """Return what these parameters of an address ask for; None where there is no such thing."""
    held = reading.catalogue
    town, topic, place, kind = (given.get(name, "") for name in PARAMETERS)
    code = town.partition("-")[0]
    known_place = held.by_short_id["place"].get(place.partition("-")[0], "")
    known = (
        not town or code in held.municipalities,
        not topic or topic in held.topics or topic in held.themes,
        not place or bool(known_place),
        not kind or kind in KINDS,
    )
    return Wanted(code, topic, known_place if place else "", kind) if all(known) else None


def followed(network: str, wanted: Wanted, *, now: datetime) -> QuerySet[Occurrence]:
    """Return the times of a feed, soonest first; those of withdrawn events too, so that who follows it loses them.

    What is for those who give help is there only where its kind is asked for.
    """
    shown = Occurrence.objects.filter(event__network=network, event__state__in=("published", "withdrawn"))
    if wanted.kind:
        shown = shown.filter(event__kind=wanted.kind)
    if wanted.kind not in FOR_SUPPORTERS:
        shown = for_residents(shown)
    if wanted.topic:
        about = Q(topics=wanted.topic) | Q(topics__theme=wanted.topic)
        # as a subquery: an event with many topics is there once
        shown = shown.filter(event__in=Event.objects.filter(about))
    if wanted.municipality:
        shown = _at(shown, "municipality", wanted.municipality)
    if wanted.place:
        shown = _at(shown, "", UUID(wanted.place))
    return near(with_words(shown), now=now)


def stamp_of(times: QuerySet[Occurrence], reading: Reading) -> Stamp:
    """Return the stamp of these times (one query).

    They change with themselves, with their events, with the directory that holds their places and organisers, and when
    the days go on: then another one is the first to end, or the last to begin.
    """
    bare = times.select_related(None).prefetch_related(None).order_by()
    found = bare.aggregate(
        number=Count("pk"),
        first=Min("ends_at"),
        last=Max("starts_at"),
        turns=Sum("sequence"),
        gone=Count("pk", filter=Q(state="cancelled") | Q(event__state="withdrawn")),
        times=Max("changed_at"),
        events=Max("event__changed_at"),
    )
    parts = (__version__, reading.catalogue.edition, reading.network.id, reading.lang, *found.values())
    said = "|".join(map(str, parts))
    return Stamp(
        tag=sha256(said.encode()).hexdigest()[:32],
        changed_at=max(found["times"] or LONG_AGO, found["events"] or LONG_AGO),
    )


def next_of_each(times: QuerySet[Occurrence], *, now: datetime) -> list[Occurrence]:
    """Return the next time of each published event that has one, soonest first."""
    coming = times.filter(ends_at__gt=now, state="planned", event__state="published")
    found: dict[UUID, Occurrence] = {}
    for each in coming.iterator(chunk_size=500):
        found.setdefault(each.event_id, each)
        if len(found) == MOST_IN_RSS:
            break
    return list(found.values())


def _at(times: QuerySet[Occurrence], field: str, key: object) -> QuerySet[Occurrence]:
    """Keep what is there; a time that is elsewhere than the others is where it is."""
    own = times.filter(**{f"place__{field}" if field else "place": key})
    usual = times.filter(place__isnull=True, **{f"event__{field or 'place'}": key})
    return own | usual
