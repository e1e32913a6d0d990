"""Reading the published tables into facts: a fixed number of queries, whatever the number of rows."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from kilauta.domains.directory import choices
from kilauta.domains.directory.logic.facts import (
    ChannelFacts,
    EServiceFacts,
    LanguageFacts,
    LinkFacts,
    LocalityFacts,
    MunicipalityFacts,
    Named,
    NetworkFacts,
    OrganisationFacts,
    PlaceFacts,
    RuleFacts,
    ServiceFacts,
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
from kilauta.lib.hours import Rule, Schedule, State
from kilauta.lib.text import slugify
from kilauta.lib.words import Words

NO_NETWORK = NetworkFacts(
    id="", host="", is_default=True, name=Words("Kilauta"), region=Words(""), municipalities=frozenset(), phone="",
    email="", accent="", coordinator_note=Words(""), schedule=Schedule(()),
)  # fmt: skip

LANGUAGE_ORDER = choices.codes("language")

Checks = dict[str, tuple[Check, ...]]


class Schedules:
    """Hours by owner. Equal hours share one schedule and its number, so that its state is reckoned once."""

    def __init__(self) -> None:
        self._rules: dict[str, list[Rule]] = defaultdict(list)
        self._notes: dict[str, dict[Words, None]] = defaultdict(dict)
        self._known: dict[tuple[Rule, ...], tuple[Schedule, int]] = {}
        for row in OpeningRule.objects.order_by("id"):
            owner = row.place_id or row.channel_id or row.network_id
            self._rules[str(owner)].append(hour_rule(row))
            if row.note:
                self._notes[str(owner)][row.note] = None

    def notes(self, owner: str) -> tuple[Words, ...]:
        """Return what is said beside the hours, each once."""
        return tuple(self._notes.get(owner, ()))

    def of(self, owner: str) -> tuple[Schedule, int]:
        rules = tuple(self._rules.get(owner, ()))
        if rules not in self._known:
            self._known[rules] = (Schedule(rules), len(self._known))
        return self._known[rules]


def hour_rule(row: OpeningRule) -> Rule:
    return Rule(
        weekdays=frozenset(int(day) for day in row.weekdays),
        opens=row.opens,
        closes=row.closes,
        state=State(row.state),
        weeks=row.weeks,
        nth=row.nth,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        holiday=row.holiday or None,
        exception=row.exception,
    )


def everything() -> dict[str, Any]:
    """Read all published facts; the keys are the fields of `Catalogue`."""
    schedules = Schedules()
    checks = newest_checks()
    links = external_links()
    places = {p.id: p for p in (place_facts(row, schedules, checks) for row in published(Place))}
    organisations = {
        o.id: o for o in (organisation_facts(row, checks, links) for row in published(Organisation))
    }
    eservices = {e.id: e for e in map(eservice_facts, published(EService).prefetch_related("topics"))}
    channels = channels_by_service(places, schedules, checks)
    services = {}
    for row in (
        published(Service)
        .select_related("organisation")
        .prefetch_related(
            "topics",
            "eservices",
            "devices",
            "audiences_only",
            "audiences_also",
            "limits",
            "languages",
            "roles",
        )
    ):
        if str(row.organisation_id) in organisations:
            facts = service_facts(
                row, organisations, eservices, checks, links, channels=channels.get(str(row.id), ())
            )
            services[facts.id] = facts
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
        "organisations": organisations,
        "places": places,
        "eservices": eservices,
        "services": services,
        "rules": rules(),
    }


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


def external_links() -> dict[str, tuple[LinkFacts, ...]]:
    found: dict[str, list[LinkFacts]] = defaultdict(list)
    for row in ExternalLink.objects.order_by("id"):
        found[str(row.organisation_id or row.service_id)].append(LinkFacts(row.kind, row.url, row.label))
    return {thing: tuple(links) for thing, links in found.items()}


def organisation_facts(
    row: Organisation, checks: Checks, links: dict[str, tuple[LinkFacts, ...]]
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
    )


def place_facts(row: Place, schedules: Schedules, checks: Checks) -> PlaceFacts:
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


def channels_by_service(
    places: dict[str, PlaceFacts], schedules: Schedules, checks: Checks
) -> dict[str, tuple[ChannelFacts, ...]]:
    found: dict[str, list[ChannelFacts]] = defaultdict(list)
    rows = Channel.objects.filter(state="published").prefetch_related("area").order_by("external_id", "id")
    for row in rows:
        place = places.get(str(row.place_id))
        if row.place_id and place is None:
            continue  # the place has been withdrawn: the way to it is not open either
        found[str(row.service_id)].append(channel_facts(row, place, schedules, checks))
    return {service: tuple(channels) for service, channels in found.items()}


def channel_facts(
    row: Channel, place: PlaceFacts | None, schedules: Schedules, checks: Checks
) -> ChannelFacts:
    key = str(row.id)
    area = frozenset(m.code for m in row.area.all())
    owner = place.id if row.hours_of_place and place else key
    schedule, number = schedules.of(owner)
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
        hours_notes=schedules.notes(owner),
        checks=checks.get(key, ()),
    )


def service_facts(
    row: Service,
    organisations: dict[str, OrganisationFacts],
    eservices: dict[str, EServiceFacts],
    checks: Checks,
    links: dict[str, tuple[LinkFacts, ...]],
    *,
    channels: Iterable[ChannelFacts],
) -> ServiceFacts:
    key = str(row.id)
    known = frozenset(str(e.id) for e in row.eservices.all()) & eservices.keys()
    line = lineage(str(row.organisation_id), organisations)
    owners = {organisation.id for organisation in line}
    owned = frozenset(e for e in known if eservices[e].owner in owners)
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
        languages=tuple(
            LanguageFacts(spoken.language, spoken.note)
            for spoken in sorted(
                row.languages.all(), key=lambda spoken: LANGUAGE_ORDER.index(spoken.language)
            )
        ),
        roles=tuple(sorted((str(role.organisation_id), role.role) for role in row.roles.all())),
        owned_eservices=owned,
        owned_topics=frozenset(topic for e in owned for topic in eservices[e].topics),
        changed_on=timezone.localdate(row.changed_at),
        checks=checks.get(key, ()),
        links=links.get(key, ()),
        channels=tuple(channels),
    )


def lineage(organisation: str, organisations: dict[str, OrganisationFacts]) -> list[OrganisationFacts]:
    """Return the organisation, its parent and so on up, without ever going in a circle."""
    found: list[OrganisationFacts] = []
    facts = organisations.get(organisation)
    while facts is not None and facts not in found:
        found.append(facts)
        facts = organisations.get(facts.parent)
    return found


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
