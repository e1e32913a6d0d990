"""Seats that come free go to those who wait, in order of coming."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from kilauta.domains.events.logic.seats import Room, Waits, free_numbers, promoted
from kilauta.domains.events.models import Call, Event, Occurrence, Seat, Signup
from kilauta.kit.outbox import operations as outbox

from .letters import tell


def fill_seats(event: Event, *, now: datetime) -> list[Signup]:
    """Give what seats are free to those who wait, and tell them; nobody gets a seat of a time that has begun.

    The event is locked by the caller.
    """
    if event.capacity is None:
        return []
    waiting: dict[UUID | None, list[Signup]] = defaultdict(list)
    line = event.signups.filter(state="waiting").select_related("occurrence").order_by("turn")
    for each in line:
        waiting[each.occurrence_id].append(each)
    return [
        given
        for mine in waiting.values()
        if _is_ahead(event, mine[0].occurrence, now)
        for given in _fill(event, mine, now)
    ]


def seat(signup: Signup, capacity: int) -> bool:
    """Take seats for the sign-up; False where there are not enough. The database lets nobody into one that is taken."""
    of = signup.occurrence_id or signup.event_id
    taken = set(Seat.objects.filter(of=of).values_list("number", flat=True))
    numbers = free_numbers(capacity, taken, signup.persons)
    if len(numbers) < signup.persons:
        return False
    Seat.objects.bulk_create(Seat(signup=signup, of=of, number=number) for number in numbers)
    return True


def ring_unreached(signup: Signup, why: str, *, now: datetime) -> None:
    """Put who gets no message on the list of calls; who stands there already is told the newest."""
    if is_reached(signup):
        return
    if not Call.objects.filter(signup=signup, rung_at__isnull=True).update(why=why):
        Call.objects.create(signup=signup, why=why, made_at=now)


def is_reached(signup: Signup) -> bool:
    """Return whether a message reaches whoever signed up."""
    return bool(signup.email or (signup.phone and outbox.texts_leave()))


def _fill(event: Event, line: Iterable[Signup], now: datetime) -> list[Signup]:
    mine = list(line)
    room = Room(event.capacity or 0, event.waiting_places)
    taken = Seat.objects.filter(of=mine[0].occurrence_id or event.pk).count()
    places = [Waits(each, each.persons) for each in mine]
    given: list[Signup] = []
    for each in promoted(room, taken=taken, line=places):
        signup = each.key
        if isinstance(signup, Signup) and seat(signup, room.capacity):
            signup.state = "in"
            signup.sequence += 1
            signup.save(update_fields=["state", "sequence"])
            tell(signup, "seat", now=now)
            ring_unreached(signup, "seat", now=now)
            given.append(signup)
    return given


def _is_ahead(event: Event, occurrence: Occurrence | None, now: datetime) -> bool:
    if event.state != "published":
        return False
    if occurrence is None:
        return event.occurrences.filter(state="planned", starts_at__gt=now).exists()
    return occurrence.state == "planned" and occurrence.starts_at > now
