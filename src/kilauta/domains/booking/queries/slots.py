"""Which slots of some offers are free, read at a fixed number of queries however many offers there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from typing import NamedTuple, TypeVar
from uuid import UUID

from kilauta.domains.booking.choices import HOLDING
from kilauta.domains.booking.logic import slots as logic
from kilauta.domains.booking.logic.slots import Closure, OneDay, Slot, Taken, Times, Way, Weekly
from kilauta.domains.booking.models import Booking, Busy, DayException, Offer, Opening, Pattern
from kilauta.domains.directory.queries.catalogue import catalogue
from kilauta.kit.access.models import Absence
from kilauta.kit.reservations.queries import Held, held
from kilauta.lib.zone import local

# No slot and no way to it is longer: so far around a time others are looked at.
AROUND = timedelta(hours=24)
OURS = "booking."
T = TypeVar("T")


class FreeSlot(NamedTuple):
    """A slot that `left` more may book."""

    starts_at: datetime
    ends_at: datetime
    offer: UUID
    left: int


class Room(NamedTuple):
    seats: int
    held: list[Held]


@dataclass(frozen=True, slots=True)
class Diary:
    """What is written about one offer and its supporter's time."""

    offer: Offer
    times: Times
    mates: dict[Slot, int]
    taken: tuple[Taken, ...]
    rooms: tuple[Room, ...]

    def left(self, slot: Slot) -> int:
        """Return how many more may book this slot."""
        offer = self.offer
        room = logic.left(
            slot,
            way_of(offer),
            capacity=offer.capacity,
            mates=self.mates.get(slot, 0),
            taken=self._others(slot),
        )
        mine = slot_holder(offer.pk, slot)
        return room if all(_has_seat(each, slot, mine) for each in self.rooms) else 0

    def free(self, *, since: datetime, until: datetime, now: datetime, early: bool) -> Iterator[FreeSlot]:
        offer = self.offer
        notice, horizon = (0, 366) if early else (offer.notice, offer.horizon)
        for slot in logic.bookable(
            self.times, notice=notice, horizon=horizon, since=since, until=until, now=now
        ):
            left = self.left(slot)
            if left:
                yield FreeSlot(slot.starts_at, slot.ends_at, offer.pk, left)

    def _others(self, slot: Slot) -> Iterator[Taken]:
        return (each for each in self.taken if not self._is_mate(each, slot))

    def _is_mate(self, taken: Taken, slot: Slot) -> bool:
        return taken.of == self.offer.pk and (taken.starts_at, taken.ends_at) == (
            slot.starts_at,
            slot.ends_at,
        )


def free_slots(
    offers: Iterable[Offer], *, since: datetime, until: datetime, now: datetime, early: bool = False
) -> list[FreeSlot]:
    """Return the free slots of these offers that begin in `[since, until)`, in order.

    `early`: without the offers' notice and horizon, for who books for somebody at the desk.
    """
    found = diaries(offers, since=since, until=until)
    return sorted(
        slot for each in found for slot in each.free(since=since, until=until, now=now, early=early)
    )


def next_free(offers: Iterable[Offer], *, now: datetime) -> dict[UUID, FreeSlot]:
    """Return the first free slot of each channel of these offers that has one."""
    offers = tuple(offers)
    until = now + timedelta(days=max((each.horizon for each in offers), default=0) + 1)
    first: dict[UUID, FreeSlot] = {}
    for each in diaries(offers, since=now, until=until):
        slot = next(each.free(since=now, until=until, now=now, early=False), None)
        channel = each.offer.channel_id
        if slot and (channel not in first or slot < first[channel]):
            first[channel] = slot
    return first


def in_order(
    offers: Iterable[Offer], *, since: datetime, until: datetime, now: datetime
) -> Iterator[FreeSlot]:
    """Yield the free slots in order, reckoned no further than they are asked for."""
    found = diaries(offers, since=since, until=until)
    return merge(*(each.free(since=since, until=until, now=now, early=False) for each in found))


def diaries(
    offers: Iterable[Offer], *, since: datetime, until: datetime, but: UUID | None = None
) -> list[Diary]:
    """Read what decides about slots in this time. `but`: as if this booking were not there."""
    offers = tuple(each for each in offers)
    if not offers:
        return []
    read = _Reading(offers, since - AROUND, until + AROUND, but)
    return [read.diary(each) for each in offers]


def slot_holder(offer: UUID, slot: Slot) -> str:
    """Return the holder of what everybody in a slot needs: the supporter, the room, the device."""
    return f"{OURS}Slot:{offer}:{int(slot.starts_at.timestamp())}:{int(slot.ends_at.timestamp())}"


def way_of(offer: Offer) -> Way:
    return Way(str(offer.place_id or ""), offer.before, offer.after)


def _has_seat(room: Room, slot: Slot, mine: str) -> bool:
    there = [h for h in room.held if h.starts_at < slot.ends_at and slot.starts_at < h.ends_at]
    return (
        any(h.holder == mine for h in there)
        or len({h.seat for h in there if h.seat < room.seats}) < room.seats
    )


class _Reading:
    def __init__(self, offers: Collection[Offer], since: datetime, until: datetime, but: UUID | None) -> None:
        keys = [each.pk for each in offers]
        people = {each.supporter_id for each in offers}
        self._catalogue = catalogue()
        self._weekly = _grouped(
            (
                each.offer_id,
                Weekly(each.weekday, each.opens, each.closes, each.weeks, each.starts_on, each.ends_on),
            )
            for each in Pattern.objects.filter(offer__in=keys).order_by("pk")
        )
        days = DayException.objects.filter(
            offer__in=keys, on__gte=local(since).date(), on__lte=local(until).date()
        )
        self._days = _grouped(
            (each.offer_id, OneDay(each.on, each.opens, each.closes)) for each in days.order_by("pk")
        )
        gone = Absence.objects.filter(person__in=people, ends_on__gt=local(since).date()).order_by("pk")
        self._away = _grouped(
            (each.person_id, Closure(each.starts_on, each.ends_on - timedelta(days=1))) for each in gone
        )
        self._mates: dict[UUID, dict[Slot, int]] = defaultdict(lambda: defaultdict(int))
        self._taken: dict[UUID, list[Taken]] = defaultdict(list)
        self._read_bookings(people, since, until, but)
        busy = Busy.objects.filter(calendar__supporter__in=people, starts_at__lt=until, ends_at__gt=since)
        for each in busy.values_list("calendar__supporter", "starts_at", "ends_at"):
            self._taken[each[0]].append(Taken(each[1], each[2]))
        self._read_resources(keys, people, since, until)

    def diary(self, offer: Offer) -> Diary:
        facts = self._catalogue.channels.get(str(offer.channel_id))
        pauses = []
        if facts is not None:
            if facts.closed_from is not None:
                pauses.append(Closure(facts.closed_from, facts.closed_until))
            pauses += [Closure(each.from_on, each.until_on) for each in facts.notices if each.closes]
        times = Times(
            offer.minutes,
            tuple(self._weekly.get(offer.pk, ())),
            tuple(self._days.get(offer.pk, ())),
            (*self._away.get(offer.supporter_id, ()), *pauses),
            offer.closed_on_holidays,
            offer.ends_on,
        )
        return Diary(
            offer,
            times,
            self._mates[offer.pk],
            tuple(self._taken[offer.supporter_id]),
            tuple(self._rooms.get(offer.pk, ())),
        )

    def _read_bookings(
        self, people: Collection[UUID], since: datetime, until: datetime, but: UUID | None
    ) -> None:
        rows = Booking.objects.filter(
            supporter__in=people, state__in=HOLDING, starts_at__lt=until, ends_at__gt=since
        )
        # what is offered to somebody in line is theirs until they have answered
        asked = Opening.objects.filter(
            offer__supporter__in=people, state="offered", starts_at__lt=until, ends_at__gt=since
        )
        if but is not None:
            rows = rows.exclude(pk=but)
        held: list[Booking | Opening] = [
            *rows.select_related("offer").order_by("pk"),
            *asked.select_related("offer").order_by("pk"),
        ]
        for row in held:
            slot = Slot(row.starts_at, row.ends_at)
            self._mates[row.offer_id][slot] += 1
            self._taken[row.offer.supporter_id].append(
                Taken(slot.starts_at, slot.ends_at, way_of(row.offer), row.offer_id)
            )

    def _read_resources(
        self, offers: Collection[UUID], people: Collection[UUID], since: datetime, until: datetime
    ) -> None:
        through = Offer.resources.through.objects.filter(offer__in=offers)
        rows = tuple(through.select_related("resource").order_by("pk"))
        rooms = {row.resource_id: row.resource for row in rows}
        persons = [str(each) for each in people]
        found, others = held(rooms, persons=persons, since=since, until=until)
        self._rooms = _grouped(
            (row.offer_id, Room(rooms[row.resource_id].seats, found.get(row.resource_id, []))) for row in rows
        )
        for person, times in others.items():
            # our own holdings are known from the bookings, with the way to them
            strange = (each for each in times if not each.holder.startswith(OURS))
            self._taken[UUID(person)] += [Taken(each.starts_at, each.ends_at) for each in strange]


def _grouped(pairs: Iterable[tuple[UUID, T]]) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
