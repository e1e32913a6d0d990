"""An event is written, published, changed and withdrawn."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kilauta.domains.directory.models import Audience, Device, Place, Topic
from kilauta.domains.events.choices import ON_THE_WEB
from kilauta.domains.events.logic.times import MOST_TIMES, Span
from kilauta.domains.events.logic.told import EventTold
from kilauta.domains.events.models import Event, Notice, Occurrence, Outlet, Part, Venue
from kilauta.domains.events.queries.listing import LONGEST
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.refusals import Refused
from kilauta.lib.words import LANGUAGES
from kilauta.lib.zone import local

from .promoting import fill_seats

# Crockford's letters: none that is mistaken for another when an address is typed from paper.
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 6
COLUMNS = (
    "kind", "where", "remote_url", "fee", "bring", "phone", "email", "capacity", "waiting_places", "is_whole",
    "guides_needed", "on_view", "organised",
)  # fmt: skip
WORDS = ("name", "summary", "text")
# What stands on paper: who printed it before should print it again.
PRINTED = {"name", "summary", "where", "place", "remote_url", "fee", "bring", "phone"}


@transaction.atomic
def add_event(
    network: str,
    told: EventTold,
    *,
    spans: Sequence[Span],
    actor: Person,
    now: datetime,
    publish: bool = False,
) -> Event:
    """Write an event with its times and the checklist of its network; published at once where that is wanted."""
    _check(told, spans)
    event = Event(short_id=_free_short_id(), network_id=network, made_at=now, changed_at=now)
    _write(event, told)
    event.save(force_insert=True)
    _relate(event, told)
    Occurrence.objects.bulk_create(new_occurrence(event, each, now) for each in spans)
    _begin_checklist(event, spans, now)
    recording.record(event, "made", actor=actor, now=now)
    if publish:
        publish_event(event, actor=actor, now=now)
    return event


@transaction.atomic
def change_event(event: Event, told: EventTold, *, actor: Person, now: datetime) -> Event:
    """Change what an event tells. Fewer seats than are taken are refused; more seats go to those who wait."""
    held = locked(event)
    _check(told, None)
    _check_seats(held, told)
    before = _values(held)
    _write(held, told)
    held.changed_at = now
    held.save()
    _relate(held, told)
    changed = {name: (was, value) for name, value in _values(held).items() if (was := before[name]) != value}
    if not changed:
        return held
    recording.record(held, "changed", actor=actor, now=now, values=changed)
    if any(name.removesuffix(f"_{lang}") in PRINTED for name in changed for lang in LANGUAGES):
        outdate(held)
    _renew(held, now)
    fill_seats(held, now=now)
    return held


@transaction.atomic
def publish_event(event: Event, *, actor: Person, now: datetime) -> Event:
    """Let everybody see the event. Refuses one that is nowhere, without a summary, or without times."""
    held = locked(event)
    if held.state == "published":
        return held
    if not (held.place_id or held.where or held.remote_url):
        raise Refused("nowhere", _("Say where it is: a place, or a link to take part."), "place")
    if not held.summary_fi:
        raise Refused("no-summary", _("Write one or two sentences: what is it about?"), "summary")
    if not held.occurrences.exists():
        raise Refused("no-times", _("Add a time first."))
    was_before = held.published_at is not None
    held.state, held.changed_at = "published", now
    held.published_at = held.published_at or now
    held.save(update_fields=["state", "changed_at", "published_at"])
    _renew(held, now, by=int(was_before))
    if held.place_id:
        Venue.objects.get_or_create(network_id=held.network_id, place_id=held.place_id)
    recording.record(held, "published", actor=actor, now=now)
    return held


@transaction.atomic
def withdraw_event(event: Event, *, actor: Person, now: datetime) -> Event:
    """Take a published event out of sight. Where somebody has signed up, it is cancelled instead, so that they know."""
    held = locked(event)
    if held.signups.filter(state__in=("in", "waiting"), ends_at__gt=now).exists():
        raise Refused("signed-up", _("People have signed up. Cancel the times: then they are told."))
    if held.state == "published":
        held.state, held.changed_at = "withdrawn", now
        held.save(update_fields=["state", "changed_at"])
        _renew(held, now)
        recording.record(held, "withdrawn", actor=actor, now=now)
    return held


def locked(event: Event) -> Event:
    """Return the event as it is now, changed by nobody else until the transaction ends."""
    return Event.objects.select_for_update(of=("self",)).select_related("network", "place").get(pk=event.pk)


def outdate(event: Event) -> None:
    """Say of every notice that has been done that it tells of what was before."""
    Notice.objects.filter(event=event, done_on__isnull=False).update(is_outdated=True)


def touch(event: Event, now: datetime) -> None:
    """Say that something about the event has changed, and be it a time of it."""
    event.changed_at = now
    event.save(update_fields=["changed_at"])


def check_span(span: Span) -> None:
    if span.ends_at <= span.starts_at:
        raise Refused("backwards", _("It cannot end before it begins."), "ends")
    if span.ends_at - span.starts_at > LONGEST:
        raise Refused("too-long", _("An event lasts two weeks at most."), "ends")


def _check(told: EventTold, spans: Sequence[Span] | None) -> None:
    if not told.organisers:
        raise Refused("no-organiser", _("Choose who organises it."), "organiser")
    if told.kind in ON_THE_WEB and not told.remote_url:
        raise Refused("no-link", _("Write the link by which people take part."), "remote_url")
    if spans is None:
        return
    if not 1 <= len(spans) <= MOST_TIMES:
        raise Refused("times", _("There may be 1–60 times."), "times")
    for span in spans:
        check_span(span)


def _check_seats(event: Event, told: EventTold) -> None:
    active = event.signups.filter(state__in=("in", "waiting"))
    if told.is_whole != event.is_whole and active.exists():
        raise Refused(
            "signed-up", _("People have signed up: what the sign-up is for stays as it is."), "is_whole"
        )
    if told.capacity is None and active.exists():
        raise Refused("signed-up", _("People have signed up: write how many seats there are."), "capacity")
    most = max(_taken(event), default=0)
    if told.capacity is not None and told.capacity < most:
        words = _("%(number)d seats are taken: there cannot be fewer.") % {"number": most}
        raise Refused("taken", words, "capacity")


def _taken(event: Event) -> list[int]:
    taken: dict[object, int] = {}
    for of, persons in event.signups.filter(state="in").values_list("occurrence", "persons"):
        taken[of] = taken.get(of, 0) + persons
    return list(taken.values())


def new_occurrence(event: Event, span: Span, now: datetime) -> Occurrence:
    return Occurrence(
        event=event,
        network_id=event.network_id,
        is_shown=event.state == "published",
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        all_day=span.all_day,
        changed_at=now,
    )


def _write(event: Event, told: EventTold) -> None:
    for name in COLUMNS:
        setattr(event, name, getattr(told, name))
    for name in WORDS:
        for language, text in zip(LANGUAGES, getattr(told, name), strict=True):
            setattr(event, f"{name}_{language}", text)
    place = Place.objects.filter(pk=told.place).first() if told.place else None
    event.place = place
    event.municipality_id = place.municipality_id if place else told.municipality or None


def _relate(event: Event, told: EventTold) -> None:
    event.topics.set(Topic.objects.filter(pk__in=told.topics))
    event.audiences.set(Audience.objects.filter(pk__in=told.audiences))
    event.devices.set(Device.objects.filter(pk__in=told.devices))
    wanted = {(each.organisation, each.part): each.cents for each in told.parts}
    for held in event.parts.all():
        if (held.organisation_id, held.part) not in wanted:
            held.delete()
    for (organisation, part), cents in wanted.items():
        Part.objects.update_or_create(
            event=event, organisation_id=organisation, part=part, defaults={"cents": cents}
        )


def _values(event: Event) -> dict[str, object]:
    words = [f"{name}_{language}" for name in WORDS for language in LANGUAGES]
    values: dict[str, object] = {name: getattr(event, name) for name in (*COLUMNS, *words)}
    parts = event.parts.order_by("part", "organisation_id").values_list("part", "organisation_id", "cents")
    return values | {
        "place": event.place_id,
        "municipality": event.municipality_id,
        "parts": [f"{part} {organisation} {cents}" for part, organisation, cents in parts],
        **{
            name: sorted(getattr(event, name).values_list("pk", flat=True))
            for name in ("topics", "audiences", "devices")
        },
    }


def _begin_checklist(event: Event, spans: Sequence[Span], now: datetime) -> None:
    """Give the event a notice for each usual outlet of its network, due in time, though never in the past."""
    today = local(now).date()
    first = local(min(each.starts_at for each in spans)).date()
    usual = Outlet.objects.filter(network=event.network_id, is_usual=True, retired_on__isnull=True)
    host = event.parts.filter(part="organiser").order_by("pk").first()
    Notice.objects.bulk_create(
        Notice(
            event=event, outlet=each, organisation=host.organisation if host else None,
            due_on=max(today, first - timedelta(days=each.days_before)),
        )
        for each in usual.order_by("pk")
    )  # fmt: skip


def _renew(event: Event, now: datetime, *, by: int = 1) -> None:
    """Say that every time of the event is newer than before, and who sees it: calendars take over nothing else."""
    event.occurrences.update(sequence=F("sequence") + by, changed_at=now, is_shown=event.state == "published")


def _free_short_id() -> str:
    while True:
        made = "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
        if not Event.objects.filter(short_id=made).exists():
            return made
