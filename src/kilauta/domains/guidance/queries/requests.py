"""Requests for help: whom each is offered to, who has taken which, and what waits too long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from kilauta.domains.directory import choices as directory
from kilauta.domains.directory.models import Organisation, Supporter
from kilauta.domains.directory.queries import Catalogue, catalogue
from kilauta.domains.guidance.logic.routing import (
    Forbidden,
    Helper,
    Wanted,
    serves,
    supporter_modes,
    topics_wanted,
)
from kilauta.domains.guidance.models import HelpRequest, RequestPromise
from kilauta.kit.access.holdings import Holdings
from kilauta.kit.access.models import Grant
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.accounts.models import Person
from kilauta.lib.text import sort_key
from kilauta.lib.zone import HELSINKI, local

from .ground import bodies_of


@dataclass(frozen=True, slots=True)
class Offered:
    """A request, and in whose name and as what somebody may take it."""

    request: HelpRequest
    organisation: Organisation
    given_by: str
    is_directed: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """What one person has taken, and what waits for them: passed on to them first, then the one that waits longest."""

    mine: tuple[HelpRequest, ...]
    offered: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class _Post:
    """Where a person helps: for an organisation, in the ways the person has told, and in those of the organisation."""

    organisation: Organisation
    given_by: str
    ways: tuple[Helper, ...]


def queue(person: Person, mine: Holdings, network: str, *, now: datetime) -> Queue:
    """Return what the person has taken, and what waits for them, in the network."""
    posts = _posts(person, mine, network, now=now)
    return Queue(tuple(taken_by(person)), tuple(_offered(person, posts, _waiting(network), now)))


def offered_to(person: Person, mine: Holdings, network: str, key: UUID, *, now: datetime) -> Offered | None:
    """Return the waiting request of this key, if it is offered to the person."""
    posts = _posts(person, mine, network, now=now)
    return next(iter(_offered(person, posts, _waiting(network).filter(pk=key), now)), None)


def was_offered_to(person: Person, mine: Holdings, network: str, key: UUID, *, now: datetime) -> bool:
    """Return whether the person would have been offered the request of this key, had nobody else been first."""
    gone = HelpRequest.objects.filter(network=network, pk=key).exclude(state="waiting").select_related(*ABOUT)
    return bool(_offered(person, _posts(person, mine, network, now=now), gone, now))


def taken_by(person: Person) -> QuerySet[HelpRequest]:
    """Return what the person has taken and not closed, what was taken first at the beginning."""
    held = HelpRequest.objects.filter(taker=person, state="taken")
    return held.select_related(*ABOUT).order_by("taken_at", "pk")


def request_of(person: Person, key: UUID) -> HelpRequest | None:
    """Return the request of this key, open or closed, if the person took it."""
    held = HelpRequest.objects.filter(taker=person, pk=key)
    return held.select_related(*ABOUT, "session", "organisation").first()


def request_at(key: UUID) -> HelpRequest | None:
    """Return the request behind a link."""
    return HelpRequest.objects.filter(pk=key).select_related(*ABOUT).first()


def by_number(network: str, number: str) -> HelpRequest | None:
    """Return the request of this number, as somebody says it on the telephone."""
    digits = "".join(filter(str.isdigit, number))
    return HelpRequest.objects.filter(network=network, number=digits).select_related(*ABOUT).first()


def of_office(network: str, *, now: datetime) -> tuple[list[HelpRequest], list[HelpRequest]]:
    """Return what nobody has taken in the promised time, and what else is open, what is due first at the beginning."""
    rows = HelpRequest.objects.filter(network=network, state__in=("waiting", "taken"))
    held = list(rows.select_related(*ABOUT, "taker", "organisation").order_by("due_at", "pk"))
    late = [each for each in held if is_late(each, now)]
    return late, [each for each in held if each not in late]


def in_office(network: str, key: UUID) -> HelpRequest | None:
    held = HelpRequest.objects.filter(network=network, pk=key)
    return held.select_related(*ABOUT, "taker", "organisation").first()


def is_late(request: HelpRequest, now: datetime) -> bool:
    return request.state == "waiting" and request.due_at <= now


def late_in(network: str, *, now: datetime) -> int:
    """Return how many requests nobody has taken in the promised time."""
    return HelpRequest.objects.filter(network=network, state="waiting", due_at__lte=now).count()


def takers(request: HelpRequest, *, day: date) -> list[tuple[Person, Organisation]]:
    """Return the supporters of the network to whom a request may be given, those whom it fits first."""
    rows = _supporters(request.network_id, day).order_by("person__name", "person__email", "pk")
    held = catalogue()
    wanted, forbidden = _wanted(held, request), _forbidden(held, request)
    found = sorted(rows, key=lambda row: not serves(_own_way(held, row), wanted, forbidden))
    return [(row.person, row.organisation) for row in found]


def organisations_of(network: str, *, day: date) -> list[Organisation]:
    """Return the organisations of the network in which somebody works: a request may be passed on to them."""
    keys = (
        Grant.objects.filter(scope=Scope.BODY, person__is_active=True)
        .held_on(day)
        .values_list("scope_id", flat=True)
    )
    return sorted(_bodies(network).filter(pk__in=set(keys)), key=lambda each: sort_key(each.name_fi, "fi"))


def promise(network: str) -> int:
    """Return within how many working days the network promises that somebody takes a request."""
    row = RequestPromise.objects.filter(network=network).first()
    return row.working_days if row else 1


def neighbours_of(request: HelpRequest, *, day: date) -> list[Person]:
    """Return the volunteers who help neighbours where this is asked for."""
    held = catalogue()
    wanted, forbidden = _wanted(held, request), _forbidden(held, request)
    rows = _supporters(request.network_id, day).filter(given_by="volunteer", person__email__isnull=False)
    fit = (
        row for row in rows.order_by("person__email", "pk") if serves(_own_way(held, row), wanted, forbidden)
    )
    return list(dict.fromkeys(row.person for row in fit))


def requests_by_month(network: str) -> list[tuple[date, str, int]]:
    """Return how many requests were made in each month, and how they ended ("" for the open ones)."""
    rows = (
        HelpRequest.objects.filter(network=network)
        .annotate(month=TruncMonth("made_at", tzinfo=HELSINKI))
        .values("month", "reason")
        .annotate(number=Count("pk"))
        .order_by("month", "reason")
    )
    return [(local(row["month"]).date(), row["reason"], row["number"]) for row in rows]


ABOUT = ("network", "group", "topic", "municipality", "locality")


def _waiting(network: str) -> QuerySet[HelpRequest]:
    rows = HelpRequest.objects.filter(network=network, state="waiting")
    return rows.select_related(*ABOUT).order_by("due_at", "made_at", "pk")


def _bodies(network: str) -> QuerySet[Organisation]:
    here = Q(steward=network) | Q(roles__network=network)
    found = Organisation.objects.filter(here, merged_into__isnull=True)
    return Organisation.objects.filter(pk__in=found.values("pk"))


def _supporters(network: str, day: date) -> QuerySet[Supporter]:
    rows = Supporter.objects.filter(
        _current(day), person__is_active=True, organisation__in=_bodies(network).values("pk")
    )
    return rows.select_related("person", "organisation").prefetch_related("topics", "area")


def _current(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def _posts(person: Person, mine: Holdings, network: str, *, now: datetime) -> list[_Post]:
    """Return where the person helps in the network: first where they have told how themselves."""
    coordinates = mine.may(Verb.COORDINATE, Scope.REGION, network)
    bodies = bodies_of(mine.ids(Verb.WORK, Scope.BODY), network, coordinates=coordinates)
    told = Supporter.objects.filter(_current(local(now).date()), person=person, organisation__in=bodies)
    rows = {
        row.organisation_id: row
        for row in told.select_related("organisation").prefetch_related("topics", "area")
    }
    held = catalogue()
    posts = []
    for body in bodies:
        row = rows.get(body.pk)
        own = (_own_way(held, row),) if row else ()
        posts.append(_Post(body, row.given_by if row else "staff", (*own, *ways_of(held, str(body.pk)))))
    return sorted(posts, key=lambda post: post.organisation.pk not in rows)


def _own_way(held: Catalogue, row: Supporter) -> Helper:
    """Return how a supporter helps; without an area, as far as the organisation's help reaches."""
    towns = frozenset(each.code for each in row.area.all()) or _towns_of(held, row.organisation)
    modes = supporter_modes(row.modes, row.given_by, directory.codes("mode"))
    return Helper(frozenset(each.code for each in row.topics.all()), modes, towns)


def _towns_of(held: Catalogue, body: Organisation) -> frozenset[str]:
    ways = ways_of(held, str(body.pk))
    if any(not way.towns for way in ways):
        return frozenset()
    reached = frozenset(town for way in ways for town in way.towns)
    home = held.networks.get(body.steward_id or "")
    return reached or (home.municipalities if home else frozenset())


def ways_of(held: Catalogue, organisation: str) -> tuple[Helper, ...]:
    """Return the ways in which the public channels of an organisation help."""
    facts = held.organisations.get(organisation)
    return tuple(
        Helper(
            topics=service.topics,
            modes=frozenset({channel.mode}),
            towns=frozenset() if channel.everywhere else channel.area,
            kinds=frozenset({facts.kind, service.root_kind} if facts else ()),
            limits=frozenset(service.limits),
        )
        for service in held.services_of.get(organisation, ())
        for channel in service.channels
    )


def _offered(
    person: Person, posts: Iterable[_Post], rows: QuerySet[HelpRequest], now: datetime
) -> list[Offered]:
    posts, held = list(posts), catalogue()
    found = [each for row in rows if posts and (each := _offer(person, posts, held, row, now))]
    return sorted(found, key=lambda each: not each.is_directed)


def _offer(
    person: Person, posts: list[_Post], held: Catalogue, row: HelpRequest, now: datetime
) -> Offered | None:
    late = is_late(row, now)
    if row.for_person_id or row.for_organisation_id:
        for post in posts:
            if row.for_organisation_id in (None, post.organisation.pk) and row.for_person_id in (
                None,
                person.pk,
            ):
                return Offered(row, post.organisation, post.given_by, is_directed=True, is_late=late)
        return None
    wanted, forbidden = _wanted(held, row), _forbidden(held, row)
    for post in posts:
        if any(serves(way, wanted, forbidden) for way in post.ways):
            return Offered(row, post.organisation, post.given_by, is_directed=False, is_late=late)
    return None


def topics_of(held: Catalogue, request: HelpRequest) -> frozenset[str]:
    """Return the topics that a request is about: its own, or those of its everyday group."""
    if request.topic_id:
        return frozenset({request.topic_id})
    group = held.groups.get(request.group_id or "")
    return group.topics if group else frozenset()


def _wanted(held: Catalogue, request: HelpRequest) -> Wanted:
    network = held.networks.get(request.network_id)
    towns = frozenset({request.municipality_id}) if request.municipality_id else None
    if towns is None:
        towns = network.municipalities if network else frozenset()
    return Wanted(topics_wanted(topics_of(held, request)), request.mode, towns)


def _forbidden(held: Catalogue, request: HelpRequest) -> Forbidden:
    """Return whom the rules of the topics keep away, all of them: one that only some forbid may be right for others."""
    rules = [held.rules.get(topic) for topic in topics_of(held, request)]
    known = [rule for rule in rules if rule]
    if not known or len(known) < len(rules):
        return Forbidden()
    return Forbidden(
        frozenset.intersection(*(rule.forbidden_kinds for rule in known)),
        frozenset.intersection(*(rule.forbidden_limits for rule in known)),
    )
