"""What somebody who signed up is told, by mail or by text message."""

from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Literal

from django.conf import settings

from kilauta.domains.events.models import Occurrence, Signup
from kilauta.domains.events.queries.calendars import link_of, own_entry
from kilauta.domains.events.queries.secrets import code_of
from kilauta.domains.events.queries.telling import host_of, when, words_of
from kilauta.kit.calendars import letter
from kilauta.kit.outbox import operations as outbox
from kilauta.kit.outbox.choices import Channel
from kilauta.kit.outbox.models import Message

Told = Literal["in", "waiting", "seat", "cancelled", "called_off", "moved", "reminder"]

# What the messages are about, so that those that still wait can be taken back.
ABOUT = "events.signup:{}"
REMINDER = "events.reminder:{} {:%Y%m%dT%H%M}"
# These change the receiver's calendar.
IN_CALENDAR = ("in", "seat", "cancelled", "called_off", "moved")


def tell(
    signup: Signup, what: Told, *, now: datetime, occurrence: Occurrence | None = None
) -> Message | None:
    """Write to whoever signed up, in their language; None where nothing reaches them.

    `occurrence`: of a sign-up for all times the one it is about. Belongs after the change, in its transaction. Mail is
    written where there is an address, else a text message where there is a number and a way to send it.
    """
    by_mail = bool(signup.email)
    if not by_mail and not (signup.phone and outbox.texts_leave()):
        return None
    about = occurrence or signup.occurrence
    words = words_of(signup.event, signup.lang, place=about.place if about else None)
    key = REMINDER.format(signup.pk, about.starts_at.astimezone(UTC)) if what == "reminder" and about else ""
    context = {
        "words": words,
        "times": _times(signup, about),
        "was": _was(signup, about),
        "signup": signup,
        "link": link_of(signup),
        "code": code_of(signup.pk),
    }
    return outbox.send(
        f"events/{what}",
        to=signup.email or signup.phone,
        lang=signup.lang,
        now=now,
        context=context,
        channel=Channel.MAIL if by_mail else Channel.SMS,
        about=key or ABOUT.format(signup.pk),
        key=key,
        phone=signup.phone,
        secret=True,
        calendar=_calendar(signup, about, what, now) if by_mail else "",
    )


def _times(signup: Signup, about: Occurrence | None) -> list[str]:
    times = [about] if about else signup.event.occurrences.filter(state="planned").order_by("starts_at", "pk")
    return [when(each, signup.lang) for each in times]


def _was(signup: Signup, about: Occurrence | None) -> str:
    if about is None or about.was_at is None:
        return ""
    before = Occurrence(
        starts_at=about.was_at,
        ends_at=about.was_at + (about.ends_at - about.starts_at),
        all_day=about.all_day,
    )
    return when(before, signup.lang)


def _calendar(signup: Signup, about: Occurrence | None, what: Told, now: datetime) -> str:
    # a letter is of one time; who comes to a whole course finds its times behind the link
    if what not in IN_CALENDAR or about is None or signup.occurrence_id is None:
        return ""
    # who only waited has nothing in the calendar
    if what == "cancelled" and signup.sequence < 1:
        return ""
    event = signup.event
    sender = parseaddr(settings.MAIL_FROM)[1] or f"kilauta@{host_of(event.network)}"
    entry = own_entry(signup, about, event)
    name = str(event.network.name.pick(signup.lang))
    return letter(entry, sender=sender, name=name, receiver=signup.email, now=now)
