"""What can be done with the bookings of somebody who cannot be there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from kilauta.domains.booking import rules
from kilauta.domains.booking.choices import OPEN
from kilauta.domains.booking.models import Booking, Offer
from kilauta.kit.access.absences import roles_of
from kilauta.kit.access.holdings import Holdings
from kilauta.kit.accounts.models import Person
from kilauta.lib.zone import local

from .desk import offers_of, whole
from .offers import bookings_between, name_of
from .slots import FreeSlot, free_slots

PROPOSED = 3
LOOKS = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be done: another supporter at the same time, or another time."""

    offer: Offer
    starts_at: datetime

    @property
    def value(self) -> str:
        return f"{self.offer.pk}_{self.starts_at:%Y%m%dT%H%M%z}"


@dataclass(frozen=True, slots=True)
class AwayRow:
    """A booking with what can be done: `hands` at the same time, `moves` at another."""

    booking: Booking
    name: str
    hands: tuple[Way, ...]
    moves: tuple[Way, ...]

    @property
    def ways(self) -> tuple[Way, ...]:
        return (*self.hands, *self.moves)


def offers_away(person: Person, actor: Person, mine: Holdings) -> list[Offer]:
    """Return the person's offers that the actor may close."""
    return list(rules.offers_for(actor, mine).filter(supporter=person).order_by("pk"))


def person_of(key: UUID, actor: Person, mine: Holdings, *, today: date) -> Person | None:
    """Return whose absence the actor may see to: whose times they may change, or whose roles they could give."""
    person = Person.objects.filter(pk=key, is_active=True).first()
    if person is None or person == actor:
        return person
    is_theirs = rules.offers_for(actor, mine).filter(supporter=person).exists()
    return person if is_theirs or roles_of(person, actor=actor, day=today) else None


def away_rows(
    person: Person, actor: Person, mine: Holdings, first: date, last: date, *, now: datetime
) -> list[AwayRow]:
    """Return the coming bookings of the person on these days with what can be done, the nearest first."""
    held = whole(bookings_between([person], first, last).filter(state__in=OPEN, starts_at__gt=now))
    rows = list(held.filter(pk__in=rules.bookings_for(actor, mine).values("pk")))
    free: dict[UUID, list[FreeSlot]] = {}
    offers: dict[UUID, Offer] = {}
    for channel in {(row.offer.channel_id, row.offer.network_id) for row in rows}:
        others = offers_of(channel[0], str(channel[1]), today=local(now).date())
        offers |= {each.pk: each for each in others}
        # the days the person is away give no time of theirs
        found = free_slots(others, since=now, until=now + LOOKS + (last - first), now=now, early=True)
        free[channel[0]] = [each for each in found if not _is_away(each, offers, person, first, last)]
    return [_row(each, free[each.offer.channel_id], offers) for each in rows]


def _is_away(slot: FreeSlot, offers: dict[UUID, Offer], person: Person, first: date, last: date) -> bool:
    mine = offers[slot.offer].supporter_id == person.pk
    return mine and first <= local(slot.starts_at).date() <= last


def _row(booking: Booking, free: Sequence[FreeSlot], offers: dict[UUID, Offer]) -> AwayRow:
    at = booking.starts_at
    length = booking.ends_at - at
    # the other one stands at the same place, and gives as long
    same = [
        each
        for each in free
        if offers[each.offer].place_id == booking.offer.place_id and each.ends_at - each.starts_at == length
    ]
    hands = [Way(offers[each.offer], at) for each in same if each.starts_at == at]
    times: dict[datetime, Way] = {}
    for each in same:
        if each.starts_at != at and each.starts_at not in times and len(times) < PROPOSED:
            times[each.starts_at] = Way(offers[each.offer], each.starts_at)
    return AwayRow(booking, name_of(booking.offer), tuple(hands), tuple(times.values()))
