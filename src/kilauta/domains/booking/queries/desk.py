"""Bookings as those see them who help: today's and the next ones, one of them, free times for somebody at the desk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from kilauta.domains.booking import rules
from kilauta.domains.booking.choices import BOOKING_STATES, OPEN
from kilauta.domains.booking.models import Booking, Call, Offer, Waiting
from kilauta.domains.directory.logic.facts import FAMILY_OF_MODE
from kilauta.domains.directory.models import Channel
from kilauta.domains.directory.queries.facts import say, way_name
from kilauta.domains.guidance.queries.sessions import giver_of
from kilauta.kit.access.holdings import Holdings
from kilauta.kit.accounts.models import Person
from kilauta.lib.zone import local

from .offers import bookings_between, name_of
from .slots import FreeSlot, free_slots

NEAR = timedelta(hours=24)
DAYS = 7
LOOKS = timedelta(days=60)
SHOWN = 24


def whole(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    return bookings.select_related(
        "offer__channel__service__organisation", "offer__channel__place", "offer__place__municipality",
        "offer__organisation", "offer__network", "supporter", "topic", "municipality", "session",
    )  # fmt: skip


def booking_for(person: Person, mine: Holdings, key: UUID) -> Booking | None:
    return whole(rules.bookings_for(person, mine)).filter(pk=key).first()


def may_see_contact(booking: Booking, person: Person, now: datetime) -> bool:
    """Return whether the reader is shown how to reach who comes: a volunteer, from a day before to a day after."""
    if booking.starts_at - NEAR <= now <= booking.ends_at + NEAR or person.pk != booking.supporter_id:
        return True
    return giver_of(person, booking.offer.organisation_id, local(now).date()) == "staff"


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A booking on a page; what the reader may do with it now."""

    booking: Booking
    name: str
    state: str
    # how to reach who comes is shown
    is_open: bool
    topic: str
    can_end: bool
    can_answer: bool
    can_change: bool


@dataclass(frozen=True, slots=True)
class BookingDay:
    on: date
    rows: tuple[BookingRow, ...]


@dataclass(frozen=True, slots=True)
class BookingsPage:
    days: tuple[BookingDay, ...]
    asked: tuple[BookingRow, ...]
    calls: int
    first: date
    earlier: date
    later: date

    @property
    def shown(self) -> list[Booking]:
        """The bookings whose contact details are on the page."""
        rows = {row.booking.pk: row for day in self.days for row in day.rows}
        rows |= {row.booking.pk: row for row in self.asked}
        return [row.booking for row in rows.values() if row.is_open and has_contact(row.booking)]


def has_contact(booking: Booking) -> bool:
    return bool(booking.name or booking.phone or booking.email or booking.address)


def bookings_page(person: Person, mine: Holdings, first: date, *, now: datetime) -> BookingsPage:
    """Return the person's own bookings of a week from a day on, and those that wait for a yes, whenever they are."""
    last = first + timedelta(days=DAYS - 1)
    held = list(whole(bookings_between([person], first, last).exclude(state="asked", starts_at__gt=now)))
    asked = whole(Booking.objects.filter(supporter=person, state="asked", starts_at__gt=now))
    days: dict[date, list[BookingRow]] = defaultdict(list)
    for each in held:
        days[local(each.starts_at).date()].append(row_of(each, person, now=now))
    return BookingsPage(
        tuple(BookingDay(on, tuple(rows)) for on, rows in days.items()),
        tuple(row_of(each, person, now=now) for each in asked.order_by("starts_at", "pk")),
        open_calls(person, mine).count(),
        first,
        first - timedelta(days=DAYS),
        first + timedelta(days=DAYS),
    )


def row_of(booking: Booking, person: Person, *, now: datetime) -> BookingRow:
    has_begun = booking.starts_at <= now
    return BookingRow(
        booking,
        name_of(booking.offer),
        str(BOOKING_STATES[booking.state]),
        may_see_contact(booking, person, now),
        say(booking.topic.name) if booking.topic else "",
        can_end=booking.state in OPEN and local(booking.starts_at).date() <= local(now).date(),
        can_answer=booking.state == "asked" and not has_begun,
        can_change=booking.state in OPEN and not has_begun,
    )


def open_calls(person: Person, mine: Holdings) -> QuerySet[Call]:
    """Return whom somebody must still ring, the nearest time first."""
    return (
        rules.calls_for(person, mine)
        .filter(rung_at__isnull=True)
        .select_related("offer__channel__service", "offer__channel__place", "offer__supporter", "offer__place",
                        "booking__supporter", "opening__waiting", "opening__offer")
        .order_by("was_at", "pk")
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CallRow:
    """One to ring: what to say to whom. `booking` or `opening` of the call tells what it is about."""

    call: Call
    what: str
    name: str
    phone: str
    number: str


def call_rows(calls: Iterable[Call]) -> tuple[CallRow, ...]:
    rows = []
    for each in calls:
        whose = each.booking or each.opening.waiting  # type: ignore[union-attr]  # one of the two is there
        rows.append(CallRow(each, name_of(each.offer), whose.name, whose.phone, whose.number))
    return tuple(rows)


def in_line(booking: Booking, *, now: datetime) -> list[Waiting]:
    """Return who waits for a time of this kind today, in order: they may be rung when somebody has not come."""
    today = local(now).date()
    line = Waiting.objects.filter(channel=booking.offer.channel_id, state="waiting", from_on__lte=today)
    return list(line.filter(until_on__gte=today).exclude(phone="").order_by("came_at", "pk")[:5])


def offers_of(channel: UUID, network: str, *, today: date) -> list[Offer]:
    """Return what can be booked by this way to get help in the network."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    offers = Offer.objects.filter(lasting, channel=channel, network=network, supporter__is_active=True)
    there = offers.filter(channel__state="published", channel__service__state="published")
    return list(
        there.select_related(
            "channel__service__organisation",
            "channel__place",
            "supporter",
            "place",
            "organisation",
            "network",
        ).order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One way to get help that can be booked, and its next free time."""

    key: str
    name: str
    next_at: datetime | None


def desk_rows(network: str, *, now: datetime) -> list[DeskRow]:
    """Return everything that can be booked in the network, by name."""
    today = local(now).date()
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    rows = Offer.objects.filter(lasting, network=network, supporter__is_active=True)
    offers = list(
        rows.filter(channel__state="published", channel__service__state="published").select_related(
            "channel__service", "channel__place"
        ).order_by("pk")
    )  # fmt: skip
    first: dict[UUID, datetime] = {}
    channels = {each.pk: each.channel for each in offers}
    for slot in free_slots(offers, since=now, until=now + timedelta(days=14), now=now, early=True):
        first.setdefault(channels[slot.offer].pk, slot.starts_at)
    found = {
        each.channel_id: f"{say(each.channel.service.name)}: {way_name(each.channel)}" for each in offers
    }
    named = sorted(found.items(), key=lambda pair: (pair[1], str(pair[0])))
    return [DeskRow(str(key), name, first.get(key)) for key, name in named]


@dataclass(frozen=True, slots=True)
class DeskTime:
    """A time at which somebody is free; `offers` are those who are."""

    starts_at: datetime
    offers: tuple[UUID, ...]


def desk_times(offers: Sequence[Offer], *, since: datetime, now: datetime) -> list[DeskTime]:
    """Return the next free times of any of these, each once, without the notice residents need."""
    return merged(
        free_slots(offers, since=max(since, now), until=max(since, now) + LOOKS, now=now, early=True)
    )


def merged(slots: Iterable[FreeSlot], most: int = SHOWN) -> list[DeskTime]:
    times: dict[datetime, list[UUID]] = defaultdict(list)
    for slot in slots:
        times[slot.starts_at].append(slot.offer)
    return [DeskTime(at, tuple(offers)) for at, offers in sorted(times.items())[:most]]


def is_home(channel: Channel) -> bool:
    return FAMILY_OF_MODE[channel.mode] == "home"


def topics_of(channel: Channel) -> list[tuple[str, str]]:
    """Return what may be asked about by this way: the topics of its service."""
    topics = channel.service.topics.filter(retired_on=None).order_by("position", "pk")
    return [(each.pk, say(each.name)) for each in topics]


def of_series(booking: Booking) -> list[Booking]:
    """Return the bookings of the same series, this one too, in order."""
    if booking.series is None:
        return [booking]
    return list(Booking.objects.filter(series=booking.series).order_by("starts_at", "pk"))


def numbers(person: Person, *, now: datetime) -> tuple[int, int]:
    """Return how many bookings the person has today that are still open, and how many wait for their yes."""
    today = local(now).date()
    open_today = bookings_between([person], today, today).filter(state="booked").count()
    asked = Booking.objects.filter(supporter=person, state="asked", starts_at__gt=now).count()
    return open_today, asked


def next_of(person: Person, *, now: datetime) -> BookingRow | None:
    """Return the booking that is on now or comes next."""
    coming = Booking.objects.filter(supporter=person, state__in=OPEN, ends_at__gt=now)
    found = whole(coming).order_by("starts_at", "pk").first()
    return row_of(found, person, now=now) if found else None
