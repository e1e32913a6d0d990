"""Offering time: what can be booked, in which weeks, and the days that are not as the week says.

None of these touches a booking that has been made: what a change leaves outside is listed by `queries.offers.outside`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kilauta.domains.booking.models import DayException, Facility, Offer, Pattern
from kilauta.domains.directory.choices import PLACE_MODES
from kilauta.domains.directory.models import Channel, Place
from kilauta.domains.directory.operations.writing import locked
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.recording import record
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused
from kilauta.kit.reservations import operations as reservations
from kilauta.lib.zone import local

from .freed import offer_day

COLUMNS = frozenset(
    {
        "minutes",
        "before",
        "after",
        "notice",
        "horizon",
        "capacity",
        "needs_yes",
        "closed_on_holidays",
        "ends_on",
    }
)
MOST_DAYS = 366
MOST_ROWS = 70


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """Times of a week: `[opens, closes)` in minutes from midnight, on the days `[starts_on, ends_on)`."""

    weekday: int
    opens: int
    closes: int
    weeks: str = "all"
    starts_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def add_offer(
    channel: Channel,
    *,
    network: str,
    supporter: Person,
    values: Mapping[str, object],
    facilities: Collection[Facility] = (),
    actor: Person,
    now: datetime,
) -> Offer:
    """Let a supporter be booked by this channel; times come with its week. Where it has a place, it is held there."""
    place = channel.place if channel.mode in PLACE_MODES else None
    made = Offer(
        network_id=network, organisation=channel.service.organisation, channel=channel, supporter=supporter,
        place=place, **_known(values),
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        words = _("This supporter is already booked this way. Change those times.")
        raise Refused("there-already", words, "supporter") from None
    made.resources.set(each.resource for each in facilities)
    record(made, "made", actor=actor, now=now)
    return made


@transaction.atomic
def change_offer(
    offer: Offer,
    *,
    values: Mapping[str, object],
    facilities: Collection[Facility],
    actor: Person,
    now: datetime,
) -> Offer:
    """Make the offer say this from now on; bookings stay as they were made."""
    offer = locked(offer)
    held = {name: getattr(offer, name) for name in COLUMNS}
    wanted = {**held, **_known(values)}
    for name, value in wanted.items():
        setattr(offer, name, value)
    offer.save()
    offer.resources.set(each.resource for each in facilities)
    changed = {name: (held[name], wanted[name]) for name in sorted(COLUMNS) if held[name] != wanted[name]}
    record(offer, "changed", actor=actor, now=now, values=changed)
    return offer


@transaction.atomic
def set_week(offer: Offer, *, rows: Iterable[Row], actor: Person, now: datetime) -> None:
    """Let the offer have these times of the week and no others."""
    offer = locked(offer)
    wanted = sorted(set(rows), key=lambda row: (row.weekday, row.opens, row.closes, row.weeks))
    if len(wanted) > MOST_ROWS:
        raise Refused("too-many", _("There are more times here than a week can hold."))
    for one, other in combinations(wanted, 2):
        if _meet(one, other):
            raise Refused("overlap", _("Two times of the same day run into each other. Mend one of them."))
    offer.patterns.all().delete()
    Pattern.objects.bulk_create(
        Pattern(
            offer=offer, weekday=each.weekday, opens=each.opens, closes=each.closes, weeks=each.weeks,
            starts_on=each.starts_on, ends_on=each.ends_on,
        )
        for each in wanted
    )  # fmt: skip
    record(offer, "week", actor=actor, now=now)


def _meet(one: Row, other: Row) -> bool:
    """Return whether two times are open at the same moment on some day."""
    if one.weekday != other.weekday or other.opens >= one.closes:
        return False
    if {one.weeks, other.weeks} == {"odd", "even"}:
        return False
    ends = (one.ends_on or date.max, other.ends_on or date.max)
    return (one.starts_on or date.min) < ends[1] and (other.starts_on or date.min) < ends[0]


@transaction.atomic
def close_days(
    offers: Sequence[Offer], *, from_on: date, last_on: date, actor: Person, now: datetime
) -> None:
    """Close the offers from one day to another, both included; what is booked on them stays booked."""
    days = _days(from_on, last_on, local(now).date())
    for offer in offers:
        _clear(offer, days)
        DayException.objects.bulk_create(DayException(offer=offer, on=day) for day in days)
        record(offer, "closed", actor=actor, now=now)


@transaction.atomic
def open_day(offer: Offer, *, on: date, opens: int, closes: int, actor: Person, now: datetime) -> None:
    """Open a day at these times, which take the place of the week's; who waits for a time is offered one."""
    days = _days(on, on, local(now).date())
    if closes - opens < offer.minutes:
        raise Refused("too-short", _("One time of this length does not fit in. Write a later end."), "closes")
    offer = locked(offer)
    # other times of that day that were opened by hand stay, unless these reach into them
    mine = offer.exceptions.filter(on__in=days)
    mine.filter(opens__isnull=True).delete()
    if mine.filter(opens__lt=closes, closes__gt=opens).exists():
        raise Refused(
            "overlap", _("Two times of the same day run into each other. Mend one of them."), "opens"
        )
    DayException.objects.create(offer=offer, on=on, opens=opens, closes=closes)
    record(offer, "opened", actor=actor, now=now)
    offer_day(offer, on=on, now=now)


@transaction.atomic
def clear_day(offer: Offer, *, on: date, actor: Person, now: datetime) -> None:
    """Let a day be as the week says again."""
    _clear(offer, [on])
    record(offer, "as-the-week", actor=actor, now=now)


def _clear(offer: Offer, days: Collection[date]) -> None:
    DayException.objects.filter(offer=offer, on__in=days).delete()


def _days(first: date, last: date, today: date) -> list[date]:
    if last < first:
        raise Refused("backwards", _("It cannot end before it begins."), "last_on")
    if last < today:
        raise Refused("past", _("These days have already passed."), "from_on")
    number = (last - first).days + 1
    if number > MOST_DAYS:
        raise Refused("too-many", _("So many days cannot be closed at once: end the offer."), "last_on")
    return [first + timedelta(days=each) for each in range(number)]


def _known(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name in COLUMNS}


@transaction.atomic
def add_facility(place: Place, *, kind: str, name: str, seats: int, actor: Person, now: datetime) -> Facility:
    """Hold that the place has this room, or so many of this device."""
    refuse_identity_numbers(name=name)
    made = Facility(place=place, name=name)
    made.resource = reservations.resource(kind, made.pk.hex, seats=seats)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Refused("there-already", _("There is one of this name here already."), "name") from None
    record(made, "made", actor=actor, now=now)
    return made


@transaction.atomic
def end_facility(facility: Facility, *, actor: Person, now: datetime) -> None:
    """Reserve a room or a device no longer; reservations made stay."""
    facility = locked(facility)
    facility.ended_on = facility.ended_on or local(now).date()
    facility.save(update_fields=["ended_on"])
    for offer in Offer.objects.filter(resources=facility.resource).order_by("pk"):
        offer.resources.remove(facility.resource)
    record(facility, "ended", actor=actor, now=now)
