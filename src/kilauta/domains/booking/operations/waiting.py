"""Waiting for a time: joining the line, leaving it, taking what is offered."""

from datetime import date, datetime, timedelta
from secrets import choice as drawn
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.logic.slots import Slot
from kilauta.domains.booking.models import Booking, Call, Opening, Waiting
from kilauta.domains.booking.queries.secrets import hashed, key_of_form, token_of
from kilauta.domains.directory.models import Channel
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.recording import record
from kilauta.kit.outbox import operations as outbox
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused
from kilauta.lib.phones import one_way
from kilauta.lib.zone import local

from . import holding
from .bookings import Booked, book, keep
from .freed import ABOUT, pass_on

# Nobody waits longer: who still needs help then joins again.
LONGEST = timedelta(days=90)
# Of one phone number or address.
MOST_PLACES = 5
DIGITS = 6


@transaction.atomic
def join(
    channel: Channel,
    *,
    network: str,
    contact: BookingContact,
    from_on: date,
    until_on: date,
    now: datetime,
    key: str,
) -> Waiting:
    """Give somebody a place in line; of one `key` there is one. Who joins again keeps the turn, with a new link.

    Refuses who could not be told of a time, days that are over, and too many lines of one number or address.
    """
    id_ = key_of_form(key)
    made = Waiting.objects.filter(pk=id_).first()
    if made is not None:
        return made
    refuse_identity_numbers(name=contact.name, address=contact.address)
    _refuse_days(from_on, until_on, local(now).date())
    phone = one_way(contact.phone)
    if not phone and not contact.email:
        raise Refused(
            "nothing", _("Write a phone number or an e-mail address: else we cannot tell you."), "phone"
        )
    return Waiting.objects.create(
        id=id_, number=_free_number(), token_hash=hashed(token_of(id_)), network_id=network, channel=channel,
        name=contact.name, phone=phone, email=contact.email, lang=contact.lang, for_other=contact.for_other,
        address=contact.address, topic_id=contact.topic or None, municipality_id=contact.municipality or None,
        from_on=from_on, until_on=until_on, came_at=_turn(channel, phone, contact.email, now),
    )  # fmt: skip


def _turn(channel: Channel, phone: str, email: str, now: datetime) -> datetime:
    """Return since when somebody waits who is reached like this; the place they had ends, for they have a new one."""
    mine = list(
        Waiting.objects.select_for_update().filter(phone=phone, email=email, state="waiting").order_by("pk")
    )
    before = next((each for each in mine if each.channel_id == channel.pk), None)
    if before is None:
        if len(mine) >= MOST_PLACES:
            raise Refused(
                "too-many", _("You are in many lines already. Ring us if you need help soon."), "phone"
            )
        return now
    leave(before, now=now)
    return before.came_at


@transaction.atomic
def leave(waiting: Waiting, *, now: datetime) -> Waiting:
    """Leave the line; what is offered to them goes to the next. Left already, nothing is done."""
    asked = Opening.objects.filter(waiting=waiting, state="offered").select_related("offer")
    holding.lock(*(each.offer for each in asked))
    held = Waiting.objects.select_for_update().get(pk=waiting.pk)
    if held.state != "waiting":
        return held
    held.state, held.ended_at = "left", now
    held.save(update_fields=["state", "ended_at"])
    for opening in _locked(held.openings.filter(state="offered")):
        opening.waiting = held
        pass_on(opening, "declined", now=now)
    return held


@transaction.atomic
def accept(opening: Opening, *, actor: Person | None, now: datetime) -> Booked:
    """Let who waited have the time; taken already, it is the same booking. Refuses "gone" what is no longer theirs."""
    held = _one(opening)
    if held.state == "taken" and held.booking is not None:
        # the same key gives the booking that was made then
        return _book(held, actor=actor, now=now)
    if held.state != "offered" or held.lapses_at <= now or held.waiting.state != "waiting":
        raise Refused("gone", gone())
    # held for them no longer: it becomes theirs in the same breath
    held.state = "taken"
    held.save(update_fields=["state"])
    booked = _book(held, actor=actor, now=now)
    held.booking = booked.booking
    held.save(update_fields=["booking"])
    _end(held.waiting, now)
    outbox.cancel(ABOUT.format(held.pk))
    _rung(held, actor, now)
    return booked


@transaction.atomic
def decline(opening: Opening, *, actor: Person | None, now: datetime) -> Opening:
    """Leave the time to the next in line. Declined already, nothing is done."""
    held = _one(opening)
    if held.state != "offered":
        return held
    _rung(held, actor, now)
    return pass_on(held, "declined", now=now)


@transaction.atomic
def seat_next(missed: Booking, *, waiting: Waiting | None, actor: Person, now: datetime) -> GuidanceSession:
    """Give what is left of the time of somebody who did not come to the next in line at the place, and log the help.

    `waiting`: one of the line who has come; None: whoever stands there, of whom nothing is asked.
    """
    held = Booking.objects.select_for_update(of=("self",)).select_related("offer").get(pk=missed.pk)
    if held.state != "missed" or held.ends_at <= now:
        raise Refused("over", _("This time is over."))
    holding.lock(held.offer)
    key = uuid4()
    holding.take(key, held.offer, Slot(held.starts_at, held.ends_at))
    told = waiting or Waiting()
    made = Booking.objects.create(
        id=key, number=_free_number(), token_hash=hashed(token_of(key)), offer=held.offer,
        supporter=held.supporter, starts_at=held.starts_at, ends_at=held.ends_at,
        made_by="waiting" if waiting else "desk", made_at=now, name=told.name, phone=told.phone, email=told.email,
        lang=told.lang, topic_id=told.topic_id, municipality_id=told.municipality_id,
    )  # fmt: skip
    if waiting:
        _end(waiting, now)
    record(made, "booked", actor=actor, now=now)
    return keep(made, actor=actor, now=now)


def gone() -> str:
    """Return what is said to who comes too late."""
    return _(
        "This time is no longer free. You keep your place in line, and we offer you the next one that suits."
    )


def _book(held: Opening, *, actor: Person | None, now: datetime) -> Booked:
    mine = held.waiting
    contact = BookingContact(
        name=mine.name, phone=mine.phone, email=mine.email, lang=mine.lang, for_other=mine.for_other,
        topic=str(mine.topic_id or ""), municipality=str(mine.municipality_id or ""), address=mine.address,
    )  # fmt: skip
    return book(
        held.offer, starts_at=held.starts_at, contact=contact, made_by="waiting", actor=actor, now=now,
        key=f"opening-{held.pk}",
    )  # fmt: skip


def _one(opening: Opening) -> Opening:
    """Return the opening as it is now, with its place in line, held by nobody else.

    What is offered is locked first, then the line: so does who offers it.
    """
    holding.lock(opening.offer)
    Waiting.objects.select_for_update().get(pk=opening.waiting_id)
    return _locked(Opening.objects.filter(pk=opening.pk))[0]


def _locked(rows: QuerySet[Opening]) -> list[Opening]:
    whole = rows.select_for_update(of=("self",)).select_related("waiting", "offer__channel", "booking")
    return list(whole.order_by("pk"))


def _end(waiting: Waiting, now: datetime) -> None:
    waiting.state, waiting.ended_at = "booked", now
    waiting.save(update_fields=["state", "ended_at"])


def _rung(held: Opening, actor: Person | None, now: datetime) -> None:
    Call.objects.filter(opening=held, rung_at__isnull=True).update(rung_at=now, rung_by=actor)


def _refuse_days(first: date, last: date, today: date) -> None:
    if last < first:
        raise Refused("backwards", _("It cannot end before it begins."), "until_on")
    if last < today:
        raise Refused("past", _("These days have already passed."), "until_on")
    if last > today + LONGEST:
        raise Refused("too-far", _("You can wait for three months at most."), "until_on")


def _free_number() -> str:
    """Return a number that is no booking's and nobody's in a line."""
    while True:
        number = "".join(drawn("0123456789") for _digit in range(DIGITS))
        if not any(kind.objects.filter(number=number).exists() for kind in (Booking, Waiting)):
            return number
