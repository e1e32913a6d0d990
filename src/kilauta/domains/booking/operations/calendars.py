"""A supporter's own calendars: the feed of the bookings, and the busy times of calendars elsewhere."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.booking.models import Busy, FeedAddress, OutsideCalendar
from kilauta.kit.access.operations import digest
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused

MOST, LONGEST = 5, 500


@transaction.atomic
def make_feed(person: Person, *, now: datetime) -> str:
    """Give the supporter a new secret address of their feed; return the secret. An earlier address ends."""
    token = secrets.token_urlsafe(32)
    FeedAddress.objects.update_or_create(
        supporter=person, defaults={"token_hash": digest(token), "made_at": now}
    )
    return token


@transaction.atomic
def end_feed(person: Person) -> None:
    """Let the address of the feed lead nowhere."""
    FeedAddress.objects.filter(supporter=person).delete()


@transaction.atomic
def add_calendar(address: str, *, actor: Person) -> OutsideCalendar:
    """Take busy times from this address from now on. Refuses what is no web address, and more than five."""
    url = address.strip()
    if url.lower().startswith("webcal://"):
        url = f"https://{url[9:]}"
    try:
        parts = urlsplit(url)
        told = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        told = False
    if not told or len(url) > LONGEST or any(letter.isspace() for letter in url):
        raise Refused("not-web", _("This is no address of a calendar. It begins with https://."), "address")
    Person.objects.select_for_update().get(pk=actor.pk)
    held = OutsideCalendar.objects.filter(supporter=actor)
    if same := held.filter(address=url).first():
        return same
    if held.count() >= MOST:
        raise Refused("too-many", _("You have five calendars here already. Remove one first."), "address")
    return OutsideCalendar.objects.create(supporter=actor, address=url)


@transaction.atomic
def remove_calendar(key: int, *, actor: Person) -> None:
    """Forget one of the actor's outside calendars and its busy times."""
    OutsideCalendar.objects.filter(pk=key, supporter=actor).delete()


@transaction.atomic
def hold_busy(
    calendar: OutsideCalendar, times: Iterable[tuple[datetime, datetime]], *, now: datetime
) -> None:
    """Keep what the calendar says now in place of what it said before."""
    if not OutsideCalendar.objects.filter(pk=calendar.pk).update(fetched_at=now, fault=""):
        return  # removed meanwhile
    Busy.objects.filter(calendar=calendar).delete()
    Busy.objects.bulk_create(Busy(calendar=calendar, starts_at=start, ends_at=end) for start, end in times)


@transaction.atomic
def hold_fault(calendar: OutsideCalendar, fault: str, *, now: datetime) -> None:
    """Keep that the calendar could not be read; the busy times of before still hold, as far as they are to come."""
    OutsideCalendar.objects.filter(pk=calendar.pk).update(fetched_at=now, fault=fault)
    Busy.objects.filter(calendar=calendar, ends_at__lte=now).delete()
