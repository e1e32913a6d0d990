"""The next time for somebody, and the same time each week."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.booking.choices import OPEN
from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.logic.series import WEEK, weekly, why_not
from kilauta.domains.booking.models import Booking
from kilauta.domains.booking.queries.slots import diaries
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import local

from .bookings import SUPPORTER, Booked, book, locked

MOST_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Turn:
    """One week of a series: the booking, or why there is none (`choices.NOT_MADE`)."""

    on: date
    booking: Booking | None
    why: str = ""


@transaction.atomic
def make_series(booking: Booking, *, weeks: int, actor: Person, now: datetime) -> list[Turn]:
    """Book the same time of the week for so many weeks more; what cannot be had is told, and the rest is made.

    All of them share a series with the first. Each is a booking of its own: moved, it stays what it is.
    """
    first = locked(booking)
    if not 1 <= weeks <= MOST_WEEKS:
        raise Refused("too-many", _("Choose from 1 to 26 weeks."), "weeks")
    if first.state not in {*OPEN, "kept"}:
        raise Refused("closed", _("This booking is over."))
    if first.series is None:
        first.series = uuid4()
        first.save(update_fields=["series"])
    diary = diaries([first.offer], since=first.starts_at, until=first.starts_at + (weeks + 1) * WEEK)[0]
    turns = []
    for number, at in enumerate(weekly(first.starts_at, weeks), start=1):
        on = local(first.starts_at).date() + number * WEEK
        why = "hour" if at is None else why_not(diary.times, at)
        made = None if why or at is None else _made(first, at, actor, now)
        turns.append(Turn(on, made, why if why or made else "taken"))
    return turns


def _made(first: Booking, at: datetime, actor: Person, now: datetime) -> Booking | None:
    try:
        return book(
            first.offer, starts_at=at, contact=contact_of(first), made_by=SUPPORTER, actor=actor, now=now,
            series=first.series,
        ).booking  # fmt: skip
    except Refused as refused:
        if refused.code not in {"taken", "not-offered", "past"}:
            raise
        return None


def book_next(booking: Booking, *, starts_at: datetime, actor: Person, now: datetime, key: str) -> Booked:
    """Book another time for the same person at the same supporter."""
    offer = booking.offer
    return book(
        offer, starts_at=starts_at, contact=contact_of(booking), made_by=SUPPORTER, actor=actor, now=now,
        key=key, series=booking.series,
    )  # fmt: skip


def contact_of(booking: Booking) -> BookingContact:
    """Return who comes, as the booking still knows."""
    return BookingContact(
        name=booking.name, phone=booking.phone, email=booking.email, lang=booking.lang,
        for_other=booking.for_other, topic=str(booking.topic_id or ""),
        municipality=str(booking.municipality_id or ""), address=booking.address,
    )  # fmt: skip
