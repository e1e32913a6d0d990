"""What a customer is told about a booking, by mail or by text message."""

from datetime import datetime
from email.utils import parseaddr
from typing import Literal

from django.conf import settings
from django.db import transaction

from kilauta.domains.booking.models import Booking
from kilauta.domains.booking.queries.meetings import Meeting, event_of, meeting_of, reminder_of
from kilauta.domains.booking.queries.secrets import code_of, token_of
from kilauta.kit.calendars import letter
from kilauta.kit.outbox import operations as outbox
from kilauta.kit.outbox.choices import Channel
from kilauta.kit.outbox.models import Message

Told = Literal["asked", "booked", "moved", "cancelled", "refused", "reminder"]

# What the messages are about, so that those that still wait can be taken back.
ABOUT = "booking.booking:{}"
# These change the receiver's calendar. What is only asked for is in no calendar yet.
IN_CALENDAR = ("booked", "moved", "cancelled")


@transaction.atomic
def tell(booking: Booking, what: Told, *, now: datetime) -> Message | None:
    """Write to whoever booked what has become of the booking, in their language; None where nothing reaches them.

    Belongs after the change, in its transaction. Mail is written where there is an address, else a text message where
    there is a number and a way to send it. A mail holds the secret link, and what to do to the receiver's calendar; a
    text message holds the code, for which also a telephone without pages is enough.
    """
    meeting = meeting_of(booking, booking.lang)
    by_mail = bool(booking.email)
    if not by_mail and not (booking.phone and outbox.texts_leave()):
        return None
    about = reminder_of(booking) if what == "reminder" else ABOUT.format(booking.pk)
    context = {
        "meeting": meeting,
        "link": f"{meeting.page}{token_of(booking.pk)}/",
        "code": code_of(booking.pk),
    }
    return outbox.send(
        f"booking/{what}",
        to=booking.email or booking.phone,
        lang=booking.lang,
        now=now,
        context=context,
        channel=Channel.MAIL if by_mail else Channel.SMS,
        about=about,
        key=about if what == "reminder" else "",
        phone=booking.phone,
        secret=True,
        calendar=_calendar(booking, meeting, what, now) if by_mail else "",
    )


def _calendar(booking: Booking, meeting: Meeting, what: Told, now: datetime) -> str:
    # one that was moved before it was refused is in the calendar
    if what not in IN_CALENDAR and not (what == "refused" and booking.sequence > 1):
        return ""
    sender = parseaddr(settings.MAIL_FROM)[1] or f"kilauta@{meeting.host}"
    return letter(event_of(meeting), sender=sender, name=meeting.network, receiver=booking.email, now=now)
