"""The queue of a day: numbers on paper, who is called, who is skipped.

Every act waits for the others of the same event, so that of two who press at once nobody calls the same number.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kilauta.domains.events.choices import SKIPPED
from kilauta.domains.events.logic.queue import MOST_NUMBERS, InLine, next_of
from kilauta.domains.events.models import Occurrence, Ticket
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import local

from .attendance import check_open


@transaction.atomic
def take_number(
    occurrence: Occurrence,
    *,
    key: UUID,
    at: datetime,
    now: datetime,
    due_at: datetime | None = None,
    number: int | None = None,
) -> Ticket:
    """Put a number into the line: the next one, or the one that was torn from a pad. Of one key there is one.

    `due_at`: of a booked time. A number of the pad that is in the line already is the same paper.
    """
    check_open(occurrence, replayed=Ticket.objects.filter(pk=key))
    made = Ticket.objects.filter(pk=key).first()
    if made is None and number is not None:
        made = occurrence.tickets.filter(number=number).first()
    if made is not None:
        return made
    last = occurrence.tickets.aggregate(last=Max("number"))["last"] or 0
    given = last + 1 if number is None else number
    if not 1 <= given <= MOST_NUMBERS:
        raise Refused("numbers", _("The numbers are from 1 to 999."))
    came = min(at, now)
    return Ticket.objects.create(
        id=key, occurrence=occurrence, number=given, came_at=came, due_at=due_at or came
    )


@transaction.atomic
def call_next(
    occurrence: Occurrence,
    *,
    key: UUID,
    actor: Person,
    now: datetime,
    at: datetime | None = None,
    ticket: UUID | None = None,
) -> Ticket | None:
    """Call who is next by the rule of `logic.queue`; None: nobody waits. The same press calls once.

    `ticket`: whom a device without a network has called, at the instant `at`; refused if somebody else did before.
    Whom the same person called before is helped then.
    """
    check_open(occurrence, replayed=Ticket.objects.filter(call_key=key))
    called = Ticket.objects.filter(call_key=key).first()
    if called is not None:
        return called
    when = min(at or now, now)
    found = _named(occurrence, ticket) if ticket else _next(occurrence, when)
    mine = Ticket.objects.filter(occurrence=occurrence, state="called", called_by=actor)
    mine.update(state="served", ended_at=when)
    if found is None:
        return None
    found.state, found.called_at, found.called_by, found.call_key = "called", when, actor, key
    found.save(update_fields=["state", "called_at", "called_by", "call_key"])
    return found


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


def _next(occurrence: Occurrence, now: datetime) -> Ticket | None:
    line = {each.number: each for each in occurrence.tickets.filter(state="waiting")}
    found = next_of((InLine(each.number, each.due_at) for each in line.values()), now=now)
    return line[found.number] if found else None


def _named(occurrence: Occurrence, key: UUID) -> Ticket:
    """Return whom a device called by itself, or say kindly that somebody else did it before."""
    found = occurrence.tickets.filter(pk=key).first()
    if found is None:
        raise Refused("nobody", _("This number is not in the line."))
    if found.state == "waiting":
        return found
    given: dict[str, object] = {"number": found.number}
    if found.state == "skipped":
        words = _("Number %(number)d was skipped meanwhile. Bring it back first.")
        raise Refused("skipped", words % given)
    at = found.called_at
    given["time"] = f"{local(at):%-H.%M}" if at else ""
    words = _("Number %(number)d was called by somebody else already, at %(time)s. It is called once only.")
    raise Refused("called", words % given)


def _locked(ticket: Ticket) -> Ticket:
    check_open(ticket.occurrence)
    return Ticket.objects.get(pk=ticket.pk)
