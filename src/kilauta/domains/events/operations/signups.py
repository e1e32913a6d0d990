"""Somebody signs up, changes their mind, or is told."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kilauta.domains.events.logic.guest import Guest
from kilauta.domains.events.logic.seats import Room, verdict
from kilauta.domains.events.models import Call, Event, Occurrence, Seat, Signup
from kilauta.domains.events.queries.secrets import code_of, hashed, key_of_form, token_of
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused
from kilauta.lib.phones import one_way

from .events import locked
from .letters import tell
from .promoting import fill_seats, seat

DIGITS = 6
# So many times of one phone number or address may lie ahead: one machine cannot take a village's autumn.
MOST_OPEN = 10
RESIDENT = "resident"


@dataclass(frozen=True, slots=True)
class SignedUp:
    """A sign-up, with the two secrets that open it: they are shown to whoever it is for."""

    signup: Signup
    token: str
    code: str


@transaction.atomic
def sign_up(
    event: Event,
    *,
    occurrence: Occurrence | None,
    guest: Guest,
    actor: Person | None,
    now: datetime,
    key: str = "",
) -> SignedUp:
    """Give a seat, or the next place in the waiting line. Of one `key` there is one sign-up: it is returned as made.

    Refuses "closed" what is over, cancelled or without sign-up, "full", and "partly" where a group fits in part: then
    they say whether fewer come or all wait.
    """
    id_ = key_of_form(key) if key else uuid4()
    if made := _made(id_):
        return made
    refuse_identity_numbers(name=guest.name)
    held = locked(event)
    # the same form, sent twice at once, waits here for itself
    if made := _made(id_):
        return made
    at = _open(held, occurrence, now)
    phone = one_way(guest.phone)
    if actor is None:
        _refuse_too_many(phone, guest.email, now)
    state = _state(held, at, guest)
    signup = Signup.objects.create(
        id=id_, number=_free_number(), token_hash=hashed(token_of(id_)), event=held, occurrence=at,
        turn=(held.signups.aggregate(last=Max("turn"))["last"] or 0) + 1, persons=guest.persons, state=state,
        name=guest.name, phone=phone, email=guest.email, lang=guest.lang, for_other=guest.for_other,
        how_found_id=guest.how_found or None, made_by="staff" if actor else RESIDENT, made_at=now,
        ends_at=_end(held, at),
    )  # fmt: skip
    if state == "in" and not seat(signup, held.capacity or 0):
        raise Refused("full", full())
    recording.record(signup, "signed-up", actor=actor, now=now)
    tell(signup, state, now=now)
    return _opened(signup)


@transaction.atomic
def cancel_signup(signup: Signup, *, actor: Person | None, now: datetime) -> Signup:
    """Let the seat go to the next who waits. Cancelled already, nothing is done."""
    event = locked(signup.event)
    held = Signup.objects.select_for_update(of=("self",)).select_related("occurrence").get(pk=signup.pk)
    held.event = event
    if held.state == "cancelled":
        return held
    held.state, held.ended_at = "cancelled", now
    held.sequence += 1
    held.save(update_fields=["state", "ended_at", "sequence"])
    Seat.objects.filter(signup=held).delete()
    Call.objects.filter(signup=held, rung_at__isnull=True).update(rung_at=now, rung_by=actor)
    recording.record(held, "cancelled", actor=actor, now=now)
    tell(held, "cancelled", now=now)
    fill_seats(event, now=now)
    return held


@transaction.atomic
def note_rung(call: Call, *, actor: Person, now: datetime) -> Call:
    """Hold that somebody has told them. Told already, nothing is done."""
    held = Call.objects.select_for_update().get(pk=call.pk)
    if held.rung_at is None:
        held.rung_at, held.rung_by = now, actor
        held.save(update_fields=["rung_at", "rung_by"])
    return held


def full() -> str:
    """Return what is said to who comes too late."""
    return _("All seats are taken, and the waiting line is full. Ring us: we know when the next event is.")


def _state(event: Event, occurrence: Occurrence | None, guest: Guest) -> Literal["in", "waiting"]:
    """Return "in" or "waiting", or refuse."""
    room = Room(event.capacity or 0, event.waiting_places)
    of = occurrence.pk if occurrence else event.pk
    line = event.signups.filter(occurrence=occurrence, state="waiting")
    waiting = sum(line.values_list("persons", flat=True))
    taken = Seat.objects.filter(of=of).count()
    found = verdict(room, taken=taken, waiting=waiting, persons=guest.persons, waits=guest.waits)
    if found == "partly":
        left = room.capacity - taken
        words = ngettext(
            "There is %(left)d seat left. Come alone, or wait until all of you fit.",
            "There are %(left)d seats left. Come fewer, or wait until all of you fit.",
            left,
        )
        raise Refused("partly", words % {"left": left}, "persons")
    if found == "full":
        raise Refused("full", full())
    return found


def _open(event: Event, occurrence: Occurrence | None, now: datetime) -> Occurrence | None:
    """Return the time that is signed up for, None for all; refuse what nobody can sign up for."""
    closed = Refused("closed", _("Nobody can sign up for this any more."))
    if event.state != "published" or event.capacity is None or event.is_whole != (occurrence is None):
        raise closed
    times = event.occurrences.filter(state="planned", starts_at__gt=now)
    if occurrence is None:
        if not times.exists():
            raise closed
        return None
    held = times.filter(pk=occurrence.pk).first()
    if held is None:
        raise closed
    return held


def _end(event: Event, occurrence: Occurrence | None) -> datetime:
    last = occurrence or event.occurrences.order_by("-ends_at").first()
    if last is None:
        raise ValueError("An event that can be signed up for has a time.")
    return last.ends_at


def _refuse_too_many(phone: str, email: str, now: datetime) -> None:
    for way in ({"phone": phone}, {"email": email}):
        if not any(way.values()):
            continue
        mine = Signup.objects.filter(**way, state__in=("in", "waiting"), ends_at__gt=now)
        if mine.count() >= MOST_OPEN:
            raise Refused(
                "too-many", _("You have signed up for many times already. Ring us, and we sign you up.")
            )


def _made(id_: UUID) -> SignedUp | None:
    held = Signup.objects.filter(pk=id_).first()
    return _opened(held) if held else None


def _opened(signup: Signup) -> SignedUp:
    return SignedUp(signup, token_of(signup.pk), code_of(signup.pk))


def _free_number() -> str:
    while True:
        number = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
        if not Signup.objects.filter(number=number).exists():
            return number
