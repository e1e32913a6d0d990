"""A time of an event is added, moved, cancelled; whoever signed up is told."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kilauta.domains.directory.models import Place
from kilauta.domains.events.logic.times import MOST_TIMES, Span
from kilauta.domains.events.models import Event, Occurrence, Signup
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.refusals import Refused

from .events import check_span, locked, new_occurrence, outdate, touch
from .letters import Told, tell
from .promoting import ring_unreached


@transaction.atomic
def add_occurrence(event: Event, span: Span, *, actor: Person, now: datetime) -> Occurrence:
    """Add a time to an event. One that is there already is returned as it is."""
    held = locked(event)
    check_span(span)
    same = held.occurrences.filter(starts_at=span.starts_at, ends_at=span.ends_at, state="planned").first()
    if same is not None:
        return same
    if held.occurrences.count() >= MOST_TIMES:
        raise Refused("times", _("There may be 1–60 times."))
    made = new_occurrence(held, span, now)
    made.save(force_insert=True)
    touch(held, now)
    _carry_end(held)
    outdate(held)
    recording.record(held, "time-added", actor=actor, now=now, values={"time": (None, span.starts_at)})
    return made


@transaction.atomic
def move_occurrence(
    occurrence: Occurrence, span: Span, *, place: Place | None = None, actor: Person, now: datetime
) -> Occurrence:
    """Let a time be another one, or elsewhere; everybody who signed up is told, by message or by a call.

    Refuses what has ended or is cancelled. Where it is already, nothing is done. The first time of all stays known:
    it stands on the leaflets.
    """
    event, held = _held(occurrence)
    check_span(span)
    if held.state == "cancelled" or held.ends_at <= now:
        raise Refused("over", _("This time is over or cancelled: it cannot be moved."))
    if span.starts_at <= now:
        raise Refused("past", _("This time has already passed."), "day")
    before = (held.starts_at, held.ends_at, held.all_day, held.place_id)
    elsewhere = place.pk if place and place.pk != event.place_id else None
    if before == (span.starts_at, span.ends_at, span.all_day, elsewhere):
        return held
    if held.starts_at != span.starts_at:
        held.was_at = held.was_at or held.starts_at
        if held.was_at == span.starts_at:
            held.was_at = None
    held.starts_at, held.ends_at, held.all_day = span.starts_at, span.ends_at, span.all_day
    held.place_id = elsewhere
    held.sequence += 1
    held.changed_at = now
    held.save()
    touch(event, now)
    _carry_end(event)
    outdate(event)
    values = {"starts_at": (before[0], held.starts_at), "place": (before[3], held.place_id)}
    recording.record(event, "moved", actor=actor, now=now, values=values)
    _tell_all(event, held, "moved", now)
    return held


@transaction.atomic
def cancel_occurrence(occurrence: Occurrence, *, actor: Person, now: datetime) -> Occurrence:
    """Cancel a time; it stays to be seen as cancelled, and everybody who signed up is told.

    Who signed up for this time only has no sign-up any more; who waits for all times keeps the others.
    """
    event, held = _held(occurrence)
    if held.state == "cancelled":
        return held
    if held.ends_at <= now:
        raise Refused("over", _("This time is over: it cannot be cancelled."))
    held.state, held.changed_at = "cancelled", now
    held.sequence += 1
    held.save(update_fields=["state", "changed_at", "sequence"])
    touch(event, now)
    outdate(event)
    recording.record(event, "cancelled", actor=actor, now=now, values={"time": (held.starts_at, None)})
    _tell_all(event, held, "called_off", now)
    none_left = not event.occurrences.filter(state="planned", ends_at__gt=now).exists()
    ended = Signup.objects.filter(event=event, state__in=("in", "waiting"))
    if not none_left:
        ended = ended.filter(occurrence=held)
    ended.update(state="cancelled", ended_at=now)
    return held


def _held(occurrence: Occurrence) -> tuple[Event, Occurrence]:
    event = locked(occurrence.event)
    held = Occurrence.objects.select_related("place").get(pk=occurrence.pk)
    held.event = event
    return event, held


def _tell_all(event: Event, occurrence: Occurrence, what: Told, now: datetime) -> None:
    for each in _signed_up(event, occurrence):
        each.event = event
        tell(each, what, now=now, occurrence=occurrence)
        ring_unreached(each, "moved" if what == "moved" else "cancelled", now=now)


def _signed_up(event: Event, occurrence: Occurrence) -> list[Signup]:
    mine = event.signups.filter(state__in=("in", "waiting"))
    if not event.is_whole:
        mine = mine.filter(occurrence=occurrence)
    return list(mine.select_related("occurrence").order_by("turn"))


def _carry_end(event: Event) -> None:
    """Let every sign-up know when what it is for is over."""
    for each in event.occurrences.all():
        event.signups.filter(occurrence=each).update(ends_at=each.ends_at)
    last = event.occurrences.aggregate(last=Max("ends_at"))["last"]
    if last is not None:
        event.signups.filter(occurrence__isnull=True).update(ends_at=last)
