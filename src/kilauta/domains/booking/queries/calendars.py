"""What stands in a supporter's own calendars."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from kilauta.domains.booking.choices import HOLDING
from kilauta.domains.booking.models import Booking, FeedAddress, OutsideCalendar
from kilauta.domains.directory import choices as directory
from kilauta.kit.access.operations import digest
from kilauta.kit.accounts.models import Person
from kilauta.kit.calendars import Event
from kilauta.kit.translations import reader_language

from .meetings import street_of, uid_of

PAST = timedelta(days=30)
HORIZON = timedelta(days=60)
# A calendar is read once an hour.
AGAIN = timedelta(minutes=55)


def owner_of_feed(token: str) -> Person | None:
    """Return whose feed the secret address is; nobody's when it has ended or the person has left."""
    found = FeedAddress.objects.filter(token_hash=digest(token), supporter__is_active=True)
    held = found.select_related("supporter").first()
    return held.supporter if held else None


def feed_of(person: Person, *, now: datetime) -> list[Event]:
    """Return the supporter's bookings as calendar entries: time, place and number, and nobody's name or topic."""
    held = Booking.objects.filter(supporter=person, state__in=HOLDING, ends_at__gt=now - PAST)
    held = held.select_related("offer__channel", "offer__network", "offer__place__municipality")
    lang = reader_language()
    return [_entry(each, lang) for each in held.order_by("starts_at", "pk")]


def _entry(booking: Booking, lang: str) -> Event:
    offer = booking.offer
    where = str(directory.label("mode", offer.channel.mode).pick(lang))
    if offer.place:
        where = f"{offer.place.name.pick(lang)}, {street_of(offer.place, lang)}"
    return Event(
        uid=uid_of(booking),
        sequence=booking.sequence,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        summary=_("Booking %(number)s") % {"number": booking.number},
        lang=lang,
        place=where,
        state="TENTATIVE" if booking.state == "asked" else "CONFIRMED",
    )


def has_feed(person: Person) -> bool:
    return FeedAddress.objects.filter(supporter=person).exists()


def calendars_of(person: Person) -> QuerySet[OutsideCalendar]:
    """Return the outside calendars of the supporter, in the order in which they were added."""
    return OutsideCalendar.objects.filter(supporter=person).order_by("pk")


def due_calendars(now: datetime) -> QuerySet[OutsideCalendar]:
    """Return the calendars whose turn it is to be read, those first that wait longest."""
    due = OutsideCalendar.objects.filter(supporter__is_active=True)
    due = due.filter(Q(fetched_at__isnull=True) | Q(fetched_at__lte=now - AGAIN))
    return due.order_by(F("fetched_at").asc(nulls_first=True), "pk")
