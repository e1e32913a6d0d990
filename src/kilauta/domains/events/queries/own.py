"""Events as those see them who hold them: their lists, one event with all that hangs on it, and what must be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from kilauta.domains.directory.models import Place
from kilauta.domains.events import rules
from kilauta.domains.events.logic.risk import Before, guides, mean, signs
from kilauta.domains.events.models import Call, Event, Notice, Occurrence, Outlet, Signup
from kilauta.kit.access.holdings import Holdings
from kilauta.kit.audit.models import Change
from kilauta.kit.audit.recording import history
from kilauta.lib.zone import local

from .listing import with_words

PAST_SHOWN = 30
# What is not closed after so long is asked for.
CLOSE_AFTER = timedelta(hours=1)
SIMILAR, HISTORY = 10, 10


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A time in a list: how many have signed up and wait, and why it might stay empty."""

    occurrence: Occurrence
    signed_up: int
    waiting: int
    signs: tuple[str, ...]
    needs_closing: bool


@dataclass(frozen=True, slots=True)
class OwnList:
    coming: tuple[TimeRow, ...]
    unclosed: tuple[TimeRow, ...]
    past: tuple[TimeRow, ...]
    drafts: tuple[Event, ...]
    calls: int


@dataclass(frozen=True, slots=True)
class NoticeRow:
    notice: Notice
    is_late: bool


@dataclass(frozen=True, slots=True)
class SimilarEvents:
    """What similar events were like: how many were looked at, the mean of residents, and supporters needed."""

    number: int
    residents: float
    supporters: int


@dataclass(frozen=True, slots=True)
class EventPage:
    event: Event
    times: tuple[TimeRow, ...]
    notices: tuple[NoticeRow, ...]
    outlets: tuple[Outlet, ...]
    calls: tuple[Call, ...]
    similar: SimilarEvents | None
    history: tuple[Change, ...]
    may_change: bool


def event_for(mine: Holdings, key: UUID, *, to_change: bool = False) -> Event | None:
    """Return the event, if the person may run its day, or (`to_change`) write it."""
    whose = rules.events_for(mine) if to_change else rules.days_for(mine)
    joined = whose.select_related("network", "place__municipality", "municipality")
    return joined.prefetch_related("parts__organisation").filter(pk=key).first()


def own_list(mine: Holdings, region: str, *, now: datetime) -> OwnList:
    """Return the events of this network that the person has to do with."""
    events = rules.days_for(mine).filter(network=region)
    times = with_words(Occurrence.objects.filter(event__in=events.values("pk")))
    shown = times.filter(event__state="published")
    coming = shown.filter(ends_at__gt=now).order_by("starts_at", "pk")
    before = shown.filter(ends_at__lte=now)
    unclosed = before.filter(closed_at=None, state="planned").order_by("-starts_at", "pk")
    done = before.exclude(closed_at=None, state="planned").order_by("-starts_at", "pk")
    drafts = events.filter(state="draft").order_by("-changed_at", "pk")
    return OwnList(
        rows(coming[:200], now=now),
        rows(unclosed[:PAST_SHOWN], now=now),
        rows(done[:PAST_SHOWN], now=now),
        tuple(drafts),
        open_calls(mine, region).count(),
    )


def rows(times: QuerySet[Occurrence], *, now: datetime) -> tuple[TimeRow, ...]:
    """Return lines of a list: three queries for any number of times."""
    found = list(times)
    persons: dict[tuple[UUID, UUID | None, str], int] = {}
    signed = Signup.objects.filter(event__in={each.event_id for each in found}, state__in=("in", "waiting"))
    for event, at, state, number in signed.values_list("event", "occurrence", "state").annotate(
        number=Sum("persons")
    ):
        persons[event, at, state] = number
    told = _told({each.event_id for each in found}, local(now).date())
    return tuple(_row(each, persons, told, now) for each in found)


def _told(events: set[UUID], today: date) -> dict[UUID, tuple[int, int]]:
    """Return of each event how many tellings are done, and how many are late."""
    late = Count("pk", filter=Q(done_on=None, due_on__lt=today))
    counted = Notice.objects.filter(event__in=events).values_list("event")
    return {
        event: (done, behind)
        for event, done, behind in counted.annotate(done=Count("done_on"), behind=late).order_by("event")
    }


def _row(
    each: Occurrence,
    persons: dict[tuple[UUID, UUID | None, str], int],
    told: dict[UUID, tuple[int, int]],
    now: datetime,
) -> TimeRow:
    of = None if each.event.is_whole else each.pk
    signed_up, waiting = (persons.get((each.event_id, of, state), 0) for state in ("in", "waiting"))
    done, late = told.get(each.event_id, (0, 0))
    before = Before(local(each.starts_at).date(), each.event.capacity, signed_up, late, done)
    is_over = each.ends_at + CLOSE_AFTER <= now and each.state == "planned" and each.closed_at is None
    found = signs(before, local(now).date()) if each.state == "planned" and not is_over else []
    return TimeRow(each, signed_up, waiting, tuple(found), is_over)


def event_page(event: Event, mine: Holdings, *, now: datetime) -> EventPage:
    """Return one event with its times, its checklist, its calls and its history."""
    today = local(now).date()
    times = with_words(event.occurrences.all()).order_by("starts_at", "pk")
    notices = event.notices.select_related("outlet", "organisation").order_by("due_on", "pk")
    outlets = Outlet.objects.filter(network=event.network_id, retired_on=None).exclude(
        pk__in=event.notices.values("outlet")
    )
    calls = Call.objects.filter(signup__event=event, rung_at=None).select_related("signup__occurrence")
    return EventPage(
        event,
        rows(times, now=now),
        tuple(NoticeRow(each, each.done_on is None and each.due_on < today) for each in notices),
        tuple(outlets.order_by("name_fi", "pk")),
        tuple(calls.order_by("made_at", "pk")),
        similar_to(event),
        tuple(history(Event._meta.label, event.pk)[:HISTORY]),  # noqa: SLF001 -- Django's documented API
        rules.events_for(mine).filter(pk=event.pk).exists(),
    )


def similar_to(event: Event) -> SimilarEvents | None:
    """Return what the last ten counted events of this kind were like: at this place, else in this network."""
    counted = Occurrence.objects.filter(
        event__network=event.network_id, event__kind=event.kind, closed_as="counted"
    ).exclude(event=event)
    here = counted.filter(event__place=event.place_id) if event.place_id else counted.none()
    rows = _similar(here) or _similar(counted)
    came = mean(rows)
    needed = guides(rows)
    return SimilarEvents(len(rows), came, needed) if came is not None and needed is not None else None


def _similar(times: QuerySet[Occurrence]) -> list[int]:
    """Return how many residents came to the last ones."""
    last = times.order_by("-starts_at", "pk")[:SIMILAR]
    return [(each.residents_here or 0) + (each.residents_afar or 0) for each in last]


def signups_of(event: Event) -> list[tuple[Occurrence | None, list[Signup]]]:
    """Return who has signed up, by time, in order of coming; of a whole course all together."""
    signed = list(event.signups.select_related("how_found", "occurrence").order_by("turn"))
    if event.is_whole:
        return [(None, signed)]
    times = event.occurrences.order_by("starts_at", "pk")
    return [(each, [one for one in signed if one.occurrence_id == each.pk]) for each in times]


def signup_for(event: Event, key: UUID) -> Signup | None:
    return event.signups.select_related("occurrence", "event__network").filter(pk=key).first()


def open_calls(mine: Holdings, region: str) -> QuerySet[Call]:
    """Return whom somebody must ring about an event."""
    events = rules.days_for(mine).filter(network=region)
    return Call.objects.filter(signup__event__in=events.values("pk"), rung_at=None)


def numbers(mine: Holdings, region: str, *, now: datetime) -> tuple[int, int, int]:
    """Return how many times wait to be closed, are at risk of staying empty, and how many tellings are late."""
    events = list(
        rules.events_for(mine).filter(network=region, state="published").values_list("pk", flat=True)
    )
    times = Occurrence.objects.filter(event__in=events, state="planned")
    unclosed = times.filter(ends_at__lte=now - CLOSE_AFTER, closed_at=None).count()
    soon = with_words(times.filter(starts_at__gt=now, starts_at__lte=now + timedelta(days=10)))
    risky = sum(bool(row.signs) for row in rows(soon.order_by("starts_at", "pk")[:500], now=now))
    return unclosed, risky, late_notices(events, now=now).count()


def late_notices(events: Iterable[UUID], *, now: datetime) -> QuerySet[Notice]:
    """Return tellings whose day has passed, of events that still come."""
    ahead = Occurrence.objects.filter(event=OuterRef("event"), state="planned", ends_at__gt=now)
    late = Notice.objects.filter(event__in=events, done_on=None, due_on__lt=local(now).date())
    return late.filter(Exists(ahead))


def place_of(key: str) -> Place | None:
    """Return the place that was chosen, if one was."""
    return Place.objects.select_related("municipality").filter(pk=key).first() if key else None


def open_times(event: Event, *, now: datetime) -> list[Occurrence]:
    """Return the times one can sign up for one by one; of a whole course, or without seats, none."""
    if event.capacity is None or event.is_whole:
        return []
    return list(event.occurrences.filter(state="planned", starts_at__gt=now).order_by("starts_at", "pk"))


def call_rows(calls: QuerySet[Call]) -> list[Call]:
    """Return the calls to be made, oldest first, each with who is rung and about what."""
    joined = calls.select_related("signup__occurrence", "signup__event")
    return list(joined.order_by("made_at", "pk"))
