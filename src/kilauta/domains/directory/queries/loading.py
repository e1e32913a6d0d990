"""Reading the published tables into facts: a fixed number of queries, whatever the number of rows."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from kilauta.domains.directory.logic.facts import (
    EServiceFacts,
    LinkFacts,
    LocalityFacts,
    MunicipalityFacts,
    Named,
    NetworkFacts,
    NoticeFacts,
    OrganisationFacts,
    PlaceFacts,
    RuleFacts,
)
from kilauta.domains.directory.logic.trust import Check
from kilauta.domains.directory.models import (
    Audience,
    Channel,
    Device,
    EService,
    EverydayGroup,
    ExternalLink,
    Limit,
    Notice,
    OpeningRule,
    Organisation,
    Place,
    RoutingRule,
    Service,
    Theme,
    Topic,
    Verification,
)
from kilauta.domains.directory.models.entries import Entry
from kilauta.domains.directory.models.trust import THINGS
from kilauta.domains.directory.models.vocabulary import Term
from kilauta.domains.territory.models import Locality, Municipality, Network
from kilauta.lib.hours import Schedule
from kilauta.lib.text import slugify
from kilauta.lib.words import Words

from .help import Around, Checks, Links, Notices, services_of
from .hours import Schedules

NO_NETWORK = NetworkFacts(
    id="", host="", is_default=True, name=Words("Kilauta"), region=Words(""), municipalities=frozenset(), phone="",
    email="", accent="", coordinator_note=Words(""), schedule=Schedule(()),
)  # fmt: skip


def everything() -> dict[str, Any]:
    """Read all published facts; the keys are the fields of `Catalogue`."""
    schedules = Schedules()
    checks, links, notices = newest_checks(), external_links(), notices_by_thing()
    places = {p.id: p for p in (place_facts(row, schedules, checks, notices) for row in published(Place))}
    organisations = {
        o.id: o for o in (organisation_facts(row, checks, links, notices) for row in published(Organisation))
    }
    eservices = {e.id: e for e in map(eservice_facts, published(EService).prefetch_related("topics"))}
    ways = Channel.objects.filter(state="published")
    around = Around(organisations, eservices, places, schedules, checks, links, notices)
    return {
        **lists(schedules),
        "organisations": organisations,
        "places": places,
        "eservices": eservices,
        "services": services_of(published(Service), ways, around),
        "moved": moved(),
    }


def excerpt(only: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """Read what words the named things (ids by kind) are found by: as `everything`, but only what is around them.

    Hours, checks, links and notices are left out. The cost does not grow with the directory.
    """
    none = Schedules(OpeningRule.objects.none())
    services = published(Service).filter(id__in=only.get("service", ()))
    ways = Channel.objects.filter(state="published", service__in=services.values("id"))
    near = EService.objects.filter(Q(id__in=only.get("eservice", ())) | Q(services__in=services.values("id")))
    givers = Q(id__in=only.get("organisation", ())) | Q(services__in=services.values("id"))
    owners = Q(eservices__in=near.values("id"))
    around = Q(id__in=only.get("place", ())) | Q(channels__in=ways.values("id"))
    organisations = {
        o.id: o
        for o in (
            organisation_facts(row, {}, {}, {})
            for row in published(Organisation).filter(givers | owners).distinct()
        )
    }
    places = {
        p.id: p
        for p in (place_facts(row, none, {}, {}) for row in published(Place).filter(around).distinct())
    }
    known = published(EService).filter(id__in=near.values("id")).prefetch_related("topics")
    eservices = {e.id: e for e in map(eservice_facts, known)}
    facts = Around(organisations, eservices, places, none, {}, {}, {})
    return {
        **lists(none),
        "organisations": organisations,
        "places": places,
        "eservices": eservices,
        "services": services_of(services, ways, facts),
        "moved": {},
    }


def lists(schedules: Schedules) -> dict[str, Any]:
    """Read what the directory stands on: municipalities, networks, the values of lists, the rules."""
    return {
        "municipalities": {m.code: municipality_facts(m) for m in Municipality.objects.order_by("code")},
        "localities": {
            row.id: LocalityFacts(row.id, row.name, row.municipality_id, row.point)
            for row in Locality.objects.order_by("id")
        },
        "networks": networks(schedules),
        "themes": terms(Theme),
        "topics": terms(Topic),
        "audiences": terms(Audience),
        "limits": terms(Limit),
        "devices": terms(Device),
        "groups": terms(EverydayGroup),
        "rules": rules(),
    }


def moved() -> dict[str, dict[str, str]]:
    """Return for each kind the short ids of entries that were joined to another, each with the id of that one."""
    found: dict[str, dict[str, str]] = {}
    for kind in (Organisation, Place, EService, Service):
        rows: QuerySet[Any] = QuerySet(kind).filter(merged_into__isnull=False)
        joined = {
            key: (short, into) for key, short, into in rows.values_list("id", "short_id", "merged_into")
        }
        for short, into in joined.values():
            seen = {into}
            last = into
            while last in joined and joined[last][1] not in seen:
                last = joined[last][1]
                seen.add(last)
            found.setdefault(kind.__name__.lower(), {})[short] = str(last)
    return found


def published(model: type[Entry]) -> Any:  # noqa: ANN401 -- a queryset of the model
    return QuerySet(model).filter(state="published").order_by("name_fi", "id")


def municipality_facts(row: Municipality) -> MunicipalityFacts:
    name = Words(row.name_fi, row.name_sv, row.name_fi)
    return MunicipalityFacts(row.code, f"{row.code}-{slugify(row.name_fi)}", name, row.region_id, row.point)


def terms(model: type[Term]) -> dict[str, Named]:
    found = {}
    groups = groups_of_topics() if model is EverydayGroup else {}
    rows: QuerySet[Term] = QuerySet(model).filter(retired_on__isnull=True)
    for row in rows.order_by("position", "code"):
        found[row.code] = Named(
            code=row.code,
            name=row.name,
            description=row.description,
            examples=row.examples,
            group=getattr(row, "theme_id", "") or "",
            topics=frozenset(groups.get(row.code, ())),
            device=getattr(row, "device_id", "") or "",
        )
    return found


def groups_of_topics() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for group, topic in EverydayGroup.topics.through.objects.values_list("everydaygroup_id", "topic_id"):
        found[group].append(topic)
    return found


def networks(schedules: Schedules) -> dict[str, NetworkFacts]:
    return {
        row.id: NetworkFacts(
            id=row.id,
            host=row.host or "",
            is_default=row.is_default,
            name=row.name,
            region=row.region.name,
            municipalities=frozenset(m.code for m in row.municipalities.all()),
            phone=row.phone,
            email=row.email,
            accent=row.accent,
            coordinator_note=row.coordinator_note,
            schedule=schedules.of(row.id)[0],
            hours_notes=schedules.notes(row.id),
        )
        for row in Network.objects.select_related("region").prefetch_related("municipalities").order_by("id")
    }


def newest_checks() -> Checks:
    newest: dict[str, dict[str, Check]] = defaultdict(dict)
    for row in Verification.objects.order_by("verified_on", "id"):
        thing = str(next(key for name in THINGS if (key := getattr(row, f"{name}_id"))))
        newest[thing][row.group] = Check(row.group, row.verified_on, row.due_on, row.method, row.by_role)
    return {thing: tuple(groups.values()) for thing, groups in newest.items()}


def notices_by_thing() -> Notices:
    found: dict[str, list[NoticeFacts]] = defaultdict(list)
    for row in Notice.objects.order_by("from_on", "id"):
        thing = str(next(key for name in THINGS if (key := getattr(row, f"{name}_id"))))
        found[thing].append(NoticeFacts(row.from_on, row.until_on, row.text, row.closes))
    return {thing: tuple(rows) for thing, rows in found.items()}


def external_links() -> Links:
    found: dict[str, list[LinkFacts]] = defaultdict(list)
    for row in ExternalLink.objects.order_by("id"):
        found[str(row.organisation_id or row.service_id)].append(LinkFacts(row.kind, row.url, row.label))
    return {thing: tuple(links) for thing, links in found.items()}


def organisation_facts(
    row: Organisation, checks: Checks, links: Links, notices: Notices
) -> OrganisationFacts:
    key = str(row.id)
    return OrganisationFacts(
        id=key,
        address=f"{row.short_id}-{slugify(row.name_fi)}",
        kind=row.kind,
        name=row.name,
        former_name=row.former_name,
        summary=row.summary,
        parent=str(row.parent_id or ""),
        website=row.website,
        phone=row.phone,
        email=row.email,
        duty_by_law=row.duty_by_law,
        steward=row.steward_id or "",
        changed_on=timezone.localdate(row.changed_at),
        checks=checks.get(key, ()),
        links=links.get(key, ()),
        notices=notices.get(key, ()),
    )


def place_facts(row: Place, schedules: Schedules, checks: Checks, notices: Notices) -> PlaceFacts:
    key = str(row.id)
    return PlaceFacts(
        id=key,
        address=f"{row.short_id}-{slugify(row.name_fi)}",
        kind=row.kind,
        name=row.name,
        host=str(row.host_id or ""),
        street=row.address,
        postal_code=row.postal_code,
        municipality=row.municipality_id,
        locality=row.locality_id or "",
        point=row.point,
        access_yes=tuple(row.access_yes),
        access_no=tuple(row.access_no),
        connection=row.connection,
        directions=row.directions,
        schedule=schedules.of(key)[0],
        hours_notes=schedules.notes(key),
        changed_on=timezone.localdate(row.changed_at),
        checks=checks.get(key, ()),
        notices=notices.get(key, ()),
    )


def eservice_facts(row: EService) -> EServiceFacts:
    return EServiceFacts(
        id=str(row.id),
        address=f"{row.short_id}-{slugify(row.name_fi)}",
        name=row.name,
        words=row.words,
        description=row.description,
        owner=str(row.owner_id),
        url=row.url,
        topics=frozenset(topic.code for topic in row.topics.all()),
    )


def rules() -> dict[str, RuleFacts]:
    return {
        row.topic_id: RuleFacts(
            topic=row.topic_id,
            prefer=row.prefer,
            fallback=row.fallback,
            forbidden_kinds=frozenset(row.forbidden_kinds),
            forbidden_limits=frozenset(limit.code for limit in row.forbidden_limits.all()),
            reason=row.reason,
            say=row.say,
            bring=row.bring,
            warn=row.warn,
        )
        for row in RoutingRule.objects.prefetch_related("forbidden_limits").order_by("id")
    }
