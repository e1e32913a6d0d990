"""What can be booked of whom, as those see it who give the time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kilauta.domains.booking import rules
from kilauta.domains.booking.choices import HOLDING, WEEKS
from kilauta.domains.booking.logic.series import why_not
from kilauta.domains.booking.models import Booking, Facility, Offer, Pattern
from kilauta.domains.directory.models import Channel, Organisation, Place
from kilauta.domains.directory.queries.facts import say, way_name
from kilauta.domains.directory.rules import places_for, reach_of
from kilauta.kit.access.holdings import Holdings
from kilauta.kit.accounts.models import Person
from kilauta.lib.zone import HELSINKI, local

from .slots import FreeSlot, diaries, free_slots

# What nobody has to book: one comes, or is alone.
NOT_BOOKED = ("self-service",)
PREVIEW = timedelta(days=14)
ONE_DAY = timedelta(days=1)


def whole(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Return the offers with all that a page says of them, in the order of their names."""
    return offers.select_related(
        "channel__service__organisation", "channel__place", "supporter", "place__municipality", "organisation"
    ).order_by("channel__service__name_fi", "supporter__name", "pk")


def offer_for(person: Person, mine: Holdings, key: UUID) -> Offer | None:
    return whole(rules.offers_for(person, mine)).filter(pk=key).first()


def name_of(offer: Offer) -> str:
    """Return what is booked: the service, and how the help is got."""
    return f"{say(offer.channel.service.name)}: {way_name(offer.channel)}"


@dataclass(frozen=True, slots=True)
class OfferRow:
    key: UUID
    name: str
    supporter: str
    is_mine: bool
    next_at: datetime | None
    outside: int


@dataclass(frozen=True, slots=True)
class OffersPage:
    mine: tuple[OfferRow, ...]
    others: tuple[OfferRow, ...]
    may_add: bool
    has_places: bool


def offers_page(person: Person, mine: Holdings, *, now: datetime) -> OffersPage:
    """Return every offer the person may change, with its next free time."""
    today = local(now).date()
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    offers = list(whole(rules.offers_for(person, mine)).filter(lasting))
    first: dict[UUID, datetime] = {}
    for slot in free_slots(offers, since=now, until=now + PREVIEW, now=now):
        first.setdefault(slot.offer, slot.starts_at)
    left: dict[UUID, int] = defaultdict(int)
    for booking in outside(offers, now=now):
        left[booking.offer_id] += 1
    rows = [
        OfferRow(
            each.pk, name_of(each), str(each.supporter), each.supporter_id == person.pk, first.get(each.pk),
            left[each.pk],
        )
        for each in offers
    ]  # fmt: skip
    return OffersPage(
        tuple(row for row in rows if row.is_mine),
        tuple(row for row in rows if not row.is_mine),
        rules.own_organisations(mine).exists(),
        places_for(reach_of(mine)).exists(),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """What a new offer can be of: ways to get help, people, rooms and devices."""

    channels: list[tuple[str, str]]
    people: list[Person]
    facilities: list[Facility]
    ways: dict[str, Channel]
    workplaces: dict[UUID, frozenset[UUID]]

    def suits(self, way: Channel, person: Person) -> bool:
        """Return whether the person works where the way belongs, and may be offered by who chooses."""
        return person.pk in self.workplaces.get(way.service.organisation_id, frozenset())


def choice(person: Person, mine: Holdings, network: str, *, today: date) -> Choice:
    """Return what the person may make offers of: own time, and that of others where they look after them."""
    organisations = list(rules.own_organisations(mine).order_by("name_fi", "pk"))
    ways = (
        Channel.objects.filter(service__organisation__in=organisations, state="published")
        .filter(service__state="published", service__merged_into__isnull=True)
        .filter(Q(service__organisation__steward=network) | Q(area__networks=network) | Q(everywhere=True))
        .exclude(mode__in=NOT_BOOKED)
        .select_related("service__organisation", "place")
        .distinct()
    )
    named = sorted(((f"{say(way.service.name)}: {way_name(way)}", way) for way in ways), key=_first)
    people: dict[UUID, Person] = {}
    workplaces: dict[UUID, frozenset[UUID]] = {}
    for organisation in organisations:
        there = _there(organisation, person, mine, today)
        workplaces[organisation.pk] = frozenset(each.pk for each in there)
        people |= {each.pk: each for each in there}
    things = Facility.objects.filter(place__host__in=organisations, ended_on__isnull=True)
    return Choice(
        [(str(way.pk), name) for name, way in named],
        sorted(people.values(), key=lambda each: (each != person, str(each))),
        list(things.select_related("place", "resource").order_by("place__name_fi", "name", "pk")),
        {str(way.pk): way for _name, way in named},
        workplaces,
    )


def _first(pair: tuple[str, Channel]) -> tuple[str, str]:
    return pair[0], str(pair[1].pk)


def _there(organisation: Organisation, person: Person, mine: Holdings, today: date) -> list[Person]:
    people = rules.people_of(organisation, today)
    if not rules.may_set_for_others(mine, organisation):
        people = people.filter(pk=person.pk)
    return list(people)


@dataclass(frozen=True, slots=True)
class WeekLine:
    """The times of one weekday: "Monday", "9.00–11.00, 13.00–15.00", and when they hold if not always."""

    weekday: int
    times: str
    when: str


@dataclass(frozen=True, slots=True)
class DayLine:
    on: date
    times: str


@dataclass(frozen=True, slots=True)
class FreeDay:
    on: date
    slots: tuple[FreeSlot, ...]


@dataclass(frozen=True, slots=True)
class OfferPage:
    offer: Offer
    name: str
    facilities: tuple[str, ...]
    week: tuple[WeekLine, ...]
    days: tuple[DayLine, ...]
    free: tuple[FreeDay, ...]
    outside: tuple[Booking, ...]
    last_day: date | None


def offer_page(offer: Offer, *, now: datetime) -> OfferPage:
    """Return one offer with its times, two weeks of what is free, and the bookings outside its times."""
    today = local(now).date()
    days: dict[date, list[str]] = defaultdict(list)
    for each in offer.exceptions.filter(on__gte=today).order_by("on", "opens"):
        days[each.on].append(_closed() if each.opens is None else span(each.opens, each.closes or 0))
    free = free_slots([offer], since=now, until=now + PREVIEW, now=now)
    things = Facility.objects.filter(resource__in=offer.resources.all()).order_by("name", "pk")
    return OfferPage(
        offer,
        name_of(offer),
        tuple(each.name for each in things),
        week_lines(offer.patterns.order_by("weekday", "opens", "pk")),
        tuple(DayLine(on, ", ".join(times)) for on, times in days.items()),
        by_day(free),
        tuple(outside([offer], now=now)),
        offer.ends_on - ONE_DAY if offer.ends_on else None,
    )


def _closed() -> str:
    return _("closed")


def by_day(free: Iterable[FreeSlot]) -> tuple[FreeDay, ...]:
    """Return free slots day by day."""
    days: dict[date, list[FreeSlot]] = defaultdict(list)
    for slot in free:
        days[local(slot.starts_at).date()].append(slot)
    return tuple(FreeDay(on, tuple(slots)) for on, slots in days.items())


def week_lines(patterns: Iterable[Pattern]) -> tuple[WeekLine, ...]:
    lines: dict[tuple[int, str], list[str]] = defaultdict(list)
    for each in patterns:
        when = [] if each.weeks == "all" else [str(WEEKS[each.weeks])]
        if each.starts_on:
            when.append(_("from %(day)s") % {"day": _day(each.starts_on)})
        if each.ends_on:
            when.append(_("until %(day)s") % {"day": _day(each.ends_on - ONE_DAY)})
        lines[each.weekday, ", ".join(when)].append(span(each.opens, each.closes))
    return tuple(WeekLine(weekday, ", ".join(times), when) for (weekday, when), times in lines.items())


def span(opens: int, closes: int) -> str:
    return f"{opens // 60}.{opens % 60:02}–{closes // 60}.{closes % 60:02}"


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def outside(offers: Sequence[Offer], *, now: datetime) -> list[Booking]:
    """Return the coming bookings at times that their offers no longer have, the nearest first."""
    rows = Booking.objects.filter(offer__in=offers, state__in=("asked", "booked"), starts_at__gt=now)
    booked = list(rows.select_related("offer__supporter").order_by("starts_at", "pk"))
    if not booked:
        return []
    found = diaries(offers, since=now, until=booked[-1].ends_at)
    times = {each.offer.pk: each.times for each in found}
    return [each for each in booked if why_not(times[each.offer_id], each.starts_at)]


def facilities_of(offer: Offer) -> list[Facility]:
    """Return the rooms and devices that may go with an offer: those of its organisation's places, in use."""
    used = Q(ended_on__isnull=True) & Q(place__host=offer.organisation_id)
    kept = Q(resource__in=offer.resources.all())
    things = Facility.objects.filter(used | kept).select_related("place", "resource").distinct()
    return list(things.order_by("place__name_fi", "name", "pk"))


def facilities_page(mine: Holdings) -> tuple[list[Facility], list[Place]]:
    """Return the rooms and devices one looks after, and the places they may be in."""
    places = list(places_for(reach_of(mine)).exclude(state="withdrawn").order_by("name_fi", "pk"))
    rows = rules.facilities_for(mine).filter(ended_on__isnull=True).select_related("place", "resource")
    return list(rows.order_by("place__name_fi", "name", "pk")), places


def day_of(text: str) -> date | None:
    """Return the day of an address, "2026-11-24"."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Return when these days begin and end in Finland."""
    return (
        datetime.combine(first, time(), HELSINKI),
        datetime.combine(last + ONE_DAY, time(), HELSINKI),
    )


def bookings_between(people: Iterable[Person], first: date, last: date) -> QuerySet[Booking]:
    """Return what is booked of these people on these days, in order."""
    since, until = day_bounds(first, last)
    held = Booking.objects.filter(supporter__in=people, state__in=HOLDING)
    return held.filter(starts_at__gte=since, starts_at__lt=until).order_by("starts_at", "pk")
