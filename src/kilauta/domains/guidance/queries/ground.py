"""What the form of the log stands on: for whom one helps, and everything it offers and begins with."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from kilauta.domains.directory.choices import value_list
from kilauta.domains.directory.models import Channel, Device, Organisation, Place, Topic
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.logic.habits import Habits, Past, habits
from kilauta.domains.guidance.models import GuidanceSession, Tag
from kilauta.domains.territory.models import Municipality
from kilauta.kit.accounts.models import Person
from kilauta.lib.text import sort_key

from .sessions import has_notes

# Habits are of so many of the latest entries.
REMEMBERED = 100
# The ways to which somebody comes.
VISITS = frozenset(code for code, value in value_list("mode").items() if value.group == "visit")


@dataclass(frozen=True, slots=True)
class Ground:
    """Whose log it is, and what may be said in it. `bodies`: whom the person helps for, the latest used first."""

    network: str
    person: Person
    today: date
    bodies: tuple[Organisation, ...]
    places: tuple[Place, ...]
    # of these, where the organisations are at home
    own: frozenset[UUID]
    municipalities: tuple[Municipality, ...]
    topics: tuple[Topic, ...]
    devices: tuple[Device, ...]
    tags: tuple[Tag, ...]
    habits: Habits
    has_notes: bool


def bodies_of(keys: Collection[str], network_id: str, *, coordinates: bool) -> list[Organisation]:
    """Return the organisations of the network that somebody logs for: where they work, by key.

    Who coordinates the network helps for the organisation that does.
    """
    wanted = Q(pk__in=[UUID(key) for key in keys])
    if coordinates:
        wanted |= Q(roles__network=network_id, roles__role="coordinator")
    here = Q(steward=network_id) | Q(roles__network=network_id)
    rows = Organisation.objects.filter(wanted, here, merged_into__isnull=True).distinct()
    return sorted(rows, key=lambda each: sort_key(each.name_fi, "fi"))


def ground(
    person: Person, network_id: str, *, keys: Collection[str], coordinates: bool, today: date
) -> Ground:
    """Return what the person's form stands on; without any organisation there is nothing to log for."""
    bodies = bodies_of(keys, network_id, coordinates=coordinates)
    known = habits(_past(person, network_id))
    order = {key: place for place, key in enumerate(known.organisations)}
    bodies.sort(key=lambda each: order.get(each.pk, len(order)))
    ids = [each.pk for each in bodies]
    own = _own_places(ids)
    places = _places(network_id, own)
    return Ground(
        network=network_id,
        person=person,
        today=today,
        bodies=tuple(bodies),
        places=places,
        own=own,
        municipalities=_municipalities(network_id),
        topics=tuple(Topic.objects.filter(retired_on__isnull=True).order_by("position", "pk")),
        devices=tuple(Device.objects.filter(retired_on__isnull=True).order_by("position", "pk")),
        tags=_tags(network_id, ids, person),
        habits=_begun(known, bodies, own, places),
        has_notes=has_notes(network_id),
    )


def with_entry(stands: Ground, entry: Entry) -> Ground:
    """Return the ground with what the entry says already, also where it is offered to nobody any more."""
    places = {each.pk for each in stands.places}
    towns = {each.pk for each in stands.municipalities}
    topics = {each.pk for each in stands.topics}
    devices = {each.pk for each in stands.devices}
    tags = {each.pk for each in stands.tags}
    return replace(
        stands,
        places=(
            *stands.places,
            *Place.objects.filter(pk__in={key for key in (entry.place,) if key and key not in places}),
        ),
        municipalities=(
            *stands.municipalities,
            *Municipality.objects.filter(pk__in={entry.municipality} - towns - {""}),
        ),
        topics=(*stands.topics, *Topic.objects.filter(pk__in=set(entry.topics) - topics)),
        devices=(*stands.devices, *Device.objects.filter(pk__in=set(entry.devices) - devices)),
        tags=(*stands.tags, *Tag.objects.filter(pk__in=set(entry.tags) - tags)),
    )


def _past(person: Person, network_id: str) -> list[Past]:
    rows = (
        GuidanceSession.objects.filter(supporter=person, network=network_id, withdrawn_at__isnull=True)
        .order_by("-logged_at", "-pk")
        .prefetch_related("topics")[:REMEMBERED]
    )
    return [
        Past(
            row.organisation_id,
            row.place_id,
            row.mode,
            row.minutes,
            tuple(sorted(t.pk for t in row.topics.all())),
        )
        for row in rows
    ]


def _own_places(ids: list[UUID]) -> frozenset[UUID]:
    mine = Q(host__in=ids) | Q(channels__service__organisation__in=ids)
    return frozenset(Place.objects.filter(mine, merged_into__isnull=True).values_list("pk", flat=True))


def _places(network_id: str, own: frozenset[UUID]) -> tuple[Place, ...]:
    rows = Place.objects.filter(
        Q(pk__in=own) | Q(municipality__networks=network_id), merged_into__isnull=True
    )
    rows = rows.exclude(state="withdrawn").distinct()
    return tuple(sorted(rows, key=lambda each: (each.pk not in own, sort_key(each.name_fi, "fi"))))


def _municipalities(network_id: str) -> tuple[Municipality, ...]:
    rows = Municipality.objects.filter(networks=network_id, ended_on__isnull=True)
    return tuple(sorted(rows, key=lambda each: sort_key(each.name_fi, "fi")))


def _tags(network_id: str, ids: list[UUID], person: Person) -> tuple[Tag, ...]:
    whose = (
        Q(scope="network") | Q(scope="organisation", organisation__in=ids) | Q(scope="mine", person=person)
    )
    rows = Tag.objects.filter(whose, network=network_id, retired_on__isnull=True)
    return tuple(rows.order_by("folded", "pk"))


def _begun(
    known: Habits, bodies: list[Organisation], own: frozenset[UUID], places: tuple[Place, ...]
) -> Habits:
    """Return the habits; what is not known yet is as the first organisation helps.

    A place belongs to ways to which somebody comes: who last helped by phone begins without one.
    """
    if not bodies:
        return known
    ways = Channel.objects.filter(service__organisation=bodies[0].pk, state="published").order_by(
        "external_id"
    )
    visit = ways.filter(place__in=own, mode__in=VISITS).first()
    mode = known.mode or next((each.mode for each in (visit, ways.first()) if each), "walk-in")
    hosted = next((each.pk for each in places if each.host_id == bodies[0].pk), None)
    place = known.place or (visit.place_id if visit else hosted)
    return replace(known, mode=mode, place=place if mode in VISITS else None)
