"""What was pressed on the day arrives, perhaps late and perhaps more than once: each press has its effect once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.events.logic.acts import Act, clamped
from kilauta.domains.events.logic.times import NoSuchTimeError
from kilauta.domains.events.logic.times import at as instant_of
from kilauta.domains.events.models import Arrival, Occurrence, Press, Ticket
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import local

from . import queue
from .attendance import Coming, arrive, check_open, give_handout, undo_arrival

# These leave a row that bears their key.
OWN_ROW = ("tick", "count", "number", "next")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a press: "done", "there" (it came before), or "refused" with a sentence; the number, if any."""

    state: str
    sentence: str = ""
    number: int | None = None


def take_act(occurrence: Occurrence, act: Act, *, actor: Person, now: datetime) -> Answer:
    """Let one press have its effect, once however often it comes."""
    try:
        with transaction.atomic():
            return _taken(occurrence, act, actor=actor, now=now)
    except Refused as refused:
        return Answer("refused", refused.message)


def _taken(occurrence: Occurrence, act: Act, *, actor: Person, now: datetime) -> Answer:
    if local(occurrence.starts_at).date() > local(now).date():
        raise Refused("early", _("This is not today. The day screen counts on the day itself."))
    at = clamped(act.at, starts_at=occurrence.starts_at, now=now)
    if act.what in OWN_ROW:
        return _made(occurrence, act, at, actor=actor, now=now)
    check_open(occurrence)
    if not _is_new(act.key, occurrence, now):
        return Answer("there")
    if act.what == "handout":
        give_handout(occurrence)
    elif act.what == "undo" and act.of:
        undo_arrival(occurrence, act.of, now=now)
    else:
        return _turned(occurrence, act, at)
    return Answer("done")


def _made(occurrence: Occurrence, act: Act, at: datetime, *, actor: Person, now: datetime) -> Answer:
    """Do what makes a row, or finds the one that it made before."""
    if act.what in {"tick", "count"}:
        was = Arrival.objects.filter(pk=act.key).exists()
        held = arrive(occurrence, _coming(occurrence, act, at), now=now)
        return Answer("there" if was or held.pk != act.key else "done")
    if act.what == "number":
        due = _due(occurrence, act)
        was = Ticket.objects.filter(pk=act.key).exists()
        given = queue.take_number(occurrence, key=act.key, at=at, now=now, due_at=due, number=act.number)
        return Answer("there" if was or given.pk != act.key else "done", number=given.number)
    was = Ticket.objects.filter(call_key=act.key).exists()
    called = queue.call_next(occurrence, key=act.key, actor=actor, now=now, at=at, ticket=act.of)
    if called is None:
        raise Refused("nobody", _("Nobody waits."))
    return Answer("there" if was else "done", number=called.number)


def _due(occurrence: Occurrence, act: Act) -> datetime | None:
    """Return the booked time as an instant of the day."""
    try:
        return instant_of(local(occurrence.starts_at).date(), act.due) if act.due else None
    except NoSuchTimeError:
        raise Refused("due", _("The clock never shows this time on that day.")) from None


def _coming(occurrence: Occurrence, act: Act, at: datetime) -> Coming:
    if act.what == "count":
        return Coming(
            act.key,
            at,
            role=act.role,
            mode=act.mode,
            age=act.age,
            audience=act.audience,
            how_found=act.how_found,
        )
    signup = occurrence.event.signups.filter(pk=act.of).first() if act.of else None
    return Coming(act.key, at, signup=act.of, persons=signup.persons if signup else 1, mode=act.mode)


def _turned(occurrence: Occurrence, act: Act, at: datetime) -> Answer:
    """Do what changes a number that is in the line."""
    ticket = occurrence.tickets.filter(pk=act.of).first() if act.of else None
    if ticket is None:
        raise Refused("nobody", _("This number is not in the line."))
    if act.what == "helped":
        queue.serve(ticket, now=at)
    elif act.what == "skip":
        queue.skip(ticket, act.why, now=at)
    elif act.what == "back":
        queue.bring_back(ticket)
    # to call a number once more changes nothing
    return Answer("done", number=ticket.number)


def _is_new(key: UUID, occurrence: Occurrence, now: datetime) -> bool:
    return Press.objects.get_or_create(pk=key, defaults={"occurrence": occurrence, "at": now})[1]
