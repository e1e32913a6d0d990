"""The queue of a day: numbers on paper, who is called, who is skipped."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kilauta.domains.events.choices import SKIPPED
from kilauta.domains.events.logic.queue import InLine, next_of
from kilauta.domains.events.models import Occurrence, Ticket
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused

from .events import locked

MOST_NUMBERS = 999


@transaction.atomic
def take_number(
    occurrence: Occurrence, *, key: UUID, at: datetime, now: datetime, due_at: datetime | None = None
) -> Ticket:
    """Put the next number into the line; of one key there is one. `due_at`: of a booked time."""
    made = Ticket.objects.filter(pk=key).first()
    if made is not None:
        return made
    locked(occurrence.event)
    last = occurrence.tickets.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_NUMBERS:
        raise Refused("numbers", _("All 999 numbers have been given."))
    came = min(at, now)
    return Ticket.objects.create(
        id=key, occurrence=occurrence, number=last + 1, came_at=came, due_at=due_at or came
    )


@transaction.atomic
def call_next(occurrence: Occurrence, *, key: UUID, actor: Person, now: datetime) -> Ticket | None:
    """Call who is next by the rule of `logic.queue`; None: nobody waits. The same press calls once.

    Whom the same person called before is helped then.
    """
    called = Ticket.objects.filter(call_key=key).first()
    if called is not None:
        return called
    locked(occurrence.event)
    mine = Ticket.objects.filter(occurrence=occurrence, state="called", called_by=actor)
    mine.update(state="served", ended_at=now)
    line = Ticket.objects.filter(occurrence=occurrence, state="waiting")
    found = next_of((InLine(each.number, each.due_at) for each in line), now=now)
    if found is None:
        return None
    ticket = line.get(number=found.number)
    ticket.state, ticket.called_at, ticket.called_by, ticket.call_key = "called", now, actor, key
    ticket.save(update_fields=["state", "called_at", "called_by", "call_key"])
    return ticket


@transaction.atomic
def serve(ticket: Ticket, *, now: datetime) -> Ticket:
    """Hold that the one who was called has been helped. Held already, nothing is done."""
    held = _locked(ticket)
    if held.state == "called":
        held.state, held.ended_at = "served", now
        held.save(update_fields=["state", "ended_at"])
    return held


@transaction.atomic
def skip(ticket: Ticket, why: str, *, now: datetime) -> Ticket:
    """Pass somebody over, with the reason. Who was helped already stays so."""
    held = _locked(ticket)
    if held.state in {"waiting", "called"} and why in SKIPPED:
        held.state, held.skipped, held.ended_at = "skipped", why, now
        held.save(update_fields=["state", "skipped", "ended_at"])
    return held


@transaction.atomic
def bring_back(ticket: Ticket) -> Ticket:
    """Let somebody who was skipped wait again, in the place they had."""
    held = _locked(ticket)
    if held.state == "skipped":
        held.state, held.skipped, held.ended_at = "waiting", "", None
        held.called_at = held.called_by = held.call_key = None
        held.save(update_fields=["state", "skipped", "ended_at", "called_at", "called_by", "call_key"])
    return held


def _locked(ticket: Ticket) -> Ticket:
    locked(ticket.occurrence.event)
    return Ticket.objects.get(pk=ticket.pk)
