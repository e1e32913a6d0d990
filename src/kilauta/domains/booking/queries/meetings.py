"""What somebody with a booking must know to be there: for messages, calendars and the slip."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _

from kilauta.domains.booking.logic import addresses
from kilauta.domains.booking.models import Booking
from kilauta.domains.directory import choices as directory
from kilauta.domains.directory.logic.facts import FAMILY_OF_MODE
from kilauta.domains.directory.models import Place
from kilauta.domains.territory.models import Network
from kilauta.kit.calendars import Event
from kilauta.lib.zone import local

from .rooms import by_video, token_of

STATES = {"asked": "TENTATIVE", "cancelled": "CANCELLED", "refused": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Meeting:
    """A booking in the words of one language. `family` is phone, visit, home or remote; what is not there is empty."""

    key: UUID
    uid: str
    number: str
    lang: str
    state: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    day: str
    time: str
    minutes: int
    family: str
    how: str
    place: str
    address: str
    directions: str
    bring: str
    phone: str
    network: str
    host: str
    page: str
    remote: str
    room: str
    # the customer has told a number: the supporter rings, not they
    is_rung: bool

    @property
    def when(self) -> str:
        with translation.override(self.lang):
            return _("%(day)s at %(time)s") % {"day": self.day, "time": self.time}

    @property
    def by_video(self) -> bool:
        return bool(self.room) and by_video()

    @property
    def where(self) -> str:
        """The place with its address, or how one meets otherwise."""
        return ", ".join(part for part in (self.place or self.how, self.address) if part)


def meeting_of(booking: Booking, lang: str) -> Meeting:
    """Return what must be known about the booking, in this language."""
    offer, begins = booking.offer, local(booking.starts_at)
    channel, network = offer.channel, offer.network
    start = addresses.start(settings.ADDRESS, network.host)
    room = token_of(booking.pk, booking.room)
    with translation.override(lang):
        return Meeting(
            key=booking.pk,
            uid=uid_of(booking),
            number=booking.number,
            lang=lang,
            state=booking.state,
            sequence=booking.sequence,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            day=f"{formats.date_format(begins, 'l')} {formats.date_format(begins, 'SHORT_DATE_FORMAT')}",
            time=formats.time_format(begins),
            minutes=int((booking.ends_at - booking.starts_at).total_seconds() // 60),
            family=FAMILY_OF_MODE[channel.mode],
            how=str(directory.label("mode", channel.mode).pick(lang)),
            place=str(offer.place.name.pick(lang)) if offer.place else "",
            address=street_of(offer.place, lang) if offer.place else "",
            directions=str(offer.place.directions.pick(lang)) if offer.place else "",
            bring=str(channel.service.bring.pick(lang)),
            phone=channel.phone or offer.organisation.phone or network.phone,
            network=str(network.name.pick(lang)),
            host=host_of(network),
            page=addresses.page(start, lang, addresses.BOOKING),
            remote=addresses.page(start, lang, addresses.REMOTE) if booking.room else "",
            room=addresses.page(start, lang, addresses.REMOTE, room) if room else "",
            is_rung=bool(booking.phone),
        )


def street_of(place: Place, lang: str) -> str:
    town = " ".join(part for part in (place.postal_code, str(place.municipality.name.pick(lang))) if part)
    return ", ".join(part for part in (place.address, town) if part)


def event_of(meeting: Meeting) -> Event:
    """Return the booking as it stands in its owner's own calendar.

    Calendars are shared: neither the topic nor a name nor the secret link of the booking is in it.
    """
    with translation.override(meeting.lang):
        told = [
            meeting.how,
            _("The number of the booking: %(number)s") % {"number": meeting.number},
            _("To move or cancel the time: %(address)s") % {"address": meeting.page},
            _("Or call %(phone)s.") % {"phone": meeting.phone} if meeting.phone else "",
            meeting.directions,
            _("Take with you: %(things)s") % {"things": meeting.bring} if meeting.bring else "",
        ]
        summary = _("Time for digital support")
    return Event(
        uid=meeting.uid,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=summary,
        lang=meeting.lang,
        place=meeting.where,
        told="\n".join(line for line in told if line),
        url=meeting.remote or meeting.page,
        meeting=meeting.remote if meeting.by_video else "",
        state=STATES.get(meeting.state, "CONFIRMED"),  # type: ignore[arg-type]  # the values are those of a calendar
    )


def host_of(network: Network) -> str:
    """Return the host name of the network's pages."""
    start = addresses.start(settings.ADDRESS, network.host)
    return start.partition("://")[2].partition(":")[0]


def uid_of(booking: Booking) -> str:
    """Return the name of the booking among all calendar entries of the world, the same for its whole life."""
    return f"{booking.pk}@{host_of(booking.offer.network)}"


def reminder_of(booking: Booking) -> str:
    """Return what a reminder is about: this time of this booking, and no other."""
    return f"booking.reminder:{booking.pk} {booking.starts_at.astimezone(UTC):%Y%m%dT%H%M}"


def still_wanted(key: str, now: datetime) -> bool:
    """Return whether somebody is still expected at the time that a reminder is about."""
    booking = Booking.objects.filter(pk=key.partition(" ")[0], state="booked", starts_at__gt=now).first()
    return booking is not None and reminder_of(booking) == f"booking.reminder:{key}"
