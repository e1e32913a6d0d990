"""An organisation's entries as those see them who keep them right: everything of it, as it is now.

It is read from the tables and not from the catalogue: who has just changed something must see it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from kilauta.domains.directory.choices import label
from kilauta.domains.directory.logic.trust import GROUPS, Check, Stage, stage_of
from kilauta.domains.directory.models import (
    Channel,
    Notice,
    OpeningRule,
    Organisation,
    Place,
    Planning,
    Proposal,
    Service,
)
from kilauta.kit.translations import reader_language
from kilauta.lib.hours import Schedule
from kilauta.lib.text import slugify
from kilauta.lib.zone import local

from .hours import Schedules
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


@dataclass(frozen=True, slots=True)
class Need:
    """Something that is missing in an entry or old: what, of which entry, and the page that mends it."""

    page: str
    id: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class WayRow:
    id: str
    state: str
    mode: str
    place: str
    reached: str
    hours: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    id: str
    name: str
    state: str
    stage: Stage
    ways: tuple[WayRow, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    id: str
    name: str
    state: str
    address: str
    hours: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class ServicePage:
    """One service as its editor sees it, and what waits for a coordinator."""

    row: ServiceRow
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class OwnPage:
    """What one sees of one's own organisation."""

    organisation: Organisation
    services: tuple[ServiceRow, ...]
    places: tuple[PlaceRow, ...]
    needs: tuple[Need, ...]
    proposals: tuple[Proposal, ...]
    notices: tuple[Notice, ...]
    facts: int
    late: int


def entries_of(organisation: Organisation) -> Entries:
    """Return all entries of the organisation, with their hours and newest checks: nine queries."""
    places = tuple(
        Place.objects.filter(host=organisation, merged_into__isnull=True)
        .select_related("municipality")
        .order_by("name_fi", "pk")
    )
    rows = Service.objects.filter(organisation=organisation, merged_into__isnull=True)
    services = tuple(rows.order_by("name_fi", "pk"))
    theirs = Channel.objects.filter(service__organisation=organisation, service__merged_into__isnull=True)
    ways: dict[Any, list[Channel]] = defaultdict(list)
    for way in theirs.exclude(state="withdrawn").select_related("place").order_by("external_id", "pk"):
        ways[way.service_id].append(way)
    own = Q(place__host=organisation) | Q(channel__service__organisation=organisation)
    kept = Q(place__channels__service__organisation=organisation, place__channels__hours_of_place=True)
    hours = OpeningRule.objects.filter(Q(pk__in=OpeningRule.objects.filter(own | kept).values("pk")))
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


def public_address(organisation: Organisation | None) -> str:
    """Return the last part of the address of the organisation's public page; "" where it has none."""
    if organisation is None or organisation.state != "published":
        return ""
    return f"{organisation.short_id}-{slugify(organisation.name_fi)}"


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
    names = {each.pk: _say(each.name) for each in held.services}
    for thing in public_entries(held):
        key = str(thing.pk)
        if isinstance(thing, Organisation):
            contacts = (thing.phone, thing.email, thing.website)
            content = (_say(thing.name), _say(thing.summary))
            yield (
                "organisation",
                key,
                _say(thing.name),
                {"contacts": _some(contacts), "content": _some(content)},
            )
        elif isinstance(thing, Place):
            content = (where(thing), _say(thing.directions))
            hours = hours_lines(held.schedule(thing), today)
            yield "place", key, _say(thing.name), {"hours": hours, "content": _some(content)}
        elif isinstance(thing, Service):
            fee = f"{gettext('Price')}: {_say(label('fee', thing.fee))}"
            content = (_say(thing.summary), fee, _say(thing.bring))
            yield "service", key, _say(thing.name), {"content": _some(content)}
        else:
            there = _say(thing.place.name) if thing.place else ""
            contacts = (there, thing.phone, thing.url, thing.booking_url, thing.email)
            name = f"{names[thing.service_id]}: {way_name(thing)}"
            hours = hours_lines(held.schedule(thing), today)
            yield "channel", key, name, {"contacts": _some(contacts), "hours": hours}


def own_page(organisation: Organisation, now: datetime) -> OwnPage:
    """Return the page of the organisation for those who keep it: twelve queries, however much it has."""
    held, today = entries_of(organisation), local(now).date()
    facts = facts_of(held, now)
    waiting = Proposal.objects.filter(organisation=organisation, state__in=("waiting", "returned"))
    about = (
        Q(organisation=organisation)
        | Q(place__host=organisation)
        | Q(service__organisation=organisation)
        | Q(channel__service__organisation=organisation)
    )
    return OwnPage(
        organisation=organisation,
        services=tuple(_service_row(held, each, today) for each in held.services),
        places=tuple(_place_row(held, each, today) for each in held.places),
        needs=tuple(_needs(held, facts)),
        proposals=tuple(waiting.select_related("by").order_by("-made_at", "pk")),
        notices=tuple(Notice.objects.filter(about, until_on__gte=today).order_by("from_on", "pk")),
        facts=len(facts),
        late=sum(fact.stage != Stage.FRESH for fact in facts),
    )


def _service_row(held: Entries, service: Service, today: date) -> ServiceRow:
    ways = held.ways.get(service.pk, ())
    checks = [check for way in ways for check in held.checks_of("channel", way.pk)]
    return ServiceRow(
        str(service.pk),
        _say(service.name),
        service.state,
        stage_of([*held.checks_of("service", service.pk), *checks], today),
        tuple(
            WayRow(
                str(way.pk),
                way.state,
                _say(label("mode", way.mode)),
                _say(way.place.name) if way.place else "",
                way.phone or way.booking_url or way.url or way.email,
                ", ".join(hours_lines(held.schedule(way), today)),
            )
            for way in ways
        ),
    )


def _place_row(held: Entries, place: Place, today: date) -> PlaceRow:
    return PlaceRow(
        str(place.pk),
        _say(place.name),
        place.state,
        where(place),
        ", ".join(hours_lines(held.schedule(place), today)),
        stage_of(held.checks_of("place", place.pk), today),
    )


def _needs(held: Entries, facts: Sequence[Fact]) -> Iterable[Need]:
    """Yield what is missing first, then what nobody has made sure of for too long."""
    organisation = held.organisation
    key, name = str(organisation.pk), _say(organisation.name)
    if not (organisation.phone or organisation.email):
        yield Need("organisation", key, name, gettext("There is no phone number and no e-mail address."))
    if not organisation.summary_fi:
        yield Need("organisation", key, name, gettext("Tell in one sentence who you are."))
    if not [each for each in held.services if each.state != "withdrawn"]:
        yield Need("new-service", key, name, gettext("There is no service yet. Tell what you help with."))
    for service in held.services:
        yield from _needs_of_service(held, service)
    for place in held.places:
        if place.state != "withdrawn" and place.point is None:
            words = gettext("The place has no coordinates: it is not on the map.")
            yield Need("place", str(place.pk), _say(place.name), words)
    for fact in facts:
        if fact.stage in (Stage.OVERDUE, Stage.LONG_OVERDUE):
            words = gettext("The check of this is late. The public is told so.")
            yield Need("right", key, fact.name, words)


def _needs_of_service(held: Entries, service: Service) -> Iterable[Need]:
    key, name = str(service.pk), _say(service.name)
    if service.state == "withdrawn":
        return
    ways = held.ways.get(service.pk, ())
    if not ways:
        yield Need("new-channel", key, name, gettext("Nobody can get this help yet. Add a way to get it."))
    for way in ways:
        if not held.schedule(way).rules:
            words = gettext("The hours are not known.")
            yield Need("channel-hours", str(way.pk), f"{name}: {way_name(way)}", words)
    if not (service.name_sv and service.summary_sv):
        yield Need("service", key, name, gettext("The Swedish text is missing."))
    if not (service.name_en and service.summary_en):
        yield Need("service", key, name, gettext("The English text is missing."))


def service_page(service: Service, now: datetime) -> ServicePage:
    """Return one service with its ways, drafts among them, and those that are shown no more: five queries."""
    today = local(now).date()
    rows = Channel.objects.filter(service=service).select_related("place").order_by("external_id", "pk")
    ways = tuple(rows)
    there = Q(channel__service=service) | Q(place__in=[way.place_id for way in ways if way.hours_of_place])
    checks: Checks = defaultdict(dict)
    for kind, owner in (("service", "service"), ("channel", "channel__service")):
        for row in newest(kind).filter(**{owner: service}).order_by("group"):
            check = Check(row.group, row.verified_on, row.due_on, row.method, row.by_role)
            checks[kind, str(getattr(row, f"{kind}_id"))][row.group] = check
    schedules = Schedules(OpeningRule.objects.filter(there))
    held = Entries(service.organisation, (), (service,), {service.pk: ways}, schedules, checks)
    asked = Proposal.objects.filter(entry_id__in=[service.pk, *(way.pk for way in ways)], state="waiting")
    return ServicePage(_service_row(held, service, today), tuple(asked.order_by("-made_at", "pk")))


def owner_of(thing: Organisation | Place | Service | Channel | None) -> Organisation | None:
    """Return the organisation whose page the entry stands on."""
    if isinstance(thing, Channel):
        return thing.service.organisation
    if isinstance(thing, Service):
        return thing.organisation
    return thing.host if isinstance(thing, Place) else thing


def name_of(thing: Organisation | Place | Service | Channel) -> str:
    """Return what an entry is called: a way by its service and how it is got."""
    if isinstance(thing, Channel):
        return f"{_say(thing.service.name)}: {way_name(thing)}"
    return _say(thing.name)


def own_places(organisation: Organisation, way: Channel | None = None) -> tuple[Place, ...]:
    """Return the places of the organisation that are not withdrawn, and the one of the way, by name."""
    used = way.place_id if way else None
    rows = Place.objects.filter(Q(host=organisation) | Q(pk=used)).exclude(state="withdrawn")
    return tuple(rows.order_by("name_fi", "pk"))


def planning_of(organisation: Organisation) -> dict[str, str]:
    """Return what the organisation has told its network for planning, by kind."""
    return dict(Planning.objects.filter(organisation=organisation).values_list("kind", "text"))


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
    mode = _say(label("mode", way.mode))
    return f"{mode}, {_say(way.place.name)}" if way.place else mode


def where(place: Place) -> str:
    town = " ".join(filter(None, (place.postal_code, str(place.municipality.name.pick(reader_language())))))
    return ", ".join(filter(None, (place.address, town)))


def _say(words: Any) -> str:  # noqa: ANN401 -- Words, of a model's Translated or of a list
    return str(words.pick(reader_language()))


def _some(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
