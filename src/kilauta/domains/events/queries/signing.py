"""What is shown to somebody who signs up, and to whoever has the link or the code of a sign-up."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from kilauta.domains.directory.models import HowFound
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.events.models import Event, Occurrence, Signup
from kilauta.kit import calendars

from .calendars import own_entry
from .listing import event_by
from .public import TimeRow, row_of
from .seats import Seats, seats_of, seats_of_event
from .secrets import code_of, token_of
from .telling import EventWords, address_of, words_of

Standing = Literal["in", "waiting", "cancelled", "called_off", "over"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to sign up for: one time, or all of a course (no `occurrence`)."""

    event: Event
    occurrence: Occurrence | None
    words: EventWords
    address: str
    times: tuple[TimeRow, ...]
    seats: Seats
    is_open: bool


@dataclass(frozen=True, slots=True)
class SignupPage:
    signup: Signup
    token: str
    code: str
    state: Standing
    words: EventWords
    address: str
    times: tuple[TimeRow, ...]
    # who waits: the number in the line
    turn: int

    @property
    def is_open(self) -> bool:
        return self.state in {"in", "waiting"}

    @property
    def changed(self) -> tuple[TimeRow, ...]:
        """The times that are not as they were told: moved or cancelled."""
        return tuple(row for row in self.times if row.was or row.is_cancelled) if self.is_open else ()


def wanted(reading: Reading, short_id: str, occurrence: UUID | None) -> Wanted | None:
    """Return what this address is the sign-up of; None where there never was such a thing."""
    event = event_by(reading.network.id, short_id)
    if event is None:
        return None
    times = _with_event(event, occurrence)
    at = times[0] if occurrence and times else None
    if occurrence and at is None:
        return None
    ahead = [each for each in times if each.state == "planned" and each.starts_at > reading.now]
    is_open = (
        event.state == "published"
        and event.capacity is not None
        and event.is_whole == (at is None)
        and bool(ahead)
    )
    seats = seats_of([at])[at.pk] if at else seats_of_event(event)
    rows = tuple(row_of(each, reading.lang) for each in ahead)
    words = words_of(event, reading.lang, place=at.place if at else None)
    return Wanted(event, at, words, address_of(event), rows, seats, is_open)


def signup_page(reading: Reading, signup: Signup) -> SignupPage:
    """Return what whoever has the link of the sign-up sees: how it stands now, whoever changed it."""
    event, lang = signup.event, reading.lang
    times = _with_event(event, signup.occurrence_id)
    rest = _ahead(times, reading.now)
    place = times[0].place if signup.occurrence_id and times else None
    return SignupPage(
        signup,
        token_of(signup.pk),
        code_of(signup.pk),
        _standing(signup, rest, reading.now),
        words_of(event, lang, place=place),
        address_of(event),
        tuple(row_of(each, lang) for each in rest),
        _turn(signup),
    )


def own_entries(signup: Signup, *, now: datetime) -> list[calendars.Event]:
    """Return the times to come of a sign-up as they stand in one's own calendar; who waits has them as not sure."""
    found = []
    for each in _ahead(_with_event(signup.event, signup.occurrence_id), now):
        entry = own_entry(signup, each, signup.event)
        if signup.state == "waiting" and entry.state == "CONFIRMED":
            entry = replace(entry, state="TENTATIVE")
        found.append(entry)
    return found


def ways_found(lang: str) -> list[tuple[str, str]]:
    """Return the ways somebody may have heard of an event, as (code, name)."""
    rows = HowFound.objects.filter(retired_on__isnull=True).order_by("position", "code")
    return [(each.code, str(each.name.pick(lang))) for each in rows]


def _with_event(event: Event, occurrence: UUID | None) -> list[Occurrence]:
    times = event.occurrences.select_related("place__municipality").order_by("starts_at", "pk")
    found = list(times.filter(pk=occurrence) if occurrence else times)
    for each in found:
        # with all that has been read of it
        each.event = event
    return found


def _ahead(times: list[Occurrence], now: datetime) -> list[Occurrence]:
    """Return what has not ended; where all of it has, all."""
    return [each for each in times if each.ends_at > now] or times


def _standing(signup: Signup, times: list[Occurrence], now: datetime) -> Standing:
    if times and all(each.state == "cancelled" for each in times):
        return "called_off"
    if signup.state == "cancelled":
        return "cancelled"
    if signup.ends_at <= now:
        return "over"
    return "in" if signup.state == "in" else "waiting"


def _turn(signup: Signup) -> int:
    if signup.state != "waiting":
        return 0
    line = Signup.objects.filter(event=signup.event_id, occurrence=signup.occurrence_id, state="waiting")
    return line.filter(turn__lte=signup.turn).count()
