"""An organisation's entries as those see them who keep them right: everything of it, as it is now.

They come from the tables and not from the catalogue: who has just changed something must see it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext

from kilauta.domains.directory.choices import label
from kilauta.domains.directory.logic.trust import Check, Stage, stage_of
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
from kilauta.domains.directory.rules import Reach
from kilauta.lib.text import slugify
from kilauta.lib.zone import local

from .facts import Checks, Entries, Fact, entries_of, facts_of, hours_lines, say, way_name, where
from .hours import Schedules
from .verifying import newest


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


def public_address(organisation: Organisation | None) -> str:
    """Return the last part of the address of the organisation's public page; "" where it has none."""
    if organisation is None or organisation.state != "published":
        return ""
    return f"{organisation.short_id}-{slugify(organisation.name_fi)}"


def own_page(organisation: Organisation, reach: Reach, now: datetime) -> OwnPage:
    """Return the page of the organisation for those who keep it: eleven queries, however much it has."""
    held, today = entries_of(organisation, reach), local(now).date()
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
        say(service.name),
        service.state,
        stage_of([*held.checks_of("service", service.pk), *checks], today),
        tuple(
            WayRow(
                str(way.pk),
                way.state,
                say(label("mode", way.mode)),
                say(way.place.name) if way.place else "",
                way.phone or way.booking_url or way.url or way.email,
                ", ".join(hours_lines(held.schedule(way), today)),
            )
            for way in ways
        ),
    )


def _place_row(held: Entries, place: Place, today: date) -> PlaceRow:
    return PlaceRow(
        str(place.pk),
        say(place.name),
        place.state,
        where(place),
        ", ".join(hours_lines(held.schedule(place), today)),
        stage_of(held.checks_of("place", place.pk), today),
    )


def _needs(held: Entries, facts: Sequence[Fact]) -> Iterable[Need]:
    """Yield what is missing first, then what nobody has made sure of for too long."""
    organisation = held.organisation
    key, name = str(organisation.pk), say(organisation.name)
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
            yield Need("place", str(place.pk), say(place.name), words)
    for fact in facts:
        if fact.stage in (Stage.OVERDUE, Stage.LONG_OVERDUE):
            words = gettext("The check of this is late. The public is told so.")
            yield Need("right", key, fact.name, words)


def _needs_of_service(held: Entries, service: Service) -> Iterable[Need]:
    key, name = str(service.pk), say(service.name)
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
        return f"{say(thing.service.name)}: {way_name(thing)}"
    return say(thing.name)


def own_places(organisation: Organisation, way: Channel | None = None) -> tuple[Place, ...]:
    """Return the places of the organisation that are not withdrawn, and the one of the way, by name."""
    used = way.place_id if way else None
    rows = Place.objects.filter(Q(host=organisation) | Q(pk=used)).exclude(state="withdrawn")
    return tuple(rows.order_by("name_fi", "pk"))


def planning_of(organisation: Organisation) -> dict[str, str]:
    """Return what the organisation has told its network for planning, by kind."""
    return dict(Planning.objects.filter(organisation=organisation).values_list("kind", "text"))
