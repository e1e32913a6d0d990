"""What everybody is shown of events: lists of times, the page of one event, where events have been."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kilauta.domains.directory.logic.facts import MunicipalityFacts, Named, PlaceFacts
from kilauta.domains.directory.models import Place
from kilauta.domains.directory.queries.pages import by_name
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.events.choices import FOR_SUPPORTERS, PARTS
from kilauta.domains.events.models import Event, Occurrence
from kilauta.lib.disclosure import LEAST
from kilauta.lib.words import Words

from .listing import at_municipality, coming, event_by, past
from .schema import schemas_of
from .seats import Seats, seats_of
from .telling import EventWords, address_of, when, words_of

AT_PLACE = 3
# of what is over, so many times are still told
OVER_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Narrowed:
    """By what a list is narrowed down; empty: by nothing. `topic` may be a theme; `place` is an id."""

    municipality: str = ""
    topic: str = ""
    kind: str = ""
    remote: bool = False
    place: str = ""

    @property
    def is_narrow(self) -> bool:
        return self != Narrowed()


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One time as everybody may see it."""

    occurrence: Occurrence
    event: Event
    address: str
    when: str
    # when it was, before it was moved
    was: str
    where: Words
    town: Words | None
    # none: nobody signs up for it, or not any more
    seats: Seats | None = None

    @property
    def is_cancelled(self) -> bool:
        return self.occurrence.state == "cancelled"

    @property
    def came(self) -> int | None:
        """How many residents came, where they were counted and were not few (`lib.disclosure`)."""
        held = self.occurrence
        came = (held.residents_here or 0) + (held.residents_afar or 0)
        return came if held.closed_as == "counted" and came >= LEAST else None


@dataclass(frozen=True, slots=True)
class Taking:
    """An organisation with a part in an event; the address of its page, where it has one."""

    name: Words
    address: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """`state`: "coming", "cancelled" (all that was to come is), "over", or "withdrawn".

    `times` are those to come, and where there are none the last that were.
    """

    event: Event
    words: EventWords
    address: str
    state: Literal["coming", "cancelled", "over", "withdrawn"]
    times: tuple[TimeRow, ...]
    # of a whole course; of single times each row has its own
    seats: Seats | None
    place: PlaceFacts | None
    municipality: MunicipalityFacts | None
    parts: tuple[tuple[str, tuple[Taking, ...]], ...]
    topics: tuple[Named, ...]

    @property
    def for_search_engines(self) -> dict[str, object]:
        """The times that are shown, in the words of schema.org."""
        return schemas_of(self.event, (row.occurrence for row in self.times), self.words.lang)

    @property
    def changed(self) -> tuple[TimeRow, ...]:
        """The times to come that are not as they were told: moved or cancelled."""
        if self.state != "coming":
            return ()
        return tuple(row for row in self.times if row.was or row.is_cancelled)


def coming_times(reading: Reading, by: Narrowed) -> QuerySet[Occurrence]:
    """Return the times to come for residents, soonest first; cancelled ones stay among them."""
    return coming(_narrowed(_for_all(reading), by), now=reading.now)


def past_times(reading: Reading, by: Narrowed) -> QuerySet[Occurrence]:
    """Return the times that are over, newest first."""
    return past(_narrowed(_for_all(reading), by), now=reading.now)


def next_times(
    network: str, *, now: datetime, municipality: str = "", limit: int = 3
) -> tuple[Occurrence, ...]:
    """Return the next times that are held, in the whole network or in one municipality, in one query."""
    times = _lean(network).exclude(state="cancelled")
    if municipality:
        times = at_municipality(times, municipality)
    return tuple(coming(times, now=now)[:limit])


def next_events(reading: Reading, *, municipality: str = "", limit: int = 3) -> tuple[TimeRow, ...]:
    """Return the next times as rows, for the front page and for an answer, in one query."""
    times = next_times(reading.network.id, now=reading.now, municipality=municipality, limit=limit)
    return tuple(row_of(each, reading.lang) for each in times)


def lasting_addresses(reading: Reading) -> list[str]:
    """Return the addresses of the events to come, as they stand in the map of the site; one query."""
    coming_events = Event.objects.filter(
        pk__in=coming(_lean(reading.network.id), now=reading.now).order_by().values("event")
    )
    return [address_of(each) for each in coming_events.only("short_id", "name_fi").order_by("short_id")]


def next_at_place(network: str, place: str, *, now: datetime) -> tuple[Occurrence, ...]:
    """Return the next times at a place, cancelled ones among them: who knows of one from paper looks there."""
    return tuple(coming(_at_place(_lean(network), place), now=now)[:AT_PLACE])


def rows_of(times: Iterable[Occurrence], lang: str, *, now: datetime) -> tuple[TimeRow, ...]:
    """Return the times as rows, with the seats of those that somebody can still sign up for: two queries."""
    held = list(times)
    seats = seats_of([each for each in held if may_sign_up(each, now=now)])
    return tuple(row_of(each, lang, seats=seats.get(each.pk)) for each in held)


def row_of(occurrence: Occurrence, lang: str, *, seats: Seats | None = None) -> TimeRow:
    """Return one time as a row; its event and its place are at hand."""
    event = occurrence.event
    place = occurrence.place or event.place
    # what is held on the web only is in no town
    usual = event.municipality if event.where else None
    town = place.municipality if place else usual
    return TimeRow(
        occurrence,
        event,
        address_of(event),
        when(occurrence, lang),
        was_at(occurrence, lang),
        _where(event, place),
        # the English for a town is its Finnish name
        Words(town.name_fi, town.name_sv, town.name_fi) if town else None,
        seats,
    )


def was_at(occurrence: Occurrence, lang: str) -> str:
    """Return in words when it was before it was moved; "" where it never was."""
    if occurrence.was_at is None:
        return ""
    lasts = occurrence.ends_at - occurrence.starts_at
    before = Occurrence(
        starts_at=occurrence.was_at, ends_at=occurrence.was_at + lasts, all_day=occurrence.all_day
    )
    return when(before, lang)


def may_sign_up(occurrence: Occurrence, *, now: datetime) -> bool:
    """Return whether somebody may still sign up for this time, be there a seat or not."""
    event = occurrence.event
    is_ahead = occurrence.state == "planned" and occurrence.starts_at > now
    return event.capacity is not None and event.state == "published" and is_ahead


def event_page(reading: Reading, short_id: str) -> EventPage | None:
    """Return the event of this address as it is now; None: there never was one that everybody could see."""
    event = event_by(reading.network.id, short_id)
    if event is None:
        return None
    held, lang = reading.catalogue, reading.lang
    times = _times_of(event, reading)
    rows = rows_of(times, lang, now=reading.now)
    place = held.places.get(str(event.place_id))
    return EventPage(
        event=event,
        words=words_of(event, lang),
        address=address_of(event),
        state=_state(event, times, reading.now),
        times=rows,
        seats=next((row.seats for row in rows if row.seats), None) if event.is_whole else None,
        place=place,
        municipality=held.municipalities.get(event.municipality_id or ""),
        parts=_parts(event, reading),
        topics=by_name((held.topics[each.pk] for each in event.topics.all() if each.pk in held.topics), lang),
    )


def _times_of(event: Event, reading: Reading) -> list[Occurrence]:
    times = event.occurrences.select_related("place__municipality")
    found = list(coming(times, now=reading.now)) or list(past(times, now=reading.now)[:OVER_SHOWN])
    for each in found:
        # with all that has been read of it
        each.event = event
    return found


def _state(
    event: Event, times: Sequence[Occurrence], now: datetime
) -> Literal["coming", "cancelled", "over", "withdrawn"]:
    if event.state == "withdrawn":
        return "withdrawn"
    if not any(each.ends_at > now for each in times):
        return "over"
    return "cancelled" if all(each.state == "cancelled" for each in times) else "coming"


def _parts(event: Event, reading: Reading) -> tuple[tuple[str, tuple[Taking, ...]], ...]:
    """Return who takes part and how, in the order of `choices.PARTS`; what nobody does is left out."""
    shown = reading.catalogue.organisations
    found: dict[str, list[Taking]] = {}
    for each in event.parts.all():
        facts = shown.get(str(each.organisation_id))
        found.setdefault(each.part, []).append(Taking(each.organisation.name, facts.address if facts else ""))
    return tuple((part, by_name(found[part], reading.lang)) for part in PARTS if part in found)


def _where(event: Event, place: Place | None) -> Words:
    if place:
        return place.name
    # written once, for readers of all languages
    return Words(*(event.where or _("On the web"),) * 3)


def _for_all(reading: Reading) -> QuerySet[Occurrence]:
    return _lean(reading.network.id)


def _lean(network: str) -> QuerySet[Occurrence]:
    """Return what residents may come to, with what a row shows and no more."""
    shown = Occurrence.objects.filter(network=network, is_shown=True)
    joined = shown.select_related("event__place__municipality", "event__municipality", "place__municipality")
    return joined.exclude(event__kind__in=FOR_SUPPORTERS)


def _at_place(times: QuerySet[Occurrence], place: UUID | str) -> QuerySet[Occurrence]:
    return times.filter(Q(place__isnull=True, event__place=place) | Q(place=place))


def _narrowed(times: QuerySet[Occurrence], by: Narrowed) -> QuerySet[Occurrence]:
    if by.municipality:
        times = at_municipality(times, by.municipality)
    if by.topic:
        about = Event.topics.through.objects.filter(Q(topic=by.topic) | Q(topic__theme=by.topic))
        times = times.filter(event__in=about.values("event"))
    if by.kind:
        times = times.filter(event__kind=by.kind)
    if by.remote:
        times = times.exclude(event__remote_url="")
    return _at_place(times, by.place) if by.place else times
