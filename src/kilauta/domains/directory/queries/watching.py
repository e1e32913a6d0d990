"""Notes of colleagues about a service, and what has changed in the services that somebody follows."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import override

from kilauta.domains.directory.models import Channel, Organisation, Service
from kilauta.domains.directory.models.watching import Follow, StaffNote
from kilauta.domains.territory.models import Network
from kilauta.kit.access.holdings import Holdings
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change

# What an adviser would tell a caller otherwise than before; that somebody made sure of it is no change.
TOLD = ("changed", "reverted", "published", "withdrawn", "noticed", "merged")


@dataclass(frozen=True, slots=True)
class Line:
    """A service that has changed; `follow` is the key of the row that asked for it."""

    follow: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class News:
    """What one person hears of one network."""

    person: Person
    network: Network
    lines: tuple[Line, ...]


def works_in(mine: Holdings, network: str) -> bool:
    """Return whether the person works for the network, or for an organisation that it looks after."""
    if mine.may(Verb.WORK, Scope.REGION, network):
        return True
    bodies = Organisation.objects.filter(pk__in=mine.ids(Verb.WORK, Scope.BODY), steward=network)
    return bodies.exists()


def notes_on(service: Service, network: str) -> QuerySet[StaffNote]:
    """Return the network's notes about the service, the newest first."""
    rows = StaffNote.objects.filter(service=service, network=network).select_related("author")
    return rows.order_by("-written_at", "-pk")


def follows(person: Person, network: str) -> QuerySet[Follow]:
    """Return what the person follows in the network."""
    rows = Follow.objects.filter(person=person, network=network)
    return rows.select_related("service__organisation").order_by("service__name_fi", "pk")


def news(address_of: Callable[[Network, Service], str]) -> list[News]:
    """Return who is to hear of what, in a fixed number of queries. One's own changes are no news.

    `address_of` gives the whole address of a service's page, in the language that is active.
    """
    rows = list(
        Follow.objects.filter(person__is_active=True, person__email__isnull=False)
        .select_related("person", "network", "service")
        .order_by("pk")
    )
    if not rows:
        return []
    done = _changes(rows)
    found: dict[tuple[object, str], list[Follow]] = defaultdict(list)
    for row in rows:
        if any(at > row.told_at and who != row.person_id for at, who in done[row.service_id]):
            found[row.person_id, row.network_id].append(row)
    return [_news(mine, address_of) for mine in found.values()]


def _news(mine: list[Follow], address_of: Callable[[Network, Service], str]) -> News:
    lang = mine[0].person.lang
    with override(lang):
        lines = tuple(
            Line(row.pk, str(row.service.name.pick(lang)), address_of(row.network, row.service))
            for row in mine
        )
    return News(mine[0].person, mine[0].network, lines)


def _changes(rows: Iterable[Follow]) -> dict[UUID, list[tuple[datetime, object]]]:
    """Return for each followed service when something in it was changed, and by whom."""
    services = {row.service_id for row in rows}
    since = min(row.told_at for row in rows)
    of: dict[tuple[str, str], set[UUID]] = {("directory.Service", str(key)): {key} for key in services}
    ways = Channel.objects.filter(service__in=services).values_list("pk", "service", "place")
    for way, service, place in ways:
        of.setdefault(("directory.Channel", str(way)), set()).add(service)
        if place:
            of.setdefault(("directory.Place", str(place)), set()).add(service)
    found: dict[UUID, list[tuple[datetime, object]]] = defaultdict(list)
    labels = {label for label, _key in of}
    changed = Change.objects.filter(label__in=labels, verb__in=TOLD, at__gt=since)
    for label, thing, at, who in changed.values_list("label", "thing_id", "at", "actor"):
        for key in of.get((label, thing), ()):
            found[key].append((at, who))
    return found
