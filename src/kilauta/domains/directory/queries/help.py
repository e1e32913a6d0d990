"""Services and the ways to get them, read into facts."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from kilauta.domains.directory import choices
from kilauta.domains.directory.logic.facts import (
    ChannelFacts,
    EServiceFacts,
    LanguageFacts,
    LinkFacts,
    NoticeFacts,
    OrganisationFacts,
    PlaceFacts,
    ServiceFacts,
    lineage,
)
from kilauta.domains.directory.logic.trust import Check
from kilauta.domains.directory.models import Channel, Service
from kilauta.lib.text import slugify

from .hours import Schedules

Checks = dict[str, tuple[Check, ...]]
Links = dict[str, tuple[LinkFacts, ...]]
Notices = dict[str, tuple[NoticeFacts, ...]]

LANGUAGE_ORDER = choices.codes("language")
PARTS = (
    "topics", "eservices", "devices", "audiences_only", "audiences_also", "limits", "languages", "roles"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """What the facts of a service take from other tables."""

    organisations: dict[str, OrganisationFacts]
    eservices: dict[str, EServiceFacts]
    places: dict[str, PlaceFacts]
    schedules: Schedules
    checks: Checks
    links: Links
    notices: Notices


def services_of(rows: QuerySet[Service], ways: QuerySet[Channel], around: Around) -> dict[str, ServiceFacts]:
    """Return the services of these rows whose organisation is published too, with those of the ways that are theirs."""
    found = {}
    channels = channels_by_service(ways, around)
    for row in rows.select_related("organisation").prefetch_related(*PARTS):
        if str(row.organisation_id) in around.organisations:
            facts = service_facts(row, around, channels.get(str(row.id), []))
            found[facts.id] = facts
    return found


def channels_by_service(ways: QuerySet[Channel], around: Around) -> dict[str, list[ChannelFacts]]:
    found: dict[str, list[ChannelFacts]] = defaultdict(list)
    for row in ways.select_related("service").prefetch_related("area").order_by("external_id", "id"):
        place = around.places.get(str(row.place_id))
        if row.place_id and place is None:
            continue  # the place has been withdrawn: the way to it is not open either
        found[str(row.service_id)].append(channel_facts(row, place, around))
    return found


def channel_facts(row: Channel, place: PlaceFacts | None, around: Around) -> ChannelFacts:
    key = str(row.id)
    area = frozenset(m.code for m in row.area.all())
    owner = place.id if row.hours_of_place and place else key
    schedule, number = around.schedules.of(owner)
    return ChannelFacts(
        id=key,
        external_id=row.external_id,
        service=str(row.service_id),
        mode=row.mode,
        place=place.id if place else "",
        point=place.point if place else None,
        phone=row.phone,
        phone_charge=row.phone_charge,
        email=row.email,
        url=row.url,
        booking_url=row.booking_url,
        everywhere=row.everywhere,
        area=area or (frozenset({place.municipality}) if place else frozenset()),
        lead_days=row.lead_days,
        given_by=row.given_by,
        full=row.intake == "full",
        full_until=row.full_until,
        note=row.note,
        closed_from=row.closed_from,
        closed_until=row.closed_until,
        closed_note=row.closed_note,
        schedule=schedule,
        schedule_key=number,
        hours_notes=around.schedules.notes(owner),
        checks=around.checks.get(key, ()),
        notices=(
            *around.notices.get(key, ()),
            *around.notices.get(str(row.service_id), ()),
            *(place.notices if place else ()),
            *around.notices.get(str(row.service.organisation_id), ()),
        ),
    )


def service_facts(row: Service, around: Around, channels: list[ChannelFacts]) -> ServiceFacts:
    key, eservices = str(row.id), around.eservices
    known = frozenset(str(e.id) for e in row.eservices.all()) & eservices.keys()
    line = lineage(str(row.organisation_id), around.organisations)
    owned = frozenset(e for e in known if eservices[e].owner in {owner.id for owner in line})
    return ServiceFacts(
        id=key,
        external_id=row.external_id,
        address=f"{row.short_id}-{slugify(row.name_fi)}",
        organisation=str(row.organisation_id),
        organisation_kind=row.organisation.kind,
        root_kind=line[-1].kind if line else row.organisation.kind,
        name=row.name,
        summary=row.summary,
        description=row.description,
        topics=frozenset(t.code for t in row.topics.all()),
        eservices=known,
        devices=frozenset(d.code for d in row.devices.all()),
        audiences_only=frozenset(a.code for a in row.audiences_only.all()),
        audiences_also=frozenset(a.code for a in row.audiences_also.all()),
        limits=tuple(sorted(limit.code for limit in row.limits.all())),
        depth=row.depth,
        fee=row.fee,
        fee_note=row.fee_note,
        bring=row.bring,
        languages=languages_of(row),
        roles=tuple(sorted((str(role.organisation_id), role.role) for role in row.roles.all())),
        owned_eservices=owned,
        owned_topics=frozenset(topic for e in owned for topic in eservices[e].topics),
        changed_on=timezone.localdate(row.changed_at),
        checks=around.checks.get(key, ()),
        links=around.links.get(key, ()),
        channels=tuple(channels),
        notices=around.notices.get(key, ()),
    )


def languages_of(row: Service) -> tuple[LanguageFacts, ...]:
    spoken = sorted(row.languages.all(), key=lambda each: LANGUAGE_ORDER.index(each.language))
    return tuple(LanguageFacts(each.language, each.note) for each in spoken)
