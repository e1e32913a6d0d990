"""What is told of an organisation, as it is now: its entries, and their facts in words, group by group.

It is read from the tables and not from the catalogue: who has just changed something must see it.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from kilauta.domains.directory.choices import label
from kilauta.domains.directory.logic.trust import GROUPS, Check, Stage
from kilauta.domains.directory.models import Channel, OpeningRule, Organisation, Place, Service
from kilauta.domains.directory.rules import Reach, channels_for, places_for, services_for
from kilauta.kit.translations import reader_language
from kilauta.lib.hours import Schedule
from kilauta.lib.zone import local

from .hours import Schedules
from .snapshots import kind_of
from .verifying import newest
from .wording import exception_lines, regular_lines

Checks = dict[tuple[str, str], dict[str, Check]]


@dataclass(frozen=True)
class Entries:
    """Everything of one organisation, withdrawn ways and joined entries left out."""

    organisation: Organisation
    places: tuple[Place, ...]
    services: tuple[Service, ...]
    ways: dict[Any, tuple[Channel, ...]]
    schedules: Schedules
    checks: Checks

    def schedule(self, owner: Place | Channel) -> Schedule:
        """Return the hours that hold for a place or a way: its own, or where it says so those of its place."""
        place = owner.place_id if isinstance(owner, Channel) and owner.hours_of_place else None
        return self.schedules.of(str(place or owner.pk))[0]

    def checks_of(self, kind: str, key: object) -> tuple[Check, ...]:
        return tuple(self.checks.get((kind, str(key)), {}).values())


@dataclass(frozen=True, slots=True)
class Fact:
    """One group of facts of one public entry, in words, and how sure it is."""

    kind: str
    id: str
    name: str
    group: str
    lines: tuple[str, ...]
    check: Check | None
    stage: Stage


def entries_of(organisation: Organisation, reach: Reach) -> Entries:
    """Return the organisation's entries within reach, with their hours and newest checks: nine queries."""
    places = tuple(
        places_for(reach).filter(host=organisation).select_related("municipality").order_by("name_fi", "pk")
    )
    rows = services_for(reach).filter(organisation=organisation)
    services = tuple(rows.order_by("name_fi", "pk"))
    theirs = channels_for(reach).filter(service__organisation=organisation)
    ways: dict[Any, list[Channel]] = defaultdict(list)
    for way in theirs.exclude(state="withdrawn").select_related("place").order_by("external_id", "pk"):
        ways[way.service_id].append(way)
    own = Q(place__host=organisation) | Q(channel__service__organisation=organisation)
    kept = Q(place__channels__service__organisation=organisation, place__channels__hours_of_place=True)
    hours = OpeningRule.objects.filter(pk__in=OpeningRule.objects.filter(own | kept).values("pk"))
    return Entries(
        organisation,
        places,
        services,
        {key: tuple(each) for key, each in ways.items()},
        Schedules(hours),
        _checks(organisation),
    )


def _checks(organisation: Organisation) -> Checks:
    found: Checks = defaultdict(dict)
    for kind, path in (
        ("organisation", "organisation"),
        ("place", "place__host"),
        ("service", "service__organisation"),
        ("channel", "channel__service__organisation"),
    ):
        for row in newest(kind).filter(**{path: organisation}).order_by("group"):
            check = Check(row.group, row.verified_on, row.due_on, row.method, row.by_role)
            found[kind, str(getattr(row, f"{kind}_id"))][row.group] = check
    return found


def facts_of(held: Entries, now: datetime) -> tuple[Fact, ...]:
    """Return what somebody can make sure of: every group of facts of the organisation's public entries."""
    today = local(now).date()
    found = []
    for kind, key, name, lines in _told(held, today):
        for group in GROUPS[kind]:
            check = held.checks.get((kind, key), {}).get(group)
            stage = check.stage(today) if check else Stage.UNVERIFIED
            found.append(Fact(kind, key, name, group, lines[group], check, stage))
    return tuple(found)


def fingerprint(facts: Iterable[Fact]) -> str:
    """Return a short text that is another one as soon as the facts say anything else."""
    said = repr([(fact.kind, fact.id, fact.group, fact.lines) for fact in facts])
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def public_entries(held: Entries) -> "list[Organisation | Place | Service | Channel]":
    """Return the entries that the facts are about."""
    organisation = held.organisation
    if organisation.state != "published":
        return []
    services = [each for each in held.services if each.state == "published"]
    return [
        organisation,
        *(each for each in held.places if each.state == "published"),
        *services,
        *(way for each in services for way in held.ways.get(each.pk, ()) if way.state == "published"),
    ]


def _told(held: Entries, today: date) -> Iterable[tuple[str, str, str, dict[str, tuple[str, ...]]]]:
    names = {each.pk: say(each.name) for each in held.services}
    seen: Counter[str] = Counter()
    for thing in public_entries(held):
        if isinstance(thing, Channel):
            name = f"{names[thing.service_id]}: {way_name(thing)}"
            there = say(thing.place.name) if thing.place else ""
            told = {
                "contacts": _some(there, thing.phone, thing.url, thing.booking_url, thing.email),
                "hours": hours_lines(held.schedule(thing), today),
            }
        else:
            name, told = say(thing.name), _told_of(held, thing, today)
        seen[name] += 1
        # several ways of a service may be got alike: each is called otherwise, for those who hear the page
        yield kind_of(thing), str(thing.pk), f"{name} ({seen[name]})" if seen[name] > 1 else name, told


def _told_of(held: Entries, thing: Organisation | Place | Service, today: date) -> dict[str, tuple[str, ...]]:
    if isinstance(thing, Organisation):
        return {
            "contacts": _some(thing.phone, thing.email, thing.website),
            "content": _some(say(thing.name), say(thing.summary)),
        }
    if isinstance(thing, Place):
        return {
            "content": _some(where(thing), say(thing.directions)),
            "hours": hours_lines(held.schedule(thing), today),
        }
    fee = f"{gettext('Price')}: {say(label('fee', thing.fee))}"
    return {"content": _some(say(thing.summary), fee, say(thing.bring))}


def hours_lines(schedule: Schedule, today: date) -> tuple[str, ...]:
    """Return the hours as lines: the ordinary ones, then the exceptions soon to come."""
    ordinary = [
        f"{days} {times}{f' ({season})' if season else ''}"
        for days, times, season in regular_lines(schedule, today)
    ]
    other = [f"{day} {times}" for day, times, _holiday in exception_lines(schedule, today)]
    return (*(ordinary or [gettext("Opening hours not known")]), *other)


def way_name(way: Channel) -> str:
    """Return how a way is called among those of its service: how the help is got, and where."""
    mode = say(label("mode", way.mode))
    return f"{mode}, {say(way.place.name)}" if way.place else mode


def where(place: Place) -> str:
    town = " ".join(filter(None, (place.postal_code, str(place.municipality.name.pick(reader_language())))))
    return ", ".join(filter(None, (place.address, town)))


def say(words: Any) -> str:  # noqa: ANN401 -- Words, of a model's Translated or of a list
    return str(words.pick(reader_language()))


def _some(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
