"""A slot becomes somebody's, another one, nobody's; and help that was held becomes a session.

Every one of these is a transaction: it is done with all that belongs to it, or nothing has changed. In each the slot is
looked at again after its supporter, room and devices are locked, so that what a page showed decides nothing.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.booking.choices import OPEN
from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.logic.slots import Slot
from kilauta.domains.booking.models import Booking, Offer
from kilauta.domains.booking.queries.fairness import fairest
from kilauta.domains.booking.queries.secrets import code_of, hashed, key_of_form, token_of
from kilauta.domains.booking.queries.slots import diaries
from kilauta.domains.directory.models import Supporter
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.domains.guidance.operations import log_session
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.outbox import operations as outbox
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused
from kilauta.lib.phones import one_way
from kilauta.lib.zone import local

from . import freed, holding, letters
from .rooms import open_room
from .staff_letters import tell_supporter

DIGITS = 6
# So many bookings of one phone number or address may lie ahead: one machine cannot take a village's month.
MOST_OPEN = 5
RESIDENT, SUPPORTER = "resident", "supporter"


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking, with the two secrets that open it: they are shown to whoever it is for."""

    booking: Booking
    token: str
    code: str


@transaction.atomic
def book(
    offer: Offer,
    *,
    starts_at: datetime,
    contact: BookingContact,
    made_by: str,
    actor: Person | None,
    now: datetime,
    key: str = "",
    series: UUID | None = None,
) -> Booked:
    """Make the slot somebody's. Of one `key` there is one booking, ever: it is returned as it was made.

    A resident gets what is offered, with its notice; a desk and the waiting list the same without notice; a supporter
    any time of one's own that is free. Refuses "taken", "not-offered", "past", "too-many".
    """
    id_ = key_of_form(key) if key else uuid4()
    if made := _made(id_):
        return made
    refuse_identity_numbers(name=contact.name, address=contact.address)
    phone = one_way(contact.phone)
    if made_by == RESIDENT:
        _refuse_too_many(phone, contact.email, now)
    holding.lock(offer)
    # the same form, sent twice at once, waits here for itself
    if made := _made(id_):
        return made
    slot = _checked(offer, starts_at, made_by=made_by, now=now)
    holding.take(id_, offer, slot)
    booking = Booking(
        id=id_, number=_free_number(), token_hash=hashed(token_of(id_)), offer=offer,
        supporter_id=offer.supporter_id, starts_at=slot.starts_at, ends_at=slot.ends_at,
        state="asked" if offer.needs_yes and made_by != SUPPORTER else "booked", made_by=made_by, made_at=now,
        name=contact.name, phone=phone, email=contact.email, lang=contact.lang, for_other=contact.for_other,
        topic_id=contact.topic or None, municipality_id=contact.municipality or None, address=contact.address,
        series=series,
    )  # fmt: skip
    open_room(booking)
    booking.save(force_insert=True)
    return _announced(booking, actor=actor, now=now)


def book_any(
    offers: Collection[Offer],
    *,
    starts_at: datetime,
    contact: BookingContact,
    made_by: str,
    actor: Person | None,
    now: datetime,
    key: str = "",
) -> Booked:
    """Book the slot with whichever supporter has been booked least of late; the next one where the first is taken."""
    refused = Refused("not-offered", _not_offered())
    for offer in fairest(offers, now=now):
        try:
            return book(
                offer, starts_at=starts_at, contact=contact, made_by=made_by, actor=actor, now=now, key=key
            )
        except Refused as no:
            if no.code not in {"taken", "not-offered"}:
                raise
            refused = no if no.code == "taken" else refused
    raise refused


@transaction.atomic
def move(
    booking: Booking, *, offer: Offer, starts_at: datetime, actor: Person | None, now: datetime, by: str
) -> Booking:
    """Let the booking have another slot, at the same supporter or another; refused, it keeps what it has.

    `by` is one of `choices.CANCELLERS`; a resident gets what residents are offered. Where it is already, nothing is
    done.
    """
    held = _open(booking, now)
    before, was_at = held.offer, held.starts_at
    if (before.pk, held.starts_at) == (offer.pk, starts_at):
        return held
    holding.lock(before, offer)
    made_by = RESIDENT if by == RESIDENT else SUPPORTER if by == "provider" else "desk"
    slot = _checked(offer, starts_at, made_by=made_by, now=now, but=held.pk)
    holding.leave(before, Slot(held.starts_at, held.ends_at), but=held.pk)
    holding.take(held.pk, offer, slot)
    values = {"starts_at": (held.starts_at, slot.starts_at), "offer": (before, offer)}
    held.offer, held.supporter_id = offer, offer.supporter_id
    held.starts_at, held.ends_at = slot.starts_at, slot.ends_at
    # whoever promised to come has promised the time before
    held.state = "asked" if offer.needs_yes and by == RESIDENT else "booked"
    held.sequence += 1
    open_room(held)
    held.save(update_fields=[
        "offer", "supporter", "starts_at", "ends_at", "state", "sequence", "room", "room_code",
    ])  # fmt: skip
    recording.record(held, "moved", actor=actor, now=now, values=values)
    _tell(held, "moved", now)
    freed.offer_freed(before, starts_at=was_at, now=now)
    return held


def move_any(
    booking: Booking,
    offers: Collection[Offer],
    *,
    starts_at: datetime,
    actor: Person | None,
    now: datetime,
    by: str,
) -> Booking:
    """Move the booking to a slot of these offers: with the same supporter if that one is free, else as `book_any`."""
    same = [each for each in offers if each.pk == booking.offer_id]
    refused = Refused("not-offered", _not_offered())
    for offer in (*same, *fairest([each for each in offers if each not in same], now=now)):
        try:
            return move(booking, offer=offer, starts_at=starts_at, actor=actor, now=now, by=by)
        except Refused as no:
            if no.code not in {"taken", "not-offered"}:
                raise
            refused = no if no.code == "taken" else refused
    raise refused


@transaction.atomic
def cancel(booking: Booking, *, by: str, actor: Person | None, now: datetime) -> Booking:
    """Let the time be free again and tell who had it. Cancelled already, nothing is done."""
    held = locked(booking)
    if held.state == "cancelled":
        return held
    held = _open(booking, now)
    _end(held, "cancelled", actor=actor, now=now, cancelled_by=by)
    _tell(held, "cancelled", now)
    freed.offer_freed(held.offer, starts_at=held.starts_at, now=now)
    return held


@transaction.atomic
def agree(booking: Booking, *, actor: Person, now: datetime) -> Booking:
    """The supporter says yes to what was asked. Said already, nothing is done."""
    held = _open(booking, now)
    if held.state == "asked":
        held.state = "booked"
        held.sequence += 1
        held.save(update_fields=["state", "sequence"])
        recording.record(held, "booked", actor=actor, now=now)
        _tell(held, "booked", now)
    return held


@transaction.atomic
def refuse(booking: Booking, *, actor: Person, now: datetime) -> Booking:
    """The supporter cannot come: the time is free again, and who asked is told."""
    held = _open(booking, now)
    if held.state != "asked":
        raise Refused("not-asked", _("This time has been promised already. Cancel it instead."))
    _end(held, "refused", actor=actor, now=now)
    _tell(held, "refused", now)
    freed.offer_freed(held.offer, starts_at=held.starts_at, now=now)
    return held


@transaction.atomic
def keep(booking: Booking, *, actor: Person, now: datetime) -> GuidanceSession:
    """The help was held: the booking becomes a session, once. One noted as missed by mistake may become one too."""
    held = locked(booking)
    if held.session is not None:
        return held.session
    if held.state not in {*OPEN, "missed"}:
        raise Refused("closed", _("This booking is over."))
    if local(held.starts_at).date() > local(now).date():
        raise Refused("not-yet", _("This time is yet to come."))
    held.session = log_session(_entry(held), actor=held.supporter or actor, now=now)
    held.state, held.ended_at = "kept", now
    held.save(update_fields=["session", "state", "ended_at"])
    recording.record(held, "kept", actor=actor, now=now)
    return held.session


@transaction.atomic
def miss(booking: Booking, *, actor: Person, now: datetime) -> Booking:
    """Nobody came: no session is made, and what is left of the time is free again."""
    held = locked(booking)
    if held.state == "missed":
        return held
    if held.state not in OPEN:
        raise Refused("closed", _("This booking is over."))
    if held.starts_at > now:
        raise Refused("not-yet", _("This time is yet to come."))
    _end(held, "missed", actor=actor, now=now)
    return held


def locked(booking: Booking) -> Booking:
    """Return the booking as it is now, which nobody else changes until the transaction ends."""
    rows = Booking.objects.select_for_update(of=("self",))
    whole = rows.select_related(
        "offer__channel", "offer__place", "offer__network", "session", "supporter", "topic"
    )
    return whole.get(pk=booking.pk)


def _open(booking: Booking, now: datetime) -> Booking:
    """Return the booking, locked; refuse what is no longer to be moved or cancelled."""
    held = locked(booking)
    if held.state not in OPEN:
        raise Refused("closed", _("This booking is over."))
    if held.starts_at <= now:
        raise Refused("past", _("This time has begun already. Ring us instead."))
    return held


def _end(held: Booking, state: str, *, actor: Person | None, now: datetime, cancelled_by: str = "") -> None:
    holding.lock(held.offer)
    held.state, held.ended_at, held.cancelled_by = state, now, cancelled_by
    held.sequence += 1
    held.save(update_fields=["state", "ended_at", "cancelled_by", "sequence"])
    holding.give_back(held)
    recording.record(held, state, actor=actor, now=now)


def _checked(
    offer: Offer, starts_at: datetime, *, made_by: str, now: datetime, but: UUID | None = None
) -> Slot:
    """Return the slot that begins then, if it is to be had by whoever asks."""
    if starts_at <= now:
        raise Refused("past", _("This time has begun already. Choose another one."))
    slot = Slot(starts_at, starts_at + timedelta(minutes=offer.minutes))
    until = starts_at + timedelta(seconds=1)
    diary = diaries([offer], since=starts_at, until=until, but=but)[0]
    if not diary.left(slot):
        raise Refused("taken", _("Somebody was just quicker: this time is taken. Choose another one."))
    is_offered = made_by == SUPPORTER or any(
        diary.free(since=starts_at, until=until, now=now, early=made_by != RESIDENT)
    )
    if not is_offered or not offer.supporter.is_active:
        raise Refused("not-offered", _not_offered())
    return slot


def _not_offered() -> str:
    return _("This time can no longer be booked. Choose another one.")


def _refuse_too_many(phone: str, email: str, now: datetime) -> None:
    for field, value in (("phone", phone), ("email", email)):
        if not value:
            continue
        ahead = Booking.objects.filter(**{field: value}, state__in=OPEN, starts_at__gt=now)
        # of two that come at once the second one waits here for the first
        if len(ahead.select_for_update().order_by("pk").values_list("pk", flat=True)) >= MOST_OPEN:
            words = _("You have %(number)d times booked already. Ring us if you need more.")
            raise Refused("too-many", words % {"number": MOST_OPEN}, field)


def _tell(booking: Booking, what: letters.Told, now: datetime) -> None:
    """Write what became of the booking, in place of what still waits to be sent about it."""
    outbox.cancel(letters.ABOUT.format(booking.pk))
    letters.tell(booking, what, now=now)
    if what == "asked":
        tell_supporter(booking, "wanted", now=now)


def _announced(booking: Booking, *, actor: Person | None, now: datetime) -> Booked:
    recording.record(booking, booking.state, actor=actor, now=now)
    _tell(booking, "asked" if booking.state == "asked" else "booked", now)
    return _booked(booking)


def _made(key: UUID) -> Booked | None:
    held = Booking.objects.select_related("offer").filter(pk=key).first()
    return None if held is None else _booked(held)


def _booked(booking: Booking) -> Booked:
    return Booked(booking, token_of(booking.pk), code_of(booking.pk))


def _free_number() -> str:
    """Return a number that is easy to say on the telephone, and that tells nothing of how many there are."""
    while True:
        number = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
        if not Booking.objects.filter(number=number).exists():
            return number


def _entry(held: Booking) -> Entry:
    offer = held.offer
    gives = Supporter.objects.filter(person=held.supporter_id, organisation=offer.organisation_id).first()
    return Entry(
        key=held.pk,
        network=str(offer.network_id),
        organisation=offer.organisation_id,
        held_on=local(held.starts_at).date(),
        mode=offer.channel.mode,
        given_by=gives.given_by if gives else "staff",
        way="booking",
        place=offer.place_id,
        municipality="" if offer.place_id else str(held.municipality_id or ""),
        minutes=int((held.ends_at - held.starts_at).total_seconds() // 60),
        # one that is no longer in use is no longer logged either
        topics=(held.topic.code,) if held.topic and held.topic.retired_on is None else (),
    )
