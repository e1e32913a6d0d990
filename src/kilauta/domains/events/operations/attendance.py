"""Who came: ticked and counted on the day, and closed with a number or as not known."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from kilauta.domains.events.logic.counting import MOST, NUMBERS, Attendance, Came, attendance
from kilauta.domains.events.logic.queue import waited, was_queue
from kilauta.domains.events.models import Arrival, Occurrence, OccurrenceSession, Signup
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.domains.guidance.operations import log_session
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.refusals import Refused

from .events import locked


@dataclass(frozen=True, slots=True)
class Coming:
    """One tick or one count. `key` is made where it was pressed; `at` is when."""

    key: UUID
    at: datetime
    persons: int = 1
    role: str = "resident"
    mode: str = "here"
    signup: UUID | None = None
    age: str = ""
    audience: str = ""
    how_found: str = ""


@transaction.atomic
def arrive(occurrence: Occurrence, coming: Coming, *, now: datetime) -> Arrival:
    """Hold that somebody came. Of one key there is one arrival, and of one sign-up one that stands."""
    check_open(occurrence, replayed=Arrival.objects.filter(pk=coming.key))
    held = Arrival.objects.filter(pk=coming.key).first()
    if held is not None:
        return held
    signup = _signup(occurrence, coming.signup) if coming.signup else None
    if signup is not None:
        standing = Arrival.objects.filter(occurrence=occurrence, signup=signup, undone_at=None).first()
        if standing is not None:
            return standing
    if not 1 <= coming.persons <= MOST:
        raise Refused("persons", _("Write how many persons there were, at most 2000."))
    return Arrival.objects.create(
        id=coming.key, occurrence=occurrence, signup=signup, persons=coming.persons, role=coming.role,
        mode=coming.mode, age=coming.age, audience_id=coming.audience or None,
        how_found_id=coming.how_found or None, at=min(coming.at, now),
    )  # fmt: skip


@transaction.atomic
def undo_arrival(occurrence: Occurrence, key: UUID, *, now: datetime) -> None:
    """Take a tick back; one that is not there or was taken back already stays so."""
    check_open(occurrence)
    Arrival.objects.filter(pk=key, occurrence=occurrence, undone_at=None).update(undone_at=now)


@transaction.atomic
def close_occurrence(
    occurrence: Occurrence,
    came: Attendance | None,
    *,
    had_queue: bool,
    handouts: int,
    actor: Person,
    now: datetime,
    counted_all: bool | None = None,
) -> Occurrence:
    """Close the day with how many came, or None: not known. It may be closed anew; what was before stays told.

    `counted_all`: whether the counter at the door counted those who had signed up as well; None leaves it as it is.
    """
    locked(occurrence.event)
    held = Occurrence.objects.get(pk=occurrence.pk)
    if held.starts_at > now:
        raise Refused("early", _("This time has not begun yet."))
    if held.state == "cancelled":
        raise Refused("cancelled", _("This time was cancelled: nobody came."))
    before = {name: getattr(held, name) for name in NUMBERS}
    for name in NUMBERS:
        setattr(held, name, getattr(came, name) if came else None)
    held.closed_at, held.closed_as = now, "counted" if came else "unknown"
    held.had_queue = had_queue or queue_was(held)
    held.handouts = handouts
    if counted_all is not None:
        held.counted_all = counted_all
    held.save()
    values = {
        name: (before[name], getattr(held, name)) for name in NUMBERS if before[name] != getattr(held, name)
    }
    recording.record(held.event, "closed", actor=actor, now=now, values=values)
    return held


@transaction.atomic
def give_handout(occurrence: Occurrence) -> None:
    """Count one hand-out given."""
    check_open(occurrence)
    Occurrence.objects.filter(pk=occurrence.pk, handouts__lt=MOST).update(handouts=F("handouts") + 1)


@transaction.atomic
def log_here(occurrence: Occurrence, entry: Entry, *, actor: Person, now: datetime) -> GuidanceSession:
    """Log help that was given at this time: it belongs to it. An entry that came before is the one of then."""
    session = log_session(entry, actor=actor, now=now)
    belongs(session, occurrence)
    return session


@transaction.atomic
def belongs(session: GuidanceSession, occurrence: Occurrence) -> OccurrenceSession:
    """Hold that a session was held at this time; it belongs to one at most."""
    return OccurrenceSession.objects.update_or_create(session=session, defaults={"occurrence": occurrence})[0]


def counted(occurrence: Occurrence, *, counted_all: bool) -> Attendance:
    """Return how many came by the ticks and counts of the day."""
    rows = Arrival.objects.filter(occurrence=occurrence, undone_at=None)
    came = [
        Came(role, mode, persons, signup is not None)
        for role, mode, persons, signup in rows.values_list("role", "mode", "persons", "signup")
    ]
    return attendance(came, counted_all=counted_all)


def queue_was(occurrence: Occurrence) -> bool:
    """Return whether somebody waited long, by the numbers of the day."""
    called = occurrence.tickets.filter(called_at__isnull=False).values_list("due_at", "called_at")
    return was_queue(waited(came, at) for came, at in called if at)


def _signup(occurrence: Occurrence, key: UUID) -> Signup:
    found = Signup.objects.filter(pk=key, event=occurrence.event_id, state="in").first()
    if found is None or found.occurrence_id not in {None, occurrence.pk}:
        raise Refused("nobody", _("This sign-up is not for this time any more."))
    return found


def check_open(occurrence: Occurrence, *, replayed: QuerySet[Any] | None = None) -> None:
    """Let one act at a time through, while the day is not closed; what has come in before (`replayed`) stays so."""
    locked(occurrence.event)
    held = Occurrence.objects.get(pk=occurrence.pk)
    if replayed is not None and replayed.exists():
        return
    if held.state == "cancelled":
        raise Refused("cancelled", _("This time was cancelled: nobody came."))
    if held.closed_at is not None:
        raise Refused("closed", _("The day is closed. Change the number on the page of the event."))
